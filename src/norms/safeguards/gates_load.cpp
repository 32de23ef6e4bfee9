// The file of the gates as it is read: data/safeguards/gates.toml.
#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/lists.hpp"
#include "norms/safeguards/gates.hpp"

namespace rcms::safeguards {

namespace {

struct Stage {
  std::string code;
  bool keeps_earlier = false;
};

Kind parse_kind(std::string const& text) {
  if (text == "warn") return Kind::warn;
  return text == "block_field" ? Kind::block_field : Kind::block;
}

EvidenceField read_evidence(boost::json::value const& item) {
  EvidenceField field;
  field.code = text_at(item, "code");
  field.type = text_at(item, "type");
  field.required = flag_at(item, "required");
  field.required_at = texts_at(item, "required_at");
  field.required_if = text_at(item, "required_if");
  field.options = texts_at(item, "options");
  return field;
}

void read_ages(boost::json::value const& item, Gate& gate) {
  if (auto const hours = find_whole(item, "max_age_hours")) gate.max_age_hours = static_cast<int>(*hours);
  auto const* at = find_member(item, "max_age_at");
  if (at == nullptr) return;
  for (auto const& [stage, hours] : at->as_object()) gate.max_age_at[std::string(stage)] = static_cast<int>(hours.as_int64());
}

Gate read_gate(boost::json::value const& item) {
  Gate gate;
  gate.code = text_at(item, "code");
  gate.stages = texts_at(item, "stages");
  gate.kind = parse_kind(text_at(item, "kind"));
  gate.blocks_when = texts_at(item, "blocks_when");
  gate.technical = flag_at(item, "technical");
  gate.overridable = flag_at(item, "overridable");
  gate.desk = text_at(item, "desk");
  gate.waits_for = text_at(item, "waits_for");
  gate.decided_by = texts_at(item, "decided_by");
  gate.permission = text_at(item, "permission");
  gate.not_applicable_by = text_at(item, "not_applicable_by", gate.permission);
  gate.bodies = texts_at(item, "bodies");
  gate.when = texts_at(item, "when");
  gate.fails_when = texts_at(item, "fails_when");
  read_ages(item, gate);
  gate.expires = text_at(item, "expires");
  gate.attestation = text_at(item, "attestation");
  gate.fields = texts_at(item, "fields");
  gate.grants = text_at(item, "grants");
  gate.may_be_not_applicable = flag_at(item, "not_applicable");
  gate.by_action = text_at(item, "by_action");
  gate.by_fact = text_at(item, "by_fact");
  gate.margin_days = static_cast<int>(whole_at(item, "margin_days"));
  gate.not_by = texts_at(item, "not_by");
  gate.in_bulk = flag_at(item, "in_bulk");
  gate.gcm = text_at(item, "gcm");
  for (auto const& each : list_at(item, "implies"))
    gate.implies.push_back({text_at(each, "field"), text_at(each, "value"), text_at(each, "condition")});
  for (auto const& each : list_at(item, "evidence")) gate.evidence.push_back(read_evidence(each));
  for (auto const& each : list_at(item, "basis")) gate.basis.push_back({text_at(each, "text"), text_at(each, "confidence")});
  return gate;
}

/// The stages at which the gate is asked: its own, and the later ones that keep what was asked before.
std::vector<std::string> stages_asked(Gate const& gate, std::vector<Stage> const& stages) {
  std::vector<std::string> asked;
  bool before = false;
  for (auto const& stage : stages) {
    bool const own = contains(gate.stages, stage.code) || contains(gate.stages, "all");
    if (own || (before && stage.keeps_earlier)) asked.push_back(stage.code);
    before = before || own;
  }
  return asked;
}

[[noreturn]] void throw_defect(Gate const& gate, std::string const& what) {
  throw std::runtime_error(fmt::format("gates.toml: {} {}", gate.code, what));
}

void check_gate(Gate const& gate, std::vector<Stage> const& stages) {
  auto const knows = [&](std::string const& code) {
    return std::any_of(gate.evidence.begin(), gate.evidence.end(), [&](auto const& field) { return field.code == code; });
  };
  if (!gate.expires.empty() && !knows(gate.expires)) throw_defect(gate, "expires by an unknown evidence field");
  for (auto const& implied : gate.implies) {
    if (!knows(implied.field)) throw_defect(gate, "implies something of an unknown evidence field");
  }
  for (auto const& field : gate.evidence) {
    if (!field.required_if.empty() && !knows(field.required_if)) throw_defect(gate, "asks by an unknown flag");
    if ((field.type == "choice") == field.options.empty())
      throw_defect(gate, "has options exactly where it has a choice");
  }
  for (auto const& stage : gate.stages) {
    bool const known = std::any_of(stages.begin(), stages.end(), [&](auto const& one) { return one.code == stage; });
    if (!known && stage != "all") throw_defect(gate, "names a stage that is not among the stages");
  }
  // A gate that nobody can close and that says of itself why not would be closed in silence, or for ever.
  int const ways = int(!gate.permission.empty()) + int(!gate.waits_for.empty()) + int(!gate.by_fact.empty());
  if (ways == 0 && gate.by_action.empty()) throw_defect(gate, "has nobody who can close it");
  if (ways > 1) throw_defect(gate, "has more than one of permission, waits_for and by_fact");
  // What follows from the person, or from an act on the one file, is nobody's to say for many at once.
  bool const of_person = !gate.fails_when.empty() || !gate.implies.empty() || !gate.grants.empty() || !gate.expires.empty() ||
                         !gate.attestation.empty() || !gate.bodies.empty() || !gate.not_by.empty() || gate.permission.empty() ||
                         gate.desk != "paper";
  if (gate.in_bulk && of_person) throw_defect(gate, "is decided for the one person: it cannot be closed in bulk");
  if (gate.overridable && gate.override_hours < 1) throw_defect(gate, "may be overridden for no time");
}

}  // namespace

DepartureHours load_departure_hours(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "safeguards/gates.toml", data / "schema/gates.schema.json");
  auto const& hours = *find_member(file, "departure");
  DepartureHours read{static_cast<int>(whole_at(hours, "check_hours")), static_cast<int>(whole_at(hours, "departure_hours")),
                      text_at(hours, "confidence"), text_at(hours, "source")};
  if (read.departure >= read.check)
    throw std::runtime_error("gates.toml: departure: check_hours must be more than departure_hours");
  return read;
}

std::vector<Gate> load_gates(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "safeguards/gates.toml", data / "schema/gates.schema.json");
  std::vector<Stage> stages;
  for (auto const& item : list_at(file, "stage")) stages.push_back({text_at(item, "code"), flag_at(item, "keeps_earlier")});
  std::vector<Gate> gates;
  for (auto const& item : list_at(file, "gate")) {
    auto gate = read_gate(item);
    gate.override_hours = static_cast<int>(whole_at(file, "override_hours"));
    gate.asked_at = stages_asked(gate, stages);
    if (find_gate(gates, gate.code) != nullptr) throw_defect(gate, "stands there twice");
    check_gate(gate, stages);
    gates.push_back(std::move(gate));
  }
  return gates;
}

}  // namespace rcms::safeguards
