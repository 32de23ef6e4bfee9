// How names are written so that they can be compared: tokens of capital Latin letters, however and in whichever script they came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::matching {

enum class FieldKind : std::uint8_t { given, surname, place };

inline constexpr std::size_t longest_token = 40;   ///< letters; what is longer is cut
inline constexpr std::size_t most_tokens = 6;      ///< of one field; further ones are not compared
inline constexpr std::size_t longest_field = 300;  ///< bytes of UTF-8

/// The names in a field, without particles (DE LA), honorifics and marks. Names of unvowelled scripts (Arabic, Urdu) come as
/// small letters: their consonants. Names without a letter left are dropped.
std::vector<std::string> tokens_of(std::string_view field, FieldKind kind);

/// How a token sounds, for keys: B = V, S = Z = soft C, silent H, LL = Y, doubled letters once. Never empty for a token.
std::string sound_of(std::string_view token);

/// The consonants by which names of different scripts meet; empty when there are fewer than two.
std::string skeleton_of(std::string_view token);

/// Which letters a sound has, one bit each; digits share one.
std::uint32_t letters_of(std::string_view sound);

/// Part of the hash of a skeleton, never 0.
std::uint32_t skeleton_mark(std::string_view skeleton);

/// Whether the token comes from a script that writes no short vowels.
bool is_unvowelled(std::string_view token);

/// Letters to insert, leave out, replace, or exchange with their neighbour to make one of the other; `most` + 1 when more.
int letters_apart(std::string_view left, std::string_view right, int most);

/// A hash that is the same on every machine.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed = 0);

}  // namespace rcms::matching
