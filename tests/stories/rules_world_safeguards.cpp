// The desks of the safeguards and the way to the departure, on the rules alone.
#include <algorithm>

#include "capabilities/case_files/deciding.hpp"
#include "stories/rules_world.hpp"

namespace rcms::stories {

using case_files::Decision;
using case_files::Side;

RulesWorld::Done RulesWorld::act_on_safeguards(Acting const& acting, SharedCase& shared) {
  auto const& line = acting.line;
  auto& space = shared.requesting;
  auto const& viewer = acting.viewer;
  if (line.act == "group_family") return group_family(acting);
  if (line.act.ends_with("family_exception")) return change_exception(acting, shared);
  if (line.act == "permit" || line.act == "check_status") {
    if (line.act == "permit") space.status = "permit_granted";
    if (!viewer.may("case.screen")) return refuse(Why::not_permitted);
    return ask_register(shared);
  }
  if (line.act == "refuse_contact") {
    return apply(shared, Side::requesting,
                 safeguarding::decide_contact_refusal(norms_.process, *space.file, viewer, line.word("reason"), now_));
  }
  auto const* gate = safeguards::find_gate(norms_.gates, line.word("gate"));
  if (gate == nullptr) return refuse(Why::not_found, "gate");
  if (line.act == "withdraw_consent") {
    auto const decisions = decisions_of(space);
    auto const consent =
        std::find_if(decisions.begin(), decisions.end(), [&](auto const& one) { return one.gate == gate->code; });
    auto done =
        apply(shared, Side::requesting,
              safeguarding::decide_consent_withdrawal(norms_.process, *space.file, *gate,
                                                      consent == decisions.end() ? nullptr : &*consent, viewer, now_, today_));
    if (done) (void)stop_if_open(shared);
    return done;
  }
  std::vector<safeguards::Signature> in_force;
  for (auto const& [code, signature] : space.signatures) {
    auto const age = now_.ms - signature.at.ms;
    if (code == gate->code && age >= 0 && age <= gate->override_hours * safeguarding::hour_ms) in_force.push_back(signature);
  }
  auto done = apply(shared, Side::requesting,
                    safeguarding::decide_override(norms_.process, *space.file, *gate, in_force, viewer, line.word("reason"), now_,
                                                  today_));
  if (done) space.signatures.push_back({gate->code, {viewer.user.value, viewer.organisation.value, line.word("reason"), now_}});
  return done;
}

RulesWorld::Done RulesWorld::group_family(Acting const& acting) {
  std::vector<SharedCase*> members{&cases_[acting.line.application]};
  for (auto const& [name, value] : acting.line.words) {
    if (name == "with") members.push_back(&cases_[std::stoi(value)]);
  }
  std::string family;
  for (auto* one : members) {
    if (!one->requesting.file) return refuse(Why::not_found);
    if (!one->requesting.family.empty()) family = one->requesting.family;
  }
  if (family.empty()) family = std::to_string(acting.line.application);
  for (auto* one : members) {
    if (!one->requesting.family.empty() && one->requesting.family != family) return refuse(Why::field_invalid, "cases");
  }
  for (auto* one : members) {
    if (!one->requesting.family.empty()) continue;
    auto done = apply(*one, Side::requesting,
                      case_files::take_step(norms_.process, *one->requesting.file, "group_family", acting.viewer, {}, now_));
    if (!done) return done;
    one->requesting.family = family;
  }
  return {};
}

RulesWorld::Done RulesWorld::change_exception(Acting const& acting, SharedCase& shared) {
  auto& space = shared.requesting;
  auto const& line = acting.line;
  auto decision = case_files::take_step(norms_.process, *space.file, line.act, acting.viewer, line.word("reason"), now_);
  if (!decision) return tl::unexpected(decision.error());
  bool const asks = line.act == "ask_family_exception";
  if (asks == (space.exception == "asked")) return refuse(Why::wrong_step, "exception");
  if (!asks && space.exception_of == acting.viewer.user.value) return refuse(Why::same_person, "actor");
  auto done = apply(shared, Side::requesting, std::move(decision));
  if (!done) return done;
  if (asks) space.exception_of = acting.viewer.user.value;
  space.exception = asks ? "asked" : line.word("granted") == "yes" ? "granted" : "refused";
  return done;
}

RulesWorld::Done RulesWorld::act_on_departure(Acting const& acting, SharedCase& shared) {
  auto& space = shared.requesting;
  auto const& act = acting.line.act;
  auto const& process = norms_.process;
  if (act == "postpone_transfer") {
    return apply(shared, Side::requesting,
                 safeguarding::decide_postponement(process, *space.file, acting.viewer, acting.line.word("reason"), now_));
  }
  if (act == "depart") return depart(acting, shared);
  (void)ask_register(shared);
  if (act == "present_for_interview") {
    return apply(
        shared, Side::requesting,
        safeguarding::take_guarded_step(process, *space.file, act, list_open(space, "interview"), acting.viewer, {}, now_));
  }
  if (act == "plan_transfer") {
    auto const departs = Instant::parse(acting.line.word("departs"));
    safeguarding::PlanInput const input{departs.value_or(now_), acting.line.word("means") == "charter", {},
                                        case_files::find_transit_window(space.deadlines)};
    return apply(
        shared, Side::requesting,
        safeguarding::decide_plan(process, *space.file, input, list_open(space, "travel_document"), acting.viewer, now_));
  }
  return apply(
      shared, Side::requesting,
      safeguarding::decide_departure_check(process, *space.file, list_open(space, "pre_departure"), norms_.departure_hours,
                                           acting.viewer, now_));
}

/// All of a family who have no exception depart in one write, or none does.
RulesWorld::Done RulesWorld::depart(Acting const& acting, SharedCase& shared) {
  std::vector<SharedCase*> leaving{&shared};
  for (auto& [number, other] : cases_) {
    auto const& space = other.requesting;
    bool const with = &other != &shared && space.file && !shared.requesting.family.empty() &&
                      shared.requesting.exception != "granted" && space.family == shared.requesting.family &&
                      space.exception != "granted" && !case_files::find_event(*space.file, "departure");
    if (with) leaving.push_back(&other);
  }
  for (auto* one : leaving) (void)ask_register(*one);
  std::vector<Decision> decisions;
  for (auto* one : leaving) {
    auto decision = safeguarding::decide_departure(norms_.process, *one->requesting.file, list_open(one->requesting, "transfer"),
                                                   norms_.departure_hours, acting.viewer, now_, today_);
    if (!decision) return tl::unexpected(decision.error());
    decisions.push_back(std::move(*decision));
  }
  for (std::size_t i = 0; i < leaving.size(); ++i) {
    if (auto done = apply(*leaving[i], Side::requesting, std::move(decisions[i])); !done) return done;
  }
  return {};
}

RulesWorld::Done RulesWorld::ask_register(SharedCase& shared) {
  auto& space = shared.requesting;
  if (space.status.empty()) return refuse(Why::wrong_step, "register");
  if (!space.file || case_files::has_ended(*space.file) || case_files::find_event(*space.file, "departure"))
    return refuse(Why::unavailable);
  safeguarding::StatusAnswer answer;
  for (auto const status : {safeguarding::Status::clear, safeguarding::Status::stop, safeguarding::Status::permit_granted}) {
    if (space.status == safeguarding::name_of(status)) answer.status = status;
  }
  answer.token = "R-1";
  answer.checked_at = now_;
  answer.register_name = "register";
  return apply(shared, Side::requesting, safeguarding::decide_status(norms_.process, *space.file, answer, now_, today_));
}

RulesWorld::Done RulesWorld::stop_if_open(SharedCase& shared) {
  auto& space = shared.requesting;
  if (!space.file || space.file->state != "ready_to_depart") return {};
  if (!safeguarding::has_fallen(list_open(space, "pre_departure"))) return {};
  return apply(shared, Side::requesting, case_files::take_system_step(norms_.process, *space.file, "stop_departure", now_));
}

void RulesWorld::review(SharedCase& shared) {
  if (!shared.requesting.file) return;
  (void)ask_register(shared);
  (void)stop_if_open(shared);
}

void RulesWorld::set_now(Instant now, Date day) {
  now_ = now;
  today_ = day;
}

}  // namespace rcms::stories
