// Any bytes as the picture of a document that anybody may hand in: PDF, PNG or JPEG, with a barcode or without.
#include <cstdint>
#include <span>

#include "foundation/pages/document_picture.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static_cast<void>(rcms::read_document_picture(std::span<std::uint8_t const>(data, size)));
  return 0;
}
