#include "foundation/base/sentences.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/json.hpp>

#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms {

namespace {

std::size_t words_in(std::vector<std::string> const& pieces) {
  std::size_t size = 0;
  for (auto const& piece : pieces) size += piece.size();
  return size;
}

/// The arguments that make `text` of a pattern, none of them empty; no arguments when it cannot be made.
LabelArguments match(std::vector<std::string> const& pieces, std::vector<std::string> const& names, std::string_view text) {
  if (!text.starts_with(pieces.front())) return {};
  LabelArguments arguments;
  std::size_t at = pieces.front().size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto const& next = pieces[i + 1];
    bool const is_last = i + 1 == names.size();
    if (is_last && (text.size() < at + next.size() || !text.ends_with(next))) return {};
    auto const end = is_last ? text.size() - next.size() : text.find(next, at + 1);
    if (end == std::string_view::npos || end <= at) return {};
    arguments[names[i]] = text.substr(at, end - at);
    at = end + next.size();
  }
  return arguments;
}

/// Arguments that are codes, by the name that the pattern gives them ("gate", also "role2"), and where their words stand.
constexpr std::pair<std::string_view, std::string_view> coded[] = {
    {"action", "workflow.action."}, {"state", "workflow.state."}, {"gate", "gates."},
    {"permission", "permissions."}, {"role", "roles."}};

/// The beginning of the labels of an argument; empty when it is no code.
std::string_view prefix_of(std::string_view name) {
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
  for (auto const& [word, prefix] : coded) {
    if (word == name) return prefix;
  }
  return {};
}

std::string word_of(Labels const& labels, std::string_view language, std::string const& key, std::string const& code) {
  if (!labels.has(key)) return code;
  auto const word = labels.text(language, key);
  return language == "en" ? "\u201c" + word + "\u201d" : word;
}

/// "G02 too_old, G03 failed": each gate with why it is open.
std::string gates_in_words(Labels const& labels, std::string_view language, std::string const& list) {
  std::string words;
  for (auto const& one : split(list, ',')) {
    auto const item = tidy_text(one);
    auto const space = item.find(' ');
    words += (words.empty() ? "" : "; ") + word_of(labels, language, "gates." + item.substr(0, space), item.substr(0, space));
    if (space == std::string::npos) continue;
    auto const why = "gates.open." + item.substr(space + 1);
    words += " (" + (labels.has(why) ? labels.text(language, why) : item.substr(space + 1)) + ")";
  }
  return words;
}

}  // namespace

Sentences::Sentences(Labels const& labels, std::filesystem::path const& file) : labels_(labels) {
  auto const twice = [&](std::string const& key) {
    return std::runtime_error(file.string() + ": \"" + key + "\" says what another key says");
  };
  auto const patterns = read_data_file(file);
  for (auto const& [name, value] : patterns.as_object()) {
    std::string_view rest(value.as_string().data(), value.as_string().size());
    Pattern pattern{std::string(name), {}, {}};
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
      auto const close = rest.find('}', open);
      if (close == std::string_view::npos) throw std::runtime_error(file.string() + ": \"" + pattern.key + "\" has no }");
      pattern.pieces.emplace_back(rest.substr(0, open));
      pattern.names.emplace_back(rest.substr(open + 1, close - open - 1));
      rest.remove_prefix(close + 1);
    }
    pattern.pieces.emplace_back(rest);
    if (!pattern.names.empty()) {
      bool const known =
          std::any_of(patterns_.begin(), patterns_.end(), [&](auto const& one) { return one.pieces == pattern.pieces; });
      if (known) throw twice(pattern.key);
      patterns_.push_back(std::move(pattern));
    } else if (!whole_.emplace(pattern.pieces.front(), pattern.key).second) {
      throw twice(pattern.key);
    }
  }
  std::stable_sort(patterns_.begin(), patterns_.end(),
                   [](auto const& left, auto const& right) { return words_in(left.pieces) > words_in(right.pieces); });
}

Sentences::Found Sentences::find(std::string_view english) const {
  if (auto const found = whole_.find(english); found != whole_.end()) return {found->second, {}};
  for (auto const& pattern : patterns_) {
    auto arguments = match(pattern.pieces, pattern.names, english);
    if (!arguments.empty()) return {pattern.key, std::move(arguments)};
  }
  return {};
}

std::string Sentences::say(std::string_view language, std::string_view english) const {
  if (english.empty()) return {};
  auto found = find(english);
  bool has_code = false;
  for (auto& [name, value] : found.arguments) {
    auto const prefix = prefix_of(name);
    has_code = has_code || !prefix.empty() || name == "gates";
    if (name == "gates") value = gates_in_words(labels_, language, value);
    if (!prefix.empty()) value = word_of(labels_, language, std::string(prefix) + value, value);
  }
  if (found.key.empty() || (language == "en" && !has_code)) return std::string(english);
  return labels_.text(language, found.key, found.arguments);
}

bool Sentences::knows(std::string_view english) const { return !find(english).key.empty(); }

}  // namespace rcms
