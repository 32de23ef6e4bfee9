// Compares two fingers in three stages: surroundings of minutiae as bits, what lies rigidly alike, evidence of what agrees.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engines/fingerprints/codes.hpp"
#include "engines/fingerprints/template.hpp"

namespace rcms::fingerprints {

/// Thousandths of a bit.
using MilliBits = std::int32_t;

/// A finger made ready once to be compared often.
struct Finger {
  FingerPosition position = FingerPosition::unknown;
  std::vector<Minutia> minutiae;
  std::vector<Code> codes;
  std::vector<std::uint16_t> bits;  ///< of each code
};

Finger finger_of(FingerView const& view);

struct Comparison {
  MilliBits score = 0;          ///< the weight of evidence that both are of one finger, before it is calibrated
  std::uint32_t matched = 0;    ///< minutiae that lie upon each other
  std::uint32_t unmatched = 0;  ///< of both, where the prints overlap
};

/// Keeps its room between comparisons; one for each thread.
class Comparer {
 public:
  Comparer();
  ~Comparer();
  Comparer(Comparer&&) noexcept;

  /// Score 0 when either has fewer than three minutiae: nothing can be said.
  Comparison compare(Finger const& left, Finger const& right);

  /// The first stage alone: how alike the surroundings are, 0 to 1000. A quick sieve before `compare`.
  std::int32_t sift(Finger const& left, Finger const& right);

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace rcms::fingerprints
