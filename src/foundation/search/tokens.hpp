// What stands in the index for a subject: its words, and its pairs of words. Pure text, no database.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/ids.hpp"

namespace rcms::search {

/// Code points. Of a longer word the beginning stands in the index: a key of PostgreSQL has 2,700 bytes at most.
inline constexpr std::size_t longest_word = 60;

/// A word with a digit: a reference, a document number, a day of birth. It is rare by itself and makes no pairs.
bool is_number(std::string_view word);

/// The words of a text as they stand in the index: search form, each cut to the same length, in the order of the text.
std::vector<std::string> words_of_text(std::string_view text);

/// Two words with letters as one token.
std::string pair_of(std::string const& a, std::string const& b);
/// The pairs of the words with letters.
std::vector<std::string> pairs_of(std::vector<std::string> const& words);

/// The fewest tokens that say "has all these words": pairs that cover the words with letters, and the numbers. A single word
/// stands for itself.
std::vector<std::string> tokens_for_all(std::vector<std::string> const& words);

/// What a token of this party and kind begins with in the index, so that no list of the index mixes parties. Migration 0075
/// writes the same in SQL. Two parties of the same ending would share lists, not answers: rows are checked for their party.
std::string space_of(PartyId const& party, std::string_view kind);

}  // namespace rcms::search
