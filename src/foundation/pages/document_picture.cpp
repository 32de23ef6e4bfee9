#include "foundation/pages/document_picture.hpp"

#include "foundation/pages/pdf_reading.hpp"

namespace rcms {

Result<std::vector<FoundBarcode>> read_document_barcodes(std::span<std::uint8_t const> file) {
  bool pdf = as_text(file).substr(0, 5) == "%PDF-";
  for (int dpi : {200, 300}) {
    auto picture = pdf ? render_pdf_page(file, 0, dpi) : decode_picture(file);
    if (!picture) return tl::unexpected(picture.error());
    auto found = find_barcodes(*picture);
    if (!found.empty()) return found;
    if (!pdf) break;
  }
  return refuse(Why::not_found, "picture", "no barcode was found; take the picture again, flat, sharp and with the whole symbol");
}

Result<FoundBarcode> read_document_picture(std::span<std::uint8_t const> file) {
  auto found = read_document_barcodes(file);
  if (!found) return tl::unexpected(found.error());
  return std::move(found->front());
}

}  // namespace rcms
