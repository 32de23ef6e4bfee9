#include "capabilities/safeguards/actions.hpp"

#include <algorithm>

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/safeguards/quota.hpp"

namespace rcms::safeguarding {

using case_files::Renewed;
using case_files::Side;

namespace {

constexpr std::string_view child_gate = "G08";

std::vector<safeguards::Act> acts_of(CaseFile const& file) {
  std::vector<safeguards::Act> acts;
  for (auto const& act : file.acts) acts.push_back({act.action, act.actor});
  return acts;
}

safeguards::Decision decision_to_check(GateInput const& input, UserId const& user, Moment const& now) {
  safeguards::Decision decision;
  decision.gate = input.gate;
  decision.status = safeguards::parse_status(input.status).value_or(safeguards::Status::failed);
  decision.decided_on = now.today;
  decision.decided_at = now.at;
  decision.actor = user.value;
  decision.evidence = input.evidence;
  decision.reason = input.reason;
  return decision;
}

/// Whether an officer's word takes the place of the register's. Refuses: wrong_step.
Result<void> check_attestation(Context const& context, access::Viewer const& viewer, CaseId const& id,
                               safeguards::Gate const& gate) {
  auto const renewed = context.renew_status ? context.renew_status(viewer.party, id) : Renewed::no_register;
  auto const last = list_history(context.database, viewer.party, id, gate.code);
  bool const is_unknown = !last.empty() && last.front().reason == name_of(Status::unknown);
  if (may_attest(gate, renewed != Renewed::no_register, renewed == Renewed::answered && !is_unknown)) return {};
  return refuse(Why::wrong_step, "gate", "the register answers; nobody's word takes its place", gate.basis.front().text);
}

/// The step with the gates of its stage, asked of the register and the board at this moment.
template <class Decide>
Result<CaseFile> act_guarded(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view stage,
                             IfMatch if_match, Decide&& decide) {
  auto const seen = find_visible(context, viewer, id);
  if (!seen) return refuse(Why::not_found);
  if (if_match && *if_match != seen->revision)
    return refuse(Why::stale_revision, "revision", "somebody changed it meanwhile: load it again and compare");
  // The register may have ended the case: then the step is refused as a wrong one.
  if (context.renew_status) (void)context.renew_status(viewer.party, id);
  return case_files::act(context, viewer, Side::requesting, id, context.renew_status ? std::nullopt : if_match,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const board = load_board(context, before);
    return decide(before, list_open(context, before, board, stage), more);
  });
}

}  // namespace

bool is_visible(Context const& context, access::Viewer const& viewer, CaseFile const& file, Board const& board) {
  if (viewer.may("case.read")) return true;
  auto const& state = case_files::effective_state(file);
  if (state == "draft") return false;
  auto const has_role = [&](std::string_view role) {
    return std::find(viewer.roles.begin(), viewer.roles.end(), role) != viewer.roles.end();
  };
  if (has_role("guardian") && is_ward(context.database, viewer.party, viewer.user, file.id)) return true;
  if (has_role("court_clerk")) return true;
  auto conditions = conditions_at(context, file, board, next_stage(context.norms.process, file));
  bool const accepted = conditions.contains("accepted");
  return std::any_of(context.norms.gates.begin(), context.norms.gates.end(), [&](auto const& gate) {
    if (gate.permission.empty() || !viewer.may(gate.permission) || !gate.applies_under(conditions)) return false;
    return accepted || gate.is_asked_at("application");
  });
}

std::optional<CaseFile> find_visible(Context const& context, access::Viewer const& viewer, CaseId const& id) {
  auto file = case_files::find_case_file(context.database, viewer.party, Side::requesting, id);
  if (!file || !is_visible(context, viewer, *file, load_board(context, *file))) return std::nullopt;
  return file;
}

