#include "capabilities/interviews/rules.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "foundation/base/text.hpp"
#include "norms/forms/content.hpp"

namespace rcms::interviews {

namespace {

constexpr int day_minutes = 1440;
constexpr int rooms_limit = 50;

std::string room_of(PlaceId const& place, int room) { return fmt::format("room:{}:{}", place.value, room); }
std::string person_of(CaseId const& id) { return "person:" + id.value; }

/// The interpreter as a resource: a user of the system, or a name; the same name is the same person.
std::string interpreter_of(Interview const& interview) {
  if (!interview.interpreter_user.empty()) return "user:" + interview.interpreter_user.value;
  return interview.interpreter.empty() ? std::string() : "interpreter:" + search_form(interview.interpreter);
}

std::int64_t first_quarter(Interview const& interview) { return interview.starts_at.ms / quarter_ms; }
std::int64_t end_quarter(Interview const& interview) {
  return (interview.ends_at().ms + quarter_ms - 1) / quarter_ms;
}

/// Whether somebody else has taken `resource` while `interview` would be.
bool is_taken(std::string const& resource, Interview const& interview, std::vector<Quarter> const& taken) {
  auto const first = first_quarter(interview);
  auto const end = end_quarter(interview);
  return std::any_of(taken.begin(), taken.end(), [&](auto const& one) {
    return one.resource == resource && one.number >= first && one.number < end &&
           (interview.id.empty() || one.interview != interview.id);
  });
}

int find_room(Interview const& wanted, Place const& place, std::vector<Quarter> const& taken) {
  for (int room = 1; room <= place.rooms; ++room) {
    if (!is_taken(room_of(place.id, room), wanted, taken)) return room;
  }
  return 0;
}

std::vector<std::string> list_taken_by(Interview const& wanted, Place const& place, std::vector<Quarter> const& taken) {
  std::vector<std::string> by;
  if (is_taken(person_of(wanted.case_id), wanted, taken)) by.emplace_back("person");
  for (auto const& user : wanted.interviewers) {
    if (is_taken("user:" + user.value, wanted, taken)) {
      by.emplace_back("interviewers");
      break;
    }
  }
  auto const interpreter = interpreter_of(wanted);
  if (!interpreter.empty() && is_taken(interpreter, wanted, taken)) by.emplace_back("interpreter");
  if (find_room(wanted, place, taken) == 0) by.emplace_back("room");
  return by;
}

bool is_open_at(Place const& place, WallTime const& at, int length) {
  return std::any_of(place.hours.begin(), place.hours.end(), [&](auto const& hours) {
    return hours.weekday == at.day.weekday() && hours.from_minute <= at.minute && at.minute + length <= hours.to_minute;
  });
}

ClosedDay const* find_closed(Place const& place, Date day) {
  auto const found = std::find_if(place.closed.begin(), place.closed.end(), [&](auto const& one) { return one.day == day; });
  return found == place.closed.end() ? nullptr : &*found;
}

Result<void> check_time(Interview const& wanted, Place const& place, Instant now) {
  if (!place.active) return refuse(Why::field_invalid, "place", "this place is not used any more");
  if (wanted.length_minutes < quarter_minutes || wanted.length_minutes > longest_minutes ||
      wanted.length_minutes % quarter_minutes != 0)
    return refuse(Why::field_invalid, "length_minutes", "quarters of an hour, at most eight hours");
  if (wanted.starts_at.ms % quarter_ms != 0)
    return refuse(Why::field_invalid, "starts_at", "an interview begins at a quarter of an hour");
  if (wanted.starts_at <= now) return refuse(Why::field_invalid, "starts_at", "choose a time that has not passed");
  auto const at = wall_time(wanted.starts_at, place.time_zone);
  if (auto const* closed = find_closed(place, at.day))
    return refuse(Why::field_invalid, "starts_at", fmt::format("the place is closed on that day: {}", closed->name));
  if (!is_open_at(place, at, wanted.length_minutes))
    return refuse(Why::field_invalid, "starts_at", "the place is closed at that time");
  return {};
}

Result<void> check_people(Interview const& wanted, forms::Codes const& codes) {
  if (wanted.interviewers.empty()) return refuse(Why::field_missing, "interviewers");
  if (wanted.interviewers.size() > interviewers_limit)
    return refuse(Why::limit_reached, "interviewers", "at most 6 interviewers");
  if (std::set<UserId>(wanted.interviewers.begin(), wanted.interviewers.end()).size() != wanted.interviewers.size())
    return refuse(Why::field_invalid, "interviewers", "named twice");
  if (wanted.language.empty()) return refuse(Why::field_missing, "language");
  if (!forms::has_code(codes, "language", wanted.language))
    return refuse(Why::field_invalid, "language", "choose a language of the list");
  auto const& user = wanted.interpreter_user;
  if (!user.empty() && std::find(wanted.interviewers.begin(), wanted.interviewers.end(), user) != wanted.interviewers.end())
    return refuse(Why::field_invalid, "interpreter", "who asks does not interpret");
  return {};
}

bool is_there(Attendant const& one) { return one.attendance == "present" || one.attendance == "late"; }

bool is_any_there(std::vector<Attendant> const& people, std::string_view role) {
  return std::any_of(people.begin(), people.end(), [&](auto const& one) { return one.role == role && is_there(one); });
}

Result<void> check_attendant(Attendant const& one) {
  static constexpr std::array<std::string_view, 4> roles = {"person", "interviewer", "interpreter", "companion"};
  static constexpr std::array<std::string_view, 3> kinds = {"present", "late", "absent"};
  if (std::find(roles.begin(), roles.end(), one.role) == roles.end())
    return refuse(Why::field_invalid, "people.role", "person, interviewer, interpreter or companion");
  if (std::find(kinds.begin(), kinds.end(), one.attendance) == kinds.end())
    return refuse(Why::field_invalid, "people.attendance", "present, late or absent");
  if (one.role == "companion" && one.name.empty()) return refuse(Why::field_missing, "people.name");
  if (one.attendance != "present" && one.reason.empty())
    return refuse(Why::reason_missing, "people.reason", "say why somebody was late or absent, or that it is not known");
  return {};
}

/// Everybody who was expected is named, and of the officials nobody else.
Result<void> check_expected(Interview const& before, std::vector<Attendant> const& people) {
  auto const count = [&](std::string_view role) {
    return std::count_if(people.begin(), people.end(), [&](auto const& one) { return one.role == role; });
  };
  if (count("person") != 1) return refuse(Why::field_missing, "people", "say whether the person came");
  if (count("interpreter") != (before.interpreter.empty() ? 0 : 1))
    return refuse(Why::field_missing, "people", "say whether the interpreter came");
  for (auto const& user : before.interviewers) {
    auto const named = std::count_if(people.begin(), people.end(),
                                     [&](auto const& one) { return one.role == "interviewer" && one.user == user; });
    if (named != 1) return refuse(Why::field_missing, "people", "say of each interviewer whether they came");
  }
  if (count("interviewer") != static_cast<std::ptrdiff_t>(before.interviewers.size()))
    return refuse(Why::field_invalid, "people", "only who was booked is an interviewer");
  return {};
}

}  // namespace

WallTime wall_time(Instant at, std::string_view zone) {
  auto const day = date_in_zone(at, zone);
  auto const left_ms = start_of_day(day.plus_days(1), zone).ms - at.ms;
  return {day, static_cast<int>(day_minutes - (left_ms + minute_ms - 1) / minute_ms)};
}

Instant instant_of(WallTime const& time, std::string_view zone) {
  return start_of_day(time.day.plus_days(1), zone).plus_ms((time.minute - day_minutes) * minute_ms);
}

std::string text_of_minute(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::optional<int> parse_minute(std::string_view text) {
  auto const is_digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !is_digit(0) || !is_digit(1) || !is_digit(3) || !is_digit(4)) return std::nullopt;
  int const hour = (text[0] - '0') * 10 + (text[1] - '0');
  int const minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) return std::nullopt;
  return hour * 60 + minute;
}

