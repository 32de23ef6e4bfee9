#include "engines/matching/text_form.hpp"

#include <algorithm>
#include <array>

#include "engines/matching/romanise.hpp"
#include "foundation/base/text.hpp"

namespace rcms::matching {

namespace {

constexpr std::array<std::string_view, 22> particles{"DE", "DEL", "LA",  "LAS", "LOS", "Y",  "DA", "DO",  "DOS",  "DAS", "DI",
                                                     "DU", "VON", "VAN", "DER", "DEN", "EL", "AL", "BIN", "BINT", "IBN", "al"};
constexpr std::array<std::string_view, 16> honorifics{"SR",  "SRA", "DON", "DONA", "MR", "MRS", "MS", "DR",
                                                      "HAJ", "HAJI", "HADJ", "JR", "SR", "II", "III", "VDA"};

bool is_one_of(auto const& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool is_letter_or_digit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

/// Words of plain letters; an apostrophe joins (O'BRIEN), everything else parts.
std::vector<std::string> words_of(std::string_view text, bool upper) {
  std::vector<std::string> words;
  std::string word;
  auto const end_word = [&] {
    if (!word.empty()) words.push_back(word.substr(0, longest_token));
    word.clear();
  };
  for (char const c : text) {
    if (c == '\'' || c == '`') continue;
    if (!is_letter_or_digit(c)) end_word();
    else word += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  end_word();
  return words;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char upper_of(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

/// What stands at `at`, or 0 behind the end.
char letter_at(std::string_view token, std::size_t at) { return at < token.size() ? token[at] : '\0'; }

/// One letter of sound for the letters at `at`; moves `at` to the last one that was used. 0 for silent.
char sound_at(std::string_view token, std::size_t& at) {
  char const c = token[at];
  char const next = letter_at(token, at + 1);
  bool const soft = next == 'E' || next == 'I' || next == 'Y';
  switch (c) {
    case 'C':
      if (next == 'H') { ++at; return 'X'; }
      if (next == 'K') ++at;
      return soft ? 'S' : 'K';
    case 'Q':
      if (next == 'U') ++at;
      return 'K';
    case 'G':
      if (next == 'U' && (letter_at(token, at + 2) == 'E' || letter_at(token, at + 2) == 'I')) { ++at; return 'G'; }
      if (next == 'H') ++at;
      return soft ? 'J' : 'G';
    case 'P':
      if (next == 'H') { ++at; return 'F'; }
      return 'P';
    case 'X': return at == 0 ? 'J' : 'S';
    case 'L':
      if (next == 'L') { ++at; return 'I'; }
      return 'L';
    case 'N': return next == 'B' || next == 'P' || next == 'V' ? 'M' : 'N';
    case 'O':
      if (next == 'U') { ++at; return 'U'; }
      return 'O';
    case 'H': return '\0';
    case 'V': return 'B';
    case 'Z': return 'S';
    case 'Y': return 'I';
    case 'W': return 'U';
    default: return c;
  }
}

/// The consonant by which scripts are compared; 0 for what is left out.
char skeleton_letter(char c, char next, bool first) {
  switch (c) {
    case 'A': case 'E': case 'I': case 'O': case 'U': case 'W': return '\0';
    case 'Y': return first ? 'Y' : '\0';
    case 'Q': case 'X': return 'K';
    case 'C': return next == 'H' || next == 'E' || next == 'I' ? 'S' : 'K';
    case 'G': return 'J';
    case 'Z': return 'S';
    case 'V': return 'B';
    case 'P': return next == 'H' ? 'F' : 'P';
    default: return c;
  }
}

}  // namespace

std::vector<std::string> tokens_of(std::string_view field, FieldKind kind) {
  field = field.substr(0, longest_field);
  std::vector<std::string> words;
  if (is_plain(field)) {
    words = words_of(field, true);
  } else {
    std::string latin;
    for (auto const& word : split(search_form(field), ' ')) latin += (latin.empty() ? "" : " ") + romanised(word);
    words = words_of(latin, false);
  }
  if (kind == FieldKind::place) {
    std::string whole;
    for (auto const& word : words) whole += word;
    if (whole.empty()) return {};
    return {whole.substr(0, longest_token)};
  }
  std::vector<std::string> names;
  for (auto& word : words) {
    if (is_one_of(particles, word) || is_one_of(honorifics, word)) continue;
    if (word.size() > 3 && word.starts_with("al") && is_unvowelled(word)) word.erase(0, 2);
    names.push_back(std::move(word));
  }
  // A name that consists of particles only is a name.
  if (names.empty()) names = std::move(words);
  if (names.size() > most_tokens) names.resize(most_tokens);
  return names;
}

std::string sound_of(std::string_view token) {
  if (is_unvowelled(token)) return std::string(token);
  std::string out;
  for (std::size_t at = 0; at < token.size(); ++at) {
    char const sound = sound_at(token, at);
    if (sound != '\0' && (out.empty() || out.back() != sound)) out += sound;
  }
  return out.empty() ? std::string(token) : out;
}

std::string skeleton_of(std::string_view token) {
  std::string out;
  for (std::size_t at = 0; at < token.size(); ++at) {
    char const c = upper_of(token[at]);
    // An H behind these only colours them: KH, TH, SH.
    bool const colours = c == 'H' && at > 0 && std::string_view("KTDSGCPZ").find(token[at - 1]) != std::string_view::npos;
    if (colours) continue;
    char const kept = skeleton_letter(c, upper_of(letter_at(token, at + 1)), at == 0);
    if (kept != '\0' && (out.empty() || out.back() != kept)) out += kept;
  }
  if (out.size() < 2) return {};
  return out;
}

std::uint32_t letters_of(std::string_view sound) {
  std::uint32_t letters = 0;
  for (char const c : sound)
    letters |= c >= 'A' && c <= 'Z' ? 1U << (c - 'A') : c >= 'a' && c <= 'z' ? 1U << (c - 'a') : 1U << 26;
  return letters;
}

std::uint32_t skeleton_mark(std::string_view skeleton) { return static_cast<std::uint32_t>(hash_of(skeleton)) | 1U; }

bool is_unvowelled(std::string_view token) { return !token.empty() && token.front() >= 'a' && token.front() <= 'z'; }

int letters_apart(std::string_view left, std::string_view right, int most) {
  // What is the same at the beginning and at the end needs no table.
  while (!left.empty() && !right.empty() && left.front() == right.front()) left.remove_prefix(1), right.remove_prefix(1);
  while (!left.empty() && !right.empty() && left.back() == right.back()) left.remove_suffix(1), right.remove_suffix(1);
  if (left.size() > longest_token || right.size() > longest_token) return most + 1;
  auto const difference = left.size() > right.size() ? left.size() - right.size() : right.size() - left.size();
  if (difference > static_cast<std::size_t>(most)) return most + 1;
  if (left.empty() || right.empty()) return static_cast<int>(difference);
  if (left.size() == 1 && right.size() == 1) return 1;
  // Three rows: an exchange of neighbours looks two rows back.
  std::array<std::array<int, longest_token + 1>, 3> rows{};
  for (std::size_t at = 0; at <= right.size(); ++at) rows[0][at] = static_cast<int>(at);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    auto& row = rows[i % 3];
    auto const& above = rows[(i - 1) % 3];
    auto const& before = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t k = 1; k <= right.size(); ++k) {
      int const replaced = above[k - 1] + (left[i - 1] == right[k - 1] ? 0 : 1);
      row[k] = std::min({replaced, above[k] + 1, row[k - 1] + 1});
      if (i > 1 && k > 1 && left[i - 1] == right[k - 2] && left[i - 2] == right[k - 1])
        row[k] = std::min(row[k], before[k - 2] + 1);
      best = std::min(best, row[k]);
    }
    if (best > most) return most + 1;
  }
  return std::min(rows[left.size() % 3][right.size()], most + 1);
}

std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
  auto hash = seed ^ (text.size() * 0x9E3779B97F4A7C15ULL);
  for (char const c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x9FB21C651E98DF25ULL;
    hash ^= hash >> 29;
  }
  hash *= 0xD6E8FEB86659FD93ULL;
  return hash ^ (hash >> 32);
}

}  // namespace rcms::matching
