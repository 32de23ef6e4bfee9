#include "capabilities/case_files/deciding.hpp"

#include <boost/json.hpp>
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

TEST_CASE("a document found false counts for nothing until it is found genuine or another takes its place") {
  CaseFile file;
  file.content = boost::json::parse(R"({"D_evidence":{"nationality_evidence":[{"type":"passport"},{"type":"identity_card"}]}})")
                     .as_object();
  auto const passport = evidence_note(file.content, "nationality", 0);
  CHECK(evidence_note(file.content, "nationality", 2).empty());
  CHECK(evidence_note(file.content, "third_country", 0).empty());
  happened(file, "evidence_false", Instant{1}, passport);
  CHECK(list_found_false(file).nationality == std::vector<std::size_t>{0});
  CaseFile corrected = file;
  corrected.content["D_evidence"].as_object()["nationality_evidence"].as_array()[0].as_object()["number"] = "P2";
  CHECK(list_found_false(corrected).nationality.empty());
  happened(file, "evidence_genuine", Instant{2}, passport);
  CHECK(list_found_false(file).nationality.empty());
}

TEST_CASE("changes are named by section and field, and what the system fills in is none") {
  auto const before = boost::json::parse(R"({"header":{"a":1},"A_person":{"surname":"Paz","pob":"Lima"}})").as_object();
  auto const after =
      boost::json::parse(R"({"header":{"a":2},"A_person":{"surname":"Paz","sex":"F"},"F_other":{"observations":"x"}})")
          .as_object();
  CHECK(list_changes(before, after) == std::vector<std::string>{"A_person.pob", "A_person.sex", "F_other.observations"});
  CHECK(list_changes(after, after).empty());
}
