#include "capabilities/case_files/acting.hpp"

#include <boost/json/value.hpp>

#include "norms/agreements/deadline.hpp"
#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace {

/// Whose act the rule is about.
std::string acting_code(Context const& context, CaseFile const& file, std::string_view rule) {
  bool const requesting_acts = rule == "transfer_window";
  bool const own = (file.side == Side::requesting) == requesting_acts;
  return context.directory.get_party(own ? file.party : file.partner).code;
}

/// The deadlines that run in the state of the file, from the events of its clock.
std::vector<DeadlineRecord> plan_deadlines(Context const& context, CaseFile const& file) {
  auto const& state_code = file.state == "suspended" ? file.state_before : file.state;
  auto const& state = workflow::get_state(context.norms.process, side_of(file), state_code);
  auto const* agreement = agreements::find_agreement(context.norms.agreements, file.agreement);
  auto const version_on = Date::parse(file.submitted_on);
  if (state.clock.empty() || agreement == nullptr || !version_on) return {};
  auto const& requested = context.directory.get_party(file.side == Side::requested ? file.party : file.partner);
  auto const conditions = forms::derive_conditions(file.content, requested.code, *version_on);
  std::string const rule =
      state.clock == "reply_standard" ? std::string(agreements::reply_key(*agreement, conditions, *version_on)) : state.clock;
  std::vector<agreements::Event> events;
  for (auto const& event : file.clock) events.push_back({event.event, event.at, event.value});
  auto const deadline = agreements::compute_deadline(*agreement, context.norms.calendars, rule, acting_code(context, file, rule), events,
                                                     *version_on);
  if (!deadline) return {};
  DeadlineRecord record;
  record.kind = rule;
  record.due_on = deadline->due;
  record.state = deadline->is_stopped() ? "paused" : "open";
  record.computation = agreements::deadline_to_json(*deadline).as_object();
  return {record};
}

}  // namespace

Date today_of(Context const& context, PartyId const& party) {
  return date_in_zone(context.clock.now(), context.directory.get_party(party).time_zone);
}

void complete_decision(Context const& context, ledger::Decided<CaseFile>& decided, CaseFile const* before, Decision decision,
                       Actor const& actor) {
  auto const now = context.clock.now();
  auto const stored = before == nullptr ? std::vector<DeadlineRecord>() : list_deadlines(context.database, before->party, before->id);
  auto const changes = compare_deadlines(stored, plan_deadlines(context, decision.after), decision.missed_deadlines,
                                         today_of(context, decision.after.party), now);
  write_decision(decided, before, std::move(decision), changes, actor, now, context.exchange);
}

}  // namespace rcms::case_files
