#include "norms/workflow/process.hpp"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <set>
#include <sstream>
#include <tuple>

#include <doctest/doctest.h>

#include "foundation/base/labels.hpp"
#include "norms/permissions/roles.hpp"

using namespace rcms;
using namespace rcms::workflow;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

Process const& individual() {
  static Process const process = load_process(data, "individual");
  return process;
}

using Mail = std::deque<std::pair<std::string, std::string>>;  // kind, variant

/// Both States at once, with the envelopes that are on their way.
struct World {
  std::string requesting{start_state};
  std::string requested{start_state};
  Mail to_requested;
  Mail to_requesting;
  auto key() const { return std::tuple(requesting, requested, to_requested, to_requesting); }
};

bool is_quiet(Action const& action) { return action.to == "same" && action.sends.empty(); }

void add_moves(World const& world, Side side, std::vector<World>& next) {
  auto const& here = side == Side::requesting ? world.requesting : world.requested;
  for (auto const& action : individual().actions) {
    if (action.side != side || action.by == By::envelope || action.to == "previous" || action.to == "suspended" ||
        is_quiet(action))
      continue;
    auto const step = decide_step(individual(), side, here, action.code);
    if (!step) continue;
    World moved = world;
    (side == Side::requesting ? moved.requesting : moved.requested) = step->to;
    auto& mail = side == Side::requesting ? moved.to_requested : moved.to_requesting;
    if (!action.sends.empty()) mail.emplace_back(action.sends, action.sends_variant);
    if (mail.size() <= 2) next.push_back(moved);
  }
}

/// Delivers the oldest envelope under every combination of the conditions; false when the receiver has no answer to it.
bool add_delivery(World const& world, Side receiver, std::vector<World>& next) {
  auto const& mail = receiver == Side::requesting ? world.to_requesting : world.to_requested;
  if (mail.empty()) return true;
  for (bool const lenient : {false, true}) {
    std::set<std::string, std::less<>> holding;
    if (lenient) holding = {"late_refusal_allowed", "extension_in_time"};
    auto const& here = receiver == Side::requesting ? world.requesting : world.requested;
    auto const step = decide_receipt(individual(), receiver, here, mail.front().first, mail.front().second, holding);
    if (!step) return false;
    World moved = world;
    (receiver == Side::requesting ? moved.requesting : moved.requested) = step->to;
    (receiver == Side::requesting ? moved.to_requesting : moved.to_requested).pop_front();
    next.push_back(moved);
  }
  return true;
}

}  // namespace

TEST_CASE("an application goes from draft to travel document, step by step on both sides") {
  struct Row { Side side; char const* action; char const* from; char const* to; char const* sends; };
  Row const rows[] = {
      {Side::requesting, "create", "start", "draft", ""},
      {Side::requesting, "send_to_screening", "draft", "screening", ""},
      {Side::requesting, "release", "screening", "submitted", "application"},
      {Side::requested, "receive_application", "start", "received", ""},
      {Side::requested, "acknowledge", "received", "completeness", "acknowledgement"},
      {Side::requested, "request_documents", "completeness", "documents_requested", "document_request"},
      {Side::requesting, "answer", "documents_requested", "acknowledged", "answer"},
      {Side::requested, "declare_complete", "completeness", "verification", "acknowledgement"},
      {Side::requested, "reply_accepted", "verification", "accepted", "reply"},
      {Side::requested, "issue_document", "accepted", "document_issued", "travel_document_notice"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.action);
    auto const step = decide_step(individual(), row.side, row.from, row.action);
    REQUIRE(step.has_value());
    CHECK(step->to == row.to);
    CHECK(step->action->sends == row.sends);
  }
}

