#include "norms/safeguards/gates.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "foundation/base/ids.hpp"
#include "foundation/base/lists.hpp"
#include "foundation/base/text.hpp"

namespace rcms::safeguards {

namespace {

constexpr std::array<std::string_view, 3> kind_names = {"block", "warn", "block_field"};
constexpr std::array<std::string_view, 4> status_names = {"closed", "failed", "not_applicable", "open"};
constexpr std::size_t longest_evidence = 500;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

bool any_holds(std::vector<std::string> const& list, Conditions const& conditions) {
  return std::any_of(list.begin(), list.end(), [&](auto const& each) { return conditions.contains(each); });
}

EvidenceField const* find_evidence(Gate const& gate, std::string_view code) {
  for (auto const& field : gate.evidence) {
    if (field.code == code) return &field;
  }
  return nullptr;
}

Decision const* find_decision(std::vector<Decision> const& decisions, std::string_view gate) {
  for (auto const& decision : decisions) {
    if (decision.gate == gate) return &decision;
  }
  return nullptr;
}

std::string given(Decision const& decision, std::string_view field) {
  auto const found = decision.evidence.find(std::string(field));
  return found == decision.evidence.end() ? std::string() : found->second;
}

std::optional<Date> day_of(Decision const& decision, std::string_view field) { return Date::parse(given(decision, field)); }

/// When a check was made: what the register says, else the decision itself; a check of an earlier day counts from its beginning.
Instant instant_of_check(Decision const& decision) {
  if (auto const at = Instant::parse(given(decision, "checked_at"))) return *at;
  auto const day = day_of(decision, "checked_on");
  if (!day || *day >= decision.decided_on) return decision.decided_at;
  return Instant{std::int64_t{day->days()} * day_ms};
}

std::optional<int> max_age(Gate const& gate, std::string_view stage) {
  if (auto const at = gate.max_age_at.find(stage); at != gate.max_age_at.end()) return at->second;
  return gate.max_age_hours;
}

bool is_required(EvidenceField const& field, Decision const* decision, std::string_view stage) {
  if (field.required || contains(field.required_at, stage)) return true;
  return !field.required_if.empty() && decision != nullptr && given(*decision, field.required_if) == "yes";
}

/// Why a decision that closed the gate does so no longer; empty when it does.
std::string why_ended(Gate const& gate, Decision const& decision, std::string_view stage, Moment const& now) {
  if (!list_missing_evidence(gate, &decision, stage).empty()) return "incomplete";
  if (auto const withdrawn = day_of(decision, "withdrawn_on"); withdrawn && *withdrawn <= now.today) return "withdrawn";
  if (auto const hours = max_age(gate, stage)) {
    // A check from the future says that a clock was moved: it is as good as an old one.
    auto const age = now.at.ms - instant_of_check(decision).ms;
    if (age > *hours * hour_ms || age < -*hours * hour_ms) return "too_old";
  }
  if (!gate.expires.empty()) {
    auto const last = day_of(decision, gate.expires);
    if (!last || *last < now.today) return "expired";
  }
  return {};
}

void check_evidence(EvidenceField const& field, std::string const& text, Findings& findings) {
  auto const path = "evidence." + field.code;
  auto const invalid = [&](std::string what) { findings.push_back({Why::field_invalid, path, std::move(what), ""}); };
  if (length_of(text) > longest_evidence)
    findings.push_back({Why::field_too_long, path, fmt::format("at most {} characters", longest_evidence), ""});
  else if (has_control_characters(text)) findings.push_back({Why::malformed, path, "holds control characters", ""});
  else if (field.type == "date" && !Date::parse(text)) invalid("is not a day that exists; write yyyy-mm-dd");
  else if (field.type == "instant" && !Instant::parse(text)) invalid("is not an instant; write yyyy-mm-ddThh:mm:ssZ");
  else if (field.type == "flag" && text != "yes" && text != "no") invalid("must be yes or no");
  else if (field.type == "choice" && !contains(field.options, text))
    invalid(fmt::format("must be one of {}", fmt::join(field.options, ", ")));
  else if (field.type == "user" && !is_uuid(text)) invalid("must be the id of a user");
  else if (field.type == "whole" && (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos))
    invalid("must be a whole number");
}

}  // namespace

std::string_view name_of(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Status status) { return status_names[static_cast<std::size_t>(status)]; }

std::optional<Status> parse_status(std::string_view text) {
  auto const found = std::find(status_names.begin(), status_names.end(), text);
  if (found == status_names.end() || text == "open") return std::nullopt;
  return static_cast<Status>(found - status_names.begin());
}

bool Gate::applies_under(Conditions const& conditions) const { return when.empty() || any_holds(when, conditions); }

bool Gate::blocks_under(Conditions const& conditions) const {
  return kind == Kind::block || (kind == Kind::warn && any_holds(blocks_when, conditions));
}

bool Gate::is_asked_at(std::string_view stage) const { return contains(asked_at, stage); }

Gate const* find_gate(std::vector<Gate> const& gates, std::string_view code) {
  for (auto const& gate : gates) {
    if (gate.code == code) return &gate;
  }
  return nullptr;
}

bool is_overridden(Gate const& gate, Decision const& decision, Moment const& now) {
  if (!gate.overridable) return false;
  auto const stands = [&](Signature const& one) {
    auto const age = now.at.ms - one.at.ms;
    return !one.reason.empty() && age >= 0 && age <= gate.override_hours * hour_ms;
  };
  for (auto const& first : decision.overrides) {
    for (auto const& second : decision.overrides) {
      bool const different = first.actor != second.actor && first.organisation != second.organisation;
      if (different && stands(first) && stands(second)) return true;
    }
  }
  return false;
}

std::vector<std::string> list_missing_evidence(Gate const& gate, Decision const* decision, std::string_view stage) {
  std::vector<std::string> missing;
  for (auto const& field : gate.evidence) {
    bool const absent = decision == nullptr || given(*decision, field.code).empty();
    if (absent && is_required(field, decision, stage)) missing.push_back(field.code);
  }
  return missing;
}

std::string why_open(Gate const& gate, Decision const* decision, Conditions const& conditions, std::string_view stage,
                     Moment const& now) {
  if (decision != nullptr && is_overridden(gate, *decision, now)) return {};
  for (auto const& condition : gate.fails_when) {
    if (conditions.contains(condition)) return condition;
  }
  if (!gate.by_fact.empty()) return conditions.contains(gate.by_fact) ? "" : "not_yet";
  if (!gate.by_action.empty()) return conditions.contains("did_" + gate.by_action) ? "" : "not_yet";
  if (!gate.waits_for.empty()) return "waits";
  if (decision == nullptr || decision->status == Status::open) return "not_decided";
  if (decision->status == Status::failed) return "failed";
  if (decision->status == Status::not_applicable)
    return gate.may_be_not_applicable && !decision->reason.empty() ? "" : "not_decided";
  return why_ended(gate, *decision, stage, now);
}

std::vector<OpenGate> list_open_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions,
                                      Conditions const& conditions, std::string_view stage, Moment const& now) {
  auto holding = conditions;
  holding.merge(implied_conditions(gates, decisions));
  std::vector<OpenGate> open;
  for (auto const& gate : gates) {
    if (!gate.is_asked_at(stage) || !gate.applies_under(holding)) continue;
    if (!gate.by_action.empty() && contains(gate.stages, stage)) continue;
    auto why = why_open(gate, find_decision(decisions, gate.code), holding, stage, now);
    if (!why.empty()) open.push_back({&gate, std::move(why), gate.blocks_under(holding)});
  }
  return open;
}

