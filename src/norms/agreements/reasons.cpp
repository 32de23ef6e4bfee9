#include "norms/agreements/reasons.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::agreements {

namespace {

/// "rule[2].variant[0]" → "rule 3, variant 1": places in a file are counted from one.
std::string tell_place(std::string_view path) {
  std::string told;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '.') {
      told += ", ";
    } else if (path[at] == '[') {
      int number = 0;
      auto const end = path.find(']', at);
      if (end == std::string_view::npos) return std::string(path);
      std::from_chars(path.data() + at + 1, path.data() + end, number);
      told += fmt::format(" {}", number + 1);
      at = end;
    } else {
      told += path[at];
    }
  }
  return told;
}

/// The word in the last quotes of a message; empty when there is none.
std::string_view quoted(std::string_view message) {
  auto const end = message.rfind('\'');
  if (end == std::string_view::npos || end == 0) return {};
  auto const start = message.rfind('\'', end - 1);
  return start == std::string_view::npos ? std::string_view() : message.substr(start + 1, end - start - 1);
}

/// What a schema finds, in plain words; empty for what only says that something else was found.
std::string tell_defect(std::string_view place, std::string_view defect) {
  auto const has = [&](std::string_view words) { return defect.find(words) != std::string_view::npos; };
  for (std::string_view const follows : {"Failed to validate", "Cannot validate", "Failed to any"}) {
    if (defect.starts_with(follows)) return {};  // only says that what is told elsewhere does not fit
  }
  auto const at = tell_place(place);
  if (has("additionalProperties")) return fmt::format("{}: there is no key {}", at, quoted(defect));
  if (has("Missing required") || has("Missing dependency")) return fmt::format("{}: {} is missing", at, quoted(defect));
  if (has("enum values")) return fmt::format("{}: not one of the words that are known", at);
  if (has("type not permitted")) return fmt::format("{}: another kind of value belongs here", at);
  if (has("'pattern' constraint")) return fmt::format("{}: it is not written as it must be", at);
  return fmt::format("{}: {}", at, defect);
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
    if (auto words = tell_defect(one.substr(0, colon), one.substr(colon + 2)); !words.empty())
      reasons.push_back({line, std::move(words)});
  }
  if (reasons.empty()) reasons.push_back({0, "it does not fit the schema of agreements"});
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
  return {{line, std::string(message)}};
}

}  // namespace rcms::agreements
