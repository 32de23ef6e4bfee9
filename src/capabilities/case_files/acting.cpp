#include "capabilities/case_files/acting.hpp"

#include "capabilities/case_files/covering.hpp"
#include "capabilities/case_files/deadlines.hpp"
#include "capabilities/case_files/deciding.hpp"

namespace rcms::case_files {

Date today_of(Context const& context, PartyId const& party) {
  return date_in_zone(context.clock.now(), context.directory.get_party(party).time_zone);
}

TermLaw law_of(Context const& context) {
  return {context.norms.process, context.norms.agreements, context.norms.calendars, context.norms.law.get()};
}

Desks desks_of(Context const& context, PartyId const& party) {
  auto const& own = context.directory.get_party(party);
  auto const calendar = context.norms.calendars.find(own.code);
  return {context.norms.queues, calendar == context.norms.calendars.end() ? nullptr : &calendar->second, own.time_zone,
          context.clock.now(), own.code};
}

CaseParties parties_of(Context const& context, CaseFile const& file) {
  auto const& own = context.directory.get_party(file.party).code;
  auto const& partner = context.directory.get_party(file.partner).code;
  return file.side == Side::requesting ? CaseParties{own, partner} : CaseParties{partner, own};
}

void complete_decision(Context const& context, ledger::Decided<CaseFile>& decided, CaseFile const* before, Decision decision,
                       Actor const& actor) {
  auto const now = context.clock.now();
  keep_waiting(desks_of(context, decision.after.party), before, decision.after);
  if (before != nullptr && !actor.user.empty() && !before->owner.empty() && before->owner != actor.user) {
    auto const absence = find_absence(context.database, before->owner, today_of(context, before->party));
    if (absence && absence->cover == actor.user) decision.told["for"] = before->owner.value;
  }
  auto const stored =
      before == nullptr ? std::vector<DeadlineRecord>() : list_deadlines(context.database, before->party, before->id);
  auto const planned = plan_deadlines(law_of(context), decision.after, parties_of(context, decision.after));
  auto changes = compare_deadlines(stored, planned, decision.missed_deadlines, today_of(context, decision.after.party), now);
  if (auto lapsed = find_lapsed_term(context.norms.process, decision.after, stored))
    changes.overdue.push_back(std::move(*lapsed));
  if (before != nullptr) {
    auto ended = fact_of_ending(*before, decision.after, now, today_of(context, decision.after.party));
    if (ended) decision.facts.push_back(std::move(*ended));
  }
  if (context.stop_interviews) context.stop_interviews(decided.command, before, decision);
  if (context.keep_safeguards && decision.after.side == Side::requesting)
    context.keep_safeguards(decided.command, before, decision);
  write_decision(decided, before, std::move(decision), changes, actor, now, context.exchange);
}

}  // namespace rcms::case_files
