#include "capabilities/safeguards/rules.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "norms/forms/content_of_file.hpp"

namespace rcms::safeguarding {

using case_files::effective_state;
using case_files::happened;

namespace {

constexpr char const* charter = "charter";  ///< in the clock of the file: means, and after a space the place
constexpr std::string_view assessment_gate = "G03";
constexpr std::string_view interview_gate = "G12";
constexpr std::string_view referral_gate = "G13";

/// The document that is valid on the day of travel and beyond, by the events of the file.
bool has_valid_document(CaseFile const& file, Date last_day_needed) {
  auto const papers = case_files::list_travel_papers(file);
  return std::any_of(papers.begin(), papers.end(), [&](auto const& paper) {
    auto const expires = Date::parse(paper.expires_on);
    return !paper.is_void && expires && *expires >= last_day_needed;
  });
}

bool is_accepted(CaseFile const& file) {
  auto const kind = case_files::text_of(file.reply, "kind");
  static constexpr std::string_view states[] = {"accepted", "document_issued", "transfer_planned", "ready_to_depart", "departed",
                                                "error_claimed", "error_rejected", "taking_back", "returned"};
  bool const after = std::find(std::begin(states), std::end(states), effective_state(file)) != std::end(states);
  return after && (kind == "accepted" || kind == "deemed");
}

bool is_travelling(std::string_view stage) { return stage == "pre_departure" || stage == "transfer"; }

/// What has to be decided again after the person last refused contact: a decision of before, or one that rests on a paper of
/// before.
void add_refused_contact(CaseFile const& file, std::vector<safeguards::Decision> const& decisions, Conditions& conditions) {
  auto const refused = case_files::find_event(file, "contact_refused");
  if (!refused) return;
  conditions.insert("contact_refused");
  auto const is_before = [&](std::string_view gate, std::string_view paper) {
    auto const one = std::find_if(decisions.begin(), decisions.end(), [&](auto const& each) { return each.gate == gate; });
    if (one == decisions.end() || one->decided_at < *refused) return true;
    auto const written = one->evidence.find(std::string(paper));
    auto const day = written == one->evidence.end() ? std::nullopt : Date::parse(written->second);
    return !day || *day < date_in_zone(*refused, "UTC").plus_days(-1);
  };
  if (is_before(assessment_gate, "assessed_on")) conditions.insert("risk_to_assess_again");
  if (is_before(referral_gate, "reassessed_on")) conditions.insert("referral_due");
}

/// A decision about a gate that no desk makes.
case_files::GateDecision gate_decision(std::string_view gate, std::string status, std::string reason, UserId by, Instant now) {
  case_files::GateDecision decided;
  decided.gate = gate;
  decided.status = std::move(status);
  decided.reason = std::move(reason);
  decided.decided_by = std::move(by);
  decided.decided_at = now;
  return decided;
}

}  // namespace

std::optional<Plan> find_plan(CaseFile const& file) {
  std::optional<Plan> plan;
  std::set<std::pair<std::string, std::string>> papers;
  for (auto const& event : file.clock) {
    if (event.event == "document_issue") papers.emplace(event.note, event.document_kind);
    if (event.event == "document_void") papers.erase({event.note, event.document_kind});
    if (event.event == "departure_planned") {
      auto const space = event.note.find(' ');
      plan = Plan{event.at, event.note.substr(0, space) == charter, {}};
      if (space != std::string::npos) plan->place = event.note.substr(space + 1);
    }
    bool const is_without_paper = event.event == "document_void" && papers.empty();
    if (event.event == "departure_postponed" || is_without_paper) plan.reset();
  }
  return plan;
}

std::map<std::string, std::string> known_papers(CaseFile const& file, std::string_view gate) {
  std::map<std::string, std::string> known;
  if (gate != interview_gate) return known;
  for (auto const& event : file.clock) {
    if (event.event == "interview_invited") known = {{"invitation_date", event.note}};
    if (event.event == "interview_came") known["attendance"] = event.note;
    if (event.event == "interview_signed") known["minutes_signed_on"] = event.note;
  }
  return known;
}

bool is_apart(Family const& family, CaseId const& self, std::string_view stage, bool says_family) {
  if (!is_travelling(stage)) return false;
  auto const own = std::find_if(family.members.begin(), family.members.end(), [&](auto const& one) { return one.id == self; });
  if (own != family.members.end() && own->is_excepted) return false;
  if (own == family.members.end() || family.id.empty()) return says_family;
  bool const at_once = stage == "transfer";
  return std::any_of(family.members.begin(), family.members.end(), [&](Member const& one) {
    if (one.id == self || one.is_excepted) return false;
    bool const planned =
        one.state == "ready_to_depart" || one.state == "departed" || (!at_once && one.state == "transfer_planned");
    return !planned || !own->departs_at || one.departs_at != own->departs_at;
  });
}

Conditions conditions_of(CaseFile const& file, std::vector<safeguards::Gate> const& gates,
                         std::vector<safeguards::Decision> const& decisions, Given const& given, std::string_view stage,
                         Moment const& now) {
  auto conditions = forms::derive_conditions(file.content, given.requested_state, now.today);
  conditions.merge(safeguards::granted_conditions(gates, decisions, now));
  conditions.merge(safeguards::implied_conditions(gates, decisions));
  bool const says_family = conditions.contains("family");
  if (!given.family.id.empty()) conditions.insert("family");
  if (is_apart(given.family, file.id, stage, says_family)) conditions.insert("family_apart");
  for (auto const& act : file.acts) conditions.insert("did_" + act.action);
  for (auto const& event : file.clock) {
    if (event.event == "interview_reply" || event.event == "interview_asked") conditions.insert("interview");
  }
  add_refused_contact(file, decisions, conditions);
  if (case_files::text_of(file.reply, "kind") == "deemed") conditions.insert("deemed_consent");
  if (is_accepted(file)) conditions.insert("accepted");
  auto const plan = find_plan(file);
  if (plan && plan->charter) conditions.insert("charter");
  if (plan || is_travelling(stage)) conditions.insert("transfer");
  auto const* document = safeguards::find_gate(gates, "G16");
  auto const travels_on = plan ? std::max(now.today, Date::from_days(static_cast<int>(plan->departs_at.ms / (24 * hour_ms))))
                               : now.today;
  if (document != nullptr && has_valid_document(file, travels_on.plus_days(document->margin_days)))
    conditions.insert("document_valid");
  bool const special = conditions.contains("child") || conditions.contains("vulnerable") || conditions.contains("health_data");
  if (given.asks_consultation && special) conditions.insert("special_case");
  return conditions;
}

std::string const& next_stage(workflow::Process const& process, CaseFile const& file) {
  return workflow::get_state(process, case_files::side_of(file), effective_state(file)).asks;
}

Result<void> check_open(std::vector<OpenGate> const& open) {
  std::vector<std::string> blocking;
  std::string source;
  for (auto const& one : open) {
    if (!one.blocks) continue;
    if (blocking.empty()) source = one.gate->basis.front().text;
    blocking.push_back(one.gate->code + " " + one.why);
  }
  if (blocking.empty()) return {};
  return refuse(Why::gate_open, blocking.front().substr(0, 3), fmt::format("open: {}", fmt::join(blocking, ", ")), source);
}

bool has_fallen(std::vector<OpenGate> const& open) {
  return std::any_of(open.begin(), open.end(), [](auto const& one) { return one.blocks && one.why != "too_old"; });
}

Result<Decision> take_guarded_step(workflow::Process const& process, CaseFile const& before, std::string_view action,
                                   std::vector<OpenGate> const& open, access::Viewer const& viewer, std::string_view reason,
                                   Instant now) {
  auto decision = case_files::take_step(process, before, action, viewer, reason, now);
  if (!decision) return decision;
  if (auto closed = check_open(open); !closed) return tl::unexpected(closed.error());
  return decision;
}

bool may_decide(safeguards::Gate const& gate, access::Viewer const& viewer, std::string_view status) {
  if (gate.permission.empty()) return false;
  return viewer.may(status == "not_applicable" ? gate.not_applicable_by : gate.permission);
}

Result<Decision> decide_gate(workflow::Process const& process, CaseFile const& before, safeguards::Gate const& gate,
                             case_files::GateDecision decided, Findings const& defects, std::string_view body,
                             Conditions const& conditions, access::Viewer const& viewer, Instant now) {
  if (gate.permission.empty()) return refuse(Why::wrong_step, "gate", gate.code + " is not decided at a desk");
  if (!may_decide(gate, viewer, decided.status)) return refuse(Why::not_permitted, "gate");
  if (!gate.bodies.empty() && std::find(gate.bodies.begin(), gate.bodies.end(), body) == gate.bodies.end())
    return refuse(Why::not_permitted, "organisation", gate.code + " is decided by another body");
  auto decision = case_files::take_step(process, before, "decide_gate", viewer, {}, now);
  if (!decision) return decision;
  if (!gate.applies_under(conditions)) return refuse(Why::wrong_step, "gate", gate.code + " does not apply to this case");
  if (!defects.empty()) return tl::unexpected(defects.front());
  decided.gate = gate.code;
  decided.decided_by = viewer.user;
  decided.decided_at = now;
  decision->told["gate"] = gate.code;
  decision->told["status"] = decided.status;
  decision->gate = std::move(decided);
  return decision;
}

Result<void> check_in_bulk(safeguards::Gate const* gate, access::Viewer const& viewer, std::string_view reason) {
  if (gate == nullptr) return refuse(Why::not_found, "gate");
  if (!gate->in_bulk)
    return refuse(Why::wrong_step, "gate", "this safeguard is about each person: decide it file by file",
                  "data/safeguards/gates.toml " + gate->code);
  if (!may_decide(*gate, viewer, "closed")) return refuse(Why::not_permitted, "gate");
  if (reason.empty()) return refuse(Why::reason_missing, "reason");
  return {};
}

Result<Decision> decide_plan(workflow::Process const& process, CaseFile const& before, PlanInput const& input,
                             std::vector<OpenGate> const& open, access::Viewer const& viewer, Instant now) {
  auto decision = take_guarded_step(process, before, "plan_transfer", open, viewer, {}, now);
  if (!decision) return decision;
  if (input.departs_at <= now) return refuse(Why::field_invalid, "departs_at", "must lie in the future");
  auto const& window = input.transit_window;
  if (window && window->due && date_in_zone(input.departs_at, window->zone) > *window->due)
    return refuse(Why::too_late, "departs_at",
                  fmt::format("the consent to the transit ends on {}: ask for another one", window->due->text()), window->source);
  std::string const means = input.charter ? charter : "scheduled";
  happened(decision->after, "departure_planned", input.departs_at, input.place.empty() ? means : means + " " + input.place);
  decision->told["departs_at"] = input.departs_at.text();
  if (!input.place.empty()) decision->told["place"] = input.place;
  return decision;
}

Result<Decision> decide_departure_check(workflow::Process const& process, CaseFile const& before,
                                        std::vector<OpenGate> const& open, safeguards::DepartureHours const& hours,
                                        access::Viewer const& viewer, Instant now) {
  auto decision = case_files::take_step(process, before, "check_departure", viewer, {}, now);
  if (!decision) return decision;
  auto const plan = find_plan(before);
  if (!plan) return refuse(Why::wrong_step, "departs_at", "no departure is planned");
  if (now.ms < plan->departs_at.ms - hours.check_ms())
    return refuse(Why::wrong_step, "departs_at", fmt::format("the check counts from {} hours before the departure", hours.check));
  if (now.ms > plan->departs_at.ms + hours.departure_ms())
    return refuse(Why::wrong_step, "departs_at", "the planned hour has passed: plan the transfer again");
  if (auto closed = check_open(open); !closed) return tl::unexpected(closed.error());
  return decision;
}

Result<Decision> decide_departure(workflow::Process const& process, CaseFile const& before, std::vector<OpenGate> const& open,
                                  safeguards::DepartureHours const& hours, access::Viewer const& viewer, Instant now,
                                  Date today) {
  auto decision = case_files::take_step(process, before, "depart", viewer, {}, now);
  if (!decision) return decision;
  auto const plan = find_plan(before);
  bool const at_the_hour = plan && now.ms >= plan->departs_at.ms - hours.departure_ms() &&
                           now.ms <= plan->departs_at.ms + hours.departure_ms();
  if (!at_the_hour) return refuse(Why::wrong_step, "departs_at", "it is not the planned hour: plan the transfer again");
  if (auto closed = check_open(open); !closed) return tl::unexpected(closed.error());
  happened(decision->after, "departure", now);
  happened(decision->after, "transfer", now);
  decision->sending->body["departed_at"] = now.text();
  decision->facts.push_back(case_files::fact_of(decision->after, "departed", today));
  return decision;
}

Result<Decision> decide_postponement(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                     std::string_view reason, Instant now) {
  auto decision = case_files::take_step(process, before, "postpone_transfer", viewer, reason, now);
  if (decision) happened(decision->after, "departure_postponed", now);
  return decision;
}

Result<Decision> decide_override(workflow::Process const& process, CaseFile const& before, safeguards::Gate const& gate,
                                 std::vector<safeguards::Signature> const& signed_before, access::Viewer const& viewer,
                                 std::string_view reason, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "override_gate", viewer, reason, now);
  if (!decision) return decision;
  if (!gate.overridable)
    return refuse(Why::wrong_step, "gate", gate.code + " cannot be overridden by anybody", gate.basis.front().text);
  for (auto const& one : signed_before) {
    if (one.actor == viewer.user.value) return refuse(Why::same_person, "actor", "the other signature must be of another person");
    if (one.organisation == viewer.organisation.value)
      return refuse(Why::same_person, "organisation", "the other signature must be of another body");
  }
  decision->told["gate"] = gate.code;
  if (signed_before.empty()) return decision;
  decision->action = "gate_overridden";
  auto fact = case_files::fact_of(decision->after, "gate_overridden", today);
  fact.outcome = gate.code;
  decision->facts.push_back(std::move(fact));
  return decision;
}

