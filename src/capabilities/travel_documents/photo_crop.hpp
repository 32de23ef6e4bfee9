// The face of the holder cut out of the photograph of the application, in the shape that is printed, and what may be said of its
// size and background. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"
#include "foundation/files/file_type.hpp"

namespace rcms::travel_documents {

/// What is printed of a photograph, in pixels of the picture as it is seen upright. The shape is 35 × 45.
/// Source: Doc 9303-3 section 3.9 (portrait); ISO/IEC 19794-5 annex A for 35 mm × 45 mm.
struct FaceBox {
  int left = 0;
  int top = 0;
  int width = 0;

  int height() const { return (width * 45 + 17) / 35; }
  bool empty() const { return width == 0; }
  friend bool operator==(FaceBox const&, FaceBox const&) = default;
};

/// 152 dots to the inch on a print of 35 mm. Our own limit, unverified.
constexpr int face_width_at_least = 210;

/// As the register keeps it: "120 40 420"; empty for none.
std::string text_of(FaceBox const& box);
FaceBox face_box_of(std::string_view text);

struct PhotoNote {
  int width = 0;  ///< of the whole picture
  int height = 0;
  FaceBox box;
  int dpi = 0;             ///< on a print of 35 mm
  std::string background;  ///< even, uneven, dark: of both sides of the head; only a note, the officer decides
};

/// What may be said of the box; without one the largest box in the middle is proposed.
/// Refuses: as check_box; unsupported_type, too_large (the picture).
Result<PhotoNote> note_on_photo(files::FileType type, std::span<std::uint8_t const> content, std::optional<FaceBox> box);

/// A JPEG in colour of the box alone, without metadata, at most 600 pixels wide.
/// Refuses: field_invalid (`photo`: a box that leaves the picture or is too small to be printed); as note_on_photo.
Result<Bytes> crop_photo(files::FileType type, std::span<std::uint8_t const> content, FaceBox const& box);

}  // namespace rcms::travel_documents
