// Minutes: written, signed, closed, given as the result of the task; load, decide, write.
#pragma once

#include "capabilities/interviews/actions.hpp"
#include "capabilities/interviews/minutes.hpp"

namespace rcms::interviews {

/// The newest version, or nothing.
std::optional<Minutes> find_minutes(db::Database& database, InterviewId const& id);
/// All versions, the newest first.
std::vector<Minutes> list_minutes(db::Database& database, InterviewId const& id);

/// Refuses: not_found; as decide_minutes, with all defects of the form.
tl::expected<Minutes, Findings> write_minutes(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                              boost::json::object const& content);
/// With the last mark the requesting State is told the day and the hash, nothing of what was said. Refuses: not_found; as
/// decide_mark.
Result<Minutes> mark_minutes(Context const& context, access::Viewer const& viewer, InterviewId const& id, MarkInput const& input);
/// The task is completed with the closed minutes. Refuses: not_found; wrong_step (no closed minutes); as complete_task.
tl::expected<InterviewRow, Findings> give_result(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                                 std::string const& outcome, std::string const& note);

}  // namespace rcms::interviews
