// Over random agreements, calendars and sequences of events: what must hold for every clock.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "norms/agreements/dates.hpp"

using namespace rcms;
using namespace rcms::agreements;

namespace {

/// A calendar with random weekend and holidays of every kind.
Calendar random_calendar(std::string code) {
  Calendar calendar;
  calendar.code = std::move(code);
  int const weekend = *rc::gen::inRange(1, 8);
  calendar.weekend = {weekend, weekend % 7 + 1};
  int const count = *rc::gen::inRange(0, 8);
  for (int i = 0; i < count; ++i) {
    Holiday holiday;
    holiday.names = {{"en", "day"}, {"es", "día"}};
    switch (*rc::gen::inRange(0, 4)) {
      case 0: holiday.days_after_easter = *rc::gen::inRange(-50, 60); break;
      case 1: holiday.days_after_orthodox_easter = *rc::gen::inRange(-50, 60); break;
      case 2:
        holiday.month = *rc::gen::inRange(1, 13);
        holiday.weekday = *rc::gen::inRange(1, 8);
        holiday.nth = *rc::gen::inRange(1, 5);
        break;
      default:
        holiday.month = *rc::gen::inRange(1, 13);
        holiday.day = *rc::gen::inRange(1, 29);
        holiday.observed = {{calendar.weekend, 0, 0, true, *rc::gen::arbitrary<bool>()}};
    }
    calendar.holidays.push_back(std::move(holiday));
  }
  index_days(calendar);
  return calendar;
}

Rule random_rule(char const* key, char const* start) {
  Rule rule;
  rule.key = key;
  rule.value = *rc::gen::inRange(0, 70);
  rule.unit = *rc::gen::element(Unit::calendar_day, Unit::working_day, Unit::month, Unit::week, Unit::day, Unit::hour);
  if (rule.unit == Unit::month) rule.value = *rule.value % 13;
  rule.start = start;
  rule.end = *rc::gen::arbitrary<bool>() ? EndAdjustment::next_working_day : EndAdjustment::none;
  rule.then_working_days = *rc::gen::inRange(0, 3);
  rule.on_document_request = *rc::gen::element(OnDocumentRequest::runs, OnDocumentRequest::pauses, OnDocumentRequest::restarts);
  if (*rc::gen::arbitrary<bool>()) rule.calendars = {"acting", "other"};
  rule.confidence = *rc::gen::element<std::string>("P", "S", "unverified");
  return rule;
}

struct Made {
  Agreement agreement;
  Calendars calendars;
  std::vector<Event> events;
};

Made random_case() {
  Made made;
  for (char const* code : {"AAA", "BBB"}) {
    made.calendars[code] = random_calendar(code);
    made.agreement.parties.emplace_back(code);
    made.agreement.authorities.push_back(
        {code, *rc::gen::element<std::string>("Asia/Baku", "Europe/Zurich", "America/Guatemala"), code, ""});
  }
  made.agreement.code = made.agreement.cited = "AA-BB";
  made.agreement.rules.push_back(random_rule("reply_standard", "receipt"));
  auto extension = random_rule(*rc::gen::element("reply_ext_total_max", "reply_ext_additional_max"), "");
  extension.unit = made.agreement.rules.front().unit == Unit::hour ? Unit::calendar_day : made.agreement.rules.front().unit;
  made.agreement.rules.push_back(std::move(extension));
  Instant now = *Instant::parse("2027-01-01T00:00:00Z");
  made.events.push_back({"receipt", now});
  int const count = *rc::gen::inRange(0, 8);
  for (int i = 0; i < count; ++i) {
    now = now.plus_ms(*rc::gen::inRange(0, 15 * 86400) * std::int64_t{1000});
    auto const kind =
        *rc::gen::element<std::string>("document_request", "answer", "suspension", "lifting", "extension", "acceptance");
    made.events.push_back({kind, now, *rc::gen::inRange(0, 80)});
  }
  return made;
}

std::optional<Deadline> compute(Made const& made, std::vector<Event> const& events) {
  return compute_deadline(made.agreement, made.calendars, "reply_standard", "BBB", events, Date(2027, 1, 1));
}

std::vector<Event> without(std::vector<Event> events, std::string_view kind) {
  events.erase(std::remove_if(events.begin(), events.end(), [&](auto const& event) { return event.kind == kind; }), events.end());
  return events;
}

}  // namespace

