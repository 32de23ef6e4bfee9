// The acts of the requested State on its places and interviews: load, decide, write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/interviews/rules.hpp"
#include "capabilities/interviews/store.hpp"

namespace rcms::interviews {

using case_files::Context;
using IfMatch = std::optional<std::int64_t>;

/// A place is made (revision 0) or changed. Refuses: not_found, stale_revision, field_invalid (organisation), as check_place.
Result<Place> keep_place(Context const& context, access::Viewer const& viewer, Place place);

struct BookingInput {
  PlaceId place;
  Instant starts_at;
  int length_minutes = 60;
  std::string language;
  std::string interpreter;
  UserId interpreter_user;
  std::vector<UserId> interviewers;
  MissionId mission;
  std::string reason;  ///< of a move; stays in the State
};

/// Gives the task a date and tells the requesting State. Two who book the same at the same moment: one of them is refused.
/// Refuses: not_found (task), already_exists (the task has a date), field_invalid (interviewers: who may not hold interviews;
/// interpreter_user), as decide_booking.
Result<InterviewRow> book(Context const& context, access::Viewer const& viewer, TaskId const& task, BookingInput const& input);
/// Refuses: not_found, stale_revision, as decide_move.
Result<InterviewRow> move(Context const& context, access::Viewer const& viewer, InterviewId const& id, BookingInput const& input,
                          IfMatch if_match);
/// Refuses: not_found, stale_revision, as decide_cancellation.
Result<InterviewRow> cancel(Context const& context, access::Viewer const& viewer, InterviewId const& id, std::string_view reason,
                            IfMatch if_match);
/// Refuses: not_found, stale_revision, as decide_attendance.
Result<InterviewRow> record_attendance(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                       std::vector<Attendant> const& people, IfMatch if_match);

/// The interview, when this viewer may see its task.
std::optional<InterviewRow> find_visible(Context const& context, access::Viewer const& viewer, InterviewId const& id);
bool may_see(access::Viewer const& viewer, OrganisationId const& task_organisation);

/// Who may hold interviews: active users of the State with the permission.
std::vector<access::User> list_interviewers(Context const& context, access::Viewer const& viewer);

/// Times at a place for a task. Refuses: not_found (task, place), as the booking does about people.
Result<std::vector<FreeTime>> list_free_times(Context const& context, access::Viewer const& viewer, TaskId const& task,
                                              BookingInput const& input, InterviewId const& moved, Date from, int days);

/// The interviews of the case that are booked come to nothing. Adds it to `command`; their ids.
std::vector<InterviewId> stop_interviews(Context const& context, db::Command& command, PartyId const& party, CaseId const& id,
                                         std::string const& reason, Instant now);

}  // namespace rcms::interviews
