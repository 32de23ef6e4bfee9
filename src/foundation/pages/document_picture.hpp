// Finds the barcode of a document in what a counter or a phone sends: PNG, JPEG or the first page of a PDF.
#pragma once

#include "foundation/pages/barcode.hpp"

namespace rcms {

/// The bytes of the barcode. Refuses: unsupported_type, malformed, too_large, not_found (no Data Matrix or QR was found;
/// the detail says what to do).
Result<FoundBarcode> read_document_picture(std::span<std::uint8_t const> file);

}  // namespace rcms
