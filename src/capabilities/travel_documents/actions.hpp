// The acts on travel documents and blanks: load, decide, write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "capabilities/travel_documents/stock.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

using IfMatch = std::optional<std::int64_t>;

/// Issues a document for an accepted application: blank, register, PDF, notice to the other State and ledger in one write.
/// Refuses, in this order: not_permitted, not_found, stale_revision, wrong_step, agreement_does_not_apply (another State issues);
/// field_missing (photo, name, birth, validity),
/// field_invalid (name without Latin letters, nationality, blank), already_exists (a valid one is held), limit_reached (no blank
/// in stock at the office; validity beyond the agreement); what the page refuses.
Result<TravelDocument> issue_document(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input,
                                      IfMatch if_match);

/// The page as it would be, marked as a preview, without number and with a seal that nobody trusts. Refuses as issue_document,
/// but for blanks and a second document.
Result<Bytes> preview_document(Desk& desk, access::Viewer const& viewer, CaseId const& id, IssueInput const& input);

/// The photograph of an application that waits for its document. Refuses: not_permitted, not_found.
struct Portrait {
  std::string media_type;
  Bytes content;
};
Result<Portrait> read_portrait(Desk& desk, access::Viewer const& viewer, CaseId const& id);
/// Size and background of what would be printed of it; without a box the largest in the middle is proposed.
/// Refuses: not_permitted, not_found; as travel_documents::note_on_photo.
Result<PhotoNote> note_on_portrait(Desk& desk, access::Viewer const& viewer, CaseId const& id,
                                   std::optional<FaceBox> const& face);
/// The photograph of the holder, as it was printed, of a document that the viewer was let read. Refuses: not_found.
Result<Portrait> read_holder_portrait(Desk& desk, TravelDocument const& document);

/// The document is revoked; the application goes back to accepted, so that another can be issued. When the application has
/// ended or stands suspended meanwhile, the document alone is made void.
/// Refuses: not_found; as decide_void and applications::decide_document_void.
Result<TravelDocument> void_document(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason,
                                     IfMatch if_match);

/// Sheets come into the stock of the viewer's office, into a box when one is named. Refuses: not_permitted; as make_range;
/// already_exists (a sheet is known).
Result<BlankRange> receive_blanks(Desk& desk, access::Viewer const& viewer, std::string_view series, std::string_view first,
                                  std::string_view last, std::string_view box = {});

/// A sheet of the viewer's office was spoilt before use. Refuses: not_permitted, not_found, wrong_step, reason_missing.
Result<void> spoil_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason);

/// The stored PDF of a document. Refuses: not_found.
Result<Bytes> read_document_pdf(Desk& desk, TravelDocument const& document);

}  // namespace rcms::travel_documents
