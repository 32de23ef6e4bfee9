// The safeguards G01 to G26 as data (data/safeguards/gates.toml), and which of them are open. Pure.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::safeguards {

using Conditions = std::set<std::string, std::less<>>;

enum class Kind {
  block,        ///< the step is not possible while it is open
  warn,
  block_field,  ///< the step is possible, Gate::fields stay behind
};
std::string_view name_of(Kind kind);

struct EvidenceField {
  std::string code;  ///< label "gates.evidence.<code>"
  std::string type;  ///< "text", "date" or "whole"
  bool required = false;
};

struct Basis {
  std::string text;
  std::string confidence;  ///< "P", "S" or "unverified"
};

struct Gate {
  std::string code;  ///< "G03"; label "gates.G03", perhaps "gates.help.G03"
  std::vector<std::string> stages;
  Kind kind = Kind::block;
  std::vector<std::string> decided_by;  ///< roles, or bodies outside
  std::string permission;  ///< needed to record the decision; empty: no capability records it yet
  std::vector<std::string> when;  ///< applies only under one of these conditions; empty: always
  std::optional<int> max_age_days;
  std::string expires;     ///< evidence field with the paper's own last day
  std::vector<std::string> fields;
  std::string grants;      ///< condition that holds while it is closed ("health_consent")
  bool may_be_not_applicable = false;
  std::string by_action;   ///< action that closes it by being done
  std::vector<std::string> not_by;  ///< actions whose doers must not decide it
  std::string gcm;
  std::vector<EvidenceField> evidence;
  std::vector<Basis> basis;
};

/// Reads `data`/safeguards/gates.toml. Throws std::runtime_error.
std::vector<Gate> load_gates(std::filesystem::path const& data);
Gate const* find_gate(std::vector<Gate> const& gates, std::string_view code);

enum class Status { closed, failed, not_applicable };  ///< codes of the list gate_status; no decision: open
std::string_view name_of(Status status);
std::optional<Status> parse_status(std::string_view text);

/// One of the two persons who override a gate.
struct Signature {
  std::string actor;
  std::string organisation;
  std::string reason;
};

/// The last decision on a gate.
struct Decision {
  std::string gate;
  Status status = Status::closed;
  Date decided_on;
  std::string actor;
  std::map<std::string, std::string> evidence;  ///< by EvidenceField::code; days as yyyy-mm-dd
  std::string reason;                           ///< of failed and not_applicable
  std::vector<Signature> overrides;
};

struct OpenGate {
  Gate const* gate = nullptr;
  std::string why;  ///< label "gates.open.<why>": not_decided, failed, incomplete, too_old, expired, withdrawn
};

/// Gates of a stage that apply and are not closed on `today`, in the order of the file. A gate that the action itself closes is
/// not among them. Two different persons of different bodies, each with a reason, override a gate.
std::vector<OpenGate> list_open_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions,
                                      Conditions const& conditions, std::string_view stage, Date today);

/// Refuses: gate_open with the first blocking gate in `field` and all of them in `detail`.
Result<void> check_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Conditions const& conditions,
                         std::string_view stage, Date today);

/// Conditions granted by closed gates ("health_consent"): what forms::pick_shared is given besides the others.
Conditions granted_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Date today);

/// One earlier act on the file.
struct Act {
  std::string action;
  std::string actor;
};

/// Defects of a decision before it is stored: field_unknown, field_missing, field_invalid, field_too_long, malformed of
/// "evidence.<code>", reason_missing (failed, not_applicable), wrong_step (not_applicable where the gate does not allow it),
/// same_person.
Findings check_decision(Gate const& gate, Decision const& decision, std::vector<Act> const& acts);

}  // namespace rcms::safeguards
