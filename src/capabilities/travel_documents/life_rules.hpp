// What becomes of a document after its issue: handed over, used, returned, lost, renewed. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capabilities/travel_documents/document.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::travel_documents {

/// The acts on a document that only its register knows; each has its permission and the states in which it may be done.
enum class LifeAct { hand_over, use, take_back, report_loss };

/// The document afterwards. A loss revokes it at once and frees its holder; what was used or came back is nobody's any more.
/// Refuses, in this order: not_permitted, stale_revision, wrong_step (handed over: issued and valid; used: handed over or issued,
/// and valid; returned: all but returned and void; lost: all but void, lost and returned), reason_missing (lost). Source: single
/// journey, Doc 9303-8; revocation, Doc 9303-13 Appendix D.
Result<TravelDocument> decide_life(TravelDocument const& before, LifeAct act, access::Viewer const& viewer,
                                   std::string_view reason, std::optional<std::int64_t> if_match, Date today, Instant now);

/// A wish for a new document on the same acceptance. requested, approved, refused or issued.
struct Renewal {
  std::string id;
  PartyId party;
  std::string number;  ///< that is renewed
  CaseId case_id;
  std::string state;
  std::string reason;
  UserId requested_by;
  Instant requested_at;
  std::optional<Date> due_on;  ///< by the agreement; none where it counts no days
  std::string source;          ///< "UTO-XAR 2019 art. 5(4)"
  UserId decided_by;
  std::optional<Instant> decided_at;
  std::string decision_reason;
  std::string renewed_as;  ///< number of the new document; empty until it is issued
  std::int64_t revision = 1;
};

/// `rule` is td_renewal of the agreement for this case, or null.
/// Refuses, in this order: not_permitted, wrong_step (the document is used, returned, void or lost), agreement_does_not_apply
/// (the agreement knows no renewal), reason_missing.
Result<Renewal> decide_renewal_request(TravelDocument const& document, agreements::Agreement const* agreement,
                                       agreements::Rule const* rule, access::Viewer const& viewer, std::string_view reason,
                                       Instant now);

/// Another person approves or refuses. Refuses, in this order: not_permitted, stale_revision, wrong_step, same_person,
/// reason_missing (of a refusal).
Result<Renewal> decide_renewal(Renewal const& before, access::Viewer const& viewer, bool approves, std::string_view reason,
                               std::optional<std::int64_t> if_match, Instant now);

/// The old document when the new one is made: revoked, unless it ran out before.
TravelDocument replaced_by(TravelDocument const& before, std::string const& number, access::Viewer const& viewer, Date today,
                           Instant now);

}  // namespace rcms::travel_documents
