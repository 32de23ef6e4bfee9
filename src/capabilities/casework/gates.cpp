#include "capabilities/casework/gates.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

#include "norms/forms/content.hpp"

namespace rcms::casework {

namespace json = boost::json;
using case_files::Side;

namespace {

constexpr std::string_view stage = "before_application";

safeguards::Decision decision_of(case_files::GateDecision const& stored, Date decided_on) {
  safeguards::Decision decision;
  decision.gate = stored.gate;
  decision.status = safeguards::parse_status(stored.status).value_or(safeguards::Status::failed);
  decision.decided_on = decided_on;
  decision.actor = stored.decided_by.value;
  decision.evidence = stored.evidence;
  decision.reason = stored.reason;
  return decision;
}

std::vector<safeguards::Act> acts_of(CaseFile const& file) {
  std::vector<safeguards::Act> acts;
  for (auto const& act : file.acts) acts.push_back({act.action, act.actor});
  return acts;
}

std::optional<std::string> optional_text(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

/// A role or a body outside, in words.
std::string decider_label(Labels const& labels, std::string_view language, std::string const& decider) {
  for (auto const* area : {"roles.", "gates.body."}) {
    if (labels.has(area + decider)) return labels.text(language, area + decider);
  }
  return decider;
}

std::vector<safeguards::Decision> decisions_of(Context const& context, CaseFile const& file,
                                               std::vector<case_files::GateDecision> const& stored) {
  auto const& zone = context.directory.get_party(file.party).time_zone;
  std::vector<safeguards::Decision> decisions;
  for (auto const& one : stored) decisions.push_back(decision_of(one, date_in_zone(one.decided_at, zone)));
  return decisions;
}

case_files::GateView present_gate(Context const& context, access::Viewer const& viewer, safeguards::Gate const& gate,
                                  std::vector<case_files::GateDecision> const& stored) {
  auto const& language = viewer.language;
  case_files::GateView view;
  view.gate = gate.code;
  view.label = context.labels.text(language, "gates." + gate.code);
  if (context.labels.has("gates.help." + gate.code)) view.help = context.labels.text(language, "gates.help." + gate.code);
  view.state = "open";
  view.kind = safeguards::name_of(gate.kind);
  view.may_be_not_applicable = gate.may_be_not_applicable;
  view.may_decide = !gate.permission.empty() && viewer.may(gate.permission);
  for (auto const& decider : gate.decided_by) view.decided_by.push_back(decider_label(context.labels, language, decider));
  for (auto const& basis : gate.basis) view.basis.push_back(basis.text + (basis.confidence == "unverified" ? " (?)" : ""));
  auto const decided = std::find_if(stored.begin(), stored.end(), [&](auto const& one) { return one.gate == gate.code; });
  bool const is_decided = decided != stored.end();
  for (auto const& field : gate.evidence) {
    case_files::GateEvidenceView line{
        field.code, context.labels.text(language, "gates.evidence." + field.code), field.type, field.required, {}};
    if (is_decided && decided->evidence.contains(field.code)) line.value = decided->evidence.at(field.code);
    view.evidence.push_back(std::move(line));
  }
  if (!is_decided) return view;
  view.state = decided->status;
  view.by = case_files::present_user(context, viewer, decided->decided_by);
  view.at = decided->decided_at;
  view.reason = optional_text(decided->reason);
  return view;
}

}  // namespace

std::vector<safeguards::Decision> list_decisions(Context const& context, CaseFile const& file) {
  return decisions_of(context, file, case_files::list_gate_decisions(context.database, file.party, file.id));
}

std::vector<std::string> list_open_gates(Context const& context, CaseFile const& file, std::string_view at_stage) {
  std::vector<std::string> open;
  for (auto const& gate :
       safeguards::list_open_gates(context.norms.gates, list_decisions(context, file), conditions_of(context, file), at_stage,
                                   case_files::today_of(context, file.party))) {
    if (gate.gate->kind == safeguards::Kind::block) open.push_back(gate.gate->code);
  }
  return open;
}

std::vector<case_files::GateView> present_gates(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                                json::value const& content,
                                                std::vector<case_files::GateDecision> const& stored) {
  auto const today = case_files::today_of(context, file.party);
  auto const decisions = decisions_of(context, file, stored);
  auto conditions = forms::derive_conditions(content, context.directory.get_party(file.partner).code, today);
  conditions.merge(safeguards::granted_conditions(context.norms.gates, decisions, today));
  auto const open = safeguards::list_open_gates(context.norms.gates, decisions, conditions, stage, today);
  std::vector<case_files::GateView> views;
  for (auto const& gate : context.norms.gates) {
    if (std::find(gate.stages.begin(), gate.stages.end(), stage) == gate.stages.end() || !gate.by_action.empty()) continue;
    bool const applies = gate.when.empty() || std::any_of(gate.when.begin(), gate.when.end(),
                                                          [&](auto const& one) { return conditions.contains(one); });
    if (!applies) continue;
    auto view = present_gate(context, viewer, gate, stored);
    for (auto const& one : open) {
      if (one.gate->code != gate.code) continue;
      if (view.state != "failed") view.state = "open";
      view.why_open = context.labels.text(viewer.language, "gates.open." + one.why);
    }
    views.push_back(std::move(view));
  }
  return views;
}

tl::expected<CaseFile, Findings> decide_gate_of_case(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                                     GateInput const& input, std::optional<std::int64_t> if_match) {
  auto const* gate = safeguards::find_gate(context.norms.gates, input.gate);
  if (gate == nullptr) return tl::unexpected(Findings{{Why::not_found, "gate", {}, {}}});
  if (!safeguards::parse_status(input.status)) {
    return tl::unexpected(Findings{{Why::field_invalid, "status", "closed, failed or not_applicable", {}}});
  }
  Findings defects;
  auto answer = case_files::act(context, viewer, Side::requesting, id, if_match,
                                [&](CaseFile const& before, db::Command&) -> Result<Decision> {
    case_files::GateDecision decided;
    decided.gate = input.gate;
    decided.status = input.status;
    decided.evidence = input.evidence;
    decided.reason = input.reason;
    decided.decided_by = viewer.user;
    defects =
        safeguards::check_decision(*gate, decision_of(decided, case_files::today_of(context, before.party)), acts_of(before));
    return decide_gate(context.norms.process, before, *gate, std::move(decided), defects, viewer, context.clock.now());
  });
  if (answer) return std::move(*answer);
  bool const is_defect = !defects.empty() && answer.error() == defects.front();
  return tl::unexpected(is_defect ? std::move(defects) : Findings{answer.error()});
}

}  // namespace rcms::casework
