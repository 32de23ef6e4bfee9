// What a fingerprint template says: fingers, and on each the points where ridges end or part.
#pragma once

#include <cstdint>
#include <vector>

namespace rcms::fingerprints {

enum class MinutiaKind : std::uint8_t { other, ending, bifurcation };

struct Minutia {
  std::int32_t x = 0;      ///< hundredths of a millimetre, to the right
  std::int32_t y = 0;      ///< hundredths of a millimetre, upwards
  std::uint8_t angle = 0;  ///< 256 steps of the circle, counter-clockwise from the right
  MinutiaKind kind = MinutiaKind::other;
  std::uint8_t quality = 0;  ///< 1 to 100; 0: not told
  friend bool operator==(Minutia const&, Minutia const&) = default;
};

/// Source: ISO/IEC 19794-2:2005, finger position codes.
enum class FingerPosition : std::uint8_t {
  unknown, right_thumb, right_index, right_middle, right_ring, right_little,
  left_thumb, left_index, left_middle, left_ring, left_little
};

inline constexpr std::size_t most_minutiae = 255;

struct FingerView {
  FingerPosition position = FingerPosition::unknown;
  std::uint8_t view = 0;
  std::uint8_t impression = 0;  ///< as the record writes it
  std::uint8_t quality = 0;     ///< 0 to 100
  std::vector<Minutia> minutiae;  ///< at most `most_minutiae`
  std::uint32_t left_out = 0;     ///< minutiae of the record that lie outside of its image or have no such angle
  friend bool operator==(FingerView const&, FingerView const&) = default;
};

struct Template {
  std::int32_t width = 0;   ///< of the image, hundredths of a millimetre
  std::int32_t height = 0;
  std::vector<FingerView> views;
  friend bool operator==(Template const&, Template const&) = default;
};

}  // namespace rcms::fingerprints
