// The copy of a document that travels between authorities: PDF/A, signed by the State that issued it.
#pragma once

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"

namespace rcms::travel_documents {

/// The stored page as an archive copy with a signature of the State over all of it; the reason in it says what the register knows
/// of the document now. Made anew each time. Refuses: not_found; as sign_archive_copy. Source: ISO 19005-2; ETSI EN 319 142-1,
/// level B-B (no time stamp of a third party).
Result<Bytes> render_signed_copy(Desk& desk, TravelDocument const& document);

}  // namespace rcms::travel_documents
