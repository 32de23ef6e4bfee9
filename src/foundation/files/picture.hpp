// Decoding of portraits and scans: does it really open, how large is it, and a small preview. Knows libjpeg and libpng.
#pragma once

#include <cstdint>
#include <span>

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"
#include "foundation/files/file_type.hpp"

namespace rcms::files {

/// Rows from the top, three bytes a pixel (red, green, blue), turned upright.
struct Picture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  Bytes pixels;
};

struct PictureSize {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

/// Decodes all of it and forgets it. Refuses: unsupported_type (file.damaged), too_large (more pixels than allowed).
Result<PictureSize> check_picture(FileType type, std::span<std::uint8_t const> content, std::uint64_t most_pixels);

/// Decodes a JPEG or PNG; transparent parts become white. `at_least` allows a coarser decoding of a JPEG as long as the longer
/// edge keeps that many pixels; 0 means full size. Refuses like check_picture, and unsupported_type for other types.
Result<Picture> decode_picture(FileType type, std::span<std::uint8_t const> content, std::uint64_t most_pixels,
                               std::uint32_t at_least = 0);

/// The same picture with its longer edge at most `edge` pixels (area average); never larger.
Picture shrink(Picture const& picture, std::uint32_t edge);

/// JPEG of a picture; `quality` 1 to 100.
Bytes render_jpeg(Picture const& picture, int quality = 85);

/// A JPEG of at most `edge` pixels without metadata, for lists and for the viewer.
Result<Bytes> make_preview(FileType type, std::span<std::uint8_t const> content, std::uint32_t edge,
                           FileLimits const& limits = {});

/// How a JPEG wants to be turned: 1 (upright) to 8. Source: Exif 2.3, tag 0x0112.
int jpeg_orientation(std::span<std::uint8_t const> content);

}  // namespace rcms::files
