// Worked cases 10 to 12 of the readmission rules, from the data of the safeguards and the rules of the requesting State; cases 1
// to 9 are in norms/agreements.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/deciding.hpp"
#include "capabilities/casework/rules.hpp"
#include "norms/forms/content.hpp"

using namespace rcms;
using namespace rcms::casework;
namespace json = boost::json;

namespace {

case_files::Norms const& norms() {
  static case_files::Norms const loaded = case_files::load_norms(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  return loaded;
}

Instant const noon{1'927'713'600'000};  // 2031-02-01T12:00:00Z
Date const today(2031, 2, 1);

access::Viewer viewer(std::string login, std::set<std::string, std::less<>> permissions) {
  access::Viewer viewer;
  viewer.user = UserId{std::move(login)};
  viewer.permissions = std::move(permissions);
  return viewer;
}

CaseFile a_case(std::string state) {
  CaseFile file;
  file.side = case_files::Side::requesting;
  file.state = std::move(state);
  file.agreement = "uto-xar-2019";
  file.reference = "XAR-2031-000001";
  file.acts = {{"create", "ana"}};
  return file;
}

/// The gates of a stage that block, by code.
std::vector<std::string> blocking(std::vector<safeguards::Decision> const& decisions, safeguards::Conditions const& conditions,
                                  char const* stage, Instant now) {
  std::vector<std::string> codes;
  for (auto const& open : safeguards::list_open_gates(norms().gates, decisions, conditions, stage, {today, now})) {
    if (open.blocks) codes.push_back(open.gate->code);
  }
  return codes;
}

bool holds(std::vector<std::string> const& codes, char const* code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

safeguards::Decision status_checked(Instant at) {
  safeguards::Decision decision;
  decision.gate = "G02";
  decision.decided_on = today;
  decision.decided_at = at;
  decision.actor = "sofia";
  decision.evidence = {{"status_token", "none"}, {"checked_on", "2031-02-01"}, {"checked_at", at.text()}};
  return decision;
}

}  // namespace

TEST_CASE(
    "case 10: a permit granted between acceptance and T-72 h stops the case and withdraws it; the other side sees withdrawn") {
  // The status is asked again at every stage on the way, also at T-72 h and at the departure: an old answer keeps no gate closed.
  for (char const* stage : {"before_application", "interview", "travel_document", "pre_departure", "transfer"}) {
    CAPTURE(stage);
    CHECK(holds(blocking({}, {}, stage, noon), "G02"));
  }
  auto const fresh = status_checked(noon);
  CHECK_FALSE(holds(blocking({fresh}, {}, "pre_departure", noon.plus_ms(3'600'000)), "G02"));
  CHECK(holds(blocking({fresh}, {}, "pre_departure", noon.plus_ms(30 * 3'600'000LL)), "G02"));
  auto permit = fresh;
  permit.status = safeguards::Status::failed;
  permit.reason = "a permit was granted";
  CHECK(holds(blocking({permit}, {}, "pre_departure", noon.plus_ms(3'600'000)), "G02"));
  CHECK(holds(blocking({permit}, {}, "transfer", noon.plus_ms(3'600'000)), "G02"));

  auto const supervisor = viewer("dora", {"case.read", "case.withdraw"});
  auto const decision =
      decide_withdrawal(norms().process, a_case("accepted"), supervisor, "a residence permit was granted", noon, today);
  REQUIRE(decision.has_value());
  CHECK(decision->after.state == "withdrawn");
  REQUIRE(decision->sending.has_value());
  CHECK(decision->sending->kind == exchange::EnvelopeKind::withdrawal);
  CHECK(json::serialize(decision->sending->body).find("permit") == std::string::npos);
  CHECK(decision->sending->attachments.empty());
}

TEST_CASE(
    "case 11: free text with \"asylum rejected 2019\", or a file asyl_anhoerung.pdf: the release is refused, the place is told") {
  struct Row { char const* name; char const* place; char const* text; char const* word; };
  Row const rows[] = {{"free text", "F_other.observations", "asylum rejected 2019", "asylum"},
                      {"name of a file", "attachments[0].name", "asyl_anhoerung.pdf", "asyl"}};
  auto const second = viewer("rita", {"case.read", "case.release"});
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const hits = safeguards::scan_free_text(norms().word_list, row.text);
    REQUIRE_FALSE(hits.empty());
    CHECK(hits.front().text == row.word);
    Package package;
    package.form["D_evidence"] = json::object{{"nationality_evidence", json::array{json::object{{"number", "P1"}}}}};
    package.words.push_back({row.place, hits.front().text});
    auto const refused = decide_release(norms().process, a_case("screening"), package, {}, second, noon, today);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == Why::must_not_leave);
    CHECK(refused.error().field == row.place);
    package.words.clear();
    CHECK(decide_release(norms().process, a_case("screening"), package, {}, second, noon, today).has_value());
  }
}

TEST_CASE("case 12: a family of four, one child refused: no split without an exception that another person has reviewed") {
  auto const content =
      json::parse(R"({"A_person":{"nationality":"UTO","dob":"1985-01-01"},"B_family":{"spouse":{"surname":"Luna"},
    "children":[{"surname":"Luna"},{"surname":"Luna"}]}})");
  auto const conditions = forms::derive_conditions(content, "UTO", today);
  REQUIRE(conditions.count("family") == 1);
  auto const* gate = safeguards::find_gate(norms().gates, "G09");
  REQUIRE(gate != nullptr);
  CHECK(gate->technical);
  CHECK(gate->kind == safeguards::Kind::block);
  for (char const* stage : {"before_application", "transfer"}) {
    CAPTURE(stage);
    CHECK(holds(blocking({}, conditions, stage, noon), "G09"));
    CHECK_FALSE(holds(blocking({}, forms::derive_conditions(json::object(), "UTO", today), stage, noon), "G09"));
  }
  // Whoever made the case does not decide that the family is split.
  for (char const* action : {"create", "import", "edit"}) CHECK(holds(gate->not_by, action));
  CHECK(std::any_of(gate->evidence.begin(), gate->evidence.end(), [](auto const& field) { return field.code == "exception"; }));
  safeguards::Decision together;
  together.gate = "G09";
  together.decided_on = today;
  together.decided_at = noon;
  together.actor = "dora";
  together.evidence = {{"group", "Luna, four persons"}};
  CHECK_FALSE(holds(blocking({together}, conditions, "before_application", noon), "G09"));
  // The member who was refused is known: what was decided for all four does not hold any more.
  auto apart = conditions;
  apart.insert("family_apart");
  CHECK(holds(blocking({together}, apart, "transfer", noon), "G09"));
  Obstacles obstacles;
  obstacles.open_gates = {"G09"};
  Package package;
  package.form["D_evidence"] = json::object{{"nationality_evidence", json::array{json::object{{"number", "P1"}}}}};
  auto const refused = decide_release(norms().process, a_case("screening"), package, obstacles,
                                      viewer("rita", {"case.read", "case.release"}), noon, today);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().why == Why::gate_open);
  CHECK(refused.error().field == "G09");
}
