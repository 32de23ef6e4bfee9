// Over random agreements, calendars and sequences of events: what must hold for every clock.
#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "norms/agreements/world_test.hpp"

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
    for (std::size_t i = 0; i < deadline->steps.size(); ++i) {
      auto const& step = deadline->steps[i];
      RC_ASSERT(!step.clause.empty());
      RC_ASSERT(step.confidence == "P" || step.confidence == "S" || step.confidence == "unverified");
      // Steps hang together; an extension of the whole term begins anew at its start, and stands first.
      RC_ASSERT(step.from == (i == 0 ? deadline->started_on : deadline->steps[i - 1].to));
      if (deadline->confidence == "P") RC_ASSERT(step.confidence == "P");
    }
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

TEST_CASE("no two deadlines of a case contradict each other, whatever happened") {
  // Published agreements with random events: one deadline of a kind; none before its start; the reply that is extended is never
  // earlier than the one that is not; the same answer every time, in whatever order the events were written.
  CHECK(rc::check("contradictions", [] {
    auto const& law = tests::world().law;
    auto const& agreement = std::next(law.agreements.begin(), *rc::gen::inRange<std::size_t>(0, law.agreements.size()))->second;
    static std::vector<char const*> const kinds = {
        "received", "acknowledged", "complete", "document_request", "document_answer", "extension", "interview_reply", "accepted",
        "refused", "td_requested", "td_acknowledged", "td_issued", "planned_transfer", "transferred", "arrived", "detected",
        "apprehended", "suspended", "lifted", "term_over", "transit_requested"};
    boost::json::array events;
    int const count = *rc::gen::inRange(1, 12);
    for (int i = 0; i < count; ++i) {
      auto const day = Date(2027, 1, 1).plus_days(*rc::gen::inRange(0, 400));
      events.push_back({{"type", *rc::gen::elementOf(kinds)},
                        {"at", day.text() + (*rc::gen::arbitrary<bool>() ? "T10:00" : "T23:30+01:00")}});
    }
    boost::json::object asked{{"agreement", agreement.code}, {"events", events}};
    if (*rc::gen::arbitrary<bool>()) asked["procedure"] = "accelerated";
    auto const answered = answer_case(law, asked, "en");
    RC_ASSERT(!answered.contains("error"));
    RC_ASSERT(answer_case(law, asked, "en") == answered);
    std::set<std::string> told;
    for (auto const& each : answered.at("deadlines").as_array()) {
      RC_ASSERT(told.insert(std::string(each.at("kind").as_string())).second);
      auto const& due = each.at("due");
      auto const started = *Date::parse(std::string(each.at("start").at("on").as_string()));
      bool const back = each.at("sentence").as_string().find("At the latest") == 0;
      if (due.is_string()) {
        auto const day = *Date::parse(std::string(due.as_string()));
        RC_ASSERT((back ? day <= started : day >= started));
        if (each.as_object().contains("allowed_from"))
          RC_ASSERT(*Date::parse(std::string(each.at("allowed_from").as_string())) > day);
      } else {
        RC_ASSERT(each.at("state").as_string() == "stopped" || each.at("state").as_string() == "met" ||
                  each.at("state").as_string() == "late");
      }
      RC_ASSERT(each.at("sentence").as_string().find("[") == boost::json::string::npos);
    }
    for (auto const& each : answered.at("waiting").as_array())
      RC_ASSERT(told.count(std::string(each.at("kind").as_string())) == 0);  // nothing is both running and not begun
    bool const both = told.count("reply_standard") != 0 && told.count("accel_reply") != 0;
    RC_ASSERT(!both);  // a case has one term for its reply
  }));
}

TEST_CASE("a line of any bytes is answered or refused by field, and never ends the reading") {
  CHECK(rc::check("any line", [] {
    auto const& law = tests::world().law;
    std::string text =
        R"({"agreement":"CH-AZ","person":"stateless","events":[{"type":"acknowledged","at":"2027-03-04T10:00+01:00"},)"
        R"({"type":"extension","days":25},{"type":"reply","decision":"accepted","at":"2027-04-01"}]})";
    int const changes = *rc::gen::inRange(0, 6);
    for (int i = 0; i < changes; ++i) {
      auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
      if (*rc::gen::arbitrary<bool>()) text[at] = static_cast<char>(*rc::gen::inRange(1, 256));
      else text.erase(at, *rc::gen::inRange<std::size_t>(1, 9));
      if (text.empty()) text = "{";
    }
    auto const answered = answer_line(law, text, 3, "en");
    RC_ASSERT(answered.at("line").as_int64() == 3);
    if (!answered.contains("error")) {
      RC_ASSERT(answered.contains("deadlines"));
      return;
    }
    auto const& error = answered.at("error");
    RC_ASSERT(!error.at("field").as_string().empty());
    RC_ASSERT(!error.at("message").as_string().empty());
    RC_ASSERT(!error.at("remedy").as_string().empty());
    RC_ASSERT(!boost::json::serialize(answered).empty());
  }));
}
