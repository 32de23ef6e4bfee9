// Headings to fields.
#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "capabilities/casework/import_rules.hpp"
#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace {

constexpr int most_numbered = 20;

/// A heading with its first number replaced by `#`, and the number.
struct Numbered {
  std::string key;
  int number = 0;
};

std::optional<Numbered> numbered(std::string const& key) {
  auto words = split(key, ' ');
  for (auto& word : words) {
    int number = 0;
    auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || number < 1 || number > most_numbered) continue;
    word = "#";
    return Numbered{join(words, " "), number};
  }
  return std::nullopt;
}

std::string with_index(std::string path, int number) {
  auto const mark = path.find('#');
  if (mark != std::string::npos) path.replace(mark, 1, std::to_string(number - 1));
  return path;
}

/// The path for exactly this heading, or for the heading with a number.
std::string exact_target(std::string const& key, ImportWords const& words) {
  if (auto const found = words.columns.find(key); found != words.columns.end() && found->second.find('#') == std::string::npos)
    return found->second;
  if (auto const with_number = numbered(key)) {
    if (auto const found = words.columns.find(with_number->key); found != words.columns.end())
      return with_index(found->second, with_number->number);
  }
  return {};
}

/// The path of the known heading that stands first in this one as whole words, the longest where several begin there: "Surname as
/// in the passport" is a surname.
std::string partial_target(std::string const& key, ImportWords const& words, std::set<std::string> const& taken) {
  constexpr std::size_t shortest = 3;
  std::string best;
  std::size_t longest = 0;
  auto first = std::string::npos;
  auto const padded = " " + key + " ";
  for (auto const& [word, path] : words.columns) {
    if (word.size() < shortest || word.find('#') != std::string::npos || taken.count(path) != 0) continue;
    auto const at = padded.find(" " + word + " ");
    if (at == std::string::npos || at > first || (at == first && word.size() <= longest)) continue;
    best = path;
    first = at;
    longest = word.size();
  }
  return best;
}

/// Whether the number in brackets, if there is one, is one that a spreadsheet may reach.
bool is_within(std::string_view path) {
  auto const open = path.find('[');
  if (open == std::string_view::npos) return true;
  int index = -1;
  std::from_chars(path.data() + open + 1, path.data() + path.size(), index);
  return index >= 0 && index < most_numbered;
}

/// A heading without what stands in brackets.
std::string without_brackets(std::string_view heading) {
  std::string out;
  int depth = 0;
  for (char c : heading) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

}  // namespace

Mapping guess_mapping(std::vector<std::string> const& headings, ImportWords const& words, forms::Form const& form) {
  Mapping mapping(headings.size());
  std::set<std::string> taken;
  std::vector<bool> settled(headings.size());
  auto take = [&](std::size_t column, std::string const& target) {
    if (target.empty() || !taken.insert(target).second) return;
    mapping[column] = target;
    settled[column] = true;
  };
  for (std::size_t i = 0; i < headings.size(); ++i) {
    auto const key = import_key(headings[i]);
    settled[i] = key.empty() || words.ignored.count(key) != 0;
    if (settled[i]) continue;
    // A path of the form itself is what our own exports carry.
    auto const path = tidy_text(headings[i]);
    take(i, path.find('.') != std::string::npos && forms::find_field(form, path) != nullptr ? path : exact_target(key, words));
  }
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (!settled[i]) take(i, exact_target(import_key(without_brackets(headings[i])), words));
  }
  for (std::size_t i = 0; i < headings.size(); ++i) {
    if (!settled[i]) take(i, partial_target(import_key(headings[i]), words, taken));
  }
  return mapping;
}

Findings check_mapping(Mapping const& mapping, forms::Form const& form) {
  Findings findings;
  std::set<std::string> seen;
  auto find = [&](std::size_t column, Why why, std::string detail) {
    findings.push_back({why, fmt::format("mapping[{}]", column), std::move(detail), {}});
  };
  for (std::size_t i = 0; i < mapping.size(); ++i) {
    auto const& target = mapping[i];
    if (target.empty()) continue;
    if (!seen.insert(target).second) {
      find(i, Why::already_exists, fmt::format("Two columns are for {}; leave one of them out.", target));
    } else if (target != full_name_target) {
      auto const* field = forms::find_field(form, target);
      if (field == nullptr || !field->parts.empty() || !is_within(target)) {
        find(i, Why::field_unknown, fmt::format("The form has no field {} that a cell can fill.", cut(target, 100)));
      } else if (field->system || field->type == forms::Type::file || field->type == forms::Type::files) {
        find(i, Why::not_permitted, fmt::format("{} cannot come from a spreadsheet.", target));
      }
    }
  }
  if (seen.count("A_person.surname") == 0 && seen.count(std::string(full_name_target)) == 0) {
    findings.push_back({Why::field_missing, "mapping", "No column is for the surname; choose which one holds it.", {}});
  }
  return findings;
}

}  // namespace rcms::casework