Result<void> check_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Conditions const& conditions,
                         std::string_view stage, Moment const& now) {
  std::vector<std::string> blocking;
  std::string source;
  for (auto const& open : list_open_gates(gates, decisions, conditions, stage, now)) {
    if (!open.blocks) continue;
    if (blocking.empty()) source = open.gate->basis.front().text;
    blocking.push_back(open.gate->code + " " + open.why);
  }
  if (blocking.empty()) return {};
  return refuse(Why::gate_open, blocking.front().substr(0, 3), fmt::format("open: {}", fmt::join(blocking, ", ")), source);
}

std::optional<Instant> ends_at(Gate const& gate, Decision const& decision, std::string_view stage, Moment const& now) {
  std::optional<Instant> earliest;
  auto const take = [&](Instant at) {
    if (at > now.at && (!earliest || at < *earliest)) earliest = at;
  };
  if (is_overridden(gate, decision, now)) {
    for (auto const& one : decision.overrides) take(one.at.plus_ms(gate.override_hours * hour_ms + 1));
  }
  if (decision.status != Status::closed) return earliest;
  if (auto const hours = max_age(gate, stage)) take(instant_of_check(decision).plus_ms(*hours * hour_ms + 1));
  // A day ends at its seat within a few hours of its end in UTC: whoever waits for it looks again each hour.
  auto const last = gate.expires.empty() ? std::nullopt : day_of(decision, gate.expires);
  if (last && *last >= now.today) {
    Instant const end{std::int64_t{last->plus_days(1).days()} * day_ms};
    take(end > now.at ? end : now.at.plus_ms(hour_ms));
  }
  return earliest;
}

