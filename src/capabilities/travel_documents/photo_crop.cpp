#include "capabilities/travel_documents/photo_crop.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "foundation/files/picture.hpp"

namespace rcms::travel_documents {

namespace {

constexpr std::uint64_t photo_pixels_at_most = 80'000'000;
constexpr std::uint32_t printed_height_at_most = 771;  // 600 × 771: 435 dots to the inch
constexpr int printed_quality = 92;

// Our own limits of a light and even background (Doc 9303-3 asks for "uniform, light-coloured"), unverified.
constexpr double background_light = 140;
constexpr double background_spread = 26;

/// Mean and standard deviation of the brightness, 0 to 255.
struct Shade {
  double mean = 0;
  double spread = 0;
};

Shade shade_of(files::Picture const& picture, FaceBox const& area) {
  double sum = 0;
  double squares = 0;
  double count = 0;
  int const bottom = area.top + std::max(1, area.height());
  for (int y = area.top; y < bottom; ++y) {
    for (int x = area.left; x < area.left + area.width; ++x) {
      auto const* pixel = &picture.pixels[(static_cast<std::size_t>(y) * picture.width + static_cast<std::size_t>(x)) * 3];
      double const grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
      sum += grey;
      squares += grey * grey;
      count += 1;
    }
  }
  double const mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

/// The strips beside the head, above the shoulders.
std::string background_of(files::Picture const& picture, FaceBox const& box) {
  int const strip = std::max(1, box.width / 8);
  int const top = box.top + box.height() / 20;
  auto const left = shade_of(picture, {box.left, top, strip});
  auto const right = shade_of(picture, {box.left + box.width - strip, top, strip});
  if (left.mean < background_light || right.mean < background_light) return "dark";
  bool const is_even = left.spread < background_spread && right.spread < background_spread &&
                       std::abs(left.mean - right.mean) < background_spread;
  return is_even ? "even" : "uneven";
}

FaceBox proposed_box(files::Picture const& picture) {
  int const width = static_cast<int>(picture.width);
  int const height = static_cast<int>(picture.height);
  FaceBox box;
  box.width = width;
  while (box.width > 1 && box.height() > height) box.width = std::max(1, std::min(box.width - 1, height * 35 / 45));
  box.left = (width - box.width) / 2;
  box.top = (height - box.height()) / 2;
  return box;
}

Result<void> check_box(files::Picture const& picture, FaceBox const& box) {
  bool const is_inside = box.left >= 0 && box.top >= 0 && box.width > 0 && box.width <= static_cast<int>(picture.width) &&
                         box.left <= static_cast<int>(picture.width) - box.width &&
                         box.height() <= static_cast<int>(picture.height) &&
                         box.top <= static_cast<int>(picture.height) - box.height();
  if (!is_inside) {
    return refuse(Why::field_invalid, "photo",
                  fmt::format("the face box leaves the picture of {} × {} pixels; move it inside", picture.width,
                              picture.height));
  }
  if (box.width >= face_width_at_least) return {};
  return refuse(Why::field_invalid, "photo",
                fmt::format("the face box is {} pixels wide; {} are needed for a print of 35 mm: make it larger or take a "
                            "sharper photograph",
                            box.width, face_width_at_least),
                "Doc 9303-3");
}

}  // namespace

std::string text_of(FaceBox const& box) {
  return box.empty() ? std::string() : fmt::format("{} {} {}", box.left, box.top, box.width);
}

FaceBox face_box_of(std::string_view text) {
  FaceBox box;
  for (int* const part : {&box.left, &box.top, &box.width}) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), *part);
    if (error != std::errc()) return {};
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return box;
}

Result<PhotoNote> note_on_photo(files::FileType type, std::span<std::uint8_t const> content, std::optional<FaceBox> box) {
  auto const picture = files::decode_picture(type, content, photo_pixels_at_most);
  if (!picture) return tl::unexpected(picture.error());
  PhotoNote note;
  note.width = static_cast<int>(picture->width);
  note.height = static_cast<int>(picture->height);
  note.box = box ? *box : proposed_box(*picture);
  if (box) {
    if (auto const fine = check_box(*picture, note.box); !fine) return tl::unexpected(fine.error());
  }
  note.dpi = static_cast<int>(std::lround(note.box.width / 35.0 * 25.4));
  note.background = background_of(*picture, note.box);
  return note;
}

Result<Bytes> crop_photo(files::FileType type, std::span<std::uint8_t const> content, FaceBox const& box) {
  auto const picture = files::decode_picture(type, content, photo_pixels_at_most);
  if (!picture) return tl::unexpected(picture.error());
  if (auto const fine = check_box(*picture, box); !fine) return tl::unexpected(fine.error());
  files::Picture face{static_cast<std::uint32_t>(box.width), static_cast<std::uint32_t>(box.height()), {}};
  std::size_t const row_bytes = std::size_t{face.width} * 3;
  face.pixels.resize(row_bytes * face.height);
  for (std::size_t y = 0; y < face.height; ++y) {
    auto const from = ((y + static_cast<std::size_t>(box.top)) * picture->width + static_cast<std::size_t>(box.left)) * 3;
    std::memcpy(&face.pixels[y * row_bytes], &picture->pixels[from], row_bytes);
  }
  return files::render_jpeg(files::shrink(face, printed_height_at_most), printed_quality);
}

}  // namespace rcms::travel_documents
