// Every word that a person reads, by key and language, from data/languages. Plurals, dates and numbers by ICU.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms {

/// Named arguments of a label: text, whole numbers as text, dates as `yyyy-mm-dd`.
using LabelArguments = std::map<std::string, std::string>;

/// All languages at once; immutable after loading, shared by all threads.
class Labels {
 public:
  /// Loads every `<area>.<language>.json` of the folder (flat object: key → ICU MessageFormat pattern; keys begin with
  /// the area). A pattern may take text `{name}`, numbers `{n, plural, …}` and days `{due, date, long}`.
  /// Throws std::runtime_error when a key is missing in one of the languages, takes other arguments in another language,
  /// or a pattern does not parse.
  static Labels load(std::filesystem::path const& folder);
  ~Labels();
  Labels(Labels&&) noexcept;
  Labels& operator=(Labels&&) noexcept;

  std::vector<std::string> const& languages() const;
  /// The best of our languages for an Accept-Language header; "en" when none fits.
  std::string choose(std::string_view accept_language) const;
  /// The label; the key itself in brackets when it is unknown, so that a gap is seen on the screen and by the tests.
  std::string text(std::string_view language, std::string_view key, LabelArguments const& arguments = {}) const;
  bool has(std::string_view key) const;

  /// "3 March 2031", "3 de marzo de 2031".
  std::string date(std::string_view language, Date day) const;

 private:
  struct Content;
  explicit Labels(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace rcms
