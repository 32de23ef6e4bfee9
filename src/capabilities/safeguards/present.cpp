#include "capabilities/safeguards/present.hpp"

#include <algorithm>

#include "capabilities/case_files/present.hpp"

namespace rcms::safeguarding {

using case_files::present_user;

namespace {

constexpr std::int64_t day_ms = 24 * hour_ms;

/// What one page is made of: read once, asked for each gate.
struct Page {
  Context const& context;
  access::Viewer const& viewer;
  CaseFile const& file;
  Board board;
  std::string stage;  ///< that comes next, or of the release
  Conditions conditions;
  std::vector<OpenGate> open;
  Moment now;

  std::string label(std::string const& key) const { return context.labels.text(viewer.language, key); }
  safeguards::Decision const* find_decision(std::string_view gate) const {
    auto const found =
        std::find_if(board.decisions.begin(), board.decisions.end(), [&](auto const& one) { return one.gate == gate; });
    return found == board.decisions.end() ? nullptr : &*found;
  }
};

Page make_page(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  Page page{context,
            viewer,
            file,
            load_board(context, file),
            next_stage(context.norms.process, file),
            {},
            {},
            moment_of(context, file)};
  page.conditions = conditions_at(context, file, page.board, page.stage);
  if (!page.stage.empty()) page.open = list_open(context, file, page.board, page.stage);
  return page;
}

/// A day as it is, who came in words.
std::string known_word(Context const& context, std::string_view language, std::string const& value) {
  auto const key = "interviews.came." + value;
  return context.labels.has(key) ? context.labels.text(language, key) : value;
}

std::vector<case_files::PaperFieldView> present_paper(Page const& page, safeguards::Gate const& gate,
                                                      std::map<std::string, std::string> const* evidence) {
  bool const reads = page.viewer.may("case.read") || may_decide(gate, page.viewer, "closed");
  auto const needed = safeguards::list_missing_evidence(gate, nullptr, page.stage);
  auto const known = reads ? known_papers(page.file, gate.code) : std::map<std::string, std::string>();
  std::vector<case_files::PaperFieldView> paper;
  for (auto const& field : gate.evidence) {
    auto view = present_paper_field(page.context, page.viewer, field);
    view.required = std::find(needed.begin(), needed.end(), field.code) != needed.end();
    if (auto const found = known.find(field.code); found != known.end())
      view.value = known_word(page.context, page.viewer.language, found->second);
    if (reads && evidence != nullptr && evidence->contains(field.code)) view.value = evidence->at(field.code);
    paper.push_back(std::move(view));
  }
  return paper;
}

void present_signatures(Page const& page, safeguards::Gate const& gate, SafeguardView& view) {
  auto const in_force = signatures_in_force(page.board, gate, page.now);
  for (auto const& one : page.board.signatures) {
    if (one.gate != gate.code) continue;
    bool const stands =
        std::any_of(in_force.begin(), in_force.end(), [&](auto const& each) { return each.at == one.signature.at; });
    view.signatures.push_back({present_user(page.context, page.viewer, UserId{one.signature.actor}), one.signature.reason,
                               one.signature.at, stands});
  }
}

/// Whether the gate is asked by the step that comes next, was asked before, or comes later.
std::string when_asked(Page const& page, safeguards::Gate const& gate) {
  if (gate.is_asked_at(page.stage)) return "now";
  static constexpr std::string_view order[] = {"before_application", "application", "interview", "decision", "travel_document",
                                               "pre_departure",      "transfer",    "post_arrival"};
  auto const place = [&](std::string_view stage) {
    return std::find(std::begin(order), std::end(order), stage) - std::begin(order);
  };
  bool const later = page.stage.empty() || std::any_of(gate.asked_at.begin(), gate.asked_at.end(), [&](auto const& stage) {
    return place(stage) > place(page.stage);
  });
  return later ? "later" : "before";
}

void present_state(Page const& page, safeguards::Gate const& gate, safeguards::Decision const* decision, SafeguardView& view) {
  view.asked = when_asked(page, gate);
  std::string_view const stage = view.asked == "now" ? std::string_view(page.stage) : std::string_view(gate.stages.front());
  auto const why = safeguards::why_open(gate, decision, page.conditions, stage, page.now);
  bool const overridden = decision != nullptr && safeguards::is_overridden(gate, *decision, page.now);
  if (overridden) view.state = "overridden";
  else if (why == "waits") view.state = "waiting";
  else if (why == "failed") view.state = "failed";
  else if (!why.empty()) view.state = "open";
  else view.state = decision != nullptr && decision->status == safeguards::Status::not_applicable ? "not_applicable" : "closed";
  if (why.empty()) return;
  view.why_open = why;
  view.why_open_label = page.label("gates.open." + why);
  view.blocks = view.asked == "now" && std::any_of(page.open.begin(), page.open.end(), [&](auto const& one) {
    return one.gate->code == gate.code && one.blocks;
  });
  if (why == "waits") view.missing.push_back(page.label("gates.waits_for." + gate.waits_for));
  if (gate.permission.empty()) return;
  for (auto const& code : safeguards::list_missing_evidence(gate, decision, stage))
    view.missing.push_back(page.label("gates.evidence." + code));
}

SafeguardView present_gate(Page const& page, safeguards::Gate const& gate) {
  auto const& viewer = page.viewer;
  auto const* decision = page.find_decision(gate.code);
  SafeguardView view;
  view.gate = gate.code;
  view.label = page.label("gates." + gate.code);
  if (page.context.labels.has("gates.help." + gate.code)) view.help = page.label("gates.help." + gate.code);
  view.kind = safeguards::name_of(gate.kind);
  view.technical = gate.technical;
  view.desk = gate.desk;
  view.desk_label = page.label("gates.desk." + gate.desk);
  for (auto const& stage : gate.stages) view.stages.push_back(page.label("gates.stage." + stage));
  present_state(page, gate, decision, view);
  for (auto const& decider : gate.decided_by) {
    view.closed_by.push_back(decider_label(page.context.labels, viewer.language, decider));
  }
  auto const can = case_files::check_step(page.context.norms.process, page.file, "decide_gate", viewer).has_value();
  bool const body = gate.bodies.empty() ||
                    std::find(gate.bodies.begin(), gate.bodies.end(), kind_of_organisation(page.context.database, viewer)) !=
                        gate.bodies.end();
  view.may_decide = can && body && may_decide(gate, viewer, "closed");
  view.may_call_not_applicable = can && body && gate.may_be_not_applicable && may_decide(gate, viewer, "not_applicable");
  view.may_override = can && gate.overridable && viewer.may("safeguard.override") && view.why_open.has_value();
  bool const closed = decision != nullptr && decision->status == safeguards::Status::closed;
  view.may_withdraw = can && gate.desk == "consent" && closed && !decision->evidence.contains("withdrawn_on");
  if (decision != nullptr && decision->status != safeguards::Status::open) {
    view.by = present_user(page.context, viewer, UserId{decision->actor});
    view.at = decision->decided_at;
    view.reason = case_files::optional_text(decision->reason);
    view.ends_at = safeguards::ends_at(gate, *decision, page.stage, page.now);
  }
  view.paper = present_paper(page, gate, decision == nullptr ? nullptr : &decision->evidence);
  present_signatures(page, gate, view);
  for (auto const& basis : gate.basis) view.basis.push_back(basis.text + (basis.confidence == "unverified" ? " (?)" : ""));
  return view;
}

void present_family(Page const& page, SafeguardFileView& view) {
  auto const& [context, viewer, file, board, stage, conditions, open, now] = page;
  view.family = case_files::optional_text(board.given.family.id);
  if (view.family) {
    for (auto const& member : board.given.family.members) {
      auto const other = case_files::find_case_file(context.database, file.party, case_files::Side::requesting, member.id);
      if (!other) continue;
      // Who does not read files sees that there is a family, not who it is.
      bool const named = viewer.may("case.read") || viewer.may("safeguard.child") || member.id == file.id;
      view.members.push_back({member.id.value, other->reference, named ? other->person.name : std::string(), member.state,
                              member.departs_at, member.is_excepted});
    }
  }
  auto const exception = find_exception(context.database, file.party, file.id);
  if (!exception) return;
  view.exception = FamilyExceptionView{exception->reason, present_user(context, viewer, exception->asked_by), exception->asked_at,
                                       exception->granted, case_files::optional_text(exception->review_reason),
                                       present_user(context, viewer, exception->reviewed_by), exception->reviewed_at,
                                       !exception->granted && viewer.may("case.confirm") && exception->asked_by != viewer.user};
}

/// Steps of the process that ask for closed gates and are possible in this state.
void present_steps(Page const& page, SafeguardFileView& view) {
  for (auto const& action : page.context.norms.process.actions) {
    bool const here = action.by == workflow::By::person && action.side == workflow::Side::requesting &&
                      std::find(action.from.begin(), action.from.end(), page.file.state) != action.from.end();
    if (!here || !page.viewer.may(action.permission)) continue;
    bool const travels = action.code == "postpone_transfer" || action.code == "refuse_contact" || action.code == "suspend" ||
                         action.code == "lift_suspension" || action.code == "ask_family_exception";
    if (action.gates.empty() && !travels) continue;
    GuardedStepView step;
    step.action = action.code;
    step.label = page.label("workflow.action." + action.code);
    step.route = action.route;
    step.needs_reason = action.reason;
    auto const attempt = case_files::check_step(page.context.norms.process, page.file, action.code, page.viewer);
    if (!attempt) step.refused_why = page.label("refused." + std::string(name_of(attempt.error().why)));
    if (!action.gates.empty()) {
      for (auto const& one : list_open(page.context, page.file, page.board, action.gates)) {
        if (one.blocks) step.open_gates.push_back(one.gate->code);
      }
    }
    step.allowed = attempt.has_value() && step.open_gates.empty();
    if (!step.allowed && attempt) step.refused_why = page.label("refused.gate_open");
    view.steps.push_back(std::move(step));
  }
}

}  // namespace

SafeguardFileView present_safeguards(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  auto const page = make_page(context, viewer, file);
  auto const& partner = context.directory.get_party(file.partner);
  SafeguardFileView view;
  view.id = file.id.value;
  view.reference = file.reference;
  view.state = file.state;
  view.stage = page.stage;
  view.name = file.person.name;
  view.birth = case_files::optional_text(file.person.birth);
  view.partner = {partner.code, partner.names.in(viewer.language)};
  view.revision = file.revision;
  view.may_read_file = viewer.may("case.read");
  for (auto const& gate : context.norms.gates) {
    if (gate.applies_under(page.conditions)) view.gates.push_back(present_gate(page, gate));
  }
  present_family(page, view);
  auto const& hours = context.norms.departure_hours;
  view.hours = {hours.check, hours.departure, hours.confidence, hours.source};
  if (auto const plan = find_plan(file)) {
    view.plan = PlanView{plan->departs_at, plan->charter, case_files::optional_text(plan->place),
                         plan->departs_at.plus_ms(-hours.check_ms()), plan->departs_at.plus_ms(-hours.departure_ms()),
                         plan->departs_at.plus_ms(hours.departure_ms())};
  }
  present_steps(page, view);
  return view;
}

SafeguardRowView present_row(Context const& context, access::Viewer const& viewer, QueueRow const& row) {
  auto const& partner = context.directory.get_party(PartyId{row.partner});
  SafeguardRowView view{row.id.value, row.reference, {partner.code, partner.names.in(viewer.language)}, row.state, row.person,
                        row.stage, row.open_since, (context.clock.now().ms - row.open_since.ms) / day_ms, {}, {}};
  for (auto const& one : list_queued(context.database, viewer.party, row.id)) {
    (one.blocks ? view.blocking : view.warning).push_back(one.gate);
  }
  return view;
}

QueueCountsView present_counts(Context const& context, access::Viewer const& viewer) {
  QueueCountsView view;
  bool const reads = viewer.may("case.read");
  for (auto const& [code, count] : count_queue(context.database, viewer.party)) {
    auto const* gate = safeguards::find_gate(context.norms.gates, code);
    bool const mine = gate != nullptr && may_decide(*gate, viewer, "closed");
    if (gate == nullptr || (!reads && !mine)) continue;
    view.gates.push_back({code, context.labels.text(viewer.language, "gates." + code), count.files, count.oldest, mine,
                          mine && gate->in_bulk});
  }
  return view;
}

GateHistoryView present_history(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                safeguards::Gate const& gate) {
  auto const page = make_page(context, viewer, file);
  GateHistoryView view;
  for (auto const& one : list_history(context.database, file.party, file.id, gate.code)) {
    view.decisions.push_back({one.status, present_user(context, viewer, one.decided_by), one.decided_at,
                              case_files::optional_text(one.reason), present_paper(page, gate, &one.evidence)});
  }
  return view;
}

case_files::PaperFieldView present_paper_field(Context const& context, access::Viewer const& viewer,
                                               safeguards::EvidenceField const& field) {
  auto const label = [&](std::string const& key) { return context.labels.text(viewer.language, key); };
  case_files::PaperFieldView view{field.code, label("gates.evidence." + field.code), field.type, field.required, {}, {}};
  auto const options = field.type == "flag" ? std::vector<std::string>{"yes", "no"} : field.options;
  for (auto const& option : options) view.options.push_back({option, label("gates.option." + option)});
  return view;
}

std::string decider_label(Labels const& labels, std::string_view language, std::string const& decider) {
  for (auto const* area : {"roles.", "gates.body."}) {
    if (labels.has(area + decider)) return labels.text(language, area + decider);
  }
  return decider;
}

RegisterView present_register(Context const& context, StatusRegister const* asked) {
  RegisterView view;
  if (asked == nullptr) return view;
  auto const state = asked->state();
  view.connected = true;
  view.kind = state.kind;
  view.name = state.name;
  view.answers = state.answers;
  view.as_of = state.as_of;
  if (state.as_of) view.age_hours = (context.clock.now().ms - state.as_of->ms) / hour_ms;
  view.problem = case_files::optional_text(state.problem);
  return view;
}

}  // namespace rcms::safeguarding
