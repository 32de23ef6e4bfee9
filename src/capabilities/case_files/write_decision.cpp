#include "capabilities/case_files/write_decision.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>

#include "capabilities/case_files/store.hpp"
#include "capabilities/statistics/fact_store.hpp"

namespace rcms::case_files {

namespace {

db::Sql const insert_gate{
    "case_files.insert_gate",
    "INSERT INTO gate_decisions (id, party, case_id, gate, status, decided_by, decided_at, evidence, reason)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};

void write_gate(db::Command& command, CaseFile const& file, GateDecision const& gate) {
  command.add(insert_gate,
              {make_uuid(gate.decided_at), file.party.value, file.id.value, gate.gate, gate.status, gate.decided_by.value,
               gate.decided_at.ms, boost::json::serialize(boost::json::value_from(gate.evidence)), gate.reason});
}

/// The earliest deadline that is open or overdue after the changes.
void set_next_deadline(CaseFile& after, DeadlineChanges const& changes) {
  DeadlineRecord const* next = nullptr;
  for (auto const* records : {&changes.open, &changes.overdue}) {
    for (auto const& record : *records) {
      if (record.state == "paused" || !record.due_on) continue;
      if (next == nullptr || *record.due_on < *next->due_on) next = &record;
    }
  }
  after.next_due_on = next == nullptr ? std::string() : next->due_on->text();
  after.next_due_kind = next == nullptr ? std::string() : next->kind;
}

/// Whether two computations of one day say that it is as certain, by the same clauses: what a State confirms, or a holiday that
/// is no longer certain, makes a new computation.
bool same_reasons(DeadlineRecord const& one, DeadlineRecord const& other) {
  static boost::json::value const nothing;
  auto const member = [](DeadlineRecord const& record, std::string_view key) -> boost::json::value const& {
    auto const* found = record.computation.if_contains(key);
    return found == nullptr ? nothing : *found;
  };
  for (std::string_view const key : {"confidence", "confirmed", "source"}) {
    if (member(one, key) != member(other, key)) return false;
  }
  return true;
}

}  // namespace

DeadlineChanges compare_deadlines(std::vector<DeadlineRecord> const& stored, std::vector<DeadlineRecord> const& planned,
                                  std::vector<std::string> const& missed, Date today, Instant now) {
  DeadlineChanges changes;
  auto const is_over = [&](DeadlineRecord const& plan) {
    return std::any_of(stored.begin(), stored.end(), [&](auto const& record) {
      bool const over = record.state == "missed" || std::find(missed.begin(), missed.end(), record.kind) != missed.end();
      return over && record.kind == plan.kind && record.due_on == plan.due_on;
    });
  };
  for (auto const& record : stored) {
    if (record.state != "open" && record.state != "paused") continue;
    auto const again = std::find_if(planned.begin(), planned.end(), [&](auto const& plan) { return plan.kind == record.kind; });
    if (std::find(missed.begin(), missed.end(), record.kind) != missed.end()) {
      changes.ended.push_back({record.id, "missed"});
    } else if (again == planned.end()) {
      changes.ended.push_back({record.id, record.due_on && *record.due_on < today ? "missed" : "met"});
    } else if (again->due_on == record.due_on && again->state == record.state && same_reasons(*again, record)) {
      changes.open.push_back(record);
    } else {
      changes.ended.push_back({record.id, "replaced"});
    }
  }
  for (auto plan : planned) {
    auto const kept =
        std::any_of(changes.open.begin(), changes.open.end(), [&](auto const& record) { return record.kind == plan.kind; });
    if (kept) continue;
    if (is_over(plan)) {
      changes.overdue.push_back(std::move(plan));
      continue;
    }
    plan.id = make_uuid(now);
    plan.computed_at = now;
    changes.open.push_back(plan);
    changes.added.push_back(std::move(plan));
  }
  return changes;
}

void write_decision(ledger::Decided<CaseFile>& decided, CaseFile const* before, Decision decision,
                    DeadlineChanges const& deadlines, Actor const& actor, Instant now, exchange::Exchange& exchange) {
  auto& command = decided.command;
  CaseFile& after = decision.after;
  after.changed_at = decision.keeps_place && before != nullptr ? before->changed_at : now;
  after.person = summarise(after.content);
  set_next_deadline(after, deadlines);
  if (before == nullptr) {
    insert_case_file(command, after);
  } else {
    save_case_file(command, *before, after);
  }
  for (auto const& end : deadlines.ended) end_deadline(command, end.id, end.state, now);
  for (auto const& added : deadlines.added) insert_deadline(command, after, added);
  if (decision.gate) write_gate(command, after, *decision.gate);
  for (auto const& request : decision.new_requests) insert_document_request(command, after, request);
  for (auto const& request : decision.changed_requests) save_document_request(command, after, request);
  for (auto const& fact : decision.facts) statistics::add_fact(command, fact);
  if (decision.sending) {
    auto& sending = *decision.sending;
    auto const sealed = exchange.post(command, after.party, after.partner, after.id, sending.kind, std::move(sending.body),
                                      std::move(sending.attachments));
    decision.told["envelope"] = exchange::name_of(sending.kind);
    decision.told["envelope_hash"] = sealed.hash;
  }
  decision.told["state"] = after.state;
  decided.entries.push_back({subject_of(after), after.party, actor.code, decision.action, decision.source,
                             boost::json::serialize(decision.told), after.revision, now});
  decided.answer = std::move(after);
}

}  // namespace rcms::case_files
