// The acts of the desks of the safeguards, and the steps of a file that ask for closed gates: load, decide, write.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/safeguards/board.hpp"
#include "capabilities/safeguards/status.hpp"

namespace rcms::safeguarding {

using IfMatch = std::optional<std::int64_t>;

/// The registers of the States of this node, by the State; kept by the node.
class Registers {
 public:
  Registers() = default;
  explicit Registers(std::map<std::string, std::shared_ptr<StatusRegister>> by_party) : by_party_(std::move(by_party)) {}
  /// Null when the State has none.
  StatusRegister* find(PartyId const& party) const {
    auto const found = by_party_.find(party.value);
    return found == by_party_.end() ? nullptr : found->second.get();
  }

 private:
  std::map<std::string, std::shared_ptr<StatusRegister>> by_party_;  ///< id of the State
};

/// Asks the register of the State about the person and writes what it says: a permit withdraws the case by itself. Silent too
/// when nothing of the file is left to stop.
case_files::Renewed renew_status(Context const& context, Registers const& registers, PartyId const& party, CaseId const& id);

/// The file when the viewer may see its safeguards: readers of files, and those who decide a gate that comes up on it.
std::optional<CaseFile> find_visible(Context const& context, access::Viewer const& viewer, CaseId const& id);
bool is_visible(Context const& context, access::Viewer const& viewer, CaseFile const& file, Board const& board);

struct GateInput {
  std::string gate;
  std::string status;
  std::map<std::string, std::string> evidence;
  std::string reason;
};
/// A gate is decided by the viewer. Refuses: not_found (file or gate); field_invalid (status); not_permitted (permission, or the
/// body in which the viewer works); wrong_step (it does not apply, waits for something, or the register answers itself); all
/// defects of the decision.
tl::expected<CaseFile, Findings> decide_gate(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                             GateInput const& input, IfMatch if_match);

/// One that was not closed.
struct NotClosed {
  std::string id;
  std::string reference;  ///< empty when the viewer sees no such file
  Refused refused;
};
struct ClosedInBulk {
  std::vector<std::string> done;
  std::vector<NotClosed> refused;
};
inline constexpr std::size_t bulk_limit = 100;
/// The gate is closed for several files with one paper and one reason: each by itself, with its own entry in the ledger; what is
/// refused does not hold back the others. `input.status` is closed.
/// Refuses as a whole: not_found (gate); wrong_step (the gate is decided for each person); reason_missing. Source: `in_bulk` of
/// data/safeguards/gates.toml.
Result<ClosedInBulk> close_in_bulk(Context const& context, access::Viewer const& viewer, GateInput const& input,
                                   std::vector<std::string> const& ids);

/// Refuses: not_found; as decide_override.
Result<CaseFile> sign_override(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string const& gate,
                               std::string_view reason, IfMatch if_match);
/// What depended on the consent stops. Refuses: not_found; as decide_consent_withdrawal.
Result<CaseFile> withdraw_consent(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string const& gate,
                                  IfMatch if_match);
Result<CaseFile> refuse_contact(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                                IfMatch if_match);

/// Two or more cases become a family, or cases join the family in which one of them is. Refuses: not_found; field_invalid (fewer
/// than two, or of two families); as take_step.
Result<std::string> group_family(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases);
Result<CaseFile> ask_exception(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason);
/// Refuses: wrong_step (none is asked for); same_person (who asked for it).
Result<CaseFile> review_exception(Context const& context, access::Viewer const& viewer, CaseId const& id, bool granted,
                                  std::string_view reason);

Result<CaseFile> present_for_interview(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match);
Result<CaseFile> plan_transfer(Context const& context, access::Viewer const& viewer, CaseId const& id, PlanInput const& input,
                               IfMatch if_match);
Result<CaseFile> postpone_transfer(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                   std::string_view reason, IfMatch if_match);
Result<CaseFile> check_departure(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match);
/// The person departs, and with them everybody of the family who has no reviewed exception, in one write.
Result<CaseFile> depart(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match);

/// What is written together with the plans or postponements of several cases.
using Also = std::function<Result<void>(ledger::Decided<CaseFile>&)>;
/// Cases are planned for one departure in one write, with what `also` adds; who is planned for that hour already stays as they
/// are. `subjects` beyond the cases are those that `also` writes. Refuses: as plan_transfer; wrong_step (planned for another
/// hour).
Result<void> plan_together(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases,
                           PlanInput const& input, std::vector<std::string> subjects, Also const& also);
/// Plans of cases are taken back in one write, with what `also` adds; who is not planned any more is passed over. Refuses: as
/// postpone_transfer.
Result<void> postpone_together(Context const& context, access::Viewer const& viewer, std::vector<CaseId> const& cases,
                               std::string_view reason, std::vector<std::string> subjects, Also const& also);

/// A readiness that no longer holds is taken away. True when it was.
bool stop_if_open(Context const& context, PartyId const& party, CaseId const& id);

/// Adds the review of a stage before an interview or after a travel document was issued; for the capabilities that know when.
void schedule_review(db::Command& command, CaseFile const& file, std::string_view stage, Instant due_at, Instant now);

/// Looks at everything that is due: reviews of what is planned, and decisions that ended by themselves. Returns how many.
std::size_t look_at_due(Context const& context, Registers const& registers);

/// Connects the safeguards with every act on a file: the queue, and the register before a step.
void connect(Context& context, Registers const& registers);

}  // namespace rcms::safeguarding
