#include "norms/safeguards/gates.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/base/labels.hpp"
#include "norms/permissions/roles.hpp"

using namespace rcms;
using namespace rcms::safeguards;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
Date const today(2026, 6, 10);

std::vector<Gate> const& gates() {
  static std::vector<Gate> const loaded = load_gates(data);
  return loaded;
}

/// A decision that closes the gate on `on` with all its evidence.
Decision closing(Gate const& gate, Date on = today) {
  Decision decision{gate.code, Status::closed, on, "screener", {}, "", {}};
  for (auto const& field : gate.evidence) {
    if (field.required) decision.evidence[field.code] = field.type == "date" ? on.text() : field.type == "whole" ? "7" : "A-1";
  }
  return decision;
}

std::vector<Decision> all_closed(Date on = today) {
  std::vector<Decision> decisions;
  for (auto const& gate : gates()) decisions.push_back(closing(gate, on));
  return decisions;
}

std::string open_codes(std::vector<Decision> const& decisions, Conditions const& conditions,
                       std::string_view stage = "before_application") {
  std::string codes;
  for (auto const& open : list_open_gates(gates(), decisions, conditions, stage, today)) {
    codes += (codes.empty() ? "" : " ") + open.gate->code + ":" + open.why;
  }
  return codes;
}

void replace(std::vector<Decision>& decisions, Decision decision) {
  for (auto& each : decisions) {
    if (each.gate == decision.gate) each = decision;
  }
}

}  // namespace

TEST_CASE("all 26 gates are there, ten of them before the application") {
  CHECK(gates().size() == 26);
  std::size_t before = 0;
  for (auto const& gate : gates()) before += std::count(gate.stages.begin(), gate.stages.end(), "before_application");
  CHECK(before == 10);
  CHECK(gates().front().code == "G01");
  CHECK(gates().back().code == "G26");
}

TEST_CASE("without decisions the gates that apply are open, and release is refused") {
  CHECK(open_codes({}, {}) == "G01:not_decided G02:not_decided G03:not_decided G04:not_decided G05:not_decided G10:not_decided");
  CHECK(open_codes({}, {"child", "family", "health_data"}).find("G08:not_decided G09:not_decided") != std::string::npos);
  auto const refused = check_gates(gates(), {}, {}, "before_application", today);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().why == Why::gate_open);
  CHECK(refused.error().field == "G01");
  CHECK(refused.error().source == find_gate(gates(), "G01")->basis.front().text);
  CHECK(refused.error().detail.find("G04") == std::string::npos);  // warns only
}