Result<Decision> decide_consent_withdrawal(workflow::Process const& process, CaseFile const& before,
                                           safeguards::Gate const& gate, safeguards::Decision const* consent,
                                           access::Viewer const& viewer, Instant now, Date today) {
  auto decision = case_files::take_step(process, before, "withdraw_consent", viewer, {}, now);
  if (!decision) return decision;
  if (gate.desk != "consent") return refuse(Why::wrong_step, "gate", gate.code + " is no consent");
  bool const given = consent != nullptr && consent->status == safeguards::Status::closed &&
                     !consent->evidence.contains("withdrawn_on");
  if (!given) return refuse(Why::wrong_step, "gate", "there is no consent that could be withdrawn");
  auto decided = gate_decision(gate.code, "closed", {}, viewer.user, now);
  decided.evidence = consent->evidence;
  decided.evidence["withdrawn_on"] = today.text();
  decision->told["gate"] = gate.code;
  decision->gate = std::move(decided);
  return decision;
}

Result<Decision> decide_contact_refusal(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                        std::string_view reason, Instant now) {
  auto decision = case_files::take_step(process, before, "refuse_contact", viewer, reason, now);
  if (!decision) return decision;
  happened(decision->after, "contact_refused", now);
  return decision;
}

std::string_view name_of(Status status) { return boost::describe::enum_to_string(status, "unknown"); }

