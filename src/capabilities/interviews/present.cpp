#include "capabilities/interviews/present.hpp"

#include <algorithm>

#include "capabilities/case_files/present.hpp"
#include "capabilities/safeguards/board.hpp"

namespace rcms::interviews {

using case_files::optional_text;

namespace {

/// The day until which the interview must be: the term of the agreement, else that of the task.
std::string last_day(std::string const& term_on, std::string const& task_due_on) {
  return term_on.empty() ? task_due_on : term_on;
}

/// Who is expected, until it is recorded who came.
std::vector<AttendantView> present_people(Context const& context, InterviewRow const& row) {
  auto const& interview = row.interview;
  std::vector<AttendantView> people;
  for (auto const& one : interview.attendance) {
    people.push_back(
        {one.role, optional_text(one.user.value), one.name, optional_text(one.attendance), optional_text(one.reason)});
  }
  if (!people.empty()) return people;
  people.push_back({"person", {}, row.person, {}, {}});
  for (auto const& user : interview.interviewers)
    people.push_back({"interviewer", user.value, context.directory.user_name(interview.party, user), {}, {}});
  if (!interview.interpreter.empty())
    people.push_back({"interpreter", optional_text(interview.interpreter_user.value), interview.interpreter, {}, {}});
  return people;
}

}  // namespace

WhenView present_when(Instant at, int length_minutes, std::string const& zone) {
  auto const begin = wall_time(at, zone);
  auto const end = wall_time(at.plus_ms(length_minutes * minute_ms), zone);
  return {at, begin.day.text(), text_of_minute(begin.minute), text_of_minute(end.minute), length_minutes, zone};
}

PlaceView present_place(Context const& context, access::Viewer const& viewer, Place const& place) {
  PlaceView view;
  view.id = place.id.value;
  view.organisation = {place.organisation.value,
                       context.directory.organisation_name(viewer.party, place.organisation, viewer.language)};
  view.name = place.name;
  view.mode = place.mode;
  view.mode_label = context.labels.text(viewer.language, "codes.interview_mode." + place.mode);
  view.address = place.address;
  view.time_zone = place.time_zone;
  for (auto const& hours : place.hours)
    view.hours.push_back({hours.weekday, text_of_minute(hours.from_minute), text_of_minute(hours.to_minute)});
  view.slot_minutes = place.slot_minutes;
  view.rooms = place.rooms;
  view.accessibility = optional_text(place.accessibility);
  view.active = place.active;
  view.revision = place.revision;
  return view;
}

InterviewView present_interview(Context const& context, access::Viewer const& viewer, InterviewRow const& row,
                                std::vector<Place> const& places) {
  auto const& interview = row.interview;
  auto const place = std::find_if(places.begin(), places.end(), [&](auto const& one) { return one.id == interview.place; });
  InterviewView view;
  view.id = interview.id.value;
  view.task = interview.task.value;
  if (viewer.may("application.read")) view.application = interview.case_id.value;
  view.reference = row.reference;
  view.person = row.person;
  view.mission = optional_text(interview.mission.value);
  if (place != places.end()) view.place = present_place(context, viewer, *place);
  view.room = interview.room;
  view.when = present_when(interview.starts_at, interview.length_minutes, view.place.time_zone);
  view.language = interview.language;
  view.language_label = context.labels.text(viewer.language, "codes.language." + interview.language);
  view.interpreter = optional_text(interview.interpreter);
  for (auto const& user : interview.interviewers)
    view.interviewers.push_back({user.value, context.directory.user_name(viewer.party, user)});
  view.state = interview.state;
  view.reason = optional_text(interview.reason);
  view.presence = interview.presence;
  view.invited_on = optional_text(interview.invited_on);
  view.term_on = optional_text(last_day(row.term_on, row.task_due_on));
  view.is_of_agreement = !row.term_on.empty();
  view.is_late = view.term_on && view.when.day > *view.term_on;
  view.people = present_people(context, row);
  view.minutes_state = interview.minutes_state;
  view.is_task_open = row.task_state == "open";
  bool const has_begun = interview.starts_at <= context.clock.now();
  view.may_change = interview.state == "booked" && viewer.may("interview.book");
  view.may_record = interview.state == "booked" && has_begun && viewer.may("interview.conduct");
  view.may_write_minutes = interview.state == "held" && view.is_task_open && viewer.may("interview.conduct");
  view.revision = interview.revision;
  return view;
}

WaitingInterviewView present_waiting(Context const& context, access::Viewer const& viewer, WaitingTask const& waiting) {
  WaitingInterviewView view;
  view.task = waiting.task.value;
  if (viewer.may("application.read")) view.application = waiting.case_id.value;
  view.reference = waiting.reference;
  view.person = waiting.person;
  view.organisation = {waiting.organisation.value,
                       context.directory.organisation_name(viewer.party, waiting.organisation, viewer.language)};
  view.term_on = last_day(waiting.term_on, waiting.task_due_on);
  view.is_of_agreement = !waiting.term_on.empty();
  if (auto const day = Date::parse(view.term_on))
    view.days_left = days_between(case_files::today_of(context, viewer.party), *day);
  view.missed = waiting.missed;
  return view;
}

FreeTimeView present_free_time(FreeTime const& time, int length_minutes, std::string const& time_zone,
                               std::string const& term_on) {
  return {present_when(time.starts_at, length_minutes, time_zone), time.taken_by, optional_text(time.holiday),
          !term_on.empty() && time.at.day.text() > term_on};
}

AppointmentView present_appointment(Context const& context, access::Viewer const& viewer, AppointmentRow const& row) {
  auto const& one = row.appointment;
  AppointmentView view;
  view.id = one.id.value;
  if (viewer.may("case.read")) view.case_id = one.case_id.value;
  view.reference = row.reference;
  view.person = row.person;
  view.state = one.state;
  view.mission = optional_text(one.mission.value);
  view.invitation_version = one.invitation_version;
  view.must_redraw = one.is_open() && one.invitation.empty() && one.invitation_version > 0;
  view.when = present_when(one.starts_at, one.length_minutes, one.time_zone);
  view.mode = one.mode;
  view.mode_label = context.labels.text(viewer.language, "codes.interview_mode." + one.mode);
  view.place = one.place;
  view.address = one.address;
  view.accessibility = optional_text(one.accessibility);
  view.language = one.language;
  view.language_label = context.labels.text(viewer.language, "codes.language." + one.language);
  view.interpreter = one.interpreter;
  view.has_invitation = !one.invitation.empty();
  view.invitation_language = optional_text(one.invitation_language);
  view.invited_on = optional_text(one.invited_on);
  view.invited_how = optional_text(one.invited_how);
  view.attendance = optional_text(one.attendance);
  view.minutes_signed_on = optional_text(one.minutes_signed_on);
  view.minutes_hash = optional_text(one.minutes_hash);
  view.term_on = optional_text(row.term_on);
  view.is_late = view.term_on && view.when.day > *view.term_on;
  bool const is_to_come = one.starts_at > context.clock.now();
  view.may_arrange = one.is_open() && is_to_come && viewer.may("appointment.arrange");
  view.revision = one.revision;
  if (!view.may_arrange || one.state != "asked") return view;
  auto const file = case_files::find_case_file(context.database, one.party, case_files::Side::requesting, one.case_id);
  if (!file) return view;
  auto const board = safeguarding::load_board(context, *file);
  for (auto const& open : safeguarding::list_open(context, *file, board, "interview"))
    if (open.blocks) view.open_gates.push_back(context.labels.text(viewer.language, "gates." + open.gate->code));
  return view;
}

}  // namespace rcms::interviews
