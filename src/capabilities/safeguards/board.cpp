#include "capabilities/safeguards/board.hpp"

#include <algorithm>

#include "capabilities/case_files/acting.hpp"

namespace rcms::safeguarding {

namespace {

safeguards::Decision decision_of(case_files::GateDecision const& stored, std::string_view zone) {
  safeguards::Decision decision;
  decision.gate = stored.gate;
  decision.status = safeguards::parse_status(stored.status).value_or(safeguards::Status::failed);
  decision.decided_on = date_in_zone(stored.decided_at, zone);
  decision.decided_at = stored.decided_at;
  decision.actor = stored.decided_by.value;
  decision.evidence = stored.evidence;
  decision.reason = stored.reason;
  return decision;
}

/// Signatures belong to a gate, whether it was decided or not.
void add_signature(std::vector<safeguards::Decision>& decisions, StoredSignature const& stored) {
  auto found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& one) { return one.gate == stored.gate; });
  if (found == decisions.end()) {
    safeguards::Decision open;
    open.gate = stored.gate;
    open.status = safeguards::Status::open;
    decisions.push_back(std::move(open));
    found = std::prev(decisions.end());
  }
  found->overrides.push_back(stored.signature);
}

/// The file's row of the queue: open gates of the stage that comes next, and when a decision ends by itself.
void write_row(Context const& context, db::Command& command, CaseFile const& file, Board const& board) {
  auto const stage = next_stage(context.norms.process, file);
  auto const stored = list_queued(context.database, file.party, file.id);
  if (stage.empty()) {
    write_queued(command, file, {}, stored, {}, std::nullopt);
    return;
  }
  auto const now = moment_of(context, file);
  std::vector<QueuedGate> open;
  for (auto const& one : list_open(context, file, board, stage)) {
    auto const known =
        std::find_if(stored.begin(), stored.end(), [&](auto const& row) { return row.gate == one.gate->code; });
    open.push_back({one.gate->code, one.why, one.blocks, known == stored.end() ? now.at : known->open_since});
  }
  std::optional<Instant> again;
  for (auto const& decision : board.decisions) {
    auto const* gate = safeguards::find_gate(context.norms.gates, decision.gate);
    if (gate == nullptr || !gate->is_asked_at(stage)) continue;
    auto const ends = safeguards::ends_at(*gate, decision, stage, now);
    if (ends && (!again || *ends < *again)) again = ends;
  }
  write_queued(command, file, stage, stored, open, again);
}

/// Drafts are no work of the safeguards yet, what has left or ended is not any more.
bool is_queued(workflow::Process const& process, CaseFile const& file) {
  return case_files::effective_state(file) != "draft" && !next_stage(process, file).empty();
}

}  // namespace

Board load_board(Context const& context, CaseFile const& file, std::vector<case_files::GateDecision> stored) {
  Board board;
  auto const& zone = context.directory.get_party(file.party).time_zone;
  board.stored = std::move(stored);
  for (auto const& one : board.stored) board.decisions.push_back(decision_of(one, zone));
  auto const standing = read_standing(context.database, file.party, file.id);
  board.signatures = standing.signatures;
  for (auto const& one : board.signatures) add_signature(board.decisions, one);
  board.given.requested_state = context.directory.get_party(file.partner).code;
  if (auto const* agreement = context.norms.find_agreement(file.agreement)) {
    auto const on = Date::parse(file.submitted_on).value_or(case_files::today_of(context, file.party));
    board.given.asks_consultation = agreements::find_rule(*agreement, "special_cases_consultation", on) != nullptr;
  }
  board.given.family = find_family(context.database, file.party, file.id, standing);
  return board;
}

Board load_board(Context const& context, CaseFile const& file) {
  return load_board(context, file, case_files::list_gate_decisions(context.database, file.party, file.id));
}

Moment moment_of(Context const& context, CaseFile const& file) {
  return {case_files::today_of(context, file.party), context.clock.now()};
}

std::vector<safeguards::Signature> signatures_in_force(Board const& board, safeguards::Gate const& gate, Moment const& now) {
  std::vector<safeguards::Signature> signatures;
  for (auto const& one : board.signatures) {
    auto const age = now.at.ms - one.signature.at.ms;
    if (one.gate == gate.code && age >= 0 && age <= gate.override_hours * hour_ms) signatures.push_back(one.signature);
  }
  return signatures;
}

Conditions conditions_at(Context const& context, CaseFile const& file, Board const& board, std::string_view stage) {
  return conditions_of(file, context.norms.gates, board.decisions, board.given, stage, moment_of(context, file));
}

std::vector<OpenGate> list_open(Context const& context, CaseFile const& file, Board const& board, std::string_view stage) {
  return safeguards::list_open_gates(context.norms.gates, board.decisions, conditions_at(context, file, board, stage), stage,
                                     moment_of(context, file));
}

void keep_queue(Context const& context, db::Command& command, CaseFile const* before, Decision const& decision) {
  auto const& process = context.norms.process;
  bool const was_queued = before != nullptr && is_queued(process, *before);
  if (!is_queued(process, decision.after)) {
    if (!was_queued) return;
    auto const stored = list_queued(context.database, decision.after.party, decision.after.id);
    write_queued(command, decision.after, {}, stored, {}, std::nullopt);
    return;
  }
  auto stored = case_files::list_gate_decisions(context.database, decision.after.party, decision.after.id);
  if (decision.gate) {
    std::erase_if(stored, [&](auto const& one) { return one.gate == decision.gate->gate; });
    stored.push_back(*decision.gate);
  }
  write_row(context, command, decision.after, load_board(context, decision.after, std::move(stored)));
}

db::Command look_again(Context const& context, CaseFile const& file) {
  db::Command command;
  expect_unchanged(command, file.party, file.id, file.revision);
  if (is_queued(context.norms.process, file)) write_row(context, command, file, load_board(context, file));
  else write_queued(command, file, {}, list_queued(context.database, file.party, file.id), {}, std::nullopt);
  return command;
}

}  // namespace rcms::safeguarding