std::vector<Quarter> quarters_of(Interview const& interview) {
  std::vector<std::string> resources{room_of(interview.place, interview.room), person_of(interview.case_id)};
  for (auto const& user : interview.interviewers) resources.push_back("user:" + user.value);
  if (auto interpreter = interpreter_of(interview); !interpreter.empty()) resources.push_back(std::move(interpreter));
  std::vector<Quarter> quarters;
  for (auto const& resource : resources) {
    for (auto number = first_quarter(interview); number < end_quarter(interview); ++number)
      quarters.push_back({resource, number, interview.id});
  }
  return quarters;
}

std::vector<std::string> resources_of(Interview const& interview, Place const& place) {
  std::vector<std::string> resources{person_of(interview.case_id)};
  for (auto const& user : interview.interviewers) resources.push_back("user:" + user.value);
  if (auto interpreter = interpreter_of(interview); !interpreter.empty()) resources.push_back(std::move(interpreter));
  for (int room = 1; room <= place.rooms; ++room) resources.push_back(room_of(place.id, room));
  return resources;
}

Result<void> check_place(Place const& place, forms::Codes const& codes) {
  if (place.name.empty()) return refuse(Why::field_missing, "name");
  if (!forms::has_code(codes, "interview_mode", place.mode))
    return refuse(Why::field_invalid, "mode", "in_person, video or telephone");
  if (place.address.empty()) return refuse(Why::field_missing, "address");
  try {
    (void)start_of_day(Date{}, place.time_zone);
  } catch (std::runtime_error const&) {
    return refuse(Why::field_invalid, "time_zone", "a time zone such as Europe/Zurich");
  }
  if (place.rooms < 1 || place.rooms > rooms_limit) return refuse(Why::field_invalid, "rooms", "1 to 50 rooms at once");
  if (place.slot_minutes < quarter_minutes || place.slot_minutes > longest_minutes || place.slot_minutes % quarter_minutes != 0)
    return refuse(Why::field_invalid, "slot_minutes", "quarters of an hour, at most eight hours");
  if (place.hours.empty()) return refuse(Why::field_missing, "hours");
  for (auto const& hours : place.hours) {
    bool const holds = hours.weekday >= 1 && hours.weekday <= 7 && hours.from_minute >= 0 &&
                       hours.from_minute < hours.to_minute && hours.to_minute <= day_minutes;
    if (!holds) return refuse(Why::field_invalid, "hours", "a weekday with an hour of opening before that of closing");
  }
  return {};
}

