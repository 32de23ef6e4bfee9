// The acts of the requested State on the applications it received: load, decide, write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/applications/rules.hpp"
#include "capabilities/case_files/acting.hpp"

namespace rcms::applications {

using case_files::Context;
using IfMatch = std::optional<std::int64_t>;

Result<CaseFile> acknowledge(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match);

/// Refuses also: field_invalid (not an active user of the State who may read applications).
Result<CaseFile> assign(Context const& context, access::Viewer const& viewer, CaseId const& id, UserId const& owner,
                        IfMatch if_match);

Result<CaseFile> declare_complete(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match);

/// Refuses: as decide_assessment.
Result<CaseFile> assess(Context const& context, access::Viewer const& viewer, CaseId const& id, EvidenceFinding const& finding,
                        std::string_view reason, IfMatch if_match);

struct RequestInput {
  std::vector<case_files::RequestItem> items;
  std::string due_on;
};
Result<CaseFile> request_documents(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                   RequestInput const& input, IfMatch if_match);

/// `days` as the agreement counts an extension. Refuses also what agreements::check_extension refuses.
Result<CaseFile> extend(Context const& context, access::Viewer const& viewer, CaseId const& id, int days, std::string_view reason,
                        IfMatch if_match);

/// Refuses also: field_invalid (a reason that is not of the list).
Result<CaseFile> reply(Context const& context, access::Viewer const& viewer, CaseId const& id, ReplyInput input,
                       IfMatch if_match);

/// suspend, lift_suspension, close.
Result<CaseFile> do_plain_step(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view action,
                               std::string_view reason, IfMatch if_match);

/// A note that stays inside the State.
Result<CaseFile> add_note(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view body);

/// Registers the receivers of what the requesting State sends.
void receive_envelopes(Context const& context);

/// The term of a clock is over. Refuses: wrong_step when nothing happens in this state.
Result<CaseFile> note_term_over(Context const& context, PartyId const& party, CaseId const& id, std::string_view deadline_kind);

}  // namespace rcms::applications
