// Views and inputs of interviews. The requested State sees its interviews, the requesting State its appointments; no struct has
// both.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::interviews {

using case_files::NamedView;

/// One opening of a place; times as "09:00" at the place.
struct HoursView {
  std::int64_t weekday = 1;  ///< 1 Monday to 7 Sunday
  std::string from;
  std::string to;
};
RCMS_VIEW_AND_INPUT(HoursView, weekday, from, to)

struct PlaceView {
  std::string id;
  NamedView organisation;
  std::string name;
  std::string mode;
  std::string mode_label;
  std::string address;
  std::string time_zone;
  std::vector<HoursView> hours;
  std::int64_t slot_minutes = 60;
  std::int64_t rooms = 1;
  std::optional<std::string> accessibility;
  bool active = true;
  std::int64_t revision = 1;
};
RCMS_VIEW(PlaceView, id, organisation, name, mode, mode_label, address, time_zone, hours, slot_minutes, rooms, accessibility,
          active, revision)

struct PlaceInput {
  OrganisationId organisation;
  http::Text<120> name;
  http::Text<20> mode;
  http::TextBlock<300> address;
  http::Text<60> time_zone;
  http::List<HoursView, 28> hours;
  std::int64_t slot_minutes = 60;
  std::int64_t rooms = 1;
  std::optional<http::Text<300>> accessibility;
  std::optional<bool> active;
};
RCMS_INPUT(PlaceInput, organisation, name, mode, address, time_zone, hours, slot_minutes, rooms, accessibility, active)

/// Where and when, as the clock on the wall there shows it.
struct WhenView {
  Instant starts_at;
  std::string day;     ///< yyyy-mm-dd at the place
  std::string begins;  ///< "09:30" at the place
  std::string ends;
  std::int64_t length_minutes = 60;
  std::string time_zone;
};
RCMS_VIEW(WhenView, starts_at, day, begins, ends, length_minutes, time_zone)

struct AttendantView {
  std::string role;
  std::optional<std::string> user;
  std::string name;
  std::optional<std::string> attendance;  ///< present, late, absent; null before
  std::optional<std::string> reason;
};
RCMS_VIEW(AttendantView, role, user, name, attendance, reason)

struct InterviewView {
  std::string id;
  std::string task;
  std::optional<std::string> application;  ///< only for those who read applications
  std::string reference;
  std::string person;
  std::optional<std::string> mission;
  PlaceView place;
  std::int64_t room = 1;
  WhenView when;
  std::string language;
  std::string language_label;
  std::optional<std::string> interpreter;
  std::vector<NamedView> interviewers;
  std::string state;     ///< booked, held, not_held, cancelled
  std::optional<std::string> reason;
  std::string presence;  ///< asked, arranged, other_time, not_presented
  std::optional<std::string> invited_on;
  std::optional<std::string> term_on;  ///< last day of the interview term, else the day the task is due
  bool is_of_agreement = false;        ///< term_on is the term of the agreement
  bool is_late = false;                ///< the date lies after it
  std::vector<AttendantView> people;
  std::string minutes_state;  ///< none, signing, closed
  bool may_change = false;
  bool may_record = false;  ///< who came
  bool may_write_minutes = false;
  bool is_task_open = false;
  std::int64_t revision = 1;
};
RCMS_VIEW(InterviewView, id, task, application, reference, person, mission, place, room, when, language, language_label,
          interpreter, interviewers, state, reason, presence, invited_on, term_on, is_of_agreement, is_late, people,
          minutes_state, may_change, may_record, may_write_minutes, is_task_open, revision)

struct BookingBody {
  std::string place;
  Instant starts_at;
  std::int64_t length_minutes = 60;
  http::Text<10> language;
  std::optional<http::Text<150>> interpreter;
  std::optional<UserId> interpreter_user;
  http::List<UserId, 6> interviewers;
};
RCMS_INPUT(BookingBody, place, starts_at, length_minutes, language, interpreter, interpreter_user, interviewers)

struct AttendantInput {
  http::Text<20> role;
  std::optional<UserId> user;
  std::optional<http::Text<150>> name;
  http::Text<20> attendance;
  std::optional<http::TextBlock<500>> reason;
};
RCMS_INPUT(AttendantInput, role, user, name, attendance, reason)

struct AttendanceInput {
  http::List<AttendantInput, 20> people;
};
RCMS_INPUT(AttendanceInput, people)

struct InterviewReasonInput {
  http::TextBlock<1000> reason;
};
RCMS_INPUT(InterviewReasonInput, reason)

struct WaitingInterviewView {
  std::string task;
  std::optional<std::string> application;
  std::string reference;
  std::string person;
  NamedView organisation;
  std::string term_on;
  bool is_of_agreement = false;
  std::int64_t days_left = 0;
  std::int64_t missed = 0;  ///< dates that came to nothing
};
RCMS_VIEW(WaitingInterviewView, task, application, reference, person, organisation, term_on, is_of_agreement, days_left, missed)

struct FreeTimeView {
  WhenView when;
  std::vector<std::string> taken_by;  ///< holiday, past, person, interviewers, interpreter, room; empty: free
  std::optional<std::string> holiday;  ///< its name and State
  bool is_late = false;               ///< after the last day of the term
};
RCMS_VIEW(FreeTimeView, when, taken_by, holiday, is_late)

struct InterviewerView {
  std::string id;
  std::string name;
  std::string organisation;
};
RCMS_VIEW(InterviewerView, id, name, organisation)

/// The requesting State's own.
struct AppointmentView {
  std::string id;
  std::optional<std::string> case_id;  ///< only for those who read cases
  std::string reference;
  std::string person;
  std::string state;  ///< asked, arranged, other_time, not_presented, cancelled, held, not_held
  std::optional<std::string> mission;
  WhenView when;
  std::string mode;
  std::string mode_label;
  std::string place;
  std::string address;
  std::optional<std::string> accessibility;
  std::string language;
  std::string language_label;
  bool interpreter = false;
  bool has_invitation = false;
  std::optional<std::string> invitation_language;
  std::int64_t invitation_version = 0;  ///< drawings so far
  bool must_redraw = false;             ///< the date was changed after the invitation was drawn
  std::optional<std::string> invited_on;
  std::optional<std::string> invited_how;
  std::optional<std::string> attendance;
  std::optional<std::string> minutes_signed_on;
  std::optional<std::string> minutes_hash;
  std::optional<std::string> term_on;
  bool is_late = false;
  bool may_arrange = false;
  std::vector<std::string> open_gates;  ///< safeguards that keep the person from being presented, in words; only while asked
  std::int64_t revision = 1;
};
RCMS_VIEW(AppointmentView, id, case_id, reference, person, state, mission, invitation_version, must_redraw, when, mode,
          mode_label, place, address, accessibility, language,
          language_label, interpreter, has_invitation, invitation_language, invited_on, invited_how, attendance,
          minutes_signed_on, minutes_hash, term_on, is_late, may_arrange, open_gates, revision)

struct InvitationInput {
  http::Text<10> language;
};
RCMS_INPUT(InvitationInput, language)

struct ServiceInput {
  std::string served_on;
  http::Text<20> how;
};
RCMS_INPUT(ServiceInput, served_on, how)

}  // namespace rcms::interviews
