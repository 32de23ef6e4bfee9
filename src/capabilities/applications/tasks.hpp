// The acts on verification tasks and their rows.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "capabilities/applications/actions.hpp"
#include "capabilities/applications/task.hpp"

namespace rcms::applications {

/// A task is given to an organisation of the same State. Refuses as take_step and check_new_task; field_invalid (organisation).
Result<VerificationTask> open_task(Context const& context, access::Viewer const& viewer, CaseId const& id, NewTask const& input);

/// The result of a task; the file's timeline tells it. Refuses: not_found; wrong_step (an interview with a date, unless
/// `result.is_signed`); as decide_result, with all defects of the minutes. What `also` adds is written with it.
tl::expected<VerificationTask, Findings> complete_task(Context const& context, access::Viewer const& viewer, TaskId const& id,
                                                       TaskResult result, std::function<void(db::Command&)> const& also = {});

/// The task, when this viewer may see it.
std::optional<VerificationTask> find_task(Context const& context, access::Viewer const& viewer, TaskId const& id);
/// Tasks of the viewer's organisation: open by due day, or done with the newest first; at most 200.
std::vector<VerificationTask> list_own_tasks(Context const& context, access::Viewer const& viewer, bool done);
/// Ends the open tasks of this kind without a result: nobody can do them any more.
void stop_tasks(db::Command& command, PartyId const& party, CaseId const& id, std::string_view kind);
std::vector<VerificationTask> list_tasks_of_case(db::Database& database, PartyId const& party, CaseId const& id);

}  // namespace rcms::applications
