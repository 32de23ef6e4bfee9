// How good answers are whose truth is known: who is found, how often a proposal is wrong, and whether "98 %" is true in 98 of
// 100.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/matching/person.hpp"
#include "engines/matching/weights.hpp"

namespace rcms::matching {

/// What an answer was worth. Kept for each question so that any figure can be made of them.
struct Judged {
  bool is_there = false;     ///< whoever is meant is in the registry
  std::uint32_t rank = 0;    ///< of the right one in the answer, from 1; 0: not among them
  Band band = Band::not_found;
  bool is_truncated = false;
  Ppm posterior = 0;         ///< of the first
  MilliBits score = 0;       ///< of the first
  Ppm given_to_truth = 0;    ///< what the answer thought of what is true: that person, or nobody
};

/// `truth` is an id of the registry; empty: nobody of it.
Judged judged_of(Answer const& answer, std::string_view truth);

/// Of all answers whose first had a posterior of a tenth: how often it was right. On a true scale `right` is near `expected`.
struct ReliabilityBin {
  std::uint64_t answers = 0;
  std::uint64_t right = 0;
  std::uint64_t posterior_ppm = 0;  ///< sum of what was said
};
inline constexpr std::size_t reliability_bins = 12;
/// Where a bin begins: tenths, and of the last tenth also 0.98 and 0.999.
inline constexpr std::array<Ppm, reliability_bins> reliability_from{0,       100'000, 200'000, 300'000, 400'000, 500'000,
                                                                    600'000, 700'000, 800'000, 900'000, 980'000, 999'000};

struct Measured {
  std::uint64_t asked = 0;
  std::uint64_t there = 0;
  std::uint64_t first = 0;            ///< found, and before all others
  std::uint64_t among_ten = 0;
  std::uint64_t proposed = 0;
  std::uint64_t proposed_wrongly = 0;
  std::uint64_t truncated = 0;
  Ppm recall_at_99 = 0;               ///< of those there: proposed rightly when one in a hundred proposals may be wrong
  Ppm recall_at_999 = 0;              ///< the same with one in a thousand
  MilliBits surprise = 0;             ///< bits by which the truth surprises, on average; 0 is perfect, lower is better
  std::array<ReliabilityBin, reliability_bins> reliability{};
};

Measured measured_of(std::vector<Judged> const& answers);

/// Held-out decisions below which nothing is said about weights.
inline constexpr std::uint64_t fewest_to_compare = 100;

enum class Comparable : std::uint8_t { better_or_equal, worse, too_few };
std::string_view name_of(Comparable outcome);

/// Whether weights that gave `after` may take the place of those that gave `before` on the same decisions: not one wrong proposal
/// more, fewer found first by no more than one person and one in five hundred, and the truth surprises no more.
Comparable compare_measured(Measured const& before, Measured const& after);

}  // namespace rcms::matching
