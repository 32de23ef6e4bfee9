// Sines, lengths and bearings in whole numbers: the same on every machine.
#pragma once

#include <array>
#include <cstdint>

namespace rcms::fingerprints {

inline constexpr std::int32_t one_turned = 1 << 14;

/// 16384 times the sine of so many 256ths of the circle.
std::int32_t sine_of(std::uint8_t angle);
inline std::int32_t cosine_of(std::uint8_t angle) { return sine_of(static_cast<std::uint8_t>(angle + 64)); }

/// The bearing of a point seen from the origin, in 256ths of the circle, counter-clockwise from the right; 0 for the origin.
std::uint8_t bearing_of(std::int32_t x, std::int32_t y);

/// The root, rounded down.
std::uint32_t root_of(std::uint64_t value);

/// The smaller turn between two angles, 0 to 128.
inline std::int32_t turn_between(std::uint8_t left, std::uint8_t right) {
  auto const turn = static_cast<std::uint8_t>(left - right);
  return turn <= 128 ? turn : 256 - turn;
}

}  // namespace rcms::fingerprints
