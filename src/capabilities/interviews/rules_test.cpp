#include "capabilities/interviews/rules.hpp"

#include <functional>

#include <doctest/doctest.h>

#include "capabilities/interviews/minutes.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::interviews;

namespace {

Instant at(char const* text) { return Instant::parse(text).value(); }

Instant const now = at("2031-03-03T08:00:00Z");  // a Monday

Place a_place(int rooms = 1) {
  Place place;
  place.id = PlaceId{"place"};
  place.name = "Consulate, room 2";
  place.mode = "in_person";
  place.address = "Harbour Street 4";
  place.time_zone = "Europe/Zurich";
  for (int weekday = 1; weekday <= 5; ++weekday) place.hours.push_back({weekday, 9 * 60, 12 * 60});
  place.rooms = rooms;
  return place;
}

Interview an_interview(Place const& place) {
  Interview interview;
  interview.case_id = CaseId{"case"};
  interview.task = TaskId{"task"};
  interview.place = place.id;
  interview.starts_at = at("2031-03-04T08:00:00Z");  // 09:00 in Zurich
  interview.language = "es";
  interview.interpreter = "Inés Prado";
  interview.interviewers = {UserId{"carla"}};
  return interview;
}

applications::VerificationTask a_task() {
  applications::VerificationTask task;
  task.kind = "interview";
  task.state = "open";
  return task;
}

case_files::CaseFile a_file(std::string state = "interview") {
  case_files::CaseFile file;
  file.side = case_files::Side::requested;
  file.state = std::move(state);
  return file;
}

access::Viewer carla() {
  access::Viewer viewer;
  viewer.user = UserId{"carla"};
  viewer.permissions = {"interview.book", "interview.conduct", "interview.read"};
  return viewer;
}

Result<Interview> booking(Interview const& wanted, Place const& place, std::vector<Quarter> const& taken = {},
                          case_files::CaseFile const& file = a_file(), applications::VerificationTask const& task = a_task()) {
  return decide_booking(wanted, place, task, file, taken, tests::norms_for_tests().codes, carla(), now);
}

std::vector<Quarter> taken_by(Interview other, char const* id) {
  other.id = InterviewId{id};
  return quarters_of(other);
}

Attendant attendant(std::string role, std::string attendance, UserId user = {}) {
  return {std::move(role), std::move(user), "Somebody", attendance, attendance == "present" ? "" : "the train was late"};
}

std::vector<Attendant> everybody(char const* person = "present", char const* interviewer = "present",
                                 char const* interpreter = "present") {
  return {attendant("person", person), attendant("interviewer", interviewer, UserId{"carla"}),
          attendant("interpreter", interpreter)};
}

Interview booked() {
  auto interview = an_interview(a_place());
  interview.id = InterviewId{"one"};
  interview.presence = "arranged";
  return interview;
}

}  // namespace

TEST_CASE("an interview is booked when everything is free, and takes its room, the person and everybody who works on it") {
  auto const place = a_place();
  auto const done = booking(an_interview(place), place);
  REQUIRE(done);
  CHECK(done->room == 1);
  CHECK(quarters_of(*done).size() == 4 * 4);
}

