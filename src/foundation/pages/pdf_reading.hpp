// PDF files as pictures and text, over poppler in one file. Writing of PDFs: canvas.hpp and report.hpp.
#pragma once

#include <string>

#include "foundation/pages/picture.hpp"

namespace rcms {

constexpr std::size_t pdf_bytes_at_most = 50 * 1024 * 1024;

/// `page` counts from 0; `dpi` 36 to 600.
/// Refuses: malformed (no PDF, locked by a password), not_found (no such page), too_large, field_invalid.
Result<Picture> render_pdf_page(std::span<std::uint8_t const> bytes, int page, int dpi);
/// The text layer of one page, UTF-8. Refuses: as above.
Result<std::string> read_pdf_text(std::span<std::uint8_t const> bytes, int page);
/// Refuses: as above.
Result<int> count_pdf_pages(std::span<std::uint8_t const> bytes);

}  // namespace rcms
