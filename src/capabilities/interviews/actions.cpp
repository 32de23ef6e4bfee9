#include "capabilities/interviews/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/appointment.hpp"
#include "capabilities/interviews/holidays.hpp"
#include "capabilities/interviews/mission_store.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/subject.hpp"
#include "norms/permissions/roles.hpp"

namespace rcms::interviews {

using case_files::CaseFile;
using case_files::Decision;
using case_files::Side;

namespace {

/// How often a booking is decided again when somebody else took the same at that moment.
constexpr int booking_tries = 8;

/// An act about an interview: the file stays where it stands.
Decision about(CaseFile const& before, Interview const& interview, std::string action) {
  Decision decision;
  decision.after = before;
  decision.action = std::move(action);
  decision.told["interview"] = interview.id.value;
  decision.told["starts_at"] = interview.starts_at.text();
  decision.told["task_id"] = interview.task.value;
  if (!interview.interviewers.empty()) decision.told["assignee"] = interview.interviewers.front().value;
  return decision;
}

case_files::Sending sending_of(boost::json::object body) {
  return {exchange::EnvelopeKind::appointment, std::move(body), {}};
}

Interview wanted_of(access::Viewer const& viewer, TaskId const& task, CaseId const& case_id, BookingInput const& input) {
  Interview wanted;
  wanted.party = viewer.party;
  wanted.case_id = case_id;
  wanted.task = task;
  wanted.mission = input.mission;
  wanted.place = input.place;
  wanted.starts_at = input.starts_at;
  wanted.length_minutes = input.length_minutes;
  wanted.language = input.language;
  wanted.interpreter = input.interpreter;
  wanted.interpreter_user = input.interpreter_user;
  wanted.interviewers = input.interviewers;
  wanted.booked_by = viewer.user;
  return wanted;
}

/// Interviewers hold interviews; an interpreter who signs in here is somebody of the State, and bears their own name.
Result<void> check_staff(Context const& context, access::Viewer const& viewer, Interview& wanted) {
  auto const staff = list_interviewers(context, viewer);
  for (auto const& user : wanted.interviewers) {
    bool const holds = std::any_of(staff.begin(), staff.end(), [&](auto const& one) { return one.id == user; });
    if (!holds) return refuse(Why::field_invalid, "interviewers", "choose somebody who may hold interviews");
  }
  if (!wanted.interpreter_user.empty()) {
    auto const user = access::find_user(context.database, viewer, wanted.interpreter_user);
    if (!user || !user->active) return refuse(Why::field_invalid, "interpreter_user", "choose an active user of your State");
    wanted.interpreter = user->name;
  }
  return {};
}

/// Whether nothing would be another: nobody is asked again.
bool is_same_date(Interview const& one, Interview const& other) {
  return one.state == "booked" && one.place == other.place && one.starts_at == other.starts_at &&
         one.length_minutes == other.length_minutes && one.language == other.language && one.interpreter == other.interpreter &&
         one.interpreter_user == other.interpreter_user && one.interviewers == other.interviewers;
}

std::vector<Quarter> taken_for(Context const& context, Interview const& wanted, Place const& place, Instant from, Instant to) {
  return list_taken(context.database, wanted.party, resources_of(wanted, place), from, to);
}

/// An interview that is moved out of its mission is none of it any more.
MissionId mission_after(Context const& context, MissionId const& before, Interview const& wanted, Place const& place) {
  if (before.empty()) return {};
  auto const mission = find_mission(context.database, wanted.party, before);
  return mission && check_within(*mission, wanted, place) ? before : MissionId{};
}

bool has_date(Context const& context, PartyId const& party, CaseId const& id, TaskId const& task) {
  auto const all = list_interviews_of_case(context.database, party, id);
  return std::any_of(all.begin(), all.end(), [&](auto const& row) {
    return row.interview.task == task && (row.interview.state == "booked" || row.interview.state == "held");
  });
}

/// The place as it is open for a file on the day of `at`.
Place open_for(Context const& context, access::Viewer const& viewer, CaseFile const& file, Place place, Instant at) {
  auto const day = date_in_zone(at, place.time_zone);
  place.closed = list_holidays(context, file.agreement, viewer.language, day, day);
  return place;
}

/// An interview of a mission keeps to it, and nobody is placed whose file was laid aside.
Result<void> check_mission_of(Context const& context, Interview const& wanted, Place const& place, CaseFile const& file) {
  if (wanted.mission.empty()) return {};
  auto const mission = find_mission(context.database, wanted.party, wanted.mission);
  if (!mission) return refuse(Why::not_found, "mission");
  if (file.partner != mission->partner)
    return refuse(Why::field_invalid, "mission", "the mission does not visit the State that asks");
  if (file.hold) return refuse(Why::wrong_step, "state", "the application was laid aside");
  return check_within(*mission, wanted, place);
}

Result<InterviewRow> answer_with(Context const& context, PartyId const& party, InterviewId const& id) {
  auto row = find_interview(context.database, party, id);
  if (!row) return refuse(Why::not_found);
  return std::move(*row);
}

/// Whether the database was faster than the rule: somebody took a quarter between reading and writing.
bool was_overtaken(Result<CaseFile> const& answer) {
  return !answer && answer.error().why == Why::already_exists && answer.error().field.empty();
}

/// Writes what `decide` says of the interview as an act on its file, and decides again while others take the same.
template <class Decide>
Result<InterviewRow> act_on(Context const& context, access::Viewer const& viewer, CaseId const& case_id, InterviewId const& id,
                            Decide&& decide) {
  for (int attempt = 1;; ++attempt) {
    auto const answer = case_files::act(context, viewer, Side::requested, case_id, std::nullopt, decide);
    if (answer) return answer_with(context, viewer.party, id);
    if (!was_overtaken(answer) || attempt == booking_tries) return tl::unexpected(answer.error());
  }
}

Result<InterviewRow> load_interview(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                    IfMatch if_match) {
  auto const row = find_visible(context, viewer, id);
  if (!row) return refuse(Why::not_found);
  if (if_match && *if_match != row->interview.revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  return *row;
}

}  // namespace

bool may_see(access::Viewer const& viewer, OrganisationId const& task_organisation) {
  return viewer.may("interview.read") && (viewer.may("application.read") || viewer.organisation == task_organisation);
}

std::optional<InterviewRow> find_visible(Context const& context, access::Viewer const& viewer, InterviewId const& id) {
  auto row = find_interview(context.database, viewer.party, id);
  if (!row || !may_see(viewer, row->task_organisation)) return std::nullopt;
  return row;
}

std::vector<access::User> list_interviewers(Context const& context, access::Viewer const& viewer) {
  auto users = access::list_users(context.database, viewer);
  std::erase_if(users, [&](auto const& user) {
    return !user.active || !permissions::permissions_of(context.norms.roles, user.roles).contains("interview.conduct");
  });
  return users;
}

Result<Place> keep_place(Context const& context, access::Viewer const& viewer, Place place) {
  auto const now = context.clock.now();
  bool const is_new = place.revision == 0;
  if (is_new) place.id = PlaceId::make(now);
  place.party = viewer.party;
  if (auto checked = check_place(place, context.norms.codes); !checked) return tl::unexpected(checked.error());
  auto const organisation = access::find_organisation(context.database, viewer, place.organisation);
  if (!organisation || !organisation->active)
    return refuse(Why::field_invalid, "organisation", "choose an active body of your State");
  auto const subject = ledger::subject_of("interview_place", place.id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    if (!is_new) {
      auto const before = find_place(context.database, viewer.party, place.id);
      if (!before) return refuse(Why::not_found);
      if (before->revision != place.revision)
        return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
    }
    ledger::Decided<> decided;
    save_place(decided.command, place);
    decided.entries.push_back({subject, viewer.party, viewer.user.value, is_new ? "place_made" : "place_changed", {},
                               boost::json::serialize(boost::json::object{{"name", place.name}, {"active", place.active}}),
                               place.revision + 1, now});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return *find_place(context.database, viewer.party, place.id);
}

Result<InterviewRow> book(Context const& context, access::Viewer const& viewer, TaskId const& task_id,
                          BookingInput const& input) {
  auto const task = applications::find_task(context, viewer, task_id);
  if (!task || !may_see(viewer, task->organisation)) return refuse(Why::not_found);
  auto const place = find_place(context.database, viewer.party, input.place);
  if (!place) return refuse(Why::field_invalid, "place", "choose a place of the list");
  auto wanted = wanted_of(viewer, task_id, task->case_id, input);
  if (auto checked = check_staff(context, viewer, wanted); !checked) return tl::unexpected(checked.error());
  auto const now = context.clock.now();
  auto const id = InterviewId::make(now);
  return act_on(context, viewer, task->case_id, id, [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = applications::find_task(context, viewer, task_id);
    if (!current) return refuse(Why::not_found);
    if (has_date(context, viewer.party, task->case_id, task_id))
      return refuse(Why::already_exists, "task", "the task has a date already: change that one");
    auto const open = open_for(context, viewer, before, *place, wanted.starts_at);
    if (auto within = check_mission_of(context, wanted, open, before); !within) return tl::unexpected(within.error());
    auto const taken = taken_for(context, wanted, *place, wanted.starts_at, wanted.ends_at());
    auto booked = decide_booking(wanted, open, *current, before, taken, context.norms.codes, viewer, now);
    if (!booked) return tl::unexpected(booked.error());
    booked->id = id;
    insert_interview(more, *booked);
    auto decision = about(before, *booked, "interview_booked");
    decision.sending = sending_of(body_of(*booked, *place, "booked"));
    return decision;
  });
}

Result<InterviewRow> move(Context const& context, access::Viewer const& viewer, InterviewId const& id, BookingInput const& input,
                          IfMatch if_match) {
  auto const row = load_interview(context, viewer, id, if_match);
  if (!row) return tl::unexpected(row.error());
  auto const place = find_place(context.database, viewer.party, input.place);
  if (!place) return refuse(Why::field_invalid, "place", "choose a place of the list");
  auto wanted = wanted_of(viewer, row->interview.task, row->interview.case_id, input);
  if (auto checked = check_staff(context, viewer, wanted); !checked) return tl::unexpected(checked.error());
  if (is_same_date(row->interview, wanted)) return *row;
  auto const now = context.clock.now();
  return act_on(context, viewer, row->interview.case_id, id, [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = load_interview(context, viewer, id, if_match);
    if (!current) return tl::unexpected(current.error());
    auto const task = applications::find_task(context, viewer, current->interview.task);
    if (!task) return refuse(Why::not_found);
    wanted.id = id;
    wanted.mission = mission_after(context, current->interview.mission, wanted, *place);
    auto const open = open_for(context, viewer, before, *place, wanted.starts_at);
    auto const taken = taken_for(context, wanted, *place, wanted.starts_at, wanted.ends_at());
    auto moved = decide_move(current->interview, wanted, open, *task, before, taken, context.norms.codes, viewer, now);
    if (!moved) return tl::unexpected(moved.error());
    save_interview(more, *moved);
    auto decision = about(before, *moved, "interview_moved");
    decision.told["from"] = current->interview.starts_at.text();
    if (!input.reason.empty()) decision.told["reason"] = input.reason;
    decision.sending = sending_of(body_of(*moved, *place, "moved"));
    return decision;
  });
}

Result<InterviewRow> cancel(Context const& context, access::Viewer const& viewer, InterviewId const& id, std::string_view reason,
                            IfMatch if_match) {
  auto const row = load_interview(context, viewer, id, if_match);
  if (!row) return tl::unexpected(row.error());
  return act_on(context, viewer, row->interview.case_id, id, [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = load_interview(context, viewer, id, if_match);
    if (!current) return tl::unexpected(current.error());
    auto cancelled = decide_cancellation(current->interview, reason, viewer, context.clock.now());
    if (!cancelled) return tl::unexpected(cancelled.error());
    save_interview(more, *cancelled);
    auto decision = about(before, *cancelled, "interview_cancelled");
    decision.told["reason"] = cancelled->reason;
    decision.sending = sending_of(body_of(*cancelled, Place{}, "cancelled"));
    return decision;
  });
}

Result<InterviewRow> record_attendance(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                       std::vector<Attendant> const& people, IfMatch if_match) {
  auto const row = load_interview(context, viewer, id, if_match);
  if (!row) return tl::unexpected(row.error());
  return act_on(context, viewer, row->interview.case_id, id, [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const current = load_interview(context, viewer, id, if_match);
    if (!current) return tl::unexpected(current.error());
    auto seen = decide_attendance(current->interview, people, viewer, context.clock.now());
    if (!seen) return tl::unexpected(seen.error());
    save_interview_record(more, *seen);
    auto decision = about(before, *seen, seen->state == "held" ? "interview_held" : "interview_not_held");
    decision.sending = sending_of(body_of(*seen, Place{}, seen->state));
    return decision;
  });
}

Result<std::vector<FreeTime>> list_free_times(Context const& context, access::Viewer const& viewer, TaskId const& task_id,
                                              BookingInput const& input, InterviewId const& moved, Date from, int days) {
  auto const task = applications::find_task(context, viewer, task_id);
  auto const place = find_place(context.database, viewer.party, input.place);
  if (!task || !place) return refuse(Why::not_found);
  auto wanted = wanted_of(viewer, task_id, task->case_id, input);
  wanted.id = moved;
  if (auto checked = check_staff(context, viewer, wanted); !checked) return tl::unexpected(checked.error());
  auto const begin = start_of_day(from, place->time_zone);
  auto const end = start_of_day(from.plus_days(days), place->time_zone);
  auto open = *place;
  if (auto const file = case_files::find_case_file(context.database, viewer.party, Side::requested, task->case_id))
    open.closed = list_holidays(context, file->agreement, viewer.language, from, from.plus_days(days));
  return list_times(wanted, open, from, days, taken_for(context, wanted, *place, begin, end), context.clock.now());
}

std::vector<InterviewId> stop_interviews(Context const& context, db::Command& command, PartyId const& party, CaseId const& id,
                                         std::string const& reason, Instant now) {
  std::vector<InterviewId> stopped;
  for (auto const& row : list_interviews_of_case(context.database, party, id)) {
    if (row.interview.state != "booked") continue;
    auto after = row.interview;
    after.state = "cancelled";
    after.reason = reason;
    after.changed_at = now;
    save_interview(command, after);
    stopped.push_back(after.id);
  }
  return stopped;
}

}  // namespace rcms::interviews
