// Invented fingers and prints of them, to test and measure with: nobody's. The same seed gives the same templates on every
// machine.
#pragma once

#include <cstdint>

#include "engines/fingerprints/template.hpp"

namespace rcms::fingerprints {

/// What a print does to a finger. As it comes: like templates that software extracted from the generated prints of FVC 2002 and
/// 2004, set DB4 (`docs/measurements.md` has both side by side).
struct PrintOptions {
  std::int32_t turn = 14;       ///< at most, 256ths of the circle
  std::int32_t shift = 250;     ///< at most, hundredths of a millimetre
  std::int32_t bend = 40;       ///< at most, how far the skin is pulled at the edge
  std::int32_t jitter = 9;      ///< of positions, standard deviation
  std::int32_t angle_jitter = 4;  ///< standard deviation, 256ths of the circle
  std::int32_t lost_percent = 14;     ///< of minutiae
  std::int32_t strange_percent = 14;  ///< minutiae that are not there, of those that are
  std::int32_t kind_percent = 15;     ///< whose kind is taken for the other
  std::int32_t poor_percent = 25;     ///< of prints: beside the middle, with twice the faults
};

/// The minutiae of a whole finger: along ridges that run around two cores and deltas, at a density of prints.
FingerView invent_finger(std::uint64_t seed);

/// One print of it; `number` draws what differs from print to print.
FingerView print_of(FingerView const& finger, std::uint64_t number, PrintOptions const& options = {});

}  // namespace rcms::fingerprints