TEST_CASE("closed gates let the application go, and what goes wrong opens them again") {
  CHECK(open_codes(all_closed(), {"child", "family", "health_data"}).empty());
  CHECK(check_gates(gates(), all_closed(), {"child"}, "before_application", today).has_value());
  struct Row { char const* name; Decision decision; char const* open; };
  auto incomplete = closing(*find_gate(gates(), "G01"));
  incomplete.evidence.erase("service_date");
  auto old = closing(*find_gate(gates(), "G02"), today.plus_days(-4));
  auto expired = closing(*find_gate(gates(), "G03"));
  expired.evidence["expires_on"] = today.plus_days(-1).text();
  auto failed = closing(*find_gate(gates(), "G10"));
  failed.status = Status::failed;
  auto withdrawn = closing(*find_gate(gates(), "G07"));
  withdrawn.evidence["withdrawn_on"] = today.text();
  auto skipped = closing(*find_gate(gates(), "G03"));
  skipped.status = Status::not_applicable;
  skipped.reason = "no time";
  auto allowed = closing(*find_gate(gates(), "G05"));
  allowed.status = Status::not_applicable;
  allowed.reason = "the person came back by themselves";
  Row const rows[] = {
      {"evidence missing", incomplete, "G01:incomplete"},
      {"status check of four days ago", old, "G02:too_old"},
      {"assessment expired yesterday", expired, "G03:expired"},
      {"screening failed", failed, "G10:failed"},
      {"consent withdrawn today", withdrawn, "G07:withdrawn"},
      {"non-refoulement called not applicable", skipped, "G03:not_decided"},
      {"voluntary return not applicable, with reason", allowed, ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto decisions = all_closed();
    replace(decisions, row.decision);
    CHECK(open_codes(decisions, {"health_data"}) == row.open);
  }
}

TEST_CASE("an open consent holds back fields, not the application") {
  auto decisions = all_closed();
  decisions.erase(std::remove_if(decisions.begin(), decisions.end(), [](auto const& each) { return each.gate == "G07"; }),
                  decisions.end());
  CHECK(open_codes(decisions, {"health_data"}) == "G07:not_decided");
  CHECK(check_gates(gates(), decisions, {"health_data"}, "before_application", today).has_value());
  CHECK(granted_conditions(gates(), decisions, today).empty());
  CHECK(granted_conditions(gates(), all_closed(), today) == Conditions{"health_consent"});
}

TEST_CASE("an override needs two persons of different bodies, each with a reason") {
  auto decision = closing(*find_gate(gates(), "G10"));
  decision.status = Status::failed;
  auto const opened = [&](std::vector<Signature> signatures) {
    decision.overrides = std::move(signatures);
    auto decisions = all_closed();
    replace(decisions, decision);
    return open_codes(decisions, {});
  };
  CHECK(opened({{"a", "body 1", "r"}, {"b", "body 2", "r"}}).empty());
  CHECK(opened({{"a", "body 1", "r"}}) == "G10:failed");
  CHECK(opened({{"a", "body 1", "r"}, {"a", "body 2", "r"}}) == "G10:failed");
  CHECK(opened({{"a", "body 1", "r"}, {"b", "body 1", "r"}}) == "G10:failed");
  CHECK(opened({{"a", "body 1", "r"}, {"b", "body 2", ""}}) == "G10:failed");
}

TEST_CASE("a decision is checked before it is stored") {
  auto const& gate = *find_gate(gates(), "G03");
  auto const whys = [&](Decision const& decision, std::vector<Act> const& acts) {
    std::string all;
    for (auto const& finding : check_decision(gate, decision, acts))
      all += std::string(name_of(finding.why)) + " " + finding.field + ";";
    return all;
  };
  auto decision = closing(gate);
  CHECK(whys(decision, {{"create", "officer"}}).empty());
  CHECK(whys(decision, {{"create", "screener"}}) == "same_person actor;");
  decision.evidence["expires_on"] = "2026-02-30";
  decision.evidence["colour"] = "x";
  decision.evidence["assessment_id"] = "";
  CHECK(whys(decision, {}) ==
        "field_unknown evidence.colour;field_invalid evidence.expires_on;field_missing evidence.assessment_id;");
  Decision const empty{"G03", Status::not_applicable, today, "screener", {}, "", {}};
  CHECK(whys(empty, {}) == "wrong_step status;reason_missing reason;");
}

TEST_CASE("no mix of decisions passes while a blocking gate is open") {
  CHECK(rc::check("check_gates passes exactly when every blocking gate that applies is closed", [] {
    std::vector<Decision> decisions;
    Conditions conditions;
    for (char const* condition : {"child", "family", "health_data"})
      if (*rc::gen::arbitrary<bool>()) conditions.insert(condition);
    bool open = false;
    for (auto const& gate : gates()) {
      int const choice = *rc::gen::inRange(0, 12);
      if (choice > 1) decisions.push_back(closing(gate));
      if (choice == 1) {
        decisions.push_back(closing(gate));
        decisions.back().status = Status::failed;
      }
      bool const here = std::count(gate.stages.begin(), gate.stages.end(), "before_application") != 0 &&
                        gate.kind == Kind::block && gate.by_action.empty();
      bool const asked = gate.when.empty() || conditions.count(gate.when.front()) != 0;
      open = open || (here && asked && choice <= 1);
    }
    RC_ASSERT(check_gates(gates(), decisions, conditions, "before_application", today).has_value() == !open);
  }));
}

TEST_CASE("every gate has its words, its permission and a known role") {
  auto const labels = Labels::load(data / "languages");
  auto const roles = permissions::load_roles(data);
  auto const needs = [&](std::string const& key) { CHECK_MESSAGE(labels.has(key), key); };
  for (auto const& gate : gates()) {
    needs("gates." + gate.code);
    needs("gates.kind." + std::string(name_of(gate.kind)));
    for (auto const& stage : gate.stages) needs("gates.stage." + stage);
    for (auto const& field : gate.evidence) needs("gates.evidence." + field.code);
    if (gate.permission.empty()) continue;
    for (auto const& role : gate.decided_by) {
      REQUIRE_MESSAGE(permissions::find_role(roles, role) != nullptr, role);
      CHECK_MESSAGE(permissions::find_role(roles, role)->permissions.count(gate.permission) == 1, gate.code);
    }
  }
  for (char const* why : {"not_decided", "failed", "incomplete", "too_old", "expired", "withdrawn"})
    needs(std::string("gates.open.") + why);
}
