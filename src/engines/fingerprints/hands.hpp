// The prints of a person against those of a few others: finger by finger, added up as evidence, with what one finger cannot
// prove.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engines/fingerprints/compare.hpp"

namespace rcms::fingerprints {

/// The prints of one person, of any number of fingers and several of one.
struct Hands {
  std::string id;
  std::vector<Finger> fingers;
};

/// Every finger of a template; those with fewer than three minutiae are kept and prove nothing.
Hands hands_of(std::string id, Template const& one);

/// What a score weighs: thousandths of a bit for one and the same finger against another one, -5 to 12 bits. Measured on prints
/// of generated fingers (`docs/measurements.md`): 17,280 comparisons of different fingers, so that more than 12 bits (one in
/// 4,096) is never said of one finger.
MilliBits evidence_of(MilliBits score);

struct FingerEvidence {
  FingerPosition position = FingerPosition::unknown;
  MilliBits evidence = 0;
  std::uint32_t matched = 0, unmatched = 0;
};

struct HandsEvidence {
  std::string id;
  MilliBits evidence = 0;  ///< of all fingers together, for the same person
  std::vector<FingerEvidence> fingers;  ///< one for each finger of the question that could be compared
  std::uint32_t posterior_ppm = 0;      ///< among all that were compared and nobody, with what was known before
};

/// Known of somebody before their fingers were compared: what the names weigh, thousandths of a bit.
struct Known {
  MilliBits names = 0;
};

/// What it weighs that the person is none of the list: nothing is known, both are as likely.
inline constexpr MilliBits nobody_of_list = 0;

/// The best of each finger: with the same position, or any where one of the two has none; then what trying so many fingers finds
/// by chance is taken off. A finger of the other side counts once.
HandsEvidence compare_hands(Comparer& comparer, Hands const& asked, Hands const& other);

/// Everybody of a short list, best first. `known` is empty or has one for each of `others`. Deterministic.
std::vector<HandsEvidence> rank_few(Comparer& comparer, Hands const& asked, std::span<Hands const> others,
                                    std::span<Known const> known = {});

/// What fingers must weigh before somebody who was found among so many persons is more likely right than found by chance.
MilliBits bits_needed(std::uint64_t persons);

}  // namespace rcms::fingerprints
