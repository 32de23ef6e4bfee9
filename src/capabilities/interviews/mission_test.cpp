// Missions by their rules alone: what is refused, who is placed when, what is counted.
#include "capabilities/interviews/mission.hpp"

#include <functional>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/interviews/mission_notice.hpp"
#include "capabilities/interviews/mission_plan.hpp"
#include "capabilities/interviews/rules.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::interviews;

namespace {

Instant at(char const* text) { return Instant::parse(text).value(); }
Instant const now = at("2031-03-03T08:00:00Z");
Date const today(2031, 3, 3);

Place a_place(char const* id = "hall", int rooms = 2) {
  Place place;
  place.id = PlaceId{id};
  place.name = "Reception centre, hall";
  place.mode = "in_person";
  place.address = "Lake Road 1";
  place.time_zone = "Europe/Zurich";
  for (int weekday = 1; weekday <= 5; ++weekday) place.hours.push_back({weekday, 9 * 60, 12 * 60});
  place.rooms = rooms;
  return place;
}

Mission a_mission() {
  Mission mission;
  mission.id = MissionId{"mission"};
  mission.party = PartyId{"uto"};
  mission.partner = PartyId{"xar"};
  mission.name = "Spring mission";
  mission.places = {PlaceId{"hall"}};
  mission.from = Date(2031, 3, 11);
  mission.to = Date(2031, 3, 12);
  mission.length_minutes = 60;
  mission.pause_minutes = 30;
  mission.daily_limit = 6;
  mission.experts = {{UserId{"carla"}, "", "F", {"es"}}, {UserId{"diego"}, "", "M", {"es", "en"}}};
  mission.interpreters = {{UserId{}, "Ines Prado", "", {"qu"}}};
  mission.state = "announced";
  return mission;
}

Candidate a_candidate(char const* name, std::string language = "es", std::string last_day = "2031-03-30", std::string sex = "") {
  return {TaskId{std::string("task ") + name}, CaseId{name}, std::move(language), std::move(last_day), std::move(sex)};
}

access::Viewer planner() {
  access::Viewer viewer;
  viewer.user = UserId{"carla"};
  viewer.permissions = {"interview.missions", "interview.book"};
  return viewer;
}

std::string task_at(Plan const& plan, std::size_t i) { return plan.placed.at(i).interview.task.value; }

}  // namespace

TEST_CASE("a mission is refused with what is wrong with it") {
  struct Row {
    char const* what;
    std::function<void(Mission&)> change;
    Why why;
    char const* field;
  };
  Row const rows[] = {
      {"no name", [](auto& one) { one.name.clear(); }, Why::field_missing, "name"},
      {"its own State", [](auto& one) { one.partner = one.party; }, Why::field_missing, "partner"},
      {"no place", [](auto& one) { one.places.clear(); }, Why::field_missing, "places"},
      {"a place of nobody", [](auto& one) { one.places = {PlaceId{"moon"}}; }, Why::field_invalid, "places"},
      {"the same place twice", [](auto& one) { one.places.push_back(one.places[0]); }, Why::field_invalid, "places"},
      {"ends before it begins", [](auto& one) { one.to = one.from.plus_days(-1); }, Why::field_invalid, "to"},
      {"32 days", [](auto& one) { one.to = one.from.plus_days(31); }, Why::field_invalid, "to"},
      {"20 minutes", [](auto& one) { one.length_minutes = 20; }, Why::field_invalid, "length_minutes"},
      {"a pause of 10 minutes", [](auto& one) { one.pause_minutes = 10; }, Why::field_invalid, "pause_minutes"},
      {"nobody a day", [](auto& one) { one.daily_limit = 0; }, Why::field_invalid, "daily_limit"},
      {"no expert", [](auto& one) { one.experts.clear(); }, Why::field_missing, "experts"},
      {"the same expert twice", [](auto& one) { one.experts.push_back(one.experts[0]); }, Why::field_invalid, "experts"},
      {"an expert without language", [](auto& one) { one.experts[0].languages.clear(); }, Why::field_missing, "experts"},
      {"an unknown language", [](auto& one) { one.experts[0].languages = {"xx"}; }, Why::field_invalid, "experts"},
      {"an interpreter without name", [](auto& one) { one.interpreters[0].name.clear(); }, Why::field_missing, "interpreters"},
      {"days that have passed", [](auto& one) { one.from = one.to = Date(2031, 3, 1); }, Why::field_invalid, "to"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.what);
    auto mission = a_mission();
    mission.state = "planned";
    row.change(mission);
    auto const done = decide_mission(nullptr, mission, {a_place()}, {}, tests::norms_for_tests().codes, planner(), today, now);
    REQUIRE_FALSE(done);
    CHECK(done.error().why == row.why);
    CHECK(done.error().field == row.field);
  }
  auto const nobody = decide_mission(nullptr, a_mission(), {a_place()}, {}, tests::norms_for_tests().codes, {}, today, now);
  CHECK(nobody.error().why == Why::not_permitted);
}

