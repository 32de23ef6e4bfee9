// What waits too long, what is laid aside: the rules alone.
#include "capabilities/case_files/waiting.hpp"

#include <doctest/doctest.h>

#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::case_files;

namespace {

Instant at(Date day) { return start_of_day(day, "UTC").plus_ms(12 * 3'600'000); }

/// A week of Monday to Friday; 2031-02-12 is free.
agreements::Calendar make_calendar() {
  agreements::Calendar calendar;
  calendar.weekend = {6, 7};
  agreements::Holiday holiday;
  holiday.dates = {Date(2031, 2, 12)};
  calendar.holidays.push_back(holiday);
  agreements::index_days(calendar);
  return calendar;
}

std::vector<Queue> const queues = {{"drafts", Side::requesting, {"draft"}, Sort::newest, 2, 4},
                                   {"screening", Side::requesting, {"screening"}, Sort::oldest, 3, 0},
                                   {"sent", Side::requesting, {"submitted"}, Sort::due, 0, 0},
                                   {"to_document", Side::requested, {"accepted"}, Sort::oldest, 3, 5, Foreign::without},
                                   {"accepted_foreign", Side::requested, {"accepted"}, Sort::oldest, 0, 0, Foreign::only}};

struct Desk {
  agreements::Calendar calendar = make_calendar();
  Desks on(Date day) const { return {queues, &calendar, "UTC", at(day), "UTO"}; }
};

CaseFile draft_of(Desks const& desks) {
  CaseFile file;
  file.side = Side::requesting;
  file.state = "draft";
  file.stage = "draft";
  file.owner = UserId{"ana"};
  keep_waiting(desks, nullptr, file);
  return file;
}

access::Viewer officer() {
  access::Viewer viewer;
  viewer.user = UserId{"ana"};
  viewer.permissions = {"case.hold", "case.assign"};
  return viewer;
}

workflow::Process const& process() { return tests::norms_for_tests().process; }

}  // namespace

TEST_CASE("working days leave out weekends and holidays") {
  auto const calendar = make_calendar();
  struct Row {
    Date from;
    int days;
    Date to;
  };
  for (auto const& row : {Row{{2031, 2, 3}, 1, {2031, 2, 4}}, Row{{2031, 2, 7}, 1, {2031, 2, 10}},
                          Row{{2031, 2, 8}, 1, {2031, 2, 10}}, Row{{2031, 2, 11}, 1, {2031, 2, 13}},
                          Row{{2031, 2, 3}, 10, {2031, 2, 18}}}) {
    CAPTURE(row.from.text());
    CHECK(add_working_days(&calendar, row.from, row.days) == row.to);
  }
  // Without a calendar only weekends are free.
  CHECK(add_working_days(nullptr, Date(2031, 2, 11), 1) == Date(2031, 2, 12));
}

TEST_CASE("the officer is told once, then the supervisor once, at the earliest a working day later") {
  Desk const desk;
  Answerable const answerable{UserId{"ana"}, UserId{"bruno"}, UserId{"dora"}};
  auto file = draft_of(desk.on({2031, 2, 7}));
  CHECK(file.tell_on == "2031-02-11");
  CHECK(decide_telling(desk.on({2031, 2, 10}), file, answerable).error().why == Why::too_early);
  auto const first = decide_telling(desk.on({2031, 2, 11}), file, answerable);
  REQUIRE(first);
  CHECK(first->action == "waiting_too_long");
  CHECK(first->told.at("named") == "ana");
  CHECK(first->told.at("cover") == "bruno");
  CHECK(first->told.at("since") == "2031-02-07");
  CHECK(first->keeps_place);
  CHECK(first->after.tell_on == "2031-02-14");
  CHECK(decide_telling(desk.on({2031, 2, 11}), first->after, answerable).error().why == Why::too_early);
  auto const second = decide_telling(desk.on({2031, 2, 14}), first->after, answerable);
  REQUIRE(second);
  CHECK(second->action == "waiting_escalated");
  CHECK(second->told.at("named") == "dora");
  CHECK(second->told.at("officer") == "ana");
  CHECK(second->after.tell_on.empty());
  CHECK(decide_telling(desk.on({2031, 3, 14}), second->after, answerable).error().why == Why::wrong_step);
  // The clock comes late: both days are over.
  auto const late = decide_telling(desk.on({2031, 2, 28}), file, answerable);
  REQUIRE(late);
  CHECK(late->after.tell_on == "2031-03-03");
}

