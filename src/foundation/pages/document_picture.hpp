// Finds the barcode of a document in what a counter or a phone sends: PNG, JPEG or the first page of a PDF.
#pragma once

#include "foundation/pages/barcode.hpp"

namespace rcms {

/// The bytes of the first barcode. Refuses: as below.
Result<FoundBarcode> read_document_picture(std::span<std::uint8_t const> file);
/// All barcodes, at least one. Refuses: unsupported_type, malformed, too_large, not_found (no Data Matrix or QR was found;
/// the detail says what to do).
Result<std::vector<FoundBarcode>> read_document_barcodes(std::span<std::uint8_t const> file);

}  // namespace rcms