TEST_CASE("what the other State knows is moved with a reason, not changed") {
  auto const before = a_mission();
  auto wanted = before;
  wanted.from = wanted.from.plus_days(1);
  wanted.to = wanted.to.plus_days(1);
  auto const& codes = tests::norms_for_tests().codes;
  CHECK(decide_mission(&before, wanted, {a_place()}, {}, codes, planner(), today, now).error().why == Why::wrong_step);
  CHECK(decide_mission_move(before, wanted.from, "", planner(), today, now).error().why == Why::reason_missing);
  CHECK(decide_mission_move(before, before.from, "x", planner(), today, now).error().why == Why::field_invalid);
  auto const moved = decide_mission_move(before, Date(2031, 3, 18), "The flight was cancelled", planner(), today, now);
  REQUIRE(moved);
  CHECK(moved->to == Date(2031, 3, 19));
  // Who still has interviews stays.
  Interview booked;
  booked.place = PlaceId{"hall"};
  booked.interviewers = {UserId{"diego"}};
  wanted = before;
  wanted.experts.pop_back();
  CHECK(decide_mission(&before, wanted, {a_place()}, {booked}, codes, planner(), today, now).error().field == "experts");
  CHECK(decide_closure(before, {booked}, planner(), now).error().field == "interviews");
  CHECK(decide_closure(before, {}, planner(), now)->state == "closed");
  CHECK(decide_announcement(before, planner(), today, now).error().why == Why::wrong_step);
  auto const cancelled = decide_mission_cancellation(before, "No visa", planner(), now);
  REQUIRE(cancelled);
  CHECK(decide_mission_cancellation(*cancelled, "Again", planner(), now).error().why == Why::wrong_step);
  CHECK(state_on(before, Date(2031, 3, 10)) == "announced");
  CHECK(state_on(before, Date(2031, 3, 11)) == "running");
}

TEST_CASE("those whose term ends first come first, two experts work at once, and nobody works without a pause") {
  auto const mission = a_mission();
  auto const plan = plan_batch(
      mission, {a_place()},
      {a_candidate("a", "es", "2031-03-30"), a_candidate("b", "es", "2031-03-11"), a_candidate("c", "es", "2031-03-20")}, {}, {},
      now);
  REQUIRE(plan.placed.size() == 3);
  CHECK(plan.not_placed.empty());
  CHECK(task_at(plan, 0) == "task b");
  CHECK(task_at(plan, 1) == "task c");
  CHECK(plan.placed[0].interview.starts_at == at("2031-03-11T08:00:00Z"));
  CHECK(plan.placed[1].interview.starts_at == at("2031-03-11T08:00:00Z"));
  CHECK(plan.placed[0].interview.room != plan.placed[1].interview.room);
  CHECK(plan.placed[0].interview.interviewers != plan.placed[1].interview.interviewers);
  CHECK(plan.placed[2].interview.starts_at == at("2031-03-11T09:30:00Z"));
}

