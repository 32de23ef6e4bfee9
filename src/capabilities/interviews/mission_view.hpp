// Views and inputs of missions. The requested State sees its mission with its team, the visited State what it was told.
#pragma once

#include "capabilities/interviews/view.hpp"

namespace rcms::interviews {

struct MissionLanguageView {
  std::string code;
  std::string label;
};
RCMS_VIEW(MissionLanguageView, code, label)

struct MissionMemberView {
  std::optional<std::string> user;
  std::string name;
  std::optional<std::string> sex;
  std::vector<MissionLanguageView> languages;
};
RCMS_VIEW(MissionMemberView, user, name, sex, languages)

/// What became of those who were placed. Why somebody is not presented is not known to the State that asks.
struct MissionFiguresView {
  std::int64_t capacity = 0;  ///< interviews that its days, rooms and experts allow
  std::int64_t placed = 0;
  std::int64_t to_come = 0;
  std::int64_t arranged = 0;
  std::int64_t held = 0;
  std::int64_t not_held = 0;
  std::int64_t not_presented = 0;
  std::int64_t called_off = 0;
  std::int64_t minutes_closed = 0;
  std::int64_t identified = 0;
  std::int64_t not_identified = 0;
  std::int64_t not_yet = 0;
};
RCMS_VIEW(MissionFiguresView, capacity, placed, to_come, arranged, held, not_held, not_presented, called_off, minutes_closed,
          identified, not_identified, not_yet)

struct ClosedDayView {
  std::string day;
  std::string name;  ///< of the holiday, with its State
};
RCMS_VIEW(ClosedDayView, day, name)

struct MissionView {
  std::string id;
  std::string name;
  NamedView partner;
  std::string from;
  std::string to;
  std::vector<NamedView> places;
  std::int64_t length_minutes = 60;
  std::int64_t pause_minutes = 15;
  std::int64_t daily_limit = 6;
  std::vector<MissionMemberView> experts;
  std::vector<MissionMemberView> interpreters;
  std::string state;  ///< planned, announced, running, closed, cancelled
  std::optional<std::string> reason;
  std::vector<ClosedDayView> closed;
  MissionFiguresView figures;
  bool may_change = false;
  bool may_announce = false;
  bool may_place = false;
  bool may_close = false;
  std::int64_t revision = 1;
};
RCMS_VIEW(MissionView, id, name, partner, from, to, places, length_minutes, pause_minutes, daily_limit, experts, interpreters,
          state, reason, closed, figures, may_change, may_announce, may_place, may_close, revision)

struct MissionMemberInput {
  std::optional<UserId> user;
  std::optional<http::Text<150>> name;
  std::optional<http::Text<1>> sex;
  http::List<http::Text<10>, 20> languages;
};
RCMS_INPUT(MissionMemberInput, user, name, sex, languages)

struct MissionInput {
  http::Text<120> name;
  std::string partner;
  std::string from;
  std::string to;
  http::List<std::string, 10> places;
  std::int64_t length_minutes = 60;
  std::int64_t pause_minutes = 15;
  std::int64_t daily_limit = 6;
  http::List<MissionMemberInput, 20> experts;
  http::List<MissionMemberInput, 20> interpreters;
};
RCMS_INPUT(MissionInput, name, partner, from, to, places, length_minutes, pause_minutes, daily_limit, experts, interpreters)

struct MissionCandidateView {
  std::string task;
  std::string reference;
  std::string person;
  std::optional<std::string> sex;
  std::optional<std::string> language;
  std::optional<std::string> language_label;
  bool is_spoken = true;  ///< somebody of the mission speaks or interprets it
  NamedView organisation;
  std::string term_on;
  bool is_of_agreement = false;
  std::int64_t days_left = 0;
  std::int64_t missed = 0;
};
RCMS_VIEW(MissionCandidateView, task, reference, person, sex, language, language_label, is_spoken, organisation, term_on,
          is_of_agreement, days_left, missed)

struct PlannedView {
  std::string task;
  std::string reference;
  std::string person;
  NamedView place;
  std::int64_t room = 1;
  WhenView when;
  std::string language;
  std::string language_label;
  NamedView interviewer;
  std::optional<std::string> interpreter;
  std::optional<std::string> interpreter_user;
  bool is_late = false;  ///< after the last day of the term
};
RCMS_VIEW(PlannedView, task, reference, person, place, room, when, language, language_label, interviewer, interpreter,
          interpreter_user, is_late)

struct UnplannedView {
  std::string task;
  std::string reference;
  std::string person;
  std::string why;  ///< label interviews.mission.why
};
RCMS_VIEW(UnplannedView, task, reference, person, why)

struct MissionPlanView {
  std::vector<PlannedView> placed;
  std::vector<UnplannedView> not_placed;
  std::vector<ClosedDayView> closed;
};
RCMS_VIEW(MissionPlanView, placed, not_placed, closed)

struct MissionPlacementInput {
  std::string task;
  std::string place;
  Instant starts_at;
  http::Text<10> language;
  UserId interviewer;
  std::optional<http::Text<150>> interpreter;
  std::optional<UserId> interpreter_user;
};
RCMS_INPUT(MissionPlacementInput, task, place, starts_at, language, interviewer, interpreter, interpreter_user)

struct MissionBatchInput {
  http::List<MissionPlacementInput, 100> placements;
};
RCMS_INPUT(MissionBatchInput, placements)

struct MissionBatchView {
  std::int64_t placed = 0;
  std::vector<UnplannedView> not_placed;
};
RCMS_VIEW(MissionBatchView, placed, not_placed)

struct MissionMoveInput {
  std::string from;
  http::TextBlock<1000> reason;
};
RCMS_INPUT(MissionMoveInput, from, reason)

/// What became of the interviews when the mission was moved or called off.
struct MissionMovedView {
  MissionView mission;
  std::int64_t moved = 0;     ///< to the same hour
  std::int64_t replaced = 0;  ///< to another hour
  std::int64_t called_off = 0;
};
RCMS_VIEW(MissionMovedView, mission, moved, replaced, called_off)

struct ToldPlaceView {
  std::string name;
  std::string address;
  std::string mode;
  std::string mode_label;
};
RCMS_VIEW(ToldPlaceView, name, address, mode, mode_label)

/// In the State that is visited: its own figures. `contact_refused` are those of `not_presented` who refused contact on
/// protection grounds; nobody else learns it.
struct MissionNoticeView {
  std::string id;
  std::string name;
  NamedView partner;
  std::string from;
  std::string to;
  std::vector<ToldPlaceView> places;
  std::string state;  ///< announced, running, over, cancelled
  std::int64_t told = 0;
  std::int64_t asked = 0;
  std::int64_t arranged = 0;
  std::int64_t held = 0;
  std::int64_t not_held = 0;
  std::int64_t not_presented = 0;
  std::int64_t contact_refused = 0;
};
RCMS_VIEW(MissionNoticeView, id, name, partner, from, to, places, state, told, asked, arranged, held, not_held, not_presented,
          contact_refused)

}  // namespace rcms::interviews