Result<Decision> decide_status(workflow::Process const& process, CaseFile const& before, StatusAnswer const& answer, Instant now,
                               Date today) {
  bool const permit = answer.status == Status::permit_granted;
  auto decision = case_files::take_system_step(process, before, permit ? "permit_granted" : "check_status", now);
  if (!decision) return decision;
  // What the register knows beyond the answer stays in the register.
  decision->told["status"] = name_of(answer.status);
  decision->told["register"] = answer.register_name;
  if (permit) {
    if (!before.submitted_on.empty() && decision->sending) {
      happened(decision->after, "withdrawal", now);
      decision->facts.push_back(case_files::fact_of(decision->after, "application_withdrawn", today));
    }
    return decision;
  }
  bool const clear = answer.status == Status::clear;
  auto decided = gate_decision(status_gate, clear ? "closed" : "failed", clear ? "" : std::string(name_of(answer.status)),
                               UserId{"status_register"}, now);
  if (clear) {
    decided.evidence = {{"status_token", answer.token},
                        {"checked_on", date_in_zone(answer.checked_at, "UTC").text()},
                        {"checked_at", answer.checked_at.text()},
                        {"answered_by", answer.register_name}};
  }
  decision->gate = std::move(decided);
  return decision;
}

bool may_attest(safeguards::Gate const& gate, bool has_register, bool register_knows) {
  if (gate.attestation.empty()) return true;
  if (gate.attestation == "never") return false;
  return !has_register || !register_knows;
}

}  // namespace rcms::safeguarding
