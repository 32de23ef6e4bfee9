#include "engines/matching/bits.hpp"

#include <array>
#include <bit>

namespace rcms::matching {

namespace {

/// 2^(-1/2), 2^(-1/4) … 2^(-1/4096), times 2^63.
constexpr std::array<std::uint64_t, 12> roots{
    0x5a827999fcef3242ULL,
    0x6ba27e656b4eb57aULL,
    0x75606373ee921c97ULL,
    0x7a92be8a92436616ULL,
    0x7d41d96db915019dULL,
    0x7e9f06067a4360baULL,
    0x7f4f08ae3dc7c426ULL,
    0x7fa765aca88f6453ULL,
    0x7fd3ab290e46d769ULL,
    0x7fe9d3a8e07bf086ULL,
    0x7ff4e9597bed93abULL,
    0x7ffa748dff8dc61fULL};

/// log2(value) times 2^16.
std::int64_t log2_q16(std::uint64_t value) {
  int const whole = 63 - std::countl_zero(value);
  // The mantissa in 1 to 2, times 2^31; squaring it sixteen times gives sixteen binary places.
  std::uint64_t mantissa = whole >= 31 ? value >> (whole - 31) : value << (31 - whole);
  std::int64_t result = static_cast<std::int64_t>(whole) << 16;
  for (int place = 15; place >= 0; --place) {
    mantissa = (mantissa * mantissa) >> 31;
    if (mantissa < (std::uint64_t{1} << 32)) continue;
    mantissa >>= 1;
    result += std::int64_t{1} << place;
  }
  return result;
}

}  // namespace

MilliBits log2_ratio(std::uint64_t numerator, std::uint64_t denominator) {
  return static_cast<MilliBits>((log2_q16(numerator) - log2_q16(denominator)) * 1000 / 65536);
}

std::uint64_t exp2_q32(MilliBits bits) {
  if (bits >= 0) return std::uint64_t{1} << 32;
  auto const down = static_cast<std::uint64_t>(-static_cast<std::int64_t>(bits)) * 4096 / 1000;
  auto const whole = down >> 12;
  if (whole > 32) return 0;
  std::uint64_t value = std::uint64_t{1} << 63;
  for (int place = 11; place >= 0; --place) {
    if (((down >> place) & 1) == 0) continue;
    __extension__ using Wide = unsigned __int128;
    value = static_cast<std::uint64_t>((static_cast<Wide>(value) * roots[static_cast<std::size_t>(11 - place)]) >> 63);
  }
  return (value >> 31) >> whole;
}

MilliBits log2_sum(MilliBits a, MilliBits b) {
  auto const high = a > b ? a : b;
  auto const low = a > b ? b : a;
  return high + log2_ratio((std::uint64_t{1} << 32) + exp2_q32(low - high), std::uint64_t{1} << 32);
}

}  // namespace rcms::matching
