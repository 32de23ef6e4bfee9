#include "capabilities/interviews/present_missions.hpp"

#include <algorithm>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/interviews/appointment_store.hpp"
#include "capabilities/interviews/holidays.hpp"
#include "capabilities/interviews/present.hpp"

namespace rcms::interviews {

using case_files::optional_text;

namespace {

std::string language_label(Context const& context, access::Viewer const& viewer, std::string const& code) {
  return context.labels.text(viewer.language, "codes.language." + code);
}

NamedView present_state(Context const& context, access::Viewer const& viewer, PartyId const& id) {
  return {id.value, context.directory.get_party(id).names.in(viewer.language)};
}

MissionMemberView present_member(Context const& context, access::Viewer const& viewer, MissionMember const& one) {
  MissionMemberView view;
  view.user = optional_text(one.user.value);
  view.name = one.name.empty() ? context.directory.user_name(viewer.party, one.user) : one.name;
  view.sex = optional_text(one.sex);
  for (auto const& language : one.languages) view.languages.push_back({language, language_label(context, viewer, language)});
  return view;
}

std::vector<ClosedDayView> present_closed(std::vector<ClosedDay> const& days) {
  std::vector<ClosedDayView> view;
  for (auto const& one : days) view.push_back({one.day.text(), one.name});
  return view;
}

MissionFiguresView present_figures(MissionFigures const& figures, int capacity) {
  MissionFiguresView view;
  view.capacity = capacity;
  view.placed = figures.placed;
  view.to_come = figures.to_come;
  view.arranged = figures.arranged;
  view.held = figures.held;
  view.not_held = figures.not_held;
  view.not_presented = figures.not_presented;
  view.called_off = figures.called_off;
  view.minutes_closed = figures.minutes_closed;
  view.identified = figures.identified;
  view.not_identified = figures.not_identified;
  view.not_yet = figures.not_yet;
  return view;
}

UnplannedView present_unplaced(std::vector<CandidateRow> const& candidates, TaskId const& task, std::string why) {
  auto const row = std::find_if(candidates.begin(), candidates.end(), [&](auto const& one) { return one.waiting.task == task; });
  if (row == candidates.end()) return {task.value, {}, {}, std::move(why)};
  return {task.value, row->waiting.reference, row->waiting.person, std::move(why)};
}

void present_rights(access::Viewer const& viewer, Mission const& mission, MissionView& view) {
  bool const is_open = mission.state == "planned" || mission.state == "announced";
  bool const may = viewer.may("interview.missions");
  view.may_change = is_open && may;
  view.may_announce = mission.state == "planned" && may && view.state != "over";
  view.may_place = mission.state == "announced" && viewer.may("interview.book");
  view.may_close = mission.state == "announced" && may && view.figures.to_come == 0;
}

}  // namespace

MissionView present_mission(Context const& context, access::Viewer const& viewer, Mission const& mission) {
  MissionView view;
  view.id = mission.id.value;
  view.name = mission.name;
  view.partner = present_state(context, viewer, mission.partner);
  view.from = mission.from.text();
  view.to = mission.to.text();
  auto places = list_places(context.database, viewer.party);
  std::erase_if(places, [&](auto const& one) {
    return std::find(mission.places.begin(), mission.places.end(), one.id) == mission.places.end();
  });
  auto const closed = list_holidays_between(context, mission.party, mission.partner, viewer.language, mission.from, mission.to);
  for (auto& place : places) {
    view.places.push_back({place.id.value, place.name});
    place.closed = closed;
  }
  view.length_minutes = mission.length_minutes;
  view.pause_minutes = mission.pause_minutes;
  view.daily_limit = mission.daily_limit;
  for (auto const& one : mission.experts) view.experts.push_back(present_member(context, viewer, one));
  for (auto const& one : mission.interpreters) view.interpreters.push_back(present_member(context, viewer, one));
  view.state = state_on(mission, case_files::today_of(context, viewer.party));
  view.reason = optional_text(mission.reason);
  view.closed = present_closed(closed);
  std::vector<Interview> interviews;
  std::vector<std::string> outcomes;
  for (auto& row : list_interviews_of_mission(context.database, viewer.party, mission.id)) {
    interviews.push_back(std::move(row.interview));
    outcomes.push_back(row.task_outcome);
  }
  view.figures = present_figures(count_figures(interviews, outcomes), capacity_of(mission, places));
  present_rights(viewer, mission, view);
  view.revision = mission.revision;
  return view;
}

MissionCandidateView present_candidate(Context const& context, access::Viewer const& viewer, Mission const& mission,
                                       CandidateRow const& row) {
  auto const waiting = present_waiting(context, viewer, row.waiting);
  MissionCandidateView view;
  view.task = waiting.task;
  view.reference = waiting.reference;
  view.person = waiting.person;
  view.sex = optional_text(row.sex);
  if (!row.language.empty()) {
    view.language = row.language;
    view.language_label = language_label(context, viewer, row.language);
    view.is_spoken = is_covered(mission, row.language);
  }
  view.organisation = waiting.organisation;
  view.term_on = waiting.term_on;
  view.is_of_agreement = waiting.is_of_agreement;
  view.days_left = waiting.days_left;
  view.missed = waiting.missed;
  return view;
}

MissionPlanView present_plan(Context const& context, access::Viewer const& viewer, PlanRow const& row) {
  auto const places = list_places(context.database, viewer.party);
  MissionPlanView view;
  for (auto const& placement : row.plan.placed) {
    auto const& interview = placement.interview;
    auto const place = std::find_if(places.begin(), places.end(), [&](auto const& one) { return one.id == interview.place; });
    if (place == places.end()) continue;
    auto const who = present_unplaced(row.candidates, interview.task, {});
    PlannedView one;
    one.task = who.task;
    one.reference = who.reference;
    one.person = who.person;
    one.place = {place->id.value, place->name};
    one.room = interview.room;
    one.when = present_when(interview.starts_at, interview.length_minutes, place->time_zone);
    one.language = interview.language;
    one.language_label = language_label(context, viewer, interview.language);
    auto const& expert = interview.interviewers.front();
    one.interviewer = {expert.value, context.directory.user_name(viewer.party, expert)};
    one.interpreter = optional_text(interview.interpreter);
    one.interpreter_user = optional_text(interview.interpreter_user.value);
    one.is_late = placement.is_late;
    view.placed.push_back(std::move(one));
  }
  std::stable_sort(view.placed.begin(), view.placed.end(),
                   [](auto const& a, auto const& b) { return a.when.starts_at < b.when.starts_at; });
  for (auto const& one : row.plan.not_placed) view.not_placed.push_back(present_unplaced(row.candidates, one.task, one.why));
  view.closed = present_closed(row.closed);
  return view;
}

MissionMovedView present_moved(Context const& context, access::Viewer const& viewer, MovedMission const& moved) {
  return {present_mission(context, viewer, moved.mission), moved.moved, moved.replaced,
          static_cast<std::int64_t>(moved.called_off.size())};
}

MissionNoticeView present_notice(Context const& context, access::Viewer const& viewer, MissionNotice const& notice) {
  MissionNoticeView view;
  view.id = notice.id.value;
  view.name = notice.name;
  view.partner = present_state(context, viewer, notice.partner);
  view.from = notice.from.text();
  view.to = notice.to.text();
  for (auto const& place : notice.places) {
    view.places.push_back(
        {place.name, place.address, place.mode, context.labels.text(viewer.language, "codes.interview_mode." + place.mode)});
  }
  auto const today = case_files::today_of(context, viewer.party);
  view.state = notice.state != "announced" ? notice.state
               : notice.to < today         ? "over"
               : notice.from <= today      ? "running"
                                           : "announced";
  for (auto const& row : list_appointments_of_mission(context.database, viewer.party, notice.id)) {
    auto const& state = row.appointment.state;
    ++view.told;
    if (state == "asked") ++view.asked;
    if (state == "arranged") ++view.arranged;
    if (state == "held") ++view.held;
    if (state == "not_held") ++view.not_held;
    if (state != "not_presented") continue;
    ++view.not_presented;
    auto const file =
        case_files::find_case_file(context.database, viewer.party, case_files::Side::requesting, row.appointment.case_id);
    if (file && case_files::find_event(*file, "contact_refused")) ++view.contact_refused;
  }
  return view;
}

}  // namespace rcms::interviews
