#include "norms/safeguards/gates.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"

namespace rcms::safeguards {

namespace {

constexpr std::array<std::string_view, 3> kind_names = {"block", "warn", "block_field"};
constexpr std::array<std::string_view, 3> status_names = {"closed", "failed", "not_applicable"};
constexpr std::size_t longest_evidence = 500;

bool has(std::vector<std::string> const& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

Gate read_gate(boost::json::value const& item) {
  Gate gate;
  gate.code = text_at(item, "code");
  gate.stages = texts_at(item, "stages");
  auto const kind = text_at(item, "kind");
  gate.kind = kind == "warn" ? Kind::warn : kind == "block_field" ? Kind::block_field : Kind::block;
  gate.decided_by = texts_at(item, "decided_by");
  gate.permission = text_at(item, "permission");
  gate.when = texts_at(item, "when");
  if (auto const days = find_whole(item, "max_age_days")) gate.max_age_days = static_cast<int>(*days);
  gate.expires = text_at(item, "expires");
  gate.fields = texts_at(item, "fields");
  gate.grants = text_at(item, "grants");
  gate.may_be_not_applicable = flag_at(item, "not_applicable");
  gate.by_action = text_at(item, "by_action");
  gate.not_by = texts_at(item, "not_by");
  gate.gcm = text_at(item, "gcm");
  for (auto const& each : list_at(item, "evidence"))
    gate.evidence.push_back({text_at(each, "code"), text_at(each, "type"), flag_at(each, "required")});
  for (auto const& each : list_at(item, "basis")) gate.basis.push_back({text_at(each, "text"), text_at(each, "confidence")});
  return gate;
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

std::optional<Date> day_of(Decision const& decision, std::string const& field) {
  auto const found = decision.evidence.find(field);
  return found == decision.evidence.end() ? std::nullopt : Date::parse(found->second);
}

bool is_overridden(Decision const& decision) {
  if (decision.overrides.size() < 2) return false;
  auto const& first = decision.overrides[0];
  auto const& second = decision.overrides[1];
  bool const different = first.actor != second.actor && first.organisation != second.organisation;
  return different && !first.reason.empty() && !second.reason.empty();
}

/// The day a check was made: its own evidence where it has one, else the day of the decision.
Date day_of_check(Decision const& decision) { return day_of(decision, "checked_on").value_or(decision.decided_on); }

/// Why a gate is still open, empty when it is closed.
std::string why_open(Gate const& gate, Decision const* decision, Date today) {
  if (decision == nullptr) return "not_decided";
  if (is_overridden(*decision)) return "";
  if (decision->status == Status::failed) return "failed";
  if (decision->status == Status::not_applicable)
    return gate.may_be_not_applicable && !decision->reason.empty() ? "" : "not_decided";
  for (auto const& field : gate.evidence) {
    auto const given = decision->evidence.find(field.code);
    if (field.required && (given == decision->evidence.end() || given->second.empty())) return "incomplete";
  }
  if (auto const withdrawn = day_of(*decision, "withdrawn_on"); withdrawn && *withdrawn <= today) return "withdrawn";
  if (gate.max_age_days && days_between(day_of_check(*decision), today) > *gate.max_age_days) return "too_old";
  if (!gate.expires.empty()) {
    auto const last = day_of(*decision, gate.expires);
    if (!last || *last < today) return "expired";
  }
  return "";
}

bool applies(Gate const& gate, Conditions const& conditions) {
  return gate.when.empty() ||
         std::any_of(gate.when.begin(), gate.when.end(), [&](auto const& each) { return conditions.count(each) != 0; });
}

void check_evidence(EvidenceField const& field, std::string const& text, Findings& findings) {
  auto const path = "evidence." + field.code;
  if (length_of(text) > longest_evidence)
    findings.push_back({Why::field_too_long, path, fmt::format("at most {} characters", longest_evidence), ""});
  else if (has_control_characters(text)) findings.push_back({Why::malformed, path, "holds control characters", ""});
  else if (field.type == "date" && !Date::parse(text))
    findings.push_back({Why::field_invalid, path, "is not a day that exists; write yyyy-mm-dd", ""});
  else if (field.type == "whole" && (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos)) {
    findings.push_back({Why::field_invalid, path, "must be a whole number", ""});
  }
}

}  // namespace

std::string_view name_of(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }
std::string_view name_of(Status status) { return status_names[static_cast<std::size_t>(status)]; }

std::optional<Status> parse_status(std::string_view text) {
  auto const found = std::find(status_names.begin(), status_names.end(), text);
  if (found == status_names.end()) return std::nullopt;
  return static_cast<Status>(found - status_names.begin());
}

std::vector<Gate> load_gates(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "safeguards/gates.toml", data / "schema/gates.schema.json");
  std::vector<Gate> gates;
  for (auto const& item : list_at(file, "gate")) {
    auto gate = read_gate(item);
    if (find_gate(gates, gate.code) != nullptr)
      throw std::runtime_error(fmt::format("gates.toml: {} stands there twice", gate.code));
    bool const known = gate.expires.empty() || find_evidence(gate, gate.expires) != nullptr;
    if (!known) throw std::runtime_error(fmt::format("gates.toml: {} expires by an unknown evidence field", gate.code));
    gates.push_back(std::move(gate));
  }
  return gates;
}

Gate const* find_gate(std::vector<Gate> const& gates, std::string_view code) {
  for (auto const& gate : gates) {
    if (gate.code == code) return &gate;
  }
  return nullptr;
}

std::vector<OpenGate> list_open_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions,
                                      Conditions const& conditions, std::string_view stage, Date today) {
  std::vector<OpenGate> open;
  for (auto const& gate : gates) {
    bool const at_stage = has(gate.stages, stage) || has(gate.stages, "all");
    if (!at_stage || !gate.by_action.empty() || !applies(gate, conditions)) continue;
    auto why = why_open(gate, find_decision(decisions, gate.code), today);
    if (!why.empty()) open.push_back({&gate, std::move(why)});
  }
  return open;
}

Result<void> check_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Conditions const& conditions,
                         std::string_view stage, Date today) {
  std::vector<std::string> blocking;
  std::string source;
  for (auto const& open : list_open_gates(gates, decisions, conditions, stage, today)) {
    if (open.gate->kind != Kind::block) continue;
    if (blocking.empty()) source = open.gate->basis.front().text;
    blocking.push_back(open.gate->code + " " + open.why);
  }
  if (blocking.empty()) return {};
  return refuse(Why::gate_open, blocking.front().substr(0, 3), fmt::format("open: {}", fmt::join(blocking, ", ")), source);
}

Conditions granted_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Date today) {
  Conditions granted;
  for (auto const& gate : gates) {
    auto const* decision = find_decision(decisions, gate.code);
    bool const closed = decision != nullptr && decision->status == Status::closed && why_open(gate, decision, today).empty();
    if (!gate.grants.empty() && closed) granted.insert(gate.grants);
  }
  return granted;
}

Findings check_decision(Gate const& gate, Decision const& decision, std::vector<Act> const& acts) {
  Findings findings;
  for (auto const& act : acts) {
    if (act.actor == decision.actor && has(gate.not_by, act.action)) {
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
  for (auto const& field : gate.evidence) {
    auto const given = decision.evidence.find(field.code);
    bool const absent = given == decision.evidence.end() || given->second.empty();
    if (field.required && absent)
      findings.push_back({Why::field_missing, "evidence." + field.code, "is required to close the gate", ""});
  }
  return findings;
}

}  // namespace rcms::safeguards
