#include "engines/fingerprints/turning.hpp"

#include <bit>

namespace rcms::fingerprints {

namespace {

/// A quarter of the circle: 16384 times the sine of 0 to 64 steps of 256, rounded.
constexpr std::array<std::int16_t, 65> quarter{
    0,     402,   804,   1205,  1606,  2006,  2404,  2801,  3196,  3590,  3981,  4370,  4756,  5139,  5520,  5897,  6270,
    6639,  7005,  7366,  7723,  8076,  8423,  8765,  9102,  9434,  9760,  10080, 10394, 10702, 11003, 11297, 11585, 11866,
    12140, 12406, 12665, 12916, 13160, 13395, 13623, 13842, 14053, 14256, 14449, 14635, 14811, 14978, 15137, 15286, 15426,
    15557, 15679, 15791, 15893, 15986, 16069, 16143, 16207, 16261, 16305, 16340, 16364, 16379, 16384};

}  // namespace

std::int32_t sine_of(std::uint8_t angle) {
  auto const in_half = static_cast<std::uint8_t>(angle & 0x7F);
  std::int32_t const value = quarter[in_half <= 64 ? in_half : 128 - in_half];
  return angle < 128 ? value : -value;
}

std::uint8_t bearing_of(std::int32_t x, std::int32_t y) {
  if (x == 0 && y == 0) return 0;
  // The step whose direction has no part across, within half a step: found by halving, a quadrant first.
  std::int64_t along = x, across = y;
  std::uint8_t angle = 0;
  while (along <= 0 || across < 0) {
    auto const turned = across;
    across = -along;
    along = turned;
    angle = static_cast<std::uint8_t>(angle + 64);
  }
  std::uint8_t low = 0, high = 64;
  while (high - low > 1) {
    auto const middle = static_cast<std::uint8_t>((low + high) / 2);
    if (across * cosine_of(middle) >= along * sine_of(middle)) low = middle;
    else high = middle;
  }
  auto const at_low = across * cosine_of(low) - along * sine_of(low), at_high = along * sine_of(high) - across * cosine_of(high);
  return static_cast<std::uint8_t>(angle + (at_low <= at_high ? low : high));
}

std::uint32_t root_of(std::uint64_t value) {
  std::uint64_t root = 0;
  for (int bit = (std::bit_width(value) + 1) / 2; bit >= 0; --bit) {
    auto const with = root | (std::uint64_t{1} << bit);
    if (with <= 0xFFFFFFFFU && with * with <= value) root = with;
  }
  return static_cast<std::uint32_t>(root);
}

}  // namespace rcms::fingerprints
