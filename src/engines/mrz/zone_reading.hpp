// Reads a printed machine-readable zone from a picture: a matcher for OCR-B at its fixed pitch. It tells what it saw, with how
// sure it is; it repairs nothing by check digits, because a zone that was changed must not be mended.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rcms::mrz {

/// Row by row from the top left, 0 black to 255 white.
struct GreyView {
  int width = 0;
  int height = 0;
  std::span<std::uint8_t const> grey;
};

struct SeenZone {
  std::vector<std::string> lines;  ///< two of 36 or 44 characters
  /// Of the least sure character, 0 to 1: how much more it is like its letter than like the next best.
  double certainty = 0;
  double pitch = 0;  ///< pixels from character to character
};

/// From this certainty on no line of the measured pages was read wrongly (docs/measurements.md).
constexpr double certain_enough = 0.03;

/// Two lines of OCR-B anywhere in the picture, turned by at most about 15 degrees, at least 8 pixels a character. Empty when
/// there are none. Costs some 0.2 s for a page at 300 dpi.
/// Source: Doc 9303-3 section 4 (OCR-B, 10 characters an inch), 9303-4, 9303-6.
std::optional<SeenZone> read_zone(GreyView const& picture);

}  // namespace rcms::mrz
