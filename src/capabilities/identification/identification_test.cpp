// Who may decide what on which answer, and the second person of a negative.
#include "capabilities/identification/identification.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

namespace rcms::identification {

namespace {

forms::Codes const codes{{"task_result", {"confirmed", "not_confirmed", "inconclusive"}}};
Instant const now{1'930'000'000'000};

access::Viewer verifier(std::string user) {
  access::Viewer viewer;
  viewer.user = UserId{std::move(user)};
  viewer.party = PartyId{"utopia"};
  viewer.organisation = OrganisationId{"registry"};
  viewer.permissions = {"task.read", "task.complete"};
  return viewer;
}

applications::VerificationTask open_search() {
  applications::VerificationTask task;
  task.party = PartyId{"utopia"};
  task.organisation = OrganisationId{"registry"};
  task.kind = "registry_search";
  task.state = "open";
  return task;
}

std::vector<Looked> looked() {
  Looked one;
  one.question.given = "Ana";
  one.found.model = "weights 1";
  one.found.candidates.push_back({.person = {.id = "A1"}, .band = matching::Band::proposed});
  one.found.candidates.push_back({.person = {.id = "A2"}, .band = matching::Band::to_review});
  return {one};
}

Result<Identification> decide(OpinionInput const& input, std::vector<Identification> const& before = {}) {
  return decide_opinion(open_search(), before, input, looked(), codes, verifier("vera"), now);
}

}  // namespace

TEST_CASE("an opinion rests on an answer and, where it is not plain, on a reason") {
  struct Row {
    char const* title;
    OpinionInput input;
    std::optional<Why> refused;
    char const* state;
  };
  for (auto const& row : {Row{"who is proposed", {"confirmed", "A1", ""}, {}, "final"},
                          Row{"who is not, without a reason", {"confirmed", "A2", ""}, Why::reason_missing, ""},
                          Row{"who is not, with one", {"confirmed", "A2", "The mother's name"}, {}, "final"},
                          Row{"somebody else", {"confirmed", "A9", "I know her"}, Why::field_invalid, ""},
                          Row{"nobody named", {"confirmed", "", ""}, Why::field_missing, ""},
                          Row{"a negative", {"not_confirmed", "", "Nobody near"}, {}, "waiting"},
                          Row{"a negative without a reason", {"not_confirmed", "", ""}, Why::reason_missing, ""},
                          Row{"it cannot be said", {"inconclusive", "", "Two of one name"}, {}, "final"},
                          Row{"no result of the list", {"maybe", "", "x"}, Why::field_invalid, ""}}) {
    CAPTURE(row.title);
    auto const opinion = decide(row.input);
    CHECK(opinion.has_value() == !row.refused.has_value());
    if (!opinion) {
      CHECK(opinion.error().why == *row.refused);
      continue;
    }
    CHECK(opinion->state == row.state);
    CHECK(opinion->model == "weights 1");
    CHECK(boost::json::parse(opinion->answers).as_array().size() == 1);
  }
  CHECK(decide_opinion(open_search(), {}, {"confirmed", "A1", ""}, {}, codes, verifier("vera"), now).error().field == "searches");
}

TEST_CASE("a negative counts when another person agrees, and comes back when they do not") {
  auto const waiting = decide({"not_confirmed", "", "Nobody near"});
  REQUIRE(waiting.has_value());
  CHECK(decide({"confirmed", "A1", ""}, {*waiting}).error().why == Why::wrong_step);
  CHECK(decide_second(*waiting, true, "Nor I", verifier("vera"), now).error().why == Why::same_person);
  CHECK(decide_second(*waiting, true, "", verifier("diego"), now).error().why == Why::reason_missing);
  auto const agreed = decide_second(*waiting, true, "Nor I", verifier("diego"), now);
  REQUIRE(agreed.has_value());
  CHECK(agreed->state == "final");
  CHECK(result_of(*agreed).outcome == "not_confirmed");
  CHECK(result_of(*agreed).note == "Nobody near\nNor I");
  CHECK(result_of(*agreed).is_identified);
  CHECK(decide_second(*agreed, true, "Again", verifier("eva"), now).error().why == Why::wrong_step);
  auto const disagreed = decide_second(*waiting, false, "Look at A2", verifier("diego"), now);
  REQUIRE(disagreed.has_value());
  CHECK(disagreed->state == "disagreed");
  CHECK(decide({"confirmed", "A2", "The mother's name"}, {*disagreed}).has_value());
}

}  // namespace rcms::identification
