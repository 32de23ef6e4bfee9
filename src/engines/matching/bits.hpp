// Logarithms in whole numbers: the same result on every machine.
#pragma once

#include <cstdint>

#include "engines/matching/person.hpp"

namespace rcms::matching {

/// log2(numerator / denominator) in thousandths, towards zero; both must be over 0.
MilliBits log2_ratio(std::uint64_t numerator, std::uint64_t denominator);

/// 2^(bits/1000) × 2^32 for bits ≤ 0; 0 below −32 bits, 2^32 for 0.
std::uint64_t exp2_q32(MilliBits bits);

/// log2(2^(a/1000) + 2^(b/1000)) in thousandths.
MilliBits log2_sum(MilliBits a, MilliBits b);

}  // namespace rcms::matching
