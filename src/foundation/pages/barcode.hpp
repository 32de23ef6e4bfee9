// Two-dimensional barcodes from bytes and back from pictures. What the bytes mean is not known here.
#pragma once

#include <optional>
#include <vector>

#include "foundation/pages/picture.hpp"

namespace rcms {

enum class Symbol { data_matrix, qr };

/// The modules of a symbol without its quiet zone, row by row; 1 is dark.
struct Modules {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> dark;

  bool is_dark(int x, int y) const { return dark[static_cast<std::size_t>(y * width + x)] != 0; }
};

/// Data Matrix ECC 200 (square, at most 1,555 bytes) or QR with error correction M (at most 2,331 bytes).
/// Refuses: too_large, field_missing (no bytes).
/// Source: ISO/IEC 16022, ISO/IEC 18004.
Result<Modules> make_barcode(Symbol symbol, std::span<std::uint8_t const> bytes);

/// A grey picture of the symbol with a quiet zone of four modules; for tests and screens.
Picture draw_modules(Modules const& modules, int pixels_per_module);

struct FoundBarcode {
  Symbol symbol = Symbol::data_matrix;
  Bytes bytes;
};

/// All symbols that are found together, each content once: the judgement of a document with two of them needs both. Costs more
/// than find_barcode: the page is always searched in tiles too, and what was found is covered, so that its neighbour is seen.
std::vector<FoundBarcode> find_barcodes(Picture const& picture);

/// The first of them. Looks for a QR on the whole picture and for a Data Matrix also in overlapping tiles, because a small Data
/// Matrix on a scanned page is not found otherwise. Costs up to a few seconds on a large page without any symbol.
std::optional<FoundBarcode> find_barcode(Picture const& picture);

}  // namespace rcms
