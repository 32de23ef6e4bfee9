// The safeguards of one file of the requesting State: what holds of it, and the steps that ask for closed gates. Pure.
// Source: data/safeguards/gates.toml, data/workflow/individual.toml.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/step.hpp"
#include "norms/agreements/deadline.hpp"
#include "norms/safeguards/gates.hpp"

namespace rcms::safeguarding {

inline constexpr std::string_view status_gate = "G02";  ///< the live check of status

using case_files::CaseFile;
using case_files::Decision;
using safeguards::Conditions;
using safeguards::Moment;
using safeguards::OpenGate;

inline constexpr std::int64_t hour_ms = 3'600'000;

/// When and how the person is to leave, as the file says.
struct Plan {
  Instant departs_at;
  bool charter = false;
  std::string place;  ///< where the person leaves; empty: not said
};
/// Empty when nothing is planned, or not any more.
std::optional<Plan> find_plan(CaseFile const& file);

/// What the file knows of the papers of a gate, field → value, so that nobody types it again: of G12 the day of the invitation,
/// who came (a code: present, late) and the day on which the minutes were signed, of the newest interview. Empty for other gates.
std::map<std::string, std::string> known_papers(CaseFile const& file, std::string_view gate);

/// Another case of the same family, or the case itself.
struct Member {
  CaseId id;
  std::string state;                  ///< as the file will be when a suspension is lifted; "suspended" while it is not
  std::optional<Instant> departs_at;
  bool is_excepted = false;  ///< an exception was reviewed by another person
};
struct Family {
  std::string id;  ///< empty when the case is in no family
  std::vector<Member> members;
};

/// Whether `self` would leave without its family at `stage` (pre_departure: planned for the same hour; transfer: ready too). One
/// with a reviewed exception is never apart and keeps nobody back. `says_family`: the form names spouse or children, so that a
/// case in no family is apart.
bool is_apart(Family const& family, CaseId const& self, std::string_view stage, bool says_family);

/// What is known beside the file itself.
struct Given {
  std::string requested_state;    ///< "UTO"
  bool asks_consultation = false; ///< the agreement asks for a consultation on special cases
  Family family;
};

/// The conditions under which gates apply, fail or are closed by facts, at a stage.
Conditions conditions_of(CaseFile const& file, std::vector<safeguards::Gate> const& gates,
                         std::vector<safeguards::Decision> const& decisions, Given const& given, std::string_view stage,
                         Moment const& now);

/// The stage that comes next in the state of the file (of the state to which a suspended one returns); empty when none does.
std::string const& next_stage(workflow::Process const& process, CaseFile const& file);

/// Refuses: gate_open with the first blocking gate in `field` and all in `detail`.
Result<void> check_open(std::vector<OpenGate> const& open);

/// Whether what is open takes a readiness away: more than a check that has grown old, which the departure asks for anew anyway.
bool has_fallen(std::vector<OpenGate> const& open);

/// A step that needs no more than its gates and a reason. Refuses: as take_step; gate_open.
Result<Decision> take_guarded_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                                   std::vector<OpenGate> const& open, access::Viewer const& viewer, std::string_view reason,
                                   Instant now);

/// Whether the viewer may record a decision with this status on the gate.
bool may_decide(safeguards::Gate const& gate, access::Viewer const& viewer, std::string_view status);

/// A gate is decided. `defects` are what safeguards::check_decision finds, `body` the kind of organisation in which the viewer
/// works. Refuses: wrong_step (no desk decides it); not_permitted (permission, body); as take_step; wrong_step (it does not
/// apply); the first defect.
Result<Decision> decide_gate(workflow::Process const& process, CaseFile const& before, safeguards::Gate const& gate,
                             case_files::GateDecision decided, Findings const& defects, std::string_view body,
                             Conditions const& conditions, access::Viewer const& viewer, Instant now);

/// Whether the viewer may close the gate for several files with one paper. Refuses: not_found (no such gate); wrong_step (it is
/// about each person); not_permitted; reason_missing. Source: `in_bulk` of data/safeguards/gates.toml.
Result<void> check_in_bulk(safeguards::Gate const* gate, access::Viewer const& viewer, std::string_view reason);

struct PlanInput {
  Instant departs_at;
  bool charter = false;
  std::string place;  ///< where the person leaves
  std::optional<agreements::Deadline> transit_window = {};  ///< of a transit: until when the consent to it may be used
};
/// Refuses: as take_guarded_step; field_invalid (an hour that has passed); too_late (the consent to a transit is over by then).
Result<Decision> decide_plan(workflow::Process const& process, CaseFile const& before, PlanInput const& input,
                             std::vector<OpenGate> const& open, access::Viewer const& viewer, Instant now);
/// Refuses: as take_guarded_step; wrong_step (before `hours.check`, or the hour has passed).
Result<Decision> decide_departure_check(workflow::Process const& process, CaseFile const& before,
                                        std::vector<OpenGate> const& open, safeguards::DepartureHours const& hours,
                                        access::Viewer const& viewer, Instant now);
/// Refuses: as take_guarded_step; wrong_step (outside `hours.departure`).
Result<Decision> decide_departure(workflow::Process const& process, CaseFile const& before, std::vector<OpenGate> const& open,
                                  safeguards::DepartureHours const& hours, access::Viewer const& viewer, Instant now,
                                  Date today);
Result<Decision> decide_postponement(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     std::string_view reason, Instant now);

/// One signature under an override; with the second the gate is overridden. `signed_before` are those in force.
/// Refuses: as take_step; wrong_step (the gate may not be overridden); same_person (the same person or body).
Result<Decision> decide_override(workflow::Process const& process, CaseFile const& before, safeguards::Gate const& gate,
                                 std::vector<safeguards::Signature> const& signed_before, access::Viewer const& viewer,
                                 std::string_view reason, Instant now, Date today);

/// The person takes a consent back. Refuses: as take_step; wrong_step (no consent in force, or the gate is no consent).
Result<Decision> decide_consent_withdrawal(workflow::Process const& process, CaseFile const& before,
                                           safeguards::Gate const& gate, safeguards::Decision const* consent,
                                           access::Viewer const& viewer, Instant now, Date today);

/// The person refuses contact with the requested State on protection grounds: stopped, and the risk is assessed again.
Result<Decision> decide_contact_refusal(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                        std::string_view reason, Instant now);

/// What the register of status says.
BOOST_DEFINE_ENUM_CLASS(Status, clear, stop, permit_granted, unknown)
std::string_view name_of(Status status);
struct StatusAnswer {
  Status status = Status::unknown;
  std::string token;      ///< reference of the check in the register
  Instant checked_at;     ///< when the register was so: for a file, when it was written
  std::string register_name;
};
/// A permit withdraws the case, or ends it before anything left; what else is said decides G02. Refuses: wrong_step (after the
/// departure or the end).
Result<Decision> decide_status(workflow::Process const& process, CaseFile const& before, StatusAnswer const& answer, Instant now,
                               Date today);

/// Whether an officer may attest what a register would say. `register_knows`: it has just answered, and knows the person.
bool may_attest(safeguards::Gate const& gate, bool has_register, bool register_knows);

}  // namespace rcms::safeguarding
