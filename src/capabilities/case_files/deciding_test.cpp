#include "capabilities/case_files/deciding.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::case_files;

TEST_CASE("a file is counted as ended once, when it stops waiting for its reply") {
  struct Row {
    Side side;
    char const* before;
    char const* after;
    char const* outcome;  // empty: not counted
  };
  Row const rows[] = {
      {Side::requested, "completeness", "accepted", "accepted"}, {Side::requested, "lapsed", "refused", "refused"},
      {Side::requested, "accepted", "refused", ""},              {Side::requested, "accepted", "withdrawn", ""},
      {Side::requested, "received", "withdrawn", "withdrawn"},   {Side::requested, "received", "completeness", ""},
      {Side::requested, "refused", "received", ""},              {Side::requesting, "draft", "submitted", ""},
      {Side::requesting, "verification", "accepted", "accepted"}, {Side::requesting, "screening", "closed", ""},
      {Side::requesting, "interview", "suspended", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.before);
    CAPTURE(row.after);
    CaseFile before;
    before.side = row.side;
    before.state = row.before;
    auto after = before;
    after.state = row.after;
    if (after.state == "suspended") after.state_before = before.state;
    auto const fact = fact_of_ending(before, after, Instant{}, Date(2031, 3, 1));
    CHECK((fact ? fact->outcome : "") == row.outcome);
  }
}

TEST_CASE("consent by silence is its own outcome, a suspension changes nothing, and the hours run from sending or receipt") {
  CaseFile before;
  before.side = Side::requesting;
  before.state = "suspended";
  before.state_before = "consent_to_confirm";
  happened(before, "submission", Instant{0});
  happened(before, "receipt", Instant{3'600'000});
  auto after = before;
  after.state_before = "accepted";
  after.reply = {{"kind", "deemed"}};
  auto const fact = fact_of_ending(before, after, Instant{36'000'000}, Date(2031, 3, 1));
  REQUIRE(fact.has_value());
  CHECK(fact->kind == "application_ended");
  CHECK(fact->outcome == "deemed");
  CHECK(fact->hours == 10);
  before.side = after.side = Side::requested;
  CHECK(fact_of_ending(before, after, Instant{36'000'000}, Date(2031, 3, 1))->hours == 9);
}
