// Readmission in error, as the requested State claims it: the person left, the conditions were not met, the other State takes
// them back. The rules are pure; the act loads, decides and writes. Source: data/workflow/readmission_error.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "capabilities/applications/actions.hpp"
#include "capabilities/case_files/deadlines.hpp"

namespace rcms::applications {

/// A claim is made. `ground` is of the list error_ground; the statement leaves. `window` is the term in which it may be made,
/// empty when the agreement has none or its start is not known.
/// Refuses: as take_step; too_late (the window is over).
Result<Decision> decide_error_claim(workflow::Process const& process, CaseFile const& before, std::string_view ground,
                                    std::string_view statement, std::optional<agreements::Deadline> const& window,
                                    access::Viewer const& viewer, Instant now, Date today);

/// What departure_notice and error_reply change in the file. Refuses: field_missing, field_invalid.
Result<void> take_departure(Decision& decision, exchange::Envelope const& envelope, Instant now);
Result<void> take_error_reply(Decision& decision, exchange::Envelope const& envelope, Instant now);

/// Refuses: field_invalid (no ground of the list); not_found; as decide_error_claim.
Result<CaseFile> claim_error(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view ground,
                             std::string_view statement, IfMatch if_match);

}  // namespace rcms::applications