TEST_CASE("a booking is refused with what is wrong") {
  auto place = a_place();
  auto wanted = an_interview(place);
  struct Row {
    char const* what;
    std::function<void(Interview&, Place&)> change;
    Why why;
    char const* field;
  };
  Row const rows[] = {
      {"nobody asks", [](auto& one, auto&) { one.interviewers.clear(); }, Why::field_missing, "interviewers"},
      {"the same twice", [](auto& one, auto&) { one.interviewers.push_back(UserId{"carla"}); }, Why::field_invalid,
       "interviewers"},
      {"no language", [](auto& one, auto&) { one.language.clear(); }, Why::field_missing, "language"},
      {"an unknown language", [](auto& one, auto&) { one.language = "xx"; }, Why::field_invalid, "language"},
      {"who asks interprets", [](auto& one, auto&) { one.interpreter_user = UserId{"carla"}; }, Why::field_invalid,
       "interpreter"},
      {"twenty minutes", [](auto& one, auto&) { one.length_minutes = 20; }, Why::field_invalid, "length_minutes"},
      {"nine hours", [](auto& one, auto&) { one.length_minutes = 540; }, Why::field_invalid, "length_minutes"},
      {"off the quarter", [](auto& one, auto&) { one.starts_at = one.starts_at.plus_ms(60'000); }, Why::field_invalid,
       "starts_at"},
      {"in the past", [](auto& one, auto&) { one.starts_at = at("2031-03-03T08:00:00Z"); }, Why::field_invalid, "starts_at"},
      {"before the doors open", [](auto& one, auto&) { one.starts_at = at("2031-03-04T07:45:00Z"); }, Why::field_invalid,
       "starts_at"},
      {"ends after they close", [](auto& one, auto&) { one.starts_at = at("2031-03-04T10:15:00Z"); }, Why::field_invalid,
       "starts_at"},
      {"on a Sunday", [](auto& one, auto&) { one.starts_at = at("2031-03-09T08:00:00Z"); }, Why::field_invalid, "starts_at"},
      {"a place that is not used", [](auto&, auto& there) { there.active = false; }, Why::field_invalid, "place"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.what);
    auto one = wanted;
    auto there = place;
    row.change(one, there);
    auto const refused = booking(one, there);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().why == row.why);
    CHECK(refused.error().field == row.field);
  }
  auto done = a_task();
  done.state = "done";
  CHECK(booking(wanted, place, {}, a_file(), done).error().field == "task");
  CHECK(booking(wanted, place, {}, a_file("suspended")).error().why == Why::wrong_step);
}

TEST_CASE("nothing and nobody is booked twice at the same time") {
  struct Row {
    char const* what;
    std::function<void(Interview&)> other;  ///< how the interview that stands differs
    char const* field;                      ///< empty: both can be
  };
  Row const rows[] = {
      {"the same person",
       [](auto& one) { one.place = PlaceId{"elsewhere"}, one.interviewers = {UserId{"diego"}}, one.interpreter.clear(); },
       "person"},
      {"the same interviewer",
       [](auto& one) { one.place = PlaceId{"elsewhere"}, one.case_id = CaseId{"b"}, one.interpreter.clear(); }, "interviewers"},
      {"the same interpreter, written without accent",
       [](auto& one) {
         one.place = PlaceId{"elsewhere"}, one.case_id = CaseId{"b"}, one.interviewers = {UserId{"diego"}},
         one.interpreter = "Ines PRADO";
       },
       "interpreter"},
      {"the only room",
       [](auto& one) { one.case_id = CaseId{"b"}, one.interviewers = {UserId{"diego"}}, one.interpreter = "Other"; },
       "starts_at"},
      {"a quarter of an hour in common",
       [](auto& one) {
         one.case_id = CaseId{"b"}, one.interviewers = {UserId{"diego"}}, one.interpreter = "Other",
         one.starts_at = at("2031-03-04T08:45:00Z");
       },
       "starts_at"},
      {"one after the other", [](auto& one) { one.starts_at = at("2031-03-04T09:00:00Z"); }, ""},
  };
  auto const place = a_place();
  for (auto const& row : rows) {
    CAPTURE(row.what);
    auto other = an_interview(place);
    row.other(other);
    auto const answer = booking(an_interview(place), place, taken_by(other, "other"));
    if (*row.field == '\0') {
      CHECK(answer);
      continue;
    }
    REQUIRE_FALSE(answer);
    CHECK(answer.error().why == Why::already_exists);
    CHECK(answer.error().field == row.field);
  }
}

TEST_CASE("a second room is taken when the first is not free, and an interview does not stand in its own way") {
  auto const place = a_place(2);
  auto other = an_interview(place);
  other.case_id = CaseId{"b"};
  other.interviewers = {UserId{"diego"}};
  other.interpreter.clear();
  auto const second = booking(an_interview(place), place, taken_by(other, "other"));
  REQUIRE(second);
  CHECK(second->room == 2);
  auto const one = booked();
  auto wanted = an_interview(a_place());
  wanted.starts_at = at("2031-03-04T08:15:00Z");
  auto const moved = decide_move(one, wanted, a_place(), a_task(), a_file(), quarters_of(one), tests::norms_for_tests().codes,
                                 carla(), now);
  REQUIRE(moved);
  CHECK(moved->presence == "asked");
  CHECK(moved->invited_on.empty());
}

TEST_CASE("who came decides whether it was held; an absence is never a refusal") {
  auto const later = at("2031-03-04T08:05:00Z");
  struct Row {
    char const* what;
    std::vector<Attendant> people;
    char const* state;
  };
  Row const rows[] = {
      {"everybody", everybody(), "held"},
      {"the person came late", everybody("late"), "held"},
      {"the person did not come", everybody("absent"), "not_held"},
      {"no interpreter", everybody("present", "present", "absent"), "not_held"},
      {"nobody who asks", everybody("present", "absent"), "not_held"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.what);
    auto const answer = decide_attendance(booked(), row.people, carla(), later);
    REQUIRE(answer);
    CHECK(answer->state == row.state);
  }
  CHECK(decide_attendance(booked(), everybody(), carla(), now).error().why == Why::too_early);
  auto unreasoned = everybody("absent");
  unreasoned[0].reason.clear();
  CHECK(decide_attendance(booked(), unreasoned, carla(), later).error().why == Why::reason_missing);
  auto unnamed = everybody();
  unnamed.erase(unnamed.begin() + 1);
  CHECK(decide_attendance(booked(), unnamed, carla(), later).error().why == Why::field_missing);
}

TEST_CASE("an interview cannot be held before the requesting State has told that the person is presented") {
  auto const later = at("2031-03-04T08:05:00Z");
  auto asked = booked();
  asked.presence = "asked";
  auto const refused = decide_attendance(asked, everybody(), carla(), later);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().why == Why::wrong_step);
  CHECK(refused.error().source == "data/safeguards/gates.toml G12");
  CHECK(decide_attendance(asked, everybody("absent"), carla(), later));
}