Conditions granted_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Moment const& now) {
  Conditions granted;
  for (auto const& gate : gates) {
    auto const* decision = find_decision(decisions, gate.code);
    bool const closed = decision != nullptr && decision->status == Status::closed &&
                        why_open(gate, decision, {}, gate.stages.front(), now).empty();
    if (!gate.grants.empty() && closed) granted.insert(gate.grants);
  }
  return granted;
}

Conditions implied_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions) {
  Conditions implied;
  for (auto const& decision : decisions) {
    auto const* gate = find_gate(gates, decision.gate);
    if (gate == nullptr || decision.status != Status::closed) continue;
    for (auto const& one : gate->implies) {
      if (given(decision, one.field) == one.value) implied.insert(one.condition);
    }
  }
  return implied;
}

Findings check_decision(Gate const& gate, Decision const& decision, std::vector<Act> const& acts) {
  Findings findings;
  for (auto const& act : acts) {
    if (act.actor == decision.actor && contains(gate.not_by, act.action)) {
      findings.push_back(
          {Why::same_person, "actor", fmt::format("{} must be decided by another person than {}", gate.code, act.action), ""});
      break;
    }
  }
  if (decision.status == Status::not_applicable && !gate.may_be_not_applicable) {
    findings.push_back({Why::wrong_step, "status", fmt::format("{} applies always when it applies", gate.code), ""});
  }
  if (decision.status != Status::closed && decision.reason.empty())
    findings.push_back({Why::reason_missing, "reason", "a reason is needed", ""});
  for (auto const& [code, text] : decision.evidence) {
    auto const* field = find_evidence(gate, code);
    if (field == nullptr)
      findings.push_back({Why::field_unknown, "evidence." + cut(code, 60), "is not evidence of this gate", ""});
    else if (!text.empty()) check_evidence(*field, text, findings);
  }
  if (decision.status != Status::closed) return findings;
  if (auto const day = day_of(decision, "checked_on"); day && *day > decision.decided_on)
    findings.push_back({Why::field_invalid, "evidence.checked_on", "lies after the day of the decision", ""});
  for (auto const& code : list_missing_evidence(gate, &decision, {}))
    findings.push_back({Why::field_missing, "evidence." + code, "is required to close the gate", ""});
  return findings;
}

}  // namespace rcms::safeguards
