// Codes on photographs: turned, seen from the side, with light that falls off and noise.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "foundation/pages/barcode.hpp"

namespace rcms {
namespace {

/// How a page was photographed.
struct Shot {
  double degrees = 0;
  double tilt_x = 0;  ///< by how much farther away the right side is than the left
  double tilt_y = 0;
  int noise = 0;
};

double between(Picture const& page, double x, double y) {
  int const left = static_cast<int>(x);
  int const top = static_cast<int>(y);
  double const u = x - left;
  double const v = y - top;
  return (1 - v) * ((1 - u) * page.at(left, top) + u * page.at(left + 1, top)) +
         v * ((1 - u) * page.at(left, top + 1) + u * page.at(left + 1, top + 1));
}

Picture photographed(Picture const& page, Shot const& shot) {
  Picture photo{page.width, page.height, std::vector<std::uint8_t>(page.grey.size(), 90)};
  double const angle = shot.degrees * std::acos(-1.0) / 180;
  std::uint32_t state = 1;
  for (int y = 0; y < photo.height; ++y) {
    for (int x = 0; x < photo.width; ++x) {
      double const u = x - photo.width / 2.0;
      double const v = y - photo.height / 2.0;
      double const away = 1.1 + shot.tilt_x * u / photo.width + shot.tilt_y * v / photo.height;
      double const column = page.width / 2.0 + (u * std::cos(angle) + v * std::sin(angle)) * away;
      double const row = page.height / 2.0 + (v * std::cos(angle) - u * std::sin(angle)) * away;
      bool const on_page = column >= 0 && row >= 0 && column < page.width - 1 && row < page.height - 1;
      double const light = 0.75 + 0.25 * x / photo.width;
      state = state * 1664525U + 1013904223U;
      double const noise = shot.noise == 0 ? 0 : static_cast<double>(state >> 16) / 65536 * shot.noise * 2 - shot.noise;
      auto& pixel = photo.grey[static_cast<std::size_t>(y * photo.width + x)];
      pixel = static_cast<std::uint8_t>(std::clamp((on_page ? between(page, column, row) : 90) * light + noise, 0.0, 255.0));
    }
  }
  return photo;
}

/// As irregular as a signed seal is.
Bytes content(std::uint32_t seed) {
  Bytes bytes(134, 0xDC);
  for (auto& byte : bytes) {
    seed = seed * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(seed >> 24);
  }
  return bytes;
}

/// A sheet of A4 with Data Matrix codes below each other, modules of 0.6 mm.
Picture sheet(int dpi, std::vector<Bytes> const& codes) {
  int const width = dpi * 210 / 25;
  int const height = dpi * 297 / 25;
  Picture page{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 245)};
  int top = height / 2;
  double const module = 0.6 / 25.4 * dpi;
  for (auto const& code : codes) {
    auto const modules = make_barcode(Symbol::data_matrix, code).value();
    int const side = static_cast<int>(std::ceil(modules.width * module));
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        if (!modules.is_dark(static_cast<int>(x / module), static_cast<int>(y / module))) continue;
        page.grey[static_cast<std::size_t>((top + y) * width + width / 5 + x)] = 20;
      }
    }
    top += side + height / 16;
  }
  return page;
}

TEST_CASE("codes on a photograph are read at 150 and 300 dpi, two of them both") {
  auto const first = content(37);
  auto const second = content(53);
  for (auto const& [dpi, shot] : {std::pair{150, Shot{}}, {150, Shot{3, 0, 0, 10}}, {150, Shot{-8, 0.08, 0.05, 14}},
                                  {300, Shot{5, 0.1, -0.06, 14}}}) {
    CAPTURE(dpi);
    CAPTURE(shot.degrees);
    auto const found = find_barcodes(photographed(sheet(dpi, {first, second}), shot));
    REQUIRE(found.size() == 2);
    auto const is_found = [&](Bytes const& code) { return found[0].bytes == code || found[1].bytes == code; };
    CHECK(is_found(first));
    CHECK(is_found(second));
  }
}

TEST_CASE("a photograph of a sheet without a code has none, and the same code twice is told once") {
  CHECK(find_barcodes(photographed(sheet(150, {}), {4, 0.05, 0, 14})).empty());
  CHECK(find_barcodes(sheet(150, {content(37), content(37)})).size() == 1);
}

}  // namespace
}  // namespace rcms
