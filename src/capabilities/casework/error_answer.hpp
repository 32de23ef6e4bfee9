// Readmission in error, as the requesting State answers it: the person is taken back, or the claim is rejected with a reason;
// when the person is back, the other State is told the day. The rules are pure; the acts load, decide and write.
// Source: data/workflow/readmission_error.toml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/casework/actions.hpp"
#include "capabilities/casework/rules.hpp"

namespace rcms::casework {

/// What error_claim changes in the file. Refuses: field_missing (ground, reason).
Result<void> take_error_claim(Decision& decision, exchange::Envelope const& envelope);

/// The claim is right: the reason stays at home. Refuses: as take_step.
Result<Decision> decide_taking_back(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                    std::string_view reason, Instant now, Date today);
/// The claim is rejected; the reason leaves. `words` are those in it that must not leave. Refuses: as take_step; must_not_leave.
Result<Decision> decide_error_rejection(workflow::Process const& process, CaseFile const& before,
                                        std::vector<WordFound> const& words, access::Viewer const& viewer,
                                        std::string_view reason, Instant now, Date today);
/// The person is back. Refuses: as take_step; field_invalid (a day to come, or before the claim was answered).
Result<Decision> decide_return(workflow::Process const& process, CaseFile const& before, Date returned_on,
                               access::Viewer const& viewer, Instant now, Date today);

Result<CaseFile> take_back(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                           std::optional<std::int64_t> if_match);
Result<CaseFile> reject_error_claim(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                    std::string_view reason, std::optional<std::int64_t> if_match);
Result<CaseFile> record_return(Context const& context, access::Viewer const& viewer, CaseId const& id, Date returned_on,
                               std::optional<std::int64_t> if_match);

}  // namespace rcms::casework