Renewed renew_status(Context const& context, Registers const& registers, PartyId const& party, CaseId const& id) {
  auto* asked = registers.find(party);
  if (asked == nullptr) return Renewed::no_register;
  auto const file = case_files::find_case_file(context.database, party, Side::requesting, id);
  if (!file || case_files::has_ended(*file) || case_files::find_event(*file, "departure")) return Renewed::silent;
  auto const answer = asked->ask(question_of(*file));
  if (!answer) return Renewed::silent;
  auto const written = case_files::act_as(
      context, party, Side::requesting, id, std::nullopt, {{}, "status_register"}, [&](CaseFile const& before, db::Command&) {
        return decide_status(context.norms.process, before, *answer, context.clock.now(), case_files::today_of(context, party));
      });
  return written ? Renewed::answered : Renewed::silent;
}

tl::expected<CaseFile, Findings> decide_gate(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                             GateInput const& input, IfMatch if_match) {
  auto const refused = [](Refused one) { return tl::unexpected(Findings{std::move(one)}); };
  auto const* gate = safeguards::find_gate(context.norms.gates, input.gate);
  if (gate == nullptr || !find_visible(context, viewer, id))
    return refused({Why::not_found, gate == nullptr ? "gate" : "", {}, {}});
  if (!safeguards::parse_status(input.status))
    return refused({Why::field_invalid, "status", "closed, failed or not applicable", {}});
  auto const body = kind_of_organisation(context.database, viewer);
  if (gate->code == status_gate && input.status == "closed" && may_decide(*gate, viewer, input.status)) {
    if (auto attested = check_attestation(context, viewer, id, *gate); !attested) return refused(attested.error());
  }
  Findings defects;
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = moment_of(context, before);
    auto const conditions = conditions_at(context, before, load_board(context, before), gate->stages.front());
    defects = safeguards::check_decision(*gate, decision_to_check(input, viewer.user, now), acts_of(before));
    auto decision = safeguarding::decide_gate(context.norms.process, before, *gate,
                                              {gate->code, input.status, input.evidence, input.reason, {}, {}}, defects, body,
                                              conditions, viewer, now.at);
    if (!decision) return decision;
    if (gate->code == child_gate) {
      auto const guardian = input.evidence.find("guardian_user");
      set_guardian(more, before.party, before.id, UserId{guardian == input.evidence.end() ? std::string() : guardian->second});
    }
    return decision;
  });
  if (answer) {
    stop_if_open(context, viewer.party, id);
    return std::move(*answer);
  }
  bool const is_defect = !defects.empty() && answer.error() == defects.front();
  return tl::unexpected(is_defect ? std::move(defects) : Findings{answer.error()});
}

Result<ClosedInBulk> close_in_bulk(Context const& context, access::Viewer const& viewer, GateInput const& input,
                                   std::vector<std::string> const& ids) {
  if (auto may = check_in_bulk(safeguards::find_gate(context.norms.gates, input.gate), viewer, input.reason); !may)
    return tl::unexpected(may.error());
  ClosedInBulk answer;
  for (auto const& text : ids) {
    auto const id = CaseId::parse(text);
    auto const done = id ? decide_gate(context, viewer, *id, input, std::nullopt)
                         : tl::expected<CaseFile, Findings>(tl::unexpected(Findings{{Why::not_found, {}, {}, {}}}));
    if (done) {
      answer.done.push_back(text);
      continue;
    }
    auto const file = id ? find_visible(context, viewer, *id) : std::nullopt;
    answer.refused.push_back({text, file ? file->reference : std::string(), done.error().front()});
  }
  return answer;
}

Result<CaseFile> sign_override(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string const& code,
                               std::string_view reason, IfMatch if_match) {
  auto const* gate = safeguards::find_gate(context.norms.gates, code);
  if (gate == nullptr || !find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, if_match,
                         [&](CaseFile const& before, db::Command& more) -> Result<Decision> {
    auto const now = moment_of(context, before);
    auto decision =
        decide_override(context.norms.process, before, *gate, signatures_in_force(load_board(context, before), *gate, now),
                        viewer, reason, now.at, now.today);
    if (decision)
      insert_signature(more, before, {gate->code, {viewer.user.value, viewer.organisation.value, std::string(reason), now.at}});
    return decision;
  });
}

