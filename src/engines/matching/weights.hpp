// How much an agreement or a difference weighs: the probabilities of errors in data of the same person, and of what relatives
// share.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engines/matching/person.hpp"

namespace rcms::matching {

inline constexpr std::size_t rules_count = 18;

/// Parts in a million.
using Ppm = std::uint32_t;

/// A version of the weights. `m`: how often the two records of one person agree by this rule. `relative`: how often two
/// different members of one family do. The chance for people who have nothing to do with each other comes from the registry.
struct Weights {
  std::string version;
  std::array<std::array<Ppm, rules_count>, parts_count> m{};
  std::array<std::array<Ppm, rules_count>, parts_count> relative{};
  Ppm in_registry = 900'000;  ///< that the person who is looked for is there
  std::uint32_t relatives = 8;  ///< members of the family who are there too
  Ppm proposed_from = 980'000;  ///< posterior from which somebody is proposed
  Ppm review_from = 10'000;     ///< posterior from which somebody is worth a look
  MilliBits margin = 3'000;     ///< before the second, for a proposal
};

/// The logarithms of weights, made once.
struct WeightBits {
  std::array<std::array<MilliBits, rules_count>, parts_count> m{};         ///< log2 of m
  std::array<std::array<MilliBits, rules_count>, parts_count> relative{};  ///< log2 of m by relative
};
WeightBits bits_of(Weights const& weights);

/// The weights that RCMS comes with: set by hand from published error rates of the generator, to be learnt again from decided
/// cases of a State.
Weights const& default_weights();

}  // namespace rcms::matching
