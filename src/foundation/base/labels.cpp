#include "foundation/base/labels.hpp"

#include <algorithm>
#include <mutex>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unicode/datefmt.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/timezone.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"
#include "foundation/base/unicode_text.hpp"

namespace rcms {

namespace {

enum class ArgumentKind { text, number, date };

struct Argument {
  std::string name;
  ArgumentKind kind = ArgumentKind::text;
};

/// Copies of a parsed pattern that nobody uses at this moment.
// OPTIMIZATION: a MessageFormat fills caches while it formats, so each call needs a copy of its own, and making one takes ten
// times as long as formatting with it.
class SpareFormats {
 public:
  std::unique_ptr<icu::MessageFormat> take(icu::MessageFormat const& original) {
    {
      std::lock_guard const lock(mutex_);
      if (!spare_.empty()) {
        auto format = std::move(spare_.back());
        spare_.pop_back();
        return format;
      }
    }
    return std::unique_ptr<icu::MessageFormat>(original.clone());
  }
  void give_back(std::unique_ptr<icu::MessageFormat> format) {
    std::lock_guard const lock(mutex_);
    if (spare_.size() < most) spare_.push_back(std::move(format));
  }

 private:
  static constexpr std::size_t most = 16;
  std::mutex mutex_;
  std::vector<std::unique_ptr<icu::MessageFormat>> spare_;
};

/// One label in one language: plain text when it takes no argument, else a parsed pattern.
struct Label {
  std::string plain;
  std::unique_ptr<icu::MessageFormat> format;
  std::vector<Argument> arguments;
  std::unique_ptr<SpareFormats> spare;
};

/// Found by a view of the key, which is not copied.
struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
};
using Words = std::unordered_map<std::string, Label, KeyHash, std::equal_to<>>;

/// English is written day first, as in the documents of the field.
icu::Locale locale_of(std::string const& language) {
  return language == "en" ? icu::Locale("en", "GB") : icu::Locale(language.c_str());
}

std::unique_ptr<icu::DateFormat> long_date(icu::Locale const& locale) {
  std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
  if (!format) throw std::runtime_error("no date format for a language");
  format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  return format;
}

ArgumentKind kind_of(icu::MessagePattern const& pattern, std::int32_t start) {
  switch (pattern.getPart(start).getArgType()) {
    case UMSGPAT_ARG_TYPE_PLURAL: case UMSGPAT_ARG_TYPE_SELECTORDINAL: case UMSGPAT_ARG_TYPE_CHOICE:
      return ArgumentKind::number;
    case UMSGPAT_ARG_TYPE_SIMPLE: {
      auto const type = to_utf8(pattern.getSubstring(pattern.getPart(start + 2)));
      return type == "date" ? ArgumentKind::date : type == "number" ? ArgumentKind::number : ArgumentKind::text;
    }
    default:
      return ArgumentKind::text;
  }
}

std::vector<Argument> list_arguments(icu::UnicodeString const& text, std::string const& place) {
  UErrorCode error = U_ZERO_ERROR;
  icu::MessagePattern pattern(text, nullptr, error);
  if (U_FAILURE(error))
    throw std::runtime_error(fmt::format("{}: the message pattern does not parse: {}", place, u_errorName(error)));
  std::vector<Argument> arguments;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    if (pattern.getPartType(i) != UMSGPAT_PART_TYPE_ARG_START) continue;
    Argument argument{to_utf8(pattern.getSubstring(pattern.getPart(i + 1))), kind_of(pattern, i)};
    bool const known =
        std::any_of(arguments.begin(), arguments.end(), [&](auto const& other) { return other.name == argument.name; });
    if (!known) arguments.push_back(std::move(argument));
  }
  return arguments;
}

Label parse_label(std::string const& pattern, icu::Locale const& locale, std::string const& place) {
  auto const text = from_utf8(pattern);
  Label label;
  label.arguments = list_arguments(text, place);
  UErrorCode error = U_ZERO_ERROR;
  auto format = std::make_unique<icu::MessageFormat>(text, locale, error);
  if (U_FAILURE(error))
    throw std::runtime_error(fmt::format("{}: the message pattern does not parse: {}", place, u_errorName(error)));
  for (auto const& argument : label.arguments) {
    if (argument.kind != ArgumentKind::date) continue;
    auto const date = long_date(locale);
    format->setFormat(from_utf8(argument.name), *date, error);
  }
  if (label.arguments.empty()) {
    icu::UnicodeString out;
    icu::FieldPosition position;
    label.plain = to_utf8(format->format(static_cast<icu::Formattable const*>(nullptr), 0, out, position, error));
  } else {
    label.format = std::move(format);
    label.spare = std::make_unique<SpareFormats>();
  }
  if (U_FAILURE(error)) throw std::runtime_error(fmt::format("{}: {}", place, u_errorName(error)));
  return label;
}

icu::Formattable value_of(Argument const& argument, std::string const& text) {
  if (argument.kind == ArgumentKind::number) {
    UErrorCode error = U_ZERO_ERROR;
    icu::Formattable number(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), error);
    if (U_SUCCESS(error)) return number;
  }
  if (argument.kind == ArgumentKind::date) {
    if (auto const day = Date::parse(text)) return icu::Formattable(double(day->days()) * 86400000.0, icu::Formattable::kIsDate);
  }
  return icu::Formattable(from_utf8(text));
}

