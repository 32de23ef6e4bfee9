// Words that must not leave (data/safeguards/word_list.toml), and where they stand in free text, file names and content. Pure.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

namespace rcms::safeguards {

enum class Match { word, start, anywhere, phrase };

struct Term {
  std::vector<std::string> forms;  ///< search forms of its words; several only for a phrase
  Match match = Match::word;
  std::string category;  ///< "asylum"; label "gates.word.<category>"
  bool everywhere = false;
};

using WordList = std::vector<Term>;

/// Reads `data`/safeguards/word_list.toml. Throws std::runtime_error.
WordList load_word_list(std::filesystem::path const& data);

struct Hit {
  std::size_t at = 0;    ///< first byte in the text
  std::size_t size = 0;  ///< bytes
  std::string text;      ///< what stands there
  std::string category;

  friend bool operator==(Hit const&, Hit const&) = default;
};

/// Every place in a free text or a file name, in the order of the text. Finds words despite case, marks, signs between words,
/// soft hyphens, and letters spaced one by one.
std::vector<Hit> scan_free_text(WordList const& words, std::string_view text);
/// The same with only the words that are searched everywhere: for names and other short fields.
std::vector<Hit> scan_any_text(WordList const& words, std::string_view text);

struct PlacedHit {
  std::string path;  ///< "F_other.observations", "B_family.children[0].pob"
  Hit hit;
};

/// Every text of what is about to leave. `free_paths` are "section.field" of free text (forms::free_text_fields); in
/// C_special.state_of_health and assistance_needed words of health are not hits, because they leave with consent only.
std::vector<PlacedHit> scan_content(WordList const& words, boost::json::value const& content,
                                    std::set<std::string, std::less<>> const& free_paths);

}  // namespace rcms::safeguards
