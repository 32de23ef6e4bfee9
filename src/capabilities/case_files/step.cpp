#include "capabilities/case_files/step.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace {

/// Acts are kept as far as four eyes can ask for them; an edit counts once per person.
void remember(CaseFile& file, std::string_view action, UserId const& user) {
  auto const known = std::any_of(file.acts.begin(), file.acts.end(),
                                 [&](PastAct const& act) { return act.action == action && act.actor == user.value; });
  if (!known) file.acts.push_back({std::string(action), user.value});
}

void enter(workflow::Process const& process, CaseFile& file, std::string const& to) {
  auto const& state = workflow::get_state(process, side_of(file), to);
  file.state = to;
  if (state.stage != "same") file.stage = state.stage;
  file.is_open = !state.terminal;
}

Decision decision_of(workflow::Process const& process, CaseFile const& before, workflow::Step const& step, Instant now) {
  Decision decision;
  decision.after = before;
  decision.after.changed_at = now;
  decision.action = step.action->ledger;
  if (step.to != before.state) {
    if (step.to == "suspended") {
      decision.after.state_before = before.state;
      decision.after.clock.push_back({"suspension", now, {}});
    }
    enter(process, decision.after, step.to);
    if (before.state == "suspended") {
      decision.after.state_before.clear();
      decision.after.clock.push_back({"lifting", now, {}});
    }
  }
  if (!step.action->sends.empty()) {
    Sending sending;
    sending.kind = exchange::find_kind(step.action->sends).value();
    if (!step.action->sends_variant.empty()) sending.body["variant"] = step.action->sends_variant;
    decision.sending = std::move(sending);
  }
  return decision;
}

tl::unexpected<Refused> refuse_foreign_act() {
  return refuse(Why::wrong_step, "action", "a transit has no such step: it is allowed or refused, and used within its window");
}

/// What arrives or lapses while a file is suspended moves the state to which it will return.
template <class Decide>
Result<Decision> behind_suspension(workflow::Process const& process, CaseFile const& before, Instant now, Decide decide) {
  bool const suspended = before.state == "suspended";
  auto const step = decide(suspended ? before.state_before : before.state);
  if (!step) return tl::unexpected(step.error());
  if (!suspended) return decision_of(process, before, *step, now);
  CaseFile returning = before;
  returning.state = before.state_before;
  auto decision = decision_of(process, returning, *step, now);
  decision.after.state_before = decision.after.state;
  decision.after.state = before.state;
  return decision;
}

}  // namespace

bool has_act(workflow::Process const& process, CaseFile const& file, std::string_view action) {
  auto const ticked = forms::ticked_conditions(file.content);
  return std::none_of(process.variants.begin(), process.variants.end(), [&](auto const& variant) {
    return ticked.contains(variant.when) &&
           std::find(variant.without.begin(), variant.without.end(), action) != variant.without.end();
  });
}

workflow::Side side_of(CaseFile const& file) {
  return file.side == Side::requesting ? workflow::Side::requesting : workflow::Side::requested;
}

Result<workflow::Step> check_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                                  access::Viewer const& viewer) {
  auto const step = workflow::decide_step(process, side_of(before), before.state, action, before.state_before);
  auto const* known = workflow::find_action(process, side_of(before), action);
  if (known != nullptr && !viewer.may(known->permission)) return refuse(Why::not_permitted, std::string(action));
  if (!step) return tl::unexpected(step.error());
  if (!has_act(process, before, action)) return refuse_foreign_act();
  std::vector<workflow::Act> acts;
  for (auto const& act : before.acts) acts.push_back({act.action, act.actor});
  if (auto eyes = workflow::check_four_eyes(*step->action, acts, viewer.user.value); !eyes) return tl::unexpected(eyes.error());
  return *step;
}

Result<Decision> take_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                           access::Viewer const& viewer, std::string_view reason, Instant now) {
  auto const step = check_step(process, before, action, viewer);
  if (!step) return tl::unexpected(step.error());
  if (step->action->reason && reason.empty()) return refuse(Why::reason_missing, "reason");
  auto decision = decision_of(process, before, *step, now);
  remember(decision.after, action, viewer.user);
  if (!reason.empty()) {
    decision.told["reason"] = reason;
    if (step->action->reason_leaves && decision.sending) decision.sending->body["reason"] = reason;
  }
  return decision;
}

Result<Decision> take_receipt(workflow::Process const& process, CaseFile const& before, std::string_view kind,
                              std::string_view variant, std::set<std::string, std::less<>> const& holding, Instant now) {
  return behind_suspension(process, before, now, [&](std::string const& state) -> Result<workflow::Step> {
    auto step = workflow::decide_receipt(process, side_of(before), state, kind, variant, holding);
    if (step && !has_act(process, before, step->action->code)) return refuse_foreign_act();
    return step;
  });
}

Result<Decision> take_term_over(workflow::Process const& process, CaseFile const& before,
                                std::set<std::string, std::less<>> const& holding, Instant now) {
  auto const step = workflow::decide_term_over(process, side_of(before), before.state, holding);
  if (!step) return tl::unexpected(step.error());
  return decision_of(process, before, *step, now);
}

Result<Decision> take_system_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                                  Instant now) {
  bool const suspended = before.state == "suspended";
  auto const step = workflow::decide_system(process, side_of(before), effective_state(before), action);
  if (!step) return tl::unexpected(step.error());
  if (!suspended || step->to == "withdrawn" || step->to == "closed") {
    auto real = *step;
    if (real.action->to == "same") real.to = before.state;
    return decision_of(process, before, real, now);
  }
  return behind_suspension(process, before, now, [&](std::string const&) { return step; });
}

Result<Decision> take_first_step(workflow::Process const& process, CaseFile file, std::string_view action,
                                 access::Viewer const& viewer) {
  auto const step = workflow::decide_step(process, side_of(file), workflow::start_state, action);
  if (!step) return tl::unexpected(step.error());
  if (!viewer.may(step->action->permission)) return refuse(Why::not_permitted, std::string(action));
  Decision decision;
  decision.action = step->action->ledger;
  enter(process, file, step->to);
  remember(file, action, viewer.user);
  decision.after = std::move(file);
  return decision;
}

Result<Decision> take_first_receipt(workflow::Process const& process, CaseFile file, std::string_view kind) {
  auto const step = workflow::decide_receipt(process, side_of(file), workflow::start_state, kind, {});
  if (!step) return tl::unexpected(step.error());
  Decision decision;
  decision.action = step->action->ledger;
  enter(process, file, step->to);
  decision.after = std::move(file);
  return decision;
}

std::string const& effective_state(CaseFile const& file) { return file.state == "suspended" ? file.state_before : file.state; }

bool has_ended(CaseFile const& file) { return effective_state(file) == "withdrawn" || effective_state(file) == "closed"; }

bool has_moved(CaseFile const& before, CaseFile const& after) { return effective_state(before) != effective_state(after); }

std::string variant_of(exchange::Envelope const& envelope) {
  auto const* variant = envelope.body.if_contains("variant");
  return variant != nullptr && variant->is_string() ? std::string(variant->get_string()) : std::string();
}

std::string ball_of(workflow::Process const& process, CaseFile const& file) {
  return workflow::get_state(process, side_of(file), file.state).ball;
}

}  // namespace rcms::case_files
