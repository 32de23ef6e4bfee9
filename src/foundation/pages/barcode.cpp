#include "foundation/pages/barcode.hpp"

#include <algorithm>
#include <stdexcept>

#define ZX_USE_UTF8  // the form of text() that later releases keep
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/DecodeHints.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/ReadBarcode.h>
#include <fmt/format.h>

namespace rcms {
namespace {

constexpr std::size_t data_matrix_bytes_at_most = 1555;
constexpr std::size_t qr_bytes_at_most = 2331;

void add_once(std::vector<FoundBarcode>& all, FoundBarcode barcode) {
  bool const known = std::any_of(all.begin(), all.end(), [&](auto const& one) { return one.bytes == barcode.bytes; });
  if (!known && !barcode.bytes.empty()) all.push_back(std::move(barcode));
}

void read_region(Picture const& picture, int x, int y, int width, int height, ZXing::BarcodeFormats formats,
                 std::vector<FoundBarcode>& all) {
  auto hints = ZXing::DecodeHints().setFormats(formats).setTryHarder(true).setTryRotate(true).setMaxNumberOfSymbols(4);
  auto const* start =
      picture.grey.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
  ZXing::ImageView view(start, width, height, ZXing::ImageFormat::Lum, picture.width, 1);
  for (auto const& result : ZXing::ReadBarcodes(view, hints)) {
    if (!result.isValid()) continue;
    auto const& content = result.bytes();
    bool qr = result.format() == ZXing::BarcodeFormat::QRCode;
    add_once(all, {qr ? Symbol::qr : Symbol::data_matrix, Bytes(content.begin(), content.end())});
  }
}

/// Tiles of `side` pixels that overlap by half.
void read_tiles(Picture const& picture, int side, std::vector<FoundBarcode>& all) {
  if (side >= std::max(picture.width, picture.height)) return;
  for (int y = 0;; y += side / 2) {
    int top = std::max(0, std::min(y, picture.height - side));
    for (int x = 0;; x += side / 2) {
      int left = std::max(0, std::min(x, picture.width - side));
      read_region(picture, left, top, std::min(side, picture.width), std::min(side, picture.height),
                  ZXing::BarcodeFormat::DataMatrix, all);
      if (x + side >= picture.width) break;
    }
    if (y + side >= picture.height) return;
  }
}

/// Half the size by averaging, for pictures of high resolution.
Picture halved(Picture const& picture) {
  Picture half{picture.width / 2, picture.height / 2, {}};
  half.grey.reserve(static_cast<std::size_t>(half.width) * static_cast<std::size_t>(half.height));
  for (int y = 0; y < half.height; ++y) {
    for (int x = 0; x < half.width; ++x) {
      int sum = picture.at(2 * x, 2 * y) + picture.at(2 * x + 1, 2 * y) + picture.at(2 * x, 2 * y + 1) +
                picture.at(2 * x + 1, 2 * y + 1);
      half.grey.push_back(static_cast<std::uint8_t>(sum / 4));
    }
  }
  return half;
}

enum class Wanted { first, all };

std::vector<FoundBarcode> search(Picture const& picture, Wanted wanted) {
  std::vector<FoundBarcode> all;
  if (picture.width < 10 || picture.height < 10) return all;
  auto both = ZXing::BarcodeFormat::DataMatrix | ZXing::BarcodeFormat::QRCode;
  read_region(picture, 0, 0, picture.width, picture.height, both, all);
  int const side = std::max(picture.width, picture.height);
  // A second Data Matrix is found only in tiles of its own.
  if (all.empty() || wanted == Wanted::all) read_tiles(picture, side / 4, all);
  for (int part : {2, 8}) {
    if (all.empty()) read_tiles(picture, side / part, all);
  }
  if (all.empty() && picture.width > 3000 && picture.height > 3000) return search(halved(picture), wanted);
  return all;
}

}  // namespace

Result<Modules> make_barcode(Symbol symbol, std::span<std::uint8_t const> bytes) {
  auto at_most = symbol == Symbol::qr ? qr_bytes_at_most : data_matrix_bytes_at_most;
  if (bytes.empty()) return refuse(Why::field_missing, "bytes", "a barcode of nothing");
  if (bytes.size() > at_most) return refuse(Why::too_large, "bytes", fmt::format("{} bytes, at most {}", bytes.size(), at_most));
  std::wstring content(bytes.begin(), bytes.end());
  auto format = symbol == Symbol::qr ? ZXing::BarcodeFormat::QRCode : ZXing::BarcodeFormat::DataMatrix;
  ZXing::MultiFormatWriter writer(format);
  writer.setEncoding(ZXing::CharacterSet::ISO8859_1).setMargin(0);
  if (symbol == Symbol::qr) writer.setEccLevel(2);
  ZXing::BitMatrix matrix;
  try {
    matrix = writer.encode(content, 0, 0);
  } catch (std::exception const& failure) {  // the library has no other way to say that the bytes do not fit
    return refuse(Why::too_large, "bytes", failure.what());
  }
  Modules modules{matrix.width(), matrix.height(), {}};
  for (int y = 0; y < modules.height; ++y) {
    for (int x = 0; x < modules.width; ++x) modules.dark.push_back(matrix.get(x, y) ? 1 : 0);
  }
  return modules;
}

Picture draw_modules(Modules const& modules, int pixels_per_module) {
  constexpr int quiet = 4;
  Picture picture{(modules.width + 2 * quiet) * pixels_per_module, (modules.height + 2 * quiet) * pixels_per_module, {}};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      int column = x / pixels_per_module - quiet;
      int row = y / pixels_per_module - quiet;
      bool inside = column >= 0 && row >= 0 && column < modules.width && row < modules.height;
      picture.grey.push_back(inside && modules.is_dark(column, row) ? 0 : 255);
    }
  }
  return picture;
}

std::vector<FoundBarcode> find_barcodes(Picture const& picture) { return search(picture, Wanted::all); }

std::optional<FoundBarcode> find_barcode(Picture const& picture) {
  auto all = search(picture, Wanted::first);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

}  // namespace rcms
