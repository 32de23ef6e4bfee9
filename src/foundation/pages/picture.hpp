// Pictures in grey, decoded from PNG or JPEG. Colours and sizes of photos are looked at elsewhere (foundation/files).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms {

/// Row by row from the top left, 0 black to 255 white.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> grey;

  std::uint8_t at(int x, int y) const {
    return grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
};

constexpr long picture_pixels_at_most = 60'000'000;

/// Refuses: unsupported_type (neither PNG nor JPEG), too_large (more than 60 million pixels), malformed.
Result<Picture> decode_picture(std::span<std::uint8_t const> bytes);
/// PNG in grey, for tests and previews.
Bytes encode_png(Picture const& picture);

}  // namespace rcms
