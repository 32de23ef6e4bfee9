#include "foundation/base/sentences.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>

#include "foundation/base/data_file.hpp"

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
  if (language == "en" || english.empty()) return std::string(english);
  auto const found = find(english);
  return found.key.empty() ? std::string(english) : labels_.text(language, found.key, found.arguments);
}

bool Sentences::knows(std::string_view english) const { return !find(english).key.empty(); }

}  // namespace rcms