TEST_CASE("what must not be is refused with its reason") {
  struct Row { char const* name; Side side; char const* action; char const* state; Why why; };
  Row const rows[] = {
      {"edit after release", Side::requesting, "edit", "submitted", Why::wrong_step},
      {"release of a draft", Side::requesting, "release", "draft", Why::wrong_step},
      {"reply before acknowledgement", Side::requested, "reply_accepted", "received", Why::wrong_step},
      {"document for a refused person", Side::requested, "issue_document", "refused", Why::wrong_step},
      {"document on silence that nobody confirmed", Side::requested, "issue_document", "lapsed", Why::wrong_step},
      {"anything after the end", Side::requesting, "suspend", "closed", Why::wrong_step},
      {"unknown action", Side::requesting, "teleport", "draft", Why::malformed},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const step = decide_step(individual(), row.side, row.state, row.action);
    REQUIRE_FALSE(step.has_value());
    CHECK(step.error().why == row.why);
  }
  CHECK_FALSE(
      decide_receipt(individual(), Side::requested, "verification", "application", "").has_value());  // second send while pending
}

TEST_CASE("a suspension returns to the state before, by another person") {
  auto const lift = decide_step(individual(), Side::requesting, "suspended", "lift_suspension", "verification");
  REQUIRE(lift.has_value());
  CHECK(lift->to == "verification");
  CHECK_FALSE(decide_step(individual(), Side::requesting, "suspended", "lift_suspension", "").has_value());
  CHECK_FALSE(check_four_eyes(*lift->action, {{"suspend", "u1"}}, "u1").has_value());
  CHECK(check_four_eyes(*lift->action, {{"suspend", "u1"}}, "u2").has_value());
}

TEST_CASE("the releaser is neither author nor safeguards officer of the case") {
  auto const& release = *find_action(individual(), Side::requesting, "release");
  for (char const* act : {"create", "import", "edit", "send_to_screening", "decide_gate"}) {
    CAPTURE(act);
    auto const refused = check_four_eyes(release, {{act, "u1"}}, "u1");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == Why::same_person);
  }
  CHECK(check_four_eyes(release, {{"create", "u1"}, {"decide_gate", "u2"}}, "u3").has_value());
}

TEST_CASE("silence leads to a state that a person confirms, and only where it is consent") {
  CHECK(decide_term_over(individual(), Side::requesting, "verification", {"silence_is_consent"})->to == "consent_to_confirm");
  CHECK(decide_term_over(individual(), Side::requesting, "verification", {"silence_is_nothing"})->to == "verification");
  CHECK(decide_term_over(individual(), Side::requested, "verification", {"silence_is_consent"})->to == "lapsed");
  CHECK_FALSE(decide_term_over(individual(), Side::requesting, "suspended", {"silence_is_consent"}).has_value());
  CHECK_FALSE(decide_term_over(individual(), Side::requesting, "verification", {}).has_value());
  for (auto const& action : individual().actions) {
    if (action.by == By::clock) CHECK_MESSAGE(action.to != "accepted", action.code);
  }
}

TEST_CASE("whatever the two States do and however their envelopes cross, the receiver has an answer to each") {
  std::set<decltype(World{}.key())> seen;
  std::vector<World> open{World{}};
  std::set<std::string> reached;
  std::size_t unanswered = 0;
  while (!open.empty()) {
    World const world = open.back();
    open.pop_back();
    if (!seen.insert(world.key()).second) continue;
    reached.insert("requesting " + world.requesting);
    reached.insert("requested " + world.requested);
    std::vector<World> next;
    add_moves(world, Side::requesting, next);
    add_moves(world, Side::requested, next);
    for (Side const receiver : {Side::requesting, Side::requested}) {
      if (add_delivery(world, receiver, next)) continue;
      auto const& mail = receiver == Side::requesting ? world.to_requesting : world.to_requested;
      INFO(name_of(receiver) << " in " << (receiver == Side::requesting ? world.requesting : world.requested) << " gets "
                             << mail.front().first << " " << mail.front().second << "; the other is in "
                             << (receiver == Side::requesting ? world.requested : world.requesting));
      CHECK(false);
      if (++unanswered > 20) return;
    }
    for (auto& each : next) open.push_back(std::move(each));
  }
  CHECK(seen.size() > 1000);
  for (auto const& state : individual().states) {
    if (state.code == "suspended") continue;
    CHECK_MESSAGE(reached.count(std::string(name_of(state.side)) + " " + state.code) == 1, state.code);
  }
}