std::set<std::string> names_of(Label const& label) {
  std::set<std::string> names;
  for (auto const& argument : label.arguments) names.insert(argument.name);
  return names;
}

/// "casework.es.json" → "casework", "es".
bool parse_file_name(std::string const& name, std::string& area, std::string& language) {
  auto const parts = split(name, '.');
  if (parts.size() != 3 || parts[2] != "json") return false;
  area = parts[0];
  language = parts[1];
  return true;
}

}  // namespace

struct Labels::Content {
  std::vector<std::string> languages;
  std::map<std::string, Words, std::less<>> words;
  std::map<std::string, std::unique_ptr<icu::DateFormat>, std::less<>> dates;

  void read(std::filesystem::path const& file, std::string const& area, std::string const& language) {
    auto& known = words[language];
    auto const locale = locale_of(language);
    auto const value = read_data_file(file);
    if (!value.is_object()) throw std::runtime_error(fmt::format("{}: not an object of labels", file.string()));
    for (auto const& [name, text] : value.get_object()) {
      std::string const key(name);
      auto const place = fmt::format("{}, \"{}\"", file.string(), key);
      if (!text.is_string()) throw std::runtime_error(fmt::format("{}: not text", place));
      if (key.rfind(area + ".", 0) != 0)
        throw std::runtime_error(fmt::format("{}: a key of this file begins with \"{}.\"", place, area));
      known[key] = parse_label(std::string(text.get_string()), locale, place);
    }
  }

  void check_complete(std::filesystem::path const& folder) const {
    for (auto const& [language, known] : words) {
      for (auto const& [other, others] : words) {
        if (other == language) continue;
        for (auto const& [key, label] : known) {
          auto const found = others.find(key);
          if (found == others.end())
            throw std::runtime_error(
                fmt::format("{}: label \"{}\" is in {} but not in {}", folder.string(), key, language, other));
          if (names_of(found->second) != names_of(label)) {
            throw std::runtime_error(
                fmt::format("{}: label \"{}\" takes other arguments in {} than in {}", folder.string(), key, language, other));
          }
        }
      }
    }
  }
};

Labels::Labels(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Labels::~Labels() = default;
Labels::Labels(Labels&&) noexcept = default;
Labels& Labels::operator=(Labels&&) noexcept = default;

Labels Labels::load(std::filesystem::path const& folder) {
  auto content = std::make_unique<Content>();
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    std::string area;
    std::string language;
    if (parse_file_name(entry.path().filename().string(), area, language)) content->read(entry.path(), area, language);
  }
  if (content->words.empty()) throw std::runtime_error(fmt::format("{}: no <area>.<language>.json in it", folder.string()));
  content->check_complete(folder);
  for (auto const& [language, words] : content->words) {
    content->languages.push_back(language);
    content->dates[language] = long_date(locale_of(language));
  }
  return Labels(std::move(content));
}

std::vector<std::string> const& Labels::languages() const { return content_->languages; }

std::string Labels::choose(std::string_view accept_language) const {
  std::string best = "en";
  double best_weight = 0;
  for (auto const& item : split(accept_language, ',')) {
    auto const parts = split(item, ';');
    auto const language = lower_ascii(split(tidy_text(parts.front()), '-').front());
    double weight = 1;
    for (auto const& part : parts) {
      auto const tidy = tidy_text(part);
      if (tidy.rfind("q=", 0) == 0) weight = std::strtod(tidy.c_str() + 2, nullptr);
    }
    if (weight > best_weight && content_->words.count(language) != 0) {
      best = language;
      best_weight = weight;
    }
  }
  return best;
}

std::string Labels::text(std::string_view language, std::string_view key, LabelArguments const& arguments) const {
  auto words = content_->words.find(language);
  if (words == content_->words.end()) words = content_->words.find("en");
  auto const gap = [key] { return "[" + std::string(key) + "]"; };
  if (words == content_->words.end()) return gap();
  auto const found = words->second.find(key);
  if (found == words->second.end()) return gap();
  Label const& label = found->second;
  if (!label.format) return label.plain;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (auto const& argument : label.arguments) {
    auto const given = arguments.find(argument.name);
    names.push_back(from_utf8(argument.name));
    values.push_back(given == arguments.end() ? icu::Formattable(from_utf8("{" + argument.name + "}"))
                                              : value_of(argument, given->second));
  }
  auto format = label.spare->take(*label.format);
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString out;
  format->format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, error);
  label.spare->give_back(std::move(format));
  return U_SUCCESS(error) ? to_utf8(out) : gap();
}

bool Labels::has(std::string_view key) const {
  auto const words = content_->words.find("en");
  auto const& known = words == content_->words.end() ? content_->words.begin()->second : words->second;
  return known.contains(key);
}

std::string Labels::date(std::string_view language, Date day) const {
  auto found = content_->dates.find(language);
  if (found == content_->dates.end()) found = content_->dates.find("en");
  if (found == content_->dates.end()) return day.text();
  std::unique_ptr<icu::DateFormat> const format(found->second->clone());
  icu::UnicodeString out;
  format->format(static_cast<UDate>(double(day.days()) * 86400000.0), out);
  return to_utf8(out);
}

}  // namespace rcms
