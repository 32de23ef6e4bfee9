// One step of the process on a file: what the table of actions says, applied to the file as a Decision. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "capabilities/case_files/decision.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/workflow/process.hpp"

namespace rcms::case_files {

/// The process's word for the side of a file.
workflow::Side side_of(CaseFile const& file);

/// Whether a file of this kind knows the act at all: a variant of the process may be without it.
bool has_act(workflow::Process const& process, CaseFile const& file, std::string_view action);

/// Whether a person may do `action` now, and where it leads; a reason is not asked for. Refuses: not_permitted, wrong_step,
/// same_person.
Result<workflow::Step> check_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                                  access::Viewer const& viewer);

/// A person does `action`. The Decision has the state after, the ledger's word and, where the process sends an envelope, its
/// kind and variant; the caller adds the rest. `reason` may be empty where none is needed.
/// Refuses, in this order: not_permitted, wrong_step, same_person, reason_missing.
/// Gates, conditions and words that must not leave are the caller's: they need more than the file.
Result<Decision> take_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                           access::Viewer const& viewer, std::string_view reason, Instant now);

/// An envelope of `kind` and `variant` arrived. `holding` are the conditions that hold. Refuses: wrong_step.
Result<Decision> take_receipt(workflow::Process const& process, CaseFile const& before, std::string_view kind,
                              std::string_view variant, std::set<std::string, std::less<>> const& holding, Instant now);

/// The term of the running clock is over. Refuses: wrong_step when no clock acts in this state.
Result<Decision> take_term_over(workflow::Process const& process, CaseFile const& before,
                                std::set<std::string, std::less<>> const& holding, Instant now);

/// Another register or the clock does `action` ("permit_granted", "check_status"): the first of that name in the state of the
/// file. A suspended file whose case ends by it is suspended no longer; else it stays suspended. Refuses: wrong_step.
Result<Decision> take_system_step(workflow::Process const& process, CaseFile const& before, std::string_view action, Instant now);

/// The first step of a file that does not exist yet: `file` has everything but state and stage.
/// Refuses: not_permitted, malformed.
Result<Decision> take_first_step(workflow::Process const& process, CaseFile file, std::string_view action,
                                 access::Viewer const& viewer);
/// The same when an envelope makes the file. Refuses: wrong_step.
Result<Decision> take_first_receipt(workflow::Process const& process, CaseFile file, std::string_view kind);

/// The state of the file, or that to which it will return when a suspension is lifted.
std::string const& effective_state(CaseFile const& file);
/// Whether the case is withdrawn or closed: what still arrives is kept and changes nothing.
bool has_ended(CaseFile const& file);
/// Whether the effective state is another.
bool has_moved(CaseFile const& before, CaseFile const& after);

/// The variant of an envelope, as its body says it; empty when its kind has none.
std::string variant_of(exchange::Envelope const& envelope);

/// Side that acts next: "requesting", "requested" or "none".
std::string ball_of(workflow::Process const& process, CaseFile const& file);

}  // namespace rcms::case_files