TEST_CASE("every permission of an action exists, is held on its side, and every holder is a role") {
  auto const roles = permissions::load_roles(data);
  for (auto const& action : individual().actions) {
    if (action.by != By::person) continue;
    CAPTURE(action.code);
    bool held = false;
    for (auto const& role : roles.roles) held = held || role.permissions.count(action.permission) != 0;
    CHECK(held);
  }
  for (auto const& state : individual().states) {
    if (!state.holder.empty()) CHECK_MESSAGE(permissions::find_role(roles, state.holder) != nullptr, state.holder);
  }
}

TEST_CASE("buttons are the possible actions that the person may do") {
  auto const actions = list_actions(individual(), Side::requested, "completeness", {"application.assess", "application.read"});
  REQUIRE(actions.size() == 2);
  CHECK(actions[0]->code == "assess");
  CHECK(actions[1]->code == "declare_complete");
}

TEST_CASE("every state, stage, action, envelope and ledger word has a label") {
  auto const labels = Labels::load(data / "languages");
  auto const needs = [&](std::string const& key) { CHECK_MESSAGE(labels.has(key), key); };
  for (auto const& state : individual().states) {
    needs("workflow.state." + state.code);
    needs("workflow.stage." + state.stage);
  }
  for (auto const& action : individual().actions) {
    if (action.by == By::person) needs("workflow.action." + action.code);
    needs("workflow.ledger." + action.ledger);
    if (!action.condition.empty()) needs("workflow.condition." + action.condition);
    if (!action.gates.empty()) needs("gates.stage." + action.gates);
  }
  for (auto const& envelope : individual().envelopes) {
    needs("workflow.envelope." + envelope.kind);
    for (auto const& variant : envelope.variants) needs("workflow.variant." + envelope.kind + "." + variant);
  }
}

TEST_CASE("docs/workflow*.md are what the data says, for every process") {
  for (auto const& entry : std::filesystem::directory_iterator(data / "workflow")) {
    auto const code = entry.path().stem().string();
    if (code == "notices" || code == "queues" || code == "readmission_error") continue;  // the last is part of individual
    CAPTURE(code);
    auto const name = code == "individual" ? std::string("workflow.md") : "workflow_" + code + ".md";
    auto const file = std::filesystem::path(RCMS_SOURCE_DIR) / "docs" / name;
    auto const made = render_document(load_process(data, code));
    if (std::getenv("RCMS_REWRITE_GOLDEN") != nullptr) std::ofstream(file) << made;
    std::ostringstream found;
    found << std::ifstream(file).rdbuf();
    CHECK(found.str() == made);
  }
}

TEST_CASE("in every process nobody leaves but through the safeguards of the transfer, and every state is reached") {
  for (auto const* code : {"individual", "nominal_list"}) {
    CAPTURE(code);
    auto const process = load_process(data, code);
    for (auto const& action : process.actions) {
      if (action.side == Side::requesting && action.to == "departed") CHECK(action.gates == "transfer");
      if (action.sends == "application" || action.sends == "list")
        CHECK(action.gates == "application");
    }
  }
  for (auto const* code : {"individual", "nominal_list"}) {
    auto const process = load_process(data, code);
    for (auto const& action : process.actions) {
      // Nothing carries the last one out yet.
      if (action.by == By::person) CHECK((std::string_view(code) == "individual") != action.route.empty());
    }
    for (auto const& state : process.states) {
      bool const reached = std::any_of(process.actions.begin(), process.actions.end(),
                                       [&](auto const& one) { return one.side == state.side && one.to == state.code; });
      CHECK_MESSAGE(reached, code << " " << state.code);
    }
  }
}
