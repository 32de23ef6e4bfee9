// The acts on a document after its issue: handed over, used at the border, back again, lost, renewed. Load, decide, write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capabilities/travel_documents/actions.hpp"
#include "capabilities/travel_documents/life_rules.hpp"

namespace rcms::travel_documents {

/// One act on a document. A loss revokes it, makes its sheet lost and sends the application back to accepted, as a document that
/// is made void does. Refuses: not_found; as decide_life.
Result<TravelDocument> act_on_document(Desk& desk, access::Viewer const& viewer, std::string const& number, LifeAct act,
                                       std::string_view reason, IfMatch if_match);

/// Refuses: not_found, already_exists (a renewal is asked for already); as decide_renewal_request.
Result<Renewal> request_renewal(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason);
/// Refuses: not_found; as decide_renewal.
Result<Renewal> answer_renewal(Desk& desk, access::Viewer const& viewer, std::string const& id, bool approves,
                               std::string_view reason, IfMatch if_match);
/// Issues the new document of an approved renewal, on the acceptance of the first: one write, one notice to the other State, and
/// the earlier document is revoked unless it ran out. Refuses: not_found, wrong_step (not approved); as issue_document.
Result<TravelDocument> issue_renewal(Desk& desk, access::Viewer const& viewer, std::string const& id, IssueInput const& input);

}  // namespace rcms::travel_documents
