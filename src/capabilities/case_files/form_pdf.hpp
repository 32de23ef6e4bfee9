// The application as a document to read and to print: header with both States, the person with photograph, every filled-in field,
// evidence, requests, reply, what happened.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/view.hpp"
#include "capabilities/exchange/proofs.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::case_files {

struct FormPages {
  CaseFileView file;
  TimelineView timeline;
  std::vector<exchange::Proof> proofs;  ///< envelopes and receipts
  Bytes photo;  ///< empty when there is none
  std::string made_by;
  Instant made_at;
  std::string zone;  ///< in which instants are told
};

/// What an attachment is, in words: its document type, or its part in the file.
std::string attachment_kind(Labels const& labels, std::string_view language, std::string const& kind);
/// A4 pages in the language of the viewer. Throws std::runtime_error when the PDF cannot be drawn.
Bytes render_form_pdf(Context const& context, std::string_view language, FormPages const& pages);

}  // namespace rcms::case_files
