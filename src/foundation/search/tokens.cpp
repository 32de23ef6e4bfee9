#include "foundation/search/tokens.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "foundation/base/text.hpp"

namespace rcms::search {

namespace {

/// A subject of more words with letters than this makes no more pairs.
constexpr std::size_t words_paired = 12;

}  // namespace

bool is_number(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string> words_of_text(std::string_view text) {
  std::vector<std::string> words;
  for (auto const& word : split(search_form(text), ' ')) {
    if (!word.empty()) words.push_back(cut(word, longest_word));
  }
  return words;
}

std::string pair_of(std::string const& a, std::string const& b) { return a < b ? a + '+' + b : b + '+' + a; }

std::vector<std::string> pairs_of(std::vector<std::string> const& words) {
  std::set<std::string> letters;
  for (auto const& word : words) {
    if (!is_number(word)) letters.insert(word);
  }
  if (letters.size() > words_paired) letters.erase(std::next(letters.begin(), words_paired), letters.end());
  std::vector<std::string> pairs;
  for (auto a = letters.begin(); a != letters.end(); ++a) {
    for (auto b = std::next(a); b != letters.end(); ++b) pairs.push_back(pair_of(*a, *b));
  }
  return pairs;
}

std::vector<std::string> tokens_for_all(std::vector<std::string> const& words) {
  std::vector<std::string> letters;
  std::vector<std::string> tokens;
  for (auto const& word : words) {
    auto& list = is_number(word) ? tokens : letters;
    if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
  }
  if (letters.size() == 1) tokens.push_back(letters.front());
  for (std::size_t i = 0; letters.size() > 1 && i < letters.size(); i += 2) {
    tokens.push_back(pair_of(letters[i], letters[i + 1 < letters.size() ? i + 1 : i - 1]));
  }
  return tokens;
}

std::string space_of(PartyId const& party, std::string_view kind) {
  constexpr std::size_t ending = 8;
  auto const& id = party.value;
  std::string space = id.size() > ending ? id.substr(id.size() - ending) : id;
  return space.append(".").append(kind).append(":");
}

}  // namespace rcms::search