bool waits_for_interview(case_files::CaseFile const& file) {
  static constexpr std::array<std::string_view, 4> states = {"completeness", "documents_requested", "verification", "interview"};
  return std::find(states.begin(), states.end(), file.state) != states.end();
}

Result<Interview> take_room(Interview wanted, Place const& place, std::vector<Quarter> const& taken) {
  for (auto const& by : list_taken_by(wanted, place, taken)) {
    if (by == "person") return refuse(Why::already_exists, "person", "the person has another interview at that time");
    if (by == "interviewers")
      return refuse(Why::already_exists, "interviewers", "an interviewer has another interview at that time");
    if (by == "interpreter")
      return refuse(Why::already_exists, "interpreter", "the interpreter has another interview at that time");
    return refuse(Why::already_exists, "starts_at", "every room of this place is taken at that time");
  }
  wanted.room = find_room(wanted, place, taken);
  return wanted;
}

Result<Interview> decide_booking(Interview wanted, Place const& place, applications::VerificationTask const& task,
                                 case_files::CaseFile const& file, std::vector<Quarter> const& taken, forms::Codes const& codes,
                                 access::Viewer const& viewer, Instant now) {
  if (!viewer.may("interview.book")) return refuse(Why::not_permitted);
  if (auto checked = check_people(wanted, codes); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_time(wanted, place, now); !checked) return tl::unexpected(checked.error());
  if (task.kind != "interview" || task.state != "open")
    return refuse(Why::wrong_step, "task", "only an open task for an interview can be given a date");
  if (!waits_for_interview(file)) return refuse(Why::wrong_step, "state", "the application does not wait for an interview");
  wanted.changed_at = now;
  return take_room(std::move(wanted), place, taken);
}

