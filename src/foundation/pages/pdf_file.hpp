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

}  // namespace rcms
