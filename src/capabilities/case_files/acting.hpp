// How every act on a file runs: load as this viewer, decide, write with the ledger, wake what waits for it.
#pragma once

#include <optional>
#include <utility>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/deadlines.hpp"
#include "capabilities/case_files/step.hpp"
#include "capabilities/case_files/store.hpp"
#include "capabilities/case_files/waiting.hpp"
#include "capabilities/case_files/write_decision.hpp"

namespace rcms::case_files {

/// The day at the seat of the State whose file it is.
Date today_of(Context const& context, PartyId const& party);

TermLaw law_of(Context const& context);
/// What the desks of this State go by now.
Desks desks_of(Context const& context, PartyId const& party);
CaseParties parties_of(Context const& context, CaseFile const& file);

/// Completes what a decision writes: deadlines from the clock of the file, then everything of write_decision.
void complete_decision(Context const& context, ledger::Decided<CaseFile>& decided, CaseFile const* before, Decision decision,
                       Actor const& actor);

/// `decide(CaseFile const& before, db::Command& more) -> Result<Decision>`; what it adds to `more` is written with the decision.
/// Refuses: not_found (nothing there for this viewer), stale_revision (`if_match` is another), what `decide` refuses.
template <class Decide>
Result<CaseFile> act_as(Context const& context, PartyId const& party, Side side, CaseId const& id,
                        std::optional<std::int64_t> if_match, Actor const& actor, Decide&& decide) {
  auto answer = ledger::carry_out(context.database, {subject_of(side, id)}, [&]() -> Result<ledger::Decided<CaseFile>> {
    auto const before = find_case_file(context.database, party, side, id);
    if (!before) return refuse(Why::not_found);
    if (if_match && *if_match != before->revision) {
      return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
    }
    ledger::Decided<CaseFile> decided;
    Result<Decision> decision = decide(*before, decided.command);
    if (!decision) return tl::unexpected(decision.error());
    complete_decision(context, decided, &*before, std::move(*decision), actor);
    return decided;
  });
  if (answer && context.after_write) context.after_write();
  return answer;
}

/// The same for a person.
template <class Decide>
Result<CaseFile> act(Context const& context, access::Viewer const& viewer, Side side, CaseId const& id,
                     std::optional<std::int64_t> if_match, Decide&& decide) {
  return act_as(context, viewer.party, side, id, if_match, Actor{viewer.user, viewer.user.value}, std::forward<Decide>(decide));
}

}  // namespace rcms::case_files