Result<Interview> decide_move(Interview const& before, Interview wanted, Place const& place,
                              applications::VerificationTask const& task, case_files::CaseFile const& file,
                              std::vector<Quarter> const& taken, forms::Codes const& codes, access::Viewer const& viewer,
                              Instant now) {
  if (!viewer.may("interview.book")) return refuse(Why::not_permitted);
  if (before.state != "booked") return refuse(Why::wrong_step, "state", "the interview is not booked any more");
  wanted.id = before.id;
  wanted.booked_by = before.booked_by;
  wanted.revision = before.revision;
  wanted.invited_on.clear();
  wanted.presence = "asked";
  return decide_booking(std::move(wanted), place, task, file, taken, codes, viewer, now);
}

Result<Interview> decide_cancellation(Interview const& before, std::string_view reason, access::Viewer const& viewer,
                                      Instant now) {
  if (!viewer.may("interview.book")) return refuse(Why::not_permitted);
  if (before.state != "booked") return refuse(Why::wrong_step, "state", "the interview is not booked any more");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  Interview after = before;
  after.state = "cancelled";
  after.reason = std::string(reason);
  after.changed_at = now;
  return after;
}

Result<Interview> decide_attendance(Interview const& before, std::vector<Attendant> people, access::Viewer const& viewer,
                                    Instant now) {
  if (!viewer.may("interview.conduct")) return refuse(Why::not_permitted);
  for (auto const& one : people) {
    if (auto checked = check_attendant(one); !checked) return tl::unexpected(checked.error());
  }
  if (auto checked = check_expected(before, people); !checked) return tl::unexpected(checked.error());
  if (before.state != "booked") return refuse(Why::wrong_step, "state", "the interview is not booked any more");
  if (is_any_there(people, "person") && before.presence != "arranged")
    return refuse(Why::wrong_step, "presence", "the other State has not told that the person is presented",
                  "data/safeguards/gates.toml G12");
  if (now < before.starts_at) return refuse(Why::too_early, "starts_at", "the interview has not begun");
  Interview after = before;
  bool const interpreted = before.interpreter.empty() || is_any_there(people, "interpreter");
  after.state = is_any_there(people, "person") && is_any_there(people, "interviewer") && interpreted ? "held" : "not_held";
  after.attendance = std::move(people);
  after.changed_at = now;
  return after;
}

std::vector<FreeTime> list_times(Interview const& wanted, Place const& place, Date from, int days,
                                 std::vector<Quarter> const& taken, Instant now) {
  std::vector<FreeTime> times;
  for (int more = 0; more < days; ++more) {
    auto const day = from.plus_days(more);
    auto const* closed = find_closed(place, day);
    for (auto const& hours : place.hours) {
      if (hours.weekday != day.weekday()) continue;
      for (int minute = hours.from_minute; minute + wanted.length_minutes <= hours.to_minute; minute += place.slot_minutes) {
        auto trial = wanted;
        trial.starts_at = instant_of({day, minute}, place.time_zone);
        FreeTime time{trial.starts_at, {day, minute}, list_taken_by(trial, place, taken), {}};
        if (trial.starts_at <= now) time.taken_by.insert(time.taken_by.begin(), "past");
        if (closed != nullptr) {
          time.holiday = closed->name;
          time.taken_by.insert(time.taken_by.begin(), "holiday");
        }
        times.push_back(std::move(time));
      }
    }
  }
  std::sort(times.begin(), times.end(), [](auto const& one, auto const& other) { return one.starts_at < other.starts_at; });
  return times;
}

}  // namespace rcms::interviews