TEST_CASE("the clock on the wall of a place is right on both sides of a change of the clocks") {
  struct Row {
    char const* instant;
    char const* day;
    int minute;
  };
  for (auto const& row : {Row{"2031-03-29T08:00:00Z", "2031-03-29", 540}, Row{"2031-03-30T07:00:00Z", "2031-03-30", 540},
                          Row{"2031-10-26T08:00:00Z", "2031-10-26", 540}}) {
    CAPTURE(row.instant);
    auto const wall = wall_time(at(row.instant), "Europe/Zurich");
    CHECK(wall.day.text() == row.day);
    CHECK(wall.minute == row.minute);
    CHECK(instant_of(wall, "Europe/Zurich") == at(row.instant));
  }
}

TEST_CASE("free times say what keeps each of them from being free") {
  auto const place = a_place();
  auto other = an_interview(place);
  other.case_id = CaseId{"b"};
  auto const times = list_times(an_interview(place), place, Date(2031, 3, 3), 2, taken_by(other, "other"), now);
  REQUIRE(times.size() == 6);
  CHECK(times[0].taken_by == std::vector<std::string>{"past"});
  CHECK(times[1].taken_by.empty());
  CHECK(times[3].taken_by == std::vector<std::string>{"interviewers", "interpreter", "room"});
  CHECK(times[4].taken_by.empty());
}