TEST_CASE("nobody is told to document a person to whom the State issues no document") {
  Desk const desk;
  struct Row {
    char const* nationality;
    char const* tell_on;
  };
  for (auto const& row : {Row{"UTO", "2031-02-06"}, Row{"BOL", ""}, Row{"XXA", ""}}) {
    CAPTURE(row.nationality);
    CaseFile file;
    file.side = Side::requested;
    file.state = "accepted";
    file.person.nationality = row.nationality;
    keep_waiting(desk.on({2031, 2, 3}), nullptr, file);
    CHECK(file.tell_on == row.tell_on);
  }
}

TEST_CASE("another step begins to wait anew and ends a hold; where the other State acts nobody is told") {
  Desk const desk;
  auto const file = draft_of(desk.on({2031, 2, 3}));
  auto after = file;
  after.told = 1;
  after.hold = Hold{"2031-02-20", "later", UserId{"ana"}, at({2031, 2, 3})};
  keep_waiting(desk.on({2031, 2, 4}), &file, after);
  CHECK_MESSAGE(after.told == 1, "nothing moved");
  CHECK(after.hold);
  after.state = "screening";
  keep_waiting(desk.on({2031, 2, 4}), &file, after);
  CHECK(after.told == 0);
  CHECK_FALSE(after.hold);
  CHECK(after.tell_on == "2031-02-07");
  auto const told = decide_telling(desk.on({2031, 2, 7}), after, {});
  REQUIRE(told);
  CHECK_MESSAGE(told->after.tell_on.empty(), "no supervisor is told in this queue");
  CHECK_MESSAGE(!told->told.contains("named"), "nobody is in charge: those who act next are told");
  auto sent = after;
  sent.state = "submitted";
  keep_waiting(desk.on({2031, 2, 5}), &after, sent);
  CHECK(sent.tell_on.empty());
  auto closed = after;
  closed.state = "draft";
  closed.is_open = false;
  keep_waiting(desk.on({2031, 2, 5}), &after, closed);
  CHECK(closed.tell_on.empty());
}

TEST_CASE("a hold has a day, a reason, and never reaches beyond a term") {
  Desk const desk;
  auto const today = desk.on({2031, 2, 3});
  auto file = draft_of(today);
  struct Row {
    char const* name;
    HoldInput input;
    char const* due;
    Why why;
  };
  for (auto const& row : {Row{"no reason", {"2031-02-10", ""}, "", Why::reason_missing},
                          Row{"no day", {"", "later"}, "", Why::field_invalid},
                          Row{"today", {"2031-02-03", "later"}, "", Why::field_invalid},
                          Row{"too far", {"2031-08-03", "later"}, "", Why::field_invalid},
                          Row{"after the term", {"2031-02-11", "later"}, "2031-02-10", Why::field_invalid}}) {
    CAPTURE(row.name);
    file.next_due_on = row.due;
    auto const held = decide_hold(process(), today, file, row.input, officer());
    REQUIRE_FALSE(held);
    CHECK(held.error().why == row.why);
  }
  CHECK(decide_hold(process(), today, file, {"2031-02-10", "later"}, access::Viewer{}).error().why == Why::not_permitted);
  file.next_due_on = "2031-02-10";
  file.clock.push_back({"receipt", at({2031, 2, 3}), {}, 0, {}, {}});
  auto const held = decide_hold(process(), today, file, {"2031-02-10", "later"}, officer());
  REQUIRE(held);
  CHECK(held->after.hold->until == "2031-02-10");
  CHECK(held->after.state == file.state);
  CHECK_MESSAGE(held->after.clock.size() == file.clock.size(), "a hold is no event of any clock");
  CHECK(held->after.next_due_on == file.next_due_on);
  CHECK_MESSAGE(held->after.tell_on == "2031-02-11", "nobody is told before it is back");
  CHECK(decide_return(desk.on({2031, 2, 9}), held->after).error().why == Why::too_early);
  auto const back = decide_return(desk.on({2031, 2, 10}), held->after);
  REQUIRE(back);
  CHECK_FALSE(back->after.hold);
  CHECK(back->action == "hold_ended");
  CHECK(decide_return(desk.on({2031, 2, 10}), back->after).error().why == Why::wrong_step);
  CHECK(decide_end_of_hold(process(), back->after, officer(), today.now).error().why == Why::wrong_step);
  CHECK(decide_end_of_hold(process(), held->after, officer(), today.now));
}
