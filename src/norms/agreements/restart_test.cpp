// A clock that starts again with an answer does so only when something was asked.
#include <doctest/doctest.h>

#include "norms/agreements/deadline.hpp"

using namespace rcms;
using namespace rcms::agreements;

TEST_CASE("an answer to which nothing was asked does not start the clock again") {
  Agreement agreement;
  agreement.code = agreement.cited = "AA-BB";
  agreement.parties = {"AAA", "BBB"};
  agreement.authorities = {{"AAA", "Europe/Zurich", "AAA", ""}, {"BBB", "Europe/Zurich", "BBB", ""}};
  Rule rule;
  rule.key = "reply_standard";
  rule.start = "receipt";
  rule.value = 10;
  rule.unit = Unit::calendar_day;
  rule.confidence = "P";
  rule.on_document_request = OnDocumentRequest::restarts;
  agreement.rules.push_back(rule);
  Calendars calendars;
  for (char const* code : {"AAA", "BBB"}) {
    calendars[code].code = code;
    calendars[code].weekend = {6, 7};
    index_days(calendars[code]);
  }
  auto const at = [](char const* day) { return *Instant::parse(std::string(day) + "T12:00:00Z"); };
  auto const due = [&](std::vector<Event> const& events) {
    return compute_deadline(agreement, calendars, "reply_standard", "BBB", events, Date(2031, 1, 1))->due;
  };
  std::vector<Event> events = {{"receipt", at("2031-03-03")}};
  auto const plain = due(events);
  CHECK(plain == Date(2031, 3, 13));
  events.push_back({"complete_file", at("2031-03-05")});
  CHECK(due(events) == plain);
  events.push_back({"document_request", at("2031-03-06")});
  CHECK_FALSE(due(events));
  events.push_back({"answer", at("2031-03-08")});
  CHECK(due(events) == Date(2031, 3, 18));
  events.push_back({"answer", at("2031-03-09")});
  CHECK(due(events) == Date(2031, 3, 18));
}