TEST_CASE("language, the interviewer who was asked for, holidays, the daily limit and what is taken are kept") {
  auto mission = a_mission();
  auto plan = plan_batch(mission, {a_place()},
                         {a_candidate("quechua", "qu"), a_candidate("mam", "mam"), a_candidate("woman", "es", "2031-03-30", "F"),
                          a_candidate("woman in English", "en", "2031-03-30", "F")},
                         {}, {}, now);
  REQUIRE(plan.placed.size() == 2);
  CHECK(plan.placed[0].interview.interpreter == "Ines Prado");
  CHECK(plan.placed[1].interview.interviewers == std::vector<UserId>{UserId{"carla"}});
  REQUIRE(plan.not_placed.size() == 2);
  CHECK(plan.not_placed[0].why == "language");
  CHECK(plan.not_placed[1].why == "interviewer");

  auto closed = a_place();
  closed.closed = {{Date(2031, 3, 11), "Day of the sea (Utopia)"}};
  plan = plan_batch(mission, {closed}, {a_candidate("a", "es", "2031-03-11")}, {}, {}, now);
  CHECK(plan.placed.at(0).interview.starts_at == at("2031-03-12T08:00:00Z"));
  CHECK(plan.placed.at(0).is_late);

  mission.daily_limit = 1;
  mission.experts.pop_back();
  plan = plan_batch(mission, {a_place()}, {a_candidate("a"), a_candidate("b"), a_candidate("c")}, {}, {}, now);
  REQUIRE(plan.placed.size() == 2);
  CHECK(plan.placed[1].interview.starts_at == at("2031-03-12T08:00:00Z"));
  CHECK(plan.not_placed.at(0).why == "full");
  CHECK(capacity_of(mission, {a_place()}) == 2);

  auto taken = quarters_of(plan.placed[0].interview);
  plan = plan_batch(a_mission(), {a_place("hall", 1)}, {a_candidate("b")}, taken, {}, now);
  CHECK(plan.placed.at(0).interview.starts_at == at("2031-03-11T09:30:00Z"));
}

TEST_CASE("an interview of a mission is held by its experts, at its places, on its days") {
  auto const mission = a_mission();
  auto const plan = plan_batch(mission, {a_place()}, {a_candidate("a")}, {}, {}, now);
  auto const good = plan.placed.at(0).interview;
  CHECK(check_within(mission, good, a_place()));
  auto other = good;
  other.interviewers = {UserId{"vera"}};
  CHECK(check_within(mission, other, a_place()).error().field == "interviewers");
  other = good;
  other.starts_at = at("2031-03-13T08:00:00Z");
  CHECK(check_within(mission, other, a_place()).error().field == "starts_at");
  other = good;
  other.interpreter = "Somebody";
  CHECK(check_within(mission, other, a_place()).error().field == "interpreter");
  auto planned = mission;
  planned.state = "planned";
  CHECK(check_within(planned, good, a_place()).error().field == "mission");
}

TEST_CASE("a holiday closes a place and is named") {
  auto place = a_place();
  place.closed = {{Date(2031, 3, 4), "Day of the sea (Utopia)"}};
  Interview wanted;
  wanted.place = place.id;
  auto const times = list_times(wanted, place, Date(2031, 3, 4), 2, {}, now);
  REQUIRE(times.size() == 6);
  CHECK(times[0].taken_by == std::vector<std::string>{"holiday"});
  CHECK(times[0].holiday == "Day of the sea (Utopia)");
  CHECK(times[5].taken_by.empty());
}

TEST_CASE("figures tell who was not presented and never why") {
  std::vector<Interview> all(6);
  all[0].state = "held";
  all[0].minutes_state = "closed";
  all[1].state = "held";
  all[2].state = "not_held";
  all[3].state = "cancelled";
  all[3].presence = "not_presented";
  all[4].state = "cancelled";
  all[5].presence = "arranged";
  auto const figures = count_figures(all, {"confirmed", "", "", "", "", ""});
  CHECK(figures.placed == 6);
  CHECK(figures.held == 2);
  CHECK(figures.minutes_closed == 1);
  CHECK(figures.identified == 1);
  CHECK(figures.not_yet == 1);
  CHECK(figures.not_held == 1);
  CHECK(figures.not_presented == 1);
  CHECK(figures.called_off == 1);
  CHECK(figures.arranged == 1);
}

TEST_CASE("the visited State is told days and places and nobody's name") {
  auto mission = a_mission();
  mission.id = MissionId::make(now);
  exchange::Envelope envelope;
  envelope.case_id = chain_of(mission.id);
  envelope.body = body_of(mission, {a_place()}, "mission_announced");
  CHECK(is_of_mission(envelope));
  auto const told = take_mission_notice({}, envelope, now);
  REQUIRE(told);
  CHECK(told->name == "Spring mission");
  CHECK(told->from == mission.from);
  CHECK(told->places.at(0).address == "Lake Road 1");
  auto const text = boost::json::serialize(envelope.body);
  CHECK(text.find("Prado") == std::string::npos);
  CHECK(text.find("carla") == std::string::npos);
  envelope.body = body_of(mission, {}, "mission_cancelled");
  CHECK(take_mission_notice({}, envelope, now).error().why == Why::not_found);
  CHECK(take_mission_notice(*told, envelope, now)->state == "cancelled");
  envelope.case_id = CaseId::make(now);
  CHECK(take_mission_notice(*told, envelope, now).error().field == "body.mission");
}