Result<CaseFile> withdraw_consent(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string const& code,
                                  IfMatch if_match) {
  auto const* gate = safeguards::find_gate(context.norms.gates, code);
  if (gate == nullptr || !find_visible(context, viewer, id)) return refuse(Why::not_found);
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    auto const now = moment_of(context, before);
    auto const board = load_board(context, before);
    auto const consent =
        std::find_if(board.decisions.begin(), board.decisions.end(), [&](auto const& one) { return one.gate == gate->code; });
    return decide_consent_withdrawal(context.norms.process, before, *gate,
                                     consent == board.decisions.end() ? nullptr : &*consent, viewer, now.at, now.today);
  });
  if (answer && stop_if_open(context, viewer.party, id))
    return *case_files::find_case_file(context.database, viewer.party, Side::requesting, id);
  return answer;
}

Result<CaseFile> refuse_contact(Context const& context, access::Viewer const& viewer, CaseId const& id, std::string_view reason,
                                IfMatch if_match) {
  if (!find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command&) {
    return decide_contact_refusal(context.norms.process, before, viewer, reason, context.clock.now());
  });
}

Result<CaseFile> present_for_interview(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match) {
  return act_guarded(context, viewer, id, "interview", if_match, [&](CaseFile const& before, auto const& open, db::Command&) {
    return take_guarded_step(context.norms.process, before, "present_for_interview", open, viewer, {}, context.clock.now());
  });
}

Result<CaseFile> plan_transfer(Context const& context, access::Viewer const& viewer, CaseId const& id, PlanInput const& input,
                               IfMatch if_match) {
  return act_guarded(context, viewer, id, "travel_document", if_match,
                     [&](CaseFile const& before, auto const& open, db::Command& more) {
    auto const now = context.clock.now();
    auto plan = input;
    plan.transit_window =
        case_files::find_transit_window(case_files::list_deadlines(context.database, before.party, before.id));
    auto decision = decide_plan(context.norms.process, before, plan, open, viewer, now);
    if (decision) {
      if (auto room = Quota(context).take_room(more, before, {input.departs_at, input.charter}, Beside::planned); !room)
        return Result<Decision>(tl::unexpected(room.error()));
      auto const& hours = context.norms.departure_hours;
      schedule_review(more, before, "pre_departure", input.departs_at.plus_ms(-hours.check_ms()), now);
      schedule_review(more, before, "transfer", input.departs_at.plus_ms(-hours.departure_ms() / 2), now);
    }
    return decision;
  });
}

Result<CaseFile> postpone_transfer(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                   std::string_view reason, IfMatch if_match) {
  if (!find_visible(context, viewer, id)) return refuse(Why::not_found);
  return case_files::act(context, viewer, Side::requesting, id, if_match, [&](CaseFile const& before, db::Command& more) {
    auto const now = context.clock.now();
    auto decision = decide_postponement(context.norms.process, before, viewer, reason, now);
    if (decision) cancel_reviews(more, before.party, before.id, now);
    return decision;
  });
}

Result<CaseFile> check_departure(Context const& context, access::Viewer const& viewer, CaseId const& id, IfMatch if_match) {
  return act_guarded(context, viewer, id, "pre_departure", if_match, [&](CaseFile const& before, auto const& open, db::Command&) {
    return decide_departure_check(context.norms.process, before, open, context.norms.departure_hours, viewer,
                                  context.clock.now());
  });
}

void schedule_review(db::Command& command, CaseFile const& file, std::string_view stage, Instant due_at, Instant now) {
  insert_review(command, file.party, file.id, stage, due_at, now);
}

}  // namespace rcms::safeguarding
