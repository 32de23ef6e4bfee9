// Which names of a registry a name that was asked for may stand for, and how alike two names are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engines/matching/index.hpp"
#include "engines/matching/person.hpp"

namespace rcms::matching {

/// A sound of the registry that a name may stand for; `cost` 0 is the sound itself.
struct Variant {
  std::uint64_t hash = 0;
  int cost = 0;
  Counts counts;  ///< how often the registry has it
};

inline constexpr std::size_t most_variants = 8;

/// A name of the question, with what the registry has near it.
struct AskedName {
  std::string text;
  std::string sound;
  std::string skeleton;
  std::uint64_t sound_hash = 0;
  std::uint32_t letters = 0;         ///< of the sound, one bit each
  std::uint32_t skeleton_mark = 0;   ///< 0 for none
  bool is_unvowelled = false;
  std::uint32_t token = no_number;   ///< the same name in the registry
  std::uint32_t sound_class = no_number;
  bool is_near_known = false;         ///< `near`, `far` and the variants hold more than the name itself
  Counts near;                        ///< of all names that are one letter apart
  Counts far;                         ///< of those that are two apart or share the consonants
  std::array<Variant, most_variants> variants{};
  std::size_t variants_count = 0;
  std::vector<std::uint32_t> aliases;  ///< tokens
};

/// How far to look: names by which people are found need what is near them, others only themselves.
enum class Near : std::uint8_t { only_itself, all };

/// Looks a name up. Reads at most a few hundred names of the vocabulary.
AskedName ask_name(Index const& index, std::string text, Near near);

/// The two names of a registry that were written as one (JOSELUIS), when the registry does not know the name as it stands; the
/// most common pair. Empty when there is none.
std::vector<std::string> split_joined(Index const& index, std::string const& name);

/// The rule by which a name of the registry is like the one asked; `differs` when it is not.
Rule likeness(Index const& index, AskedName const& asked, std::uint32_t token);

}  // namespace rcms::matching
