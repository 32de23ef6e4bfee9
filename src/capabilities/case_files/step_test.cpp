#include "capabilities/case_files/step.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::case_files;

namespace {

workflow::Process const& process() {
  static auto const loaded = workflow::load_process(std::filesystem::path(RCMS_SOURCE_DIR) / "data", "individual");
  return loaded;
}

CaseFile a_file(Side side, std::string state) {
  CaseFile file;
  file.side = side;
  file.state = std::move(state);
  file.stage = "draft";
  return file;
}

access::Viewer viewer(std::string login, std::set<std::string, std::less<>> permissions) {
  access::Viewer viewer;
  viewer.user = UserId{std::move(login)};
  viewer.permissions = std::move(permissions);
  return viewer;
}

std::string why(Result<Decision> const& answer) { return answer ? "" : std::string(name_of(answer.error().why)); }

}  // namespace

TEST_CASE("a step is refused for the first reason that applies") {
  auto const ana = viewer("ana", {"case.edit"});
  auto const sofia = viewer("sofia", {"case.screen", "case.suspend"});
  struct Row {
    char const* name;
    std::string state;
    std::string action;
    access::Viewer viewer;
    std::string reason;
    char const* refused;
  };
  std::vector<Row> const rows = {
      {"as it should be", "screening", "block", sofia, "Risk", ""},
      {"another's", "draft", "block", ana, "", "not_permitted"},
      {"not now", "draft", "block", sofia, "", "wrong_step"},
      {"who wrote it", "screening", "block", viewer("bruno", {"case.screen"}), "", "same_person"},
      {"why", "screening", "block", sofia, "", "reason_missing"},
      {"no such act", "screening", "fly", sofia, "", "malformed"},
      {"an act of an envelope", "submitted", "receive_acceptance", sofia, "x", "not_permitted"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto file = a_file(Side::requesting, row.state);
    file.acts = {{"edit", "bruno"}};
    auto const decision = take_step(process(), file, row.action, row.viewer, row.reason, Instant{1});
    CHECK(why(decision) == row.refused);
    if (!decision) continue;
    CHECK(decision->after.state == "blocked");
    CHECK(decision->told.at("reason") == "Risk");
    CHECK(decision->after.acts.back().action == "block");
  }
}

TEST_CASE("a suspension keeps the state to which the file returns, and another person lifts it") {
  auto const sofia = viewer("sofia", {"case.suspend"});
  auto const dora = viewer("dora", {"case.suspend"});
  auto file = a_file(Side::requesting, "verification");
  file.stage = "verification";
  auto const suspended = take_step(process(), file, "suspend", sofia, "Interim measure", Instant{1});
  REQUIRE(suspended);
  CHECK(suspended->after.state_before == "verification");
  CHECK(suspended->after.stage == "verification");
  CHECK(effective_state(suspended->after) == "verification");
  CHECK_FALSE(has_moved(file, suspended->after));
  CHECK(why(take_step(process(), suspended->after, "lift_suspension", sofia, "Over", Instant{2})) == "same_person");
  auto const arrived = take_receipt(process(), suspended->after, "reply", "accepted", {}, Instant{2});
  REQUIRE(arrived);
  CHECK(arrived->after.state == "suspended");
  auto const lifted = take_step(process(), arrived->after, "lift_suspension", dora, "Over", Instant{3});
  REQUIRE(lifted);
  CHECK(lifted->after.state == "accepted");
  CHECK(lifted->after.stage == "answered");
  CHECK(lifted->after.state_before.empty());
}

TEST_CASE("an interview that crossed the answer to a question is held, not put aside") {
  auto const decision =
      take_receipt(process(), a_file(Side::requesting, "documents_requested"), "reply", "interview", {}, Instant{1});
  REQUIRE(decision);
  CHECK(decision->after.state == "interview");
  auto const late =
      take_receipt(process(), a_file(Side::requesting, "documents_requested"), "reply", "more_information", {}, Instant{1});
  REQUIRE(late);
  CHECK(late->after.state == "documents_requested");
}

TEST_CASE("a file ends when it is withdrawn or closed, also behind a suspension") {
  for (auto const* state : {"withdrawn", "closed"}) CHECK(has_ended(a_file(Side::requested, state)));
  CHECK_FALSE(has_ended(a_file(Side::requested, "accepted")));
  auto file = a_file(Side::requested, "suspended");
  file.state_before = "withdrawn";
  CHECK(has_ended(file));
}
