#include "capabilities/casework/gates.hpp"

#include <algorithm>

#include "capabilities/safeguards/present.hpp"

namespace rcms::casework {

namespace {

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
  view.may_decide = safeguarding::may_decide(gate, viewer, "closed");
  for (auto const& decider : gate.decided_by)
    view.decided_by.push_back(safeguarding::decider_label(context.labels, language, decider));
  for (auto const& basis : gate.basis) view.basis.push_back(basis.text + (basis.confidence == "unverified" ? " (?)" : ""));
  auto const decided = std::find_if(stored.begin(), stored.end(), [&](auto const& one) { return one.gate == gate.code; });
  bool const is_decided = decided != stored.end();
  for (auto const& field : gate.evidence) {
    auto line = safeguarding::present_paper_field(context, viewer, field);
    if (is_decided && decided->evidence.contains(field.code)) line.value = decided->evidence.at(field.code);
    view.evidence.push_back(std::move(line));
  }
  if (!is_decided) return view;
  view.state = decided->status;
  view.by = case_files::present_user(context, viewer, decided->decided_by);
  view.at = decided->decided_at;
  view.reason = case_files::optional_text(decided->reason);
  return view;
}

}  // namespace

std::vector<std::string> list_open_gates(Context const& context, CaseFile const& file, std::string_view stage) {
  std::vector<std::string> open;
  for (auto const& gate : safeguarding::list_open(context, file, safeguarding::load_board(context, file), stage)) {
    if (gate.blocks) open.push_back(gate.gate->code);
  }
  return open;
}

std::vector<case_files::GateView> present_gates(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                                std::vector<case_files::GateDecision> const& stored) {
  auto const board = safeguarding::load_board(context, file, stored);
  auto const& next = safeguarding::next_stage(context.norms.process, file);
  std::string const stage = next.empty() ? std::string(release_stage) : next;
  auto const conditions = safeguarding::conditions_at(context, file, board, stage);
  auto const open = safeguards::list_open_gates(context.norms.gates, board.decisions, conditions, stage,
                                                safeguarding::moment_of(context, file));
  std::vector<case_files::GateView> views;
  for (auto const& gate : context.norms.gates) {
    bool const of_the_step =
        std::find(gate.stages.begin(), gate.stages.end(), stage) != gate.stages.end() && !gate.by_action.empty();
    if (!gate.is_asked_at(stage) || of_the_step || !gate.applies_under(conditions)) continue;
    auto view = present_gate(context, viewer, gate, stored);
    if (view.state == "open" && (!gate.by_fact.empty() || !gate.by_action.empty())) view.state = "closed";
    for (auto const& one : open) {
      if (one.gate->code != gate.code) continue;
      if (view.state != "failed") view.state = "open";
      view.why_open = context.labels.text(viewer.language, "gates.open." + one.why);
    }
    views.push_back(std::move(view));
  }
  return views;
}

}  // namespace rcms::casework
