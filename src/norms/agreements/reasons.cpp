#include "norms/agreements/reasons.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::agreements {

namespace {

/// The word in the last quotes of a message; empty when there is none.
std::string_view quoted(std::string_view message) {
  auto const end = message.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  auto const start = message.rfind('\'', end - 1);
  return start == std::string_view::npos ? std::string_view() : message.substr(start + 1, end - start - 1);
}

/// "Expected number greater than or equal to 0.000000" → "0"; the first number of a message, without what follows its point.
std::string number_in(std::string_view message) {
  auto const start = message.find_first_of("-0123456789");
  if (start == std::string_view::npos) return "?";
  auto const end = message.find_first_not_of("0123456789", start + 1);
  return std::string(message.substr(start, end == std::string_view::npos ? end : end - start));
}

bool has(std::string_view message, std::string_view words) { return message.find(words) != std::string_view::npos; }

/// What a schema finds, in plain words; empty for what only says that something else was found.
std::string tell_defect(std::string_view defect) {
  if (has(defect, "against exactly one child")) return "it is written in two ways at once: keep one of them";
  for (std::string_view const follows : {"Failed to validate", "Cannot validate", "Failed to any"}) {
    if (defect.starts_with(follows)) return {};  // only says that what is told elsewhere does not fit
  }
  if (has(defect, "additionalProperties")) return fmt::format("there is no key {}", quoted(defect));
  if (has(defect, "Missing required") || has(defect, "Missing dependency"))
    return fmt::format("the key {} is missing", quoted(defect));
  if (has(defect, "enum values") || has(defect, "'const'")) return "not one of the words that are known";
  if (has(defect, "type not permitted")) return "another kind of value belongs here";
  if (has(defect, "Expected number greater")) return fmt::format("the number must be at least {}", number_in(defect));
  if (has(defect, "Expected number less")) return fmt::format("the number may be at most {}", number_in(defect));
  if (has(defect, "no fewer than") && has(defect, "elements"))
    return fmt::format("the list needs at least {}", number_in(defect));
  if (has(defect, "no more than") && has(defect, "elements"))
    return fmt::format("the list may have at most {}", number_in(defect));
  if (has(defect, "no fewer than") && has(defect, "properties")) return "it is empty: give at least one key";
  if (has(defect, "no fewer than")) return "the text is empty or too short";
  if (has(defect, "uniqueness")) return "the same stands in the list twice";
  return "it is not written as it must be";
}

struct TomlDefect {
  std::string_view said;
  std::string_view words;
};

/// What the reader of TOML says, by its words; the first that fits.
constexpr std::array<TomlDefect, 12> toml_defects = {{
    {"utf-8", "the file is not text in UTF-8: save it so"},
    {"string", "a text is not closed with its quote, or has a sign that may not stand in it"},
    {"unicode scalar", "a text has a sign that does not exist"},
    {"date", "no such day: write 2027-03-01"},
    {"time", "no such time: write 10:00:00"},
    {"array", "a list is not closed, or a comma is missing between its entries"},
    {"inline table", "a table in braces is not closed, or a comma is missing between its entries"},
    {"table header", "a heading stands in brackets: [[rule]]"},
    {"floating-point", "the value is not written as it must be: a text stands in quotes, a day and a number do not"},
    {"integer", "the value is not written as it must be: a text stands in quotes, a day and a number do not"},
    {"value", "the value is not written as it must be: a text stands in quotes, a day and a number do not"},
    {"", "this line is no heading in brackets and no key = value"},
}};

/// "Error while parsing date: expected 4-digit year, saw 'x'" → what a person does about it.
std::string tell_toml(std::string_view message) {
  if (has(message, "cannot redefine existing")) return fmt::format("{} stands there twice: keep one", quoted(message));
  constexpr std::string_view parsing = "Error while parsing ";
  bool const has_place = message.starts_with(parsing);
  auto const place = has_place ? message.substr(parsing.size(), message.find(':') - parsing.size()) : message;
  if (has_place && place == "key-value pair") return std::string(toml_defects.back().words);
  for (auto const& each : toml_defects) {
    if (has(place, each.said)) return std::string(each.words);
  }
  return {};
}

/// "line 31, rest" → 31, and leaves the rest.
int take_line(std::string_view& text, std::string_view after) {
  constexpr std::string_view word = "line ";
  if (!text.starts_with(word)) return 0;
  int line = 0;
  auto const read = std::from_chars(text.data() + word.size(), text.data() + text.size(), line);
  auto const rest = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
  if (!rest.starts_with(after)) return 0;
  text = rest.substr(after.size());
  return line;
}

std::vector<Reason> tell_defects(std::string_view text) {
  std::vector<Reason> reasons;
  for (auto const& each : split(text, '\n')) {
    std::string_view one = each;
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.empty()) continue;
    int const line = take_line(one, ", ");
    auto const colon = one.find(": ");
    if (colon == std::string_view::npos) continue;
    if (auto words = tell_defect(one.substr(colon + 2)); !words.empty())
      reasons.push_back({line, std::string(one.substr(0, colon)), std::move(words)});
  }
  if (reasons.empty()) reasons.push_back({0, {}, "it does not fit the schema"});
  return reasons;
}

}  // namespace

std::vector<Reason> tell_reasons(std::string_view file, std::string_view message) {
  auto const at = message.find(file);
  if (at != std::string_view::npos) message.remove_prefix(at + file.size());
  constexpr std::string_view schema = " does not fit its schema:";
  if (message.starts_with(schema)) return tell_defects(message.substr(schema.size()));
  int line = 0;
  if (message.starts_with(", ")) {
    message.remove_prefix(2);
    line = take_line(message, ": ");
  } else if (message.starts_with(": ")) {
    message.remove_prefix(2);
  }
  constexpr std::string_view toml = "not TOML: ";
  if (message.starts_with(toml)) return {{line, {}, tell_toml(message.substr(toml.size()))}};
  return {{line, {}, std::string(message)}};
}

std::string render_place(Labels const& labels, std::string_view language, std::string_view path) {
  std::vector<std::string> told;
  for (auto const& step : split(path, '.')) {
    auto const open = step.find('[');
    auto const key = fmt::format("agreements.place.{}", step.substr(0, open));
    auto const name = labels.has(key) ? labels.text(language, key) : step.substr(0, open);
    int number = -1;
    if (open != std::string::npos) std::from_chars(step.data() + open + 1, step.data() + step.size(), number);
    told.push_back(number < 0 ? name : fmt::format("{} {}", name, number + 1));
  }
  return join(told, ", ");
}

std::string render_reason(Labels const& labels, Sentences const& sentences, std::string_view language, Reason const& reason) {
  auto const said = sentences.say(language, reason.words);
  bool const whole = reason.place.empty() || reason.place == "the file";
  return whole ? said : fmt::format("{}: {}", render_place(labels, language, reason.place), said);
}

}  // namespace rcms::agreements
