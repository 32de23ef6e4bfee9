// Which layout and barcode a State has chosen for its travel documents, and the choosing.
#pragma once

#include <optional>
#include <string>

#include "capabilities/travel_documents/desk.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

struct ChosenForm {
  std::string layout{Layouts::standard_id};
  Symbol symbol = Symbol::data_matrix;
  UserId by;  ///< empty: nothing was chosen yet
  std::optional<Instant> at;
  std::int64_t revision = 0;  ///< 0: nothing was chosen yet
};

/// "data_matrix" or "qr".
std::string name_of(Symbol symbol);

ChosenForm chosen_form(Desk const& desk, PartyId const& party);
/// The form in which documents of `party` are printed now.
/// Refuses: wrong_step (the chosen layout is no longer among the files of data/documents).
Result<DocumentForm> form_of(Desk const& desk, PartyId const& party);

/// From the next document on; those issued before keep their PDF.
/// Refuses: not_permitted, field_invalid (layout, symbol), stale_revision.
Result<ChosenForm> choose_form(Desk& desk, access::Viewer const& viewer, std::string const& layout, std::string const& symbol,
                               std::optional<std::int64_t> if_match);

/// A document of an invented person in this layout, marked SPECIMEN, with a seal that nobody trusts.
/// Refuses: as render_document_page.
Result<Bytes> render_sample(Desk const& desk, PartyId const& party, DocumentForm const& form);

}  // namespace rcms::travel_documents
