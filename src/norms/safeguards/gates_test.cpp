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

/// Noon of a day.
Instant noon(Date day) { return Instant{(std::int64_t{day.days()} * 24 + 12) * 3'600'000}; }
Moment const now{today, noon(today)};

std::vector<Gate> const& gates() {
  static std::vector<Gate> const loaded = load_gates(data);
  return loaded;
}

/// A decision that closes the gate on `on` with all its evidence.
Decision closing(Gate const& gate, Date on = today) {
  Decision decision{gate.code, Status::closed, on, noon(on), "screener", {}, "", {}};
  for (auto const& field : gate.evidence) {
    if (!field.required && field.required_at.empty()) continue;
    decision.evidence[field.code] = field.type == "date"   ? on.text()
                                    : field.type == "whole" ? "7"
                                    : field.type == "flag"  ? "no"
                                                            : "A-1";
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
  for (auto const& open : list_open_gates(gates(), decisions, conditions, stage, now)) {
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
  auto const refused = check_gates(gates(), {}, {}, "before_application", now);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().why == Why::gate_open);
  CHECK(refused.error().field == "G01");
  CHECK(refused.error().source == find_gate(gates(), "G01")->basis.front().text);
  CHECK(refused.error().detail.find("G04") == std::string::npos);  // warns only
}

TEST_CASE("closed gates let the application go, and what goes wrong opens them again") {
  CHECK(open_codes(all_closed(), {"child", "family", "health_data"}).empty());
  CHECK(check_gates(gates(), all_closed(), {"child"}, "before_application", now).has_value());
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
  CHECK(check_gates(gates(), decisions, {"health_data"}, "before_application", now).has_value());
  CHECK(granted_conditions(gates(), decisions, now).empty());
  CHECK(granted_conditions(gates(), all_closed(), now) == Conditions{"health_consent"});
}

TEST_CASE("an override needs two persons of different bodies, each with a reason") {
  auto const opened = [&](std::string const& gate, std::vector<Signature> signatures) {
    auto decision = closing(*find_gate(gates(), gate));
    decision.status = Status::failed;
    decision.overrides = std::move(signatures);
    auto decisions = all_closed();
    replace(decisions, decision);
    return open_codes(decisions, {});
  };
  auto const at = now.at;
  CHECK(opened("G05", {{"a", "body 1", "r", at}, {"b", "body 2", "r", at}}).empty());
  CHECK(opened("G05", {{"a", "body 1", "r", at}}) == "G05:failed");
  CHECK(opened("G05", {{"a", "body 1", "r", at}, {"a", "body 2", "r", at}}) == "G05:failed");
  CHECK(opened("G05", {{"a", "body 1", "r", at}, {"b", "body 1", "r", at}}) == "G05:failed");
  CHECK(opened("G05", {{"a", "body 1", "r", at}, {"b", "body 2", "", at}}) == "G05:failed");
  // It holds for a while only, and never for what is about the person's rights.
  auto const hours = find_gate(gates(), "G05")->override_hours;
  auto const old = at.plus_ms(-(hours + 1) * 3'600'000LL);
  CHECK(opened("G05", {{"a", "body 1", "r", old}, {"b", "body 2", "r", at}}) == "G05:failed");
  for (char const* gate : {"G01", "G02", "G03", "G10"})
    CHECK(opened(gate, {{"a", "body 1", "r", at}, {"b", "body 2", "r", at}}) == std::string(gate) + ":failed");
}

TEST_CASE("every gate has somebody who closes it, or says of itself what it waits for") {
  for (auto const& gate : gates()) {
    CAPTURE(gate.code);
    CHECK((!gate.permission.empty() || !gate.by_fact.empty() || !gate.by_action.empty() || !gate.waits_for.empty()));
    if (gate.waits_for.empty()) continue;
    auto const why = why_open(gate, nullptr, {}, gate.stages.front(), now);
    CHECK(why == "waits");
    auto closed = closing(gate);
    CHECK(why_open(gate, &closed, {}, gate.stages.front(), now) == "waits");
  }
  std::string technical;
  for (auto const& gate : gates()) technical += gate.technical ? gate.code : "";
  CHECK(technical == "G01G02G03G06G07G08G09G12G13G14G20G21G22");
}

TEST_CASE("before the departure every earlier safeguard is asked again") {
  auto const conditions = Conditions{"did_release", "accepted", "document_valid"};
  CHECK(open_codes(all_closed(), conditions, "pre_departure").empty());
  CHECK(open_codes(all_closed(), conditions, "transfer").empty());
  auto expired = all_closed();
  auto risk = closing(*find_gate(gates(), "G03"));
  risk.evidence["expires_on"] = today.plus_days(-1).text();
  replace(expired, risk);
  CHECK(open_codes(expired, conditions, "transfer") == "G03:expired");
  CHECK(open_codes(all_closed(), {}, "transfer") == "G06:not_yet G15:not_yet G16:not_yet");
  CHECK(open_codes(all_closed(), {"did_release", "accepted", "document_valid", "child"}, "transfer") == "G21:waits");
  CHECK(open_codes(all_closed(), {"did_release", "accepted", "document_valid", "family", "family_apart"}, "transfer") ==
        "G09:family_apart");
  // At the departure a check of the status is old after six hours.
  auto old = all_closed();
  auto check = closing(*find_gate(gates(), "G02"));
  check.evidence["checked_at"] = now.at.plus_ms(-7 * 3'600'000).text();
  replace(old, check);
  CHECK(open_codes(old, conditions, "transfer") == "G02:too_old");
  CHECK(open_codes(old, conditions, "pre_departure").empty());
  check.evidence["checked_at"] = now.at.plus_ms(30LL * 24 * 3'600'000).text();  // of a clock that was moved
  replace(old, check);
  CHECK(open_codes(old, conditions, "pre_departure") == "G02:too_old");
}

TEST_CASE("what a paper says changes what is asked") {
  auto decisions = all_closed();
  auto offer = closing(*find_gate(gates(), "G05"));
  offer.evidence["voluntary"] = "yes";
  replace(decisions, offer);
  auto consent = closing(*find_gate(gates(), "G25"));
  replace(decisions, consent);
  CHECK(open_codes(decisions, {}).empty());
  consent.evidence["in_detention"] = "yes";
  replace(decisions, consent);
  CHECK(open_codes(decisions, {}) == "G25:incomplete");  // not voluntary in detention without a review
  consent.evidence["review_date"] = today.text();
  consent.evidence["withdrawn_on"] = today.text();
  replace(decisions, consent);
  CHECK(open_codes(decisions, {}) == "G25:withdrawn");
  auto against = closing(*find_gate(gates(), "G08"));
  against.evidence["decision"] = "not_in_best_interests";
  decisions = all_closed();
  replace(decisions, against);
  CHECK(open_codes(decisions, {"child"}) == "G08:return_against_best_interests");
  auto const charter = list_open_gates(gates(), {}, {"charter"}, "pre_departure", now);
  for (auto const& open : charter)
    if (open.gate->code == "G20") CHECK(open.blocks);
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
  Decision const empty{"G03", Status::not_applicable, today, now.at, "screener", {}, "", {}};
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
    RC_ASSERT(check_gates(gates(), decisions, conditions, "before_application", now).has_value() == !open);
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
  for (char const* why : {"not_decided", "failed", "incomplete", "too_old", "expired", "withdrawn", "not_yet", "waits"})
    needs(std::string("gates.open.") + why);
  for (auto const& gate : gates()) {
    needs("gates.desk." + gate.desk);
    if (!gate.waits_for.empty()) needs("gates.waits_for." + gate.waits_for);
    for (auto const& why : gate.fails_when) needs("gates.open." + why);
    for (auto const& field : gate.evidence)
      for (auto const& option : field.options) needs("gates.option." + option);
  }
}

TEST_CASE("only what one paper shows of an operation is closed for several files at once, never what is about a person") {
  std::vector<std::string> in_bulk;
  for (auto const& gate : load_gates(std::filesystem::path(RCMS_SOURCE_DIR) / "data")) {
    if (gate.in_bulk) in_bulk.push_back(gate.code);
  }
  CHECK(in_bulk == std::vector<std::string>{"G20", "G26"});
}
