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

/// Now, and the day at the seat of the State.
struct Moment {
  Date today;
  Instant at;
};

struct EvidenceField {
  std::string code;  ///< label "gates.evidence.<code>"
  std::string type;  ///< "text", "date", "instant", "whole", "flag" (yes, no), "choice" (of `options`), "user"
  bool required = false;
  std::vector<std::string> required_at;  ///< required only when the gate is asked at one of these stages
  std::string required_if;               ///< required when this flag is yes
  std::vector<std::string> options;      ///< label "gates.option.<option>"
};

/// A condition that follows from the evidence of a closed gate.
struct Implied {
  std::string field;
  std::string value;
  std::string condition;
};

struct Basis {
  std::string text;
  std::string confidence;  ///< "P", "S" or "unverified"
};

struct Gate {
  std::string code;  ///< "G03"; label "gates.G03", perhaps "gates.help.G03"
  std::vector<std::string> stages;    ///< as the data say; "all" is every stage
  std::vector<std::string> asked_at;  ///< these, and the later ones that keep what was asked before
  Kind kind = Kind::block;
  std::vector<std::string> blocks_when;  ///< a warning blocks under one of these
  bool technical = false;                ///< one of those that block whatever an agreement says
  bool overridable = false;
  int override_hours = 0;
  std::string desk;       ///< where it is decided: paper, status, assessment, child, consent, family; label "gates.desk.<…>"
  std::string waits_for;  ///< capability that does not exist yet: nobody can close it; label "gates.waits_for.<…>"
  std::vector<std::string> decided_by;  ///< roles, or bodies outside
  std::string permission;  ///< needed to record the decision; empty: nobody can
  std::string not_applicable_by;    ///< permission needed to call it not applicable; empty: `permission`
  std::vector<std::string> bodies;  ///< kinds of organisation of the one who decides; empty: any
  std::vector<std::string> when;    ///< applies only under one of these conditions; empty: always
  std::vector<std::string> fails_when;  ///< open under one of these, whatever was decided
  std::optional<int> max_age_hours;
  std::map<std::string, int, std::less<>> max_age_at;  ///< by stage, instead of max_age_hours
  std::string expires;     ///< evidence field with the paper's own last day
  std::string attestation;  ///< "without_register": a person's word counts only where no register answers; "never"; empty: always
  std::vector<std::string> fields;
  std::string grants;      ///< condition that holds while it is closed ("health_consent")
  std::vector<Implied> implies;
  bool may_be_not_applicable = false;
  bool in_bulk = false;  ///< may be closed for several files with one paper: what it asks is of the operation, not of the person
  std::string by_action;   ///< action that closes it by being done; at later stages the condition "did_<action>" says that it was
  std::string by_fact;     ///< condition that closes it: a fact of the file ("document_valid")
  int margin_days = 0;     ///< how long beyond the day of travel the fact must hold
  std::vector<std::string> not_by;  ///< actions whose doers must not decide it
  std::string gcm;
  std::vector<EvidenceField> evidence;
  std::vector<Basis> basis;

  bool applies_under(Conditions const& conditions) const;
  bool blocks_under(Conditions const& conditions) const;
  bool is_asked_at(std::string_view stage) const;
};

/// Reads `data`/safeguards/gates.toml. Throws std::runtime_error.
std::vector<Gate> load_gates(std::filesystem::path const& data);

/// The hours around a planned departure.
struct DepartureHours {
  int check = 0;      ///< the check before departure counts from so many hours before it
  int departure = 0;  ///< a departure may be recorded so long before and after the planned hour; later it has to be planned again
  std::string confidence;  ///< "P", "S" or "unverified"
  std::string source;

  std::int64_t check_ms() const { return std::int64_t{check} * 3'600'000; }
  std::int64_t departure_ms() const { return std::int64_t{departure} * 3'600'000; }
};
/// Reads them from the same file. Throws std::runtime_error.
DepartureHours load_departure_hours(std::filesystem::path const& data);
Gate const* find_gate(std::vector<Gate> const& gates, std::string_view code);

enum class Status {
  closed,
  failed,
  not_applicable,
  open,  ///< no decision; only to carry the signatures of an override
};
std::string_view name_of(Status status);
/// A status that a person can give: not `open`.
std::optional<Status> parse_status(std::string_view text);

/// One of the two persons who override a gate.
struct Signature {
  std::string actor;
  std::string organisation;
  std::string reason;
  Instant at;
};

/// The last decision on a gate.
struct Decision {
  std::string gate;
  Status status = Status::closed;
  Date decided_on;
  Instant decided_at;
  std::string actor;
  std::map<std::string, std::string> evidence;  ///< by EvidenceField::code; days as yyyy-mm-dd
  std::string reason;                           ///< of failed and not_applicable
  std::vector<Signature> overrides;
};

struct OpenGate {
  Gate const* gate = nullptr;
  std::string why;  ///< label "gates.open.<why>": not_decided, failed, incomplete, too_old, expired, withdrawn, not_yet, waits or
                    ///< the condition that makes it fail
  bool blocks = false;
};

/// Gates of a stage that apply and are not closed at `now`, in the order of the file. A gate that the action of the stage itself
/// closes is not among them. Two different persons of different bodies, each with a reason, override a gate that may be
/// overridden, for a while.
std::vector<OpenGate> list_open_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions,
                                      Conditions const& conditions, std::string_view stage, Moment const& now);

/// Refuses: gate_open with the first blocking gate in `field` and all of them in `detail`.
Result<void> check_gates(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Conditions const& conditions,
                         std::string_view stage, Moment const& now);

/// The gate alone: why it is open when it is asked at `stage`; empty when it is closed or overridden.
std::string why_open(Gate const& gate, Decision const* decision, Conditions const& conditions, std::string_view stage,
                     Moment const& now);
bool is_overridden(Gate const& gate, Decision const& decision, Moment const& now);

/// The next instant after `now` at which a decision that closes the gate at `stage` ends by itself; empty when none does.
std::optional<Instant> ends_at(Gate const& gate, Decision const& decision, std::string_view stage, Moment const& now);

/// Conditions granted by closed gates ("health_consent"): what forms::pick_shared is given besides the others.
Conditions granted_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions, Moment const& now);
/// Conditions that follow from evidence ("voluntary_return"), of closed decisions.
Conditions implied_conditions(std::vector<Gate> const& gates, std::vector<Decision> const& decisions);

/// Evidence that a decision still lacks to close the gate at `stage`, in the order of the file.
std::vector<std::string> list_missing_evidence(Gate const& gate, Decision const* decision, std::string_view stage);

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