TEST_CASE("the begin in the minutes is held against the booking: not before it, not on another day, not later than now") {
  auto interview = booked();
  auto const zone = a_place().time_zone;
  auto const start = interview.starts_at;
  auto const later = start.plus_ms(30 * minute_ms);
  auto const check = [&](Instant held_at, Instant at) {
    boost::json::object const content{{"interview", boost::json::object{{"held_at", held_at.text()}}}};
    auto const found = check_held_at(interview, content, zone, at);
    return found.empty() ? std::string() : found.front().field + ": " + found.front().detail;
  };
  CHECK(check(start, later) == "");
  CHECK(check(later, later) == "");
  CHECK(check(start.plus_ms(-minute_ms), later).find("it cannot have begun before") != std::string::npos);
  CHECK(check(start.plus_ms(-minute_ms), later).starts_with("interview.held_at"));
  CHECK(check(later.plus_ms(minute_ms), later).find("has not come yet") != std::string::npos);
  auto const next_day = start.plus_ms(24 * 60 * minute_ms);
  CHECK(check(next_day, next_day).find("another day needs a booking of its own") != std::string::npos);
  CHECK(check_held_at(interview, {}, zone, later).empty());  // the form says that it is missing
}

TEST_CASE("minutes are signed by everybody who was present, and then closed") {
  auto interview = booked();
  interview.state = "held";
  interview.attendance = everybody();
  interview.attendance.push_back(attendant("companion", "absent"));
  auto const carla_ = carla();
  boost::json::object const content{{"minutes", boost::json::object{{"summary", "Born in the valley"}, {"signed_by", "x"}}}};
  auto const first = decide_minutes(interview, std::nullopt, content, {}, true, "Solano, Rosa", carla_, now);
  REQUIRE(first);
  CHECK(first->version == 1);
  CHECK(first->signatures.size() == 3);
  CHECK_FALSE(first->content.at("minutes").as_object().contains("signed_by"));

  auto const mark = [&](Minutes const& before, char const* role, char const* how, char const* reason = "", int version = 1) {
    return decide_mark(interview, before, {version, role, {}, how, reason}, carla_, now);
  };
  auto one = *first;
  one.revision = 1;
  CHECK(mark(one, "person", "refused").error().why == Why::reason_missing);
  CHECK(mark(one, "person", "signed").error().why == Why::field_invalid);
  CHECK(mark(one, "interviewer", "signed_on_paper").error().why == Why::field_invalid);
  CHECK(mark(one, "companion", "signed_on_paper").error().why == Why::not_found);
  CHECK(mark(one, "person", "signed_on_paper", "", 2).error().why == Why::wrong_step);
  auto stranger = carla();
  stranger.user = UserId{"diego"};
  CHECK(decide_mark(interview, one, {1, "interviewer", {}, "signed", {}}, stranger, now).error().why == Why::not_found);

  auto const by_person = mark(one, "person", "refused", "Does not agree with the answer about the school");
  REQUIRE(by_person);
  CHECK(by_person->state == "signing");
  auto const by_interpreter = mark(*by_person, "interpreter", "signed_on_paper");
  REQUIRE(by_interpreter);
  auto const by_all = mark(*by_interpreter, "interviewer", "signed");
  REQUIRE(by_all);
  CHECK(by_all->state == "closed");
  CHECK(by_all->content_hash == hash_of_content(first->content));
  CHECK(mark(*by_all, "interviewer", "signed").error().why == Why::wrong_step);

  SUBCASE("a change after a signature is a new version that nobody has signed") {
    auto const second = decide_minutes(interview, *by_person, content, {}, true, "Solano, Rosa", carla_, now);
    REQUIRE(second);
    CHECK(second->version == 2);
    CHECK(second->revision == 0);
    for (auto const& signature : second->signatures) CHECK(signature.mark.empty());
  }
  SUBCASE("before the first signature it is the same version") {
    CHECK(decide_minutes(interview, one, content, {}, true, "Solano, Rosa", carla_, now)->version == 1);
  }
  SUBCASE("of what was not held, or has its result, there are no new minutes") {
    CHECK(decide_minutes(interview, one, content, {}, false, "", carla_, now).error().why == Why::wrong_step);
    interview.state = "not_held";
    CHECK(decide_minutes(interview, one, content, {}, true, "", carla_, now).error().why == Why::wrong_step);
  }
}
