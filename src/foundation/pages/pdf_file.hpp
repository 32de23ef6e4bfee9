// The last touch on a drawn PDF: XMP metadata, language, a file identifier that depends on the content alone. qpdf in one file.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms {

struct DocumentInformation;

/// Throws std::runtime_error when `pdf` is no sound PDF.
Bytes finish_pdf(Bytes const& pdf, DocumentInformation const& information);
/// What qpdf finds wrong in a file; empty when nothing.
std::vector<std::string> check_pdf(std::span<std::uint8_t const> pdf);

struct PdfAttachment {
  std::string name;
  std::string type;  ///< "application/json"
  Bytes content;
};
/// Puts files into a PDF, seen in the list of attachments of viewers.
/// Refuses: malformed.
Result<Bytes> attach_to_pdf(Bytes const& pdf, std::vector<PdfAttachment> const& attachments, Instant created_at);

/// Where the content of a page comes to lie on the paper, so that a printer's own shift is undone.
struct PagePlacing {
  double right_mm = 0;  ///< as the reader of this page sees it
  double down_mm = 0;
  bool is_turned = false;  ///< by 180°, with its shift
};
/// The first `placings.size()` pages, each moved as it says; the rest is left out.
/// Refuses: malformed.
Result<Bytes> place_pages(Bytes const& pdf, std::vector<PagePlacing> const& placings);
/// One file of all pages, in this order. Refuses: malformed.
Result<Bytes> join_pdfs(std::vector<Bytes> const& pdfs);

}  // namespace rcms
