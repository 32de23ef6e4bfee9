#include "foundation/pages/barcode.hpp"

#include <algorithm>
#include <cmath>
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

constexpr std::uint8_t paper = 255;
constexpr int symbols_at_most = 8;

/// Paints over a symbol that was read, with a margin, so that another one beside it is found too: the library tells one Data
/// Matrix of a picture only.
void cover(Picture& picture, int x, int y, ZXing::Position const& at) {
  ZXing::PointI const middle = (at[0] + at[1] + at[2] + at[3]) / 4;
  int reach = 0;  // the half of a diagonal
  for (auto const& corner : at) {
    auto const away = corner - middle;
    reach = std::max(reach, static_cast<int>(std::hypot(away.x, away.y)));
  }
  // A turned square fits between its sides: those who are nearer than its diagonal reach are left to stand.
  auto const is_inside = [&](int column, int row) {
    for (int i = 0; i < 4; ++i) {
      auto const from = at[i];
      auto const to = at[(i + 1) % 4];
      double const length = std::max(1.0, std::hypot(to.x - from.x, to.y - from.y));
      double const side = ((to.x - from.x) * (row - from.y) - (to.y - from.y) * (column - from.x)) / length;
      if (side < -reach * 0.06 - 2) return false;
    }
    return true;
  };
  int const wide = reach + reach / 8 + 3;
  for (int row = middle.y - wide; row <= middle.y + wide; ++row) {
    for (int column = middle.x - wide; column <= middle.x + wide; ++column) {
      int const px = x + column;
      int const py = y + row;
      if (px < 0 || py < 0 || px >= picture.width || py >= picture.height || !is_inside(column, row)) continue;
      picture.grey[static_cast<std::size_t>(py) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(px)] = paper;
    }
  }
}

struct Region {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

/// Walks over a picture, keeps what it finds, and covers it.
class Search {
 public:
  explicit Search(Picture const& picture) : picture_(picture) {}

  Search& whole() {
    read({0, 0, picture_.width, picture_.height}, ZXing::BarcodeFormat::DataMatrix | ZXing::BarcodeFormat::QRCode);
    return *this;
  }

  /// Tiles of `side` pixels, `step` pixels from each other. The library looks from the middle of a tile outwards, so middles must
  /// lie close.
  Search& tiles(int side, int step) {
    if (side >= std::max(picture_.width, picture_.height) || step < 5) return *this;
    for (int y = 0;; y += step) {
      int const top = std::max(0, std::min(y, picture_.height - side));
      for (int x = 0;; x += step) {
        int const left = std::max(0, std::min(x, picture_.width - side));
        read({left, top, std::min(side, picture_.width), std::min(side, picture_.height)}, ZXing::BarcodeFormat::DataMatrix);
        if (x + side >= picture_.width) break;
      }
      if (y + side >= picture_.height) return *this;
    }
  }

  bool has_found() const { return !found_.empty(); }
  std::vector<FoundBarcode> take() { return std::move(found_); }

 private:
  void read(Region const& region, ZXing::BarcodeFormats formats) {
    auto const hints =
        ZXing::DecodeHints().setFormats(formats).setTryHarder(true).setTryRotate(true).setMaxNumberOfSymbols(symbols_at_most);
    for (bool more = true; more && found_.size() < symbols_at_most;) {
      more = false;
      auto const* start = picture_.grey.data() +
                          static_cast<std::size_t>(region.y) * static_cast<std::size_t>(picture_.width) +
                          static_cast<std::size_t>(region.x);
      ZXing::ImageView const view(start, region.width, region.height, ZXing::ImageFormat::Lum, picture_.width, 1);
      for (auto const& result : ZXing::ReadBarcodes(view, hints)) {
        if (!result.isValid()) continue;
        auto const& content = result.bytes();
        bool const qr = result.format() == ZXing::BarcodeFormat::QRCode;
        more = add_once({qr ? Symbol::qr : Symbol::data_matrix, Bytes(content.begin(), content.end())}) || more;
        cover(picture_, region.x, region.y, result.position());
      }
    }
  }

  bool add_once(FoundBarcode barcode) {
    bool const known = std::any_of(found_.begin(), found_.end(), [&](auto const& one) { return one.bytes == barcode.bytes; });
    if (known || barcode.bytes.empty()) return false;
    found_.push_back(std::move(barcode));
    return true;
  }

  Picture picture_;
  std::vector<FoundBarcode> found_;
};

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

constexpr int side_of_detail = 2000;  // pixels; a larger picture is worth another look at half its size

std::vector<FoundBarcode> search(Picture const& picture, Wanted wanted) {
  if (picture.width < 10 || picture.height < 10) return {};
  int const side = std::max(picture.width, picture.height);
  Search search_in(picture);
  search_in.whole();
  for (int const part : {5, 3, 2, 8}) {
    bool const enough = search_in.has_found() && (wanted == Wanted::first || part == 8);
    if (!enough) search_in.tiles(side / part, side / part / (part == 8 ? 2 : 3));
  }
  if (search_in.has_found() || side <= side_of_detail) return search_in.take();
  return search(halved(picture), wanted);
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
