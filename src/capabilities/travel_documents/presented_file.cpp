// Files that are presented: from a PDF or a picture to its codes and its zone. The judgement stands in verification.cpp, which
// the verifier of the browser shares and which therefore reads no files.
#include <algorithm>

#include "capabilities/travel_documents/verification.hpp"
#include "engines/mrz/zone_reading.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::travel_documents {

namespace {

bool is_pdf(std::span<std::uint8_t const> file) { return as_text(file.first(std::min<std::size_t>(file.size(), 5))) == "%PDF-"; }
bool is_picture(std::span<std::uint8_t const> file) {
  return file.size() > 3 && ((file[0] == 0xFF && file[1] == 0xD8) || (file[0] == 0x89 && file[1] == 'P'));
}

constexpr int zone_dpi = 200;

/// The zone as it is printed: when it was seen for certain, or when it is that of a seal beside it. A zone that was seen badly
/// says nothing against a document.
std::string see_zone(std::span<std::uint8_t const> file, std::vector<Bytes> const& barcodes) {
  auto const picture = is_pdf(file) ? render_pdf_page(file, 0, zone_dpi) : decode_picture(file);
  if (!picture) return {};
  auto const seen = mrz::read_zone({picture->width, picture->height, picture->grey});
  if (!seen) return {};
  auto lines = seen->lines[0] + "\n" + seen->lines[1];
  if (seen->certainty >= mrz::certain_enough) return lines;
  bool const sealed = std::any_of(barcodes.begin(), barcodes.end(), [&](auto const& barcode) {
    auto const opened = seal::open_barcode(barcode, seal::Accept::all);
    return opened && opened->zone == lines;
  });
  return sealed ? lines : std::string();
}

}  // namespace

ReadFile read_presented(std::span<std::uint8_t const> file) {
  ReadFile read;
  if (file.size() > presented_at_most) {
    read.unread = Refused{Why::too_large, "file", "at most 8 MB", {}};
    return read;
  }
  auto found = read_document_barcodes(file);
  if (found) {
    for (auto& one : *found) read.barcodes.push_back(std::move(one.bytes));
  } else {
    read.unread = found.error();
  }
  // What is seen comes before a text layer, which may say something else than what is printed.
  if (!read.barcodes.empty()) read.printed_mrz = see_zone(file, read.barcodes);
  if (read.printed_mrz.empty() && is_pdf(file)) {
    if (auto const text = read_pdf_text(file, 0)) read.printed_mrz = find_zone(*text);
  }
  return read;
}

VerifyAnswer verify_file(std::span<std::uint8_t const> file, std::string_view typed, seal::TrustStore const& trust, Date today) {
  return verify_read(read_presented(file), typed, trust, today);
}

VerifyAnswer verify_presented(std::span<std::uint8_t const> content, seal::TrustStore const& trust, Date today) {
  if (is_pdf(content) || is_picture(content)) return verify_file(content, {}, trust, today);
  if (auto barcode = find_barcode_content(as_text(content)))
    return verify_read({{std::move(*barcode)}, {}, {}}, {}, trust, today);
  auto const text = as_text(content.first(std::min<std::size_t>(content.size(), 4096)));
  return verify_lines(text, trust, today);
}

}  // namespace rcms::travel_documents