TEST_CASE("a deadline never falls before its start, and recomputing gives the same trail") {
  CHECK(rc::check("start and trail", [] {
    auto const made = random_case();
    auto const deadline = compute(made, made.events);
    RC_ASSERT(deadline.has_value());
    if (deadline->due) {
      RC_ASSERT(*deadline->due >= deadline->started_on);
      RC_ASSERT(*deadline->ends_at >= deadline->started_at);
    }
    RC_ASSERT(deadline_to_json(*compute(made, made.events)) == deadline_to_json(*deadline));
    RC_ASSERT(replay(*deadline) == deadline->due);
    RC_ASSERT(deadline_to_json(*deadline_from_json(deadline_to_json(*deadline))) == deadline_to_json(*deadline));
  }));
}

TEST_CASE("an extension never shortens, and a stop never brings the end nearer") {
  CHECK(rc::check("monotonic", [] {
    auto made = random_case();
    made.agreement.rules[0].on_document_request = OnDocumentRequest::pauses;
    auto const full = compute(made, made.events);
    auto const plain = compute(made, without(made.events, "extension"));
    if (full->due && plain->due) RC_ASSERT(*full->due >= *plain->due);
    if (!plain->due) RC_ASSERT(!full->due);
    auto const running = compute(made, without(without(made.events, "document_request"), "suspension"));
    RC_ASSERT(running->due.has_value());
    auto const no_extension =
        compute(made, without(without(without(made.events, "document_request"), "suspension"), "extension"));
    auto const stopped = compute(made, without(made.events, "extension"));
    if (stopped->due) RC_ASSERT(*stopped->due >= *no_extension->due);
  }));
}

TEST_CASE("a pause of n days moves a term of calendar days by n") {
  CHECK(rc::check("pause", [] {
    auto made = random_case();
    auto& rule = made.agreement.rules[0];
    rule.unit = Unit::calendar_day;
    rule.value = *rc::gen::inRange(20, 60);
    rule.end = EndAdjustment::none;
    rule.then_working_days = 0;
    rule.on_document_request = OnDocumentRequest::pauses;
    int const days = *rc::gen::inRange(0, 30);
    Instant const start = *Instant::parse("2027-01-01T12:00:00Z");
    Instant const asked = start.plus_ms(std::int64_t{*rc::gen::inRange(1, 19)} * 86'400'000);
    Instant const given = asked.plus_ms(std::int64_t{days} * 86'400'000);
    auto const [stops, goes] =
        *rc::gen::element(std::make_pair("document_request", "answer"), std::make_pair("suspension", "lifting"));
    auto const plain = compute(made, {{"receipt", start}});
    auto const paused = compute(made, {{"receipt", start}, {stops, asked}, {goes, given}});
    RC_ASSERT(days_between(*plain->due, *paused->due) == days);
  }));
}

TEST_CASE("counting back is the mirror of counting forward") {
  CHECK(rc::check("back", [] {
    auto made = random_case();
    auto& rule = made.agreement.rules[0];
    rule.back = true;
    rule.unit = *rc::gen::element(Unit::calendar_day, Unit::working_day, Unit::week, Unit::hour);
    rule.calendars = {};
    rule.then_working_days = 0;
    auto const deadline = compute(made, {made.events.front()});
    RC_ASSERT(*deadline->due <= deadline->started_on);
    RC_ASSERT(replay(*deadline) == deadline->due);
    if (rule.unit != Unit::working_day || *rule.value == 0) return;
    auto forward = made;
    forward.agreement.rules[0].back = false;
    forward.agreement.rules[0].end = EndAdjustment::none;
    auto const noon = start_of_day(*deadline->due, deadline->zone).plus_ms(12 * 3'600'000);
    auto const again = compute(forward, {{"receipt", noon}});
    RC_ASSERT(*again->due >= deadline->started_on);
    auto const& calendar = made.calendars.at("BBB");
    for (Date day = deadline->started_on; day < *again->due; day = day.plus_days(1)) {
      RC_ASSERT(is_weekend(calendar, day) || find_holiday(calendar, day) != nullptr);
    }
  }));
}
