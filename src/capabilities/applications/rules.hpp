// What the requested State may do with an application it received, and what an envelope of the requesting State does to it.
// Pure: agreement, evidence and tasks are read by the caller.
// Source: data/workflow/individual.toml and the agreement of the case.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capabilities/case_files/step.hpp"

namespace rcms::applications {

using case_files::CaseFile;
using case_files::Decision;
using case_files::DocumentRequest;

/// The file that an application opens in the requested State's space. `blank` has party, partner, own reference, times; form,
/// agreement and the other State's reference are taken from the envelope. Refuses: wrong_step, field_missing, field_invalid.
Result<Decision> decide_opening(workflow::Process const& process, CaseFile blank, exchange::Envelope const& envelope, Instant now,
                                Date today);

/// An application that was refused comes again with new evidence: the same file, the form replaced. Refuses: wrong_step.
Result<Decision> decide_reopening(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                  Instant now, Date today);

/// Receipt is acknowledged; the requesting State is told our reference. Refuses as take_step.
Result<Decision> decide_acknowledgement(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                        Instant now, Date today);

/// The application is complete; verification begins. Refuses as take_step.
Result<Decision> decide_completeness(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     Instant now, Date today);

/// What a check found of one document of the application.
struct EvidenceFinding {
  std::string purpose;    ///< nationality, third_country: the list in which the document stands
  std::size_t index = 0;  ///< its place there, from 0
  bool is_false = false;  ///< not genuine: it counts for nothing; else a finding that it was false is taken back
};

/// A document is found false or genuine; what the evidence shows follows from it. Refuses: as take_step; field_invalid (purpose),
/// not_found (no such document). Source: data/workflow/individual.toml.
Result<Decision> decide_assessment(workflow::Process const& process, CaseFile const& before, EvidenceFinding const& finding,
                                   access::Viewer const& viewer, std::string_view reason, Instant now);

/// More documents are asked for, item by item. `request` has id, items and perhaps a day.
/// Refuses as take_step; field_missing (no items), field_invalid (an item twice; a day in the past), limit_reached (30 items).
Result<Decision> decide_document_request(workflow::Process const& process, CaseFile const& before, DocumentRequest request,
                                         access::Viewer const& viewer, Instant now, Date today);

/// The term is extended by `days` (in total or added, as the agreement counts). `permitted` is what
/// agreements::check_extension says; `source` is the clause. Refuses as take_step; what `permitted` refuses.
Result<Decision> decide_extension(workflow::Process const& process, CaseFile const& before, Result<void> const& permitted,
                                  int days, std::string_view source, access::Viewer const& viewer, std::string_view reason,
                                  Instant now);

struct ReplyReason {
  std::string code;  ///< data/codes/refusal_reason.toml
  std::string text;
};

struct ReplyInput {
  std::string kind;  ///< accepted, refused, interview, more_information
  std::vector<ReplyReason> reasons;
  std::string note;
  std::vector<case_files::RequestItem> items;  ///< only for more_information
  std::string request_id;                      ///< only for more_information
};

/// The answer to the application. `reply_due` is the open reply deadline, if there is one; `agreed` are the conditions that the
/// agreement makes hold: only with late_refusal_allowed is an accepted application still refused.
/// Refuses as take_step; field_invalid (kind), wrong_step (a late refusal), reason_missing (refused without a reason; more
/// information without items). Source: the article in the agreement's reply rule, given as `source`.
Result<Decision> decide_reply(workflow::Process const& process, CaseFile const& before, ReplyInput const& reply,
                              std::optional<Date> reply_due, std::string_view source,
                              std::set<std::string, std::less<>> const& agreed, access::Viewer const& viewer, Instant now,
                              Date today);

/// An envelope of the requesting State arrived for a file that exists. `request` is the open document request when the
/// envelope is an answer to one. Refuses: wrong_step, not_found (answer to an unknown request), field_invalid.
Result<Decision> decide_receipt(workflow::Process const& process, CaseFile const& before, exchange::Envelope const& envelope,
                                std::optional<DocumentRequest> const& request, Instant now, Date today);

/// A travel document was issued for, or voided in, an accepted application; the requesting State is told.
/// Refuses as take_step.
struct IssuedDocument {
  std::string number;
  Date issued_on;
  Date expires_on;
};
Result<Decision> decide_document_issue(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                       access::Viewer const& viewer, Instant now, Date today);
/// The same on the acceptance of the first; `renewed` is void from then on, and the requesting State hears both in one notice.
Result<Decision> decide_document_renewal(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                         std::string_view renewed, access::Viewer const& viewer, Instant now, Date today);
Result<Decision> decide_document_void(workflow::Process const& process, CaseFile const& before, IssuedDocument const& document,
                                      access::Viewer const& viewer, std::string_view reason, Instant now, Date today);

}  // namespace rcms::applications
