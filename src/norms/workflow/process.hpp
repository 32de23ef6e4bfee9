// A process as data (data/workflow/*.toml): states of both sides, one table of actions, and the pure question
// "may this action be done in this state, and what will be then". No database, no clock, no person.
// Source: the table of actions in data/workflow; articles come from the agreement and the gates that an action names.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/base/result.hpp"

namespace rcms::workflow {

enum class Side { requesting, requested };
std::string_view name_of(Side side);

/// The state of a file that does not exist yet.
inline constexpr std::string_view start_state = "start";

struct State {
  Side side = Side::requesting;
  std::string code;    ///< "documents_requested"; label "workflow.state.<code>"
  std::string stage;   ///< column of the strip; "same": the stage of the state before (suspended); label "workflow.stage.<stage>"
  std::string ball;    ///< side that acts next: "requesting", "requested" or "none"
  std::string holder;  ///< role that acts next; empty when nobody does
  std::string clock;   ///< key of the agreement's rule that runs here; empty when none
  std::string asks;    ///< stage of the safeguards that comes next; empty when none does
  bool terminal = false;
};

enum class By { person, envelope, clock, system };

struct Action {
  Side side = Side::requesting;
  std::string code;           ///< "release"; label "workflow.action.<code>"
  By by = By::person;
  std::string route;          ///< how a person does it: "POST /api/cases/{id}/release"
  std::string permission;     ///< only for persons
  std::string on_envelope;    ///< kind whose receipt does it; "any" for every kind
  std::string variant;        ///< only this variant of the envelope; empty: every
  std::vector<std::string> from;
  std::string to;             ///< a state, "same", or "previous" (the state before suspension)
  std::string gates;          ///< stage whose blocking gates must be closed; empty: none
  bool scan = false;          ///< free text and file names are scanned for words that must not leave
  bool reason = false;        ///< a reason must be given
  bool reason_leaves = false; ///< the reason is part of the envelope
  std::vector<std::string> not_by;  ///< earlier actions whose doers must not do this one
  std::string condition;      ///< what else must hold, checked by the caller; empty: nothing
  std::string sends;          ///< kind of envelope; empty: nothing leaves
  std::string sends_variant;
  std::string ledger;         ///< action word of the ledger entry
};

struct EnvelopeKind {
  std::string kind;  ///< label "workflow.envelope.<kind>"
  Side from = Side::requesting;
  std::vector<std::string> variants;
};

/// A kind of case that the same table serves.
struct Variant {
  std::string code;      ///< label "workflow.case.<code>"
  std::string when;      ///< condition of the case
  std::string form;      ///< section that the application has besides; may be empty
  std::string evidence;  ///< list of the agreement that decides: nationality or third_country; may be empty
  std::vector<std::pair<std::string, std::string>> clock;  ///< rule → rule that runs instead
  bool own_clocks = false;  ///< only rules of `clock` run, also where the agreement has none of them
  std::vector<std::pair<std::string, std::string>> event = {};  ///< event of a file → its name in the rules of the variant
  std::string silence = {};                 ///< rule that says what silence means; empty: that of the readmission
  std::vector<std::string> without = {};    ///< actions that such a file does not have
};

struct Process {
  std::string code;  ///< "individual"
  std::vector<Variant> variants;
  std::vector<EnvelopeKind> envelopes;
  std::vector<State> states;
  std::vector<Action> actions;
};

/// Reads `data`/workflow/<code>.toml and the processes by which it is continued, as one table. Throws std::runtime_error when an
/// action names an unknown state, envelope, variant or action, a person's action has no permission, or a process named as
/// continuing this one continues another.
Process load_process(std::filesystem::path const& data, std::string_view code);

/// What will be when an action is done. Points into the Process.
struct Step {
  Action const* action = nullptr;
  std::string from;
  std::string to;  ///< a real state: "same" and "previous" are resolved
};

/// Whether `action` may be done in `state`. `previous` is the state before suspension, needed only for a suspended file.
/// Does not look at permission, four eyes, gates or condition: the caller does, in this order, with what Step::action names.
/// Refuses: malformed (no such action), wrong_step.
Result<Step> decide_step(Process const& process, Side side, std::string_view state, std::string_view action,
                         std::string_view previous = {});

/// What an envelope does on arrival. `holding` are the conditions that hold (e.g. "late_refusal_allowed"); the first action of
/// the table whose condition is empty or holds is taken. For a suspended file give the state it will return to and store the
/// result there. Refuses: wrong_step (for instance a second application while one is pending).
Result<Step> decide_receipt(Process const& process, Side side, std::string_view state, std::string_view envelope,
                            std::string_view variant, std::set<std::string, std::less<>> const& holding = {});

/// What a register says by itself: the first action of the system named `action` or beginning with it whose `from` holds `state`
/// ("permit_granted"). Refuses: wrong_step.
Result<Step> decide_system(Process const& process, Side side, std::string_view state, std::string_view action);

/// What the end of a term does. Refuses: wrong_step when no clock acts in this state.
Result<Step> decide_term_over(Process const& process, Side side, std::string_view state,
                              std::set<std::string, std::less<>> const& holding);

/// Actions of persons that are possible in `state` and allowed by `permissions`, in the order of the file: the buttons.
std::vector<Action const*> list_actions(Process const& process, Side side, std::string_view state,
                                        std::set<std::string, std::less<>> const& permissions);

/// One earlier act on the file: which action, by whom (user id).
struct Act {
  std::string action;
  std::string actor;
};
/// Whether `actor` is another person than those who did the acts named in `action.not_by`.
/// Refuses: same_person.
Result<void> check_four_eyes(Action const& action, std::vector<Act> const& acts, std::string_view actor);

State const* find_state(Process const& process, Side side, std::string_view code);
State const& get_state(Process const& process, Side side, std::string_view code);  ///< throws std::out_of_range
Action const* find_action(Process const& process, Side side, std::string_view code);
EnvelopeKind const* find_envelope(Process const& process, std::string_view kind);

/// Mermaid state diagram of one side, for docs/workflow.md.
std::string render_diagram(Process const& process, Side side);
/// The whole of docs/workflow.md: both diagrams, states, actions and envelopes as tables.
std::string render_document(Process const& process);

}  // namespace rcms::workflow
