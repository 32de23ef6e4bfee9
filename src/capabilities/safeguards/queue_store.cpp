// SQL of the queue of open gates and of what has to be looked at again.
#include <algorithm>

#include "capabilities/safeguards/store.hpp"

namespace rcms::safeguarding {

namespace {

db::Sql const select_open{"safeguards.open",
                          "SELECT gate, why, blocks, open_since FROM open_gates WHERE party = $1 AND case_id = $2 ORDER BY gate"};
db::Sql const delete_open{"safeguards.delete_open", "DELETE FROM open_gates WHERE party = $1 AND case_id = $2 AND gate = $3"};
db::Sql const save_open{"safeguards.save_open",
                        "INSERT INTO open_gates (party, case_id, gate, why, blocks, open_since) VALUES ($1, $2, $3, $4, $5, $6)"
                        " ON CONFLICT (party, case_id, gate) DO UPDATE SET why = $4, blocks = $5, open_since = $6"};
db::Sql const delete_standing{"safeguards.delete_standing",
                              "DELETE FROM safeguard_standings WHERE party = $1 AND case_id = $2"};
db::Sql const save_standing{
    "safeguards.save_standing",
    "INSERT INTO safeguard_standings (party, case_id, stage, open_since, look_again_at) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (party, case_id) DO UPDATE SET stage = $3, open_since = $4, look_again_at = $5"};

db::Sql const select_queue{
    "safeguards.queue",
    "SELECT s.case_id, f.reference, f.partner, f.state, f.person_name, s.stage, s.open_since FROM safeguard_standings s"
    " JOIN case_files f ON f.party = s.party AND f.case_id = s.case_id"
    " WHERE s.party = $1 AND s.open_since IS NOT NULL AND (s.open_since, s.case_id) > ($2, $3)"
    " ORDER BY s.open_since, s.case_id LIMIT $4"};
db::Sql const select_queue_of_gate{
    "safeguards.queue_of_gate",
    "SELECT o.case_id, f.reference, f.partner, f.state, f.person_name, s.stage, o.open_since FROM open_gates o"
    " JOIN case_files f ON f.party = o.party AND f.case_id = o.case_id"
    " JOIN safeguard_standings s ON s.party = o.party AND s.case_id = o.case_id"
    " WHERE o.party = $1 AND o.gate = $5 AND (o.open_since, o.case_id) > ($2, $3)"
    " ORDER BY o.open_since, o.case_id LIMIT $4"};
db::Sql const select_queue_of_guardian{
    "safeguards.queue_of_guardian",
    "SELECT s.case_id, f.reference, f.partner, f.state, f.person_name, s.stage, s.open_since FROM wards w"
    " JOIN safeguard_standings s ON s.party = w.party AND s.case_id = w.case_id"
    " JOIN case_files f ON f.party = w.party AND f.case_id = w.case_id"
    " WHERE w.party = $1 AND w.guardian = $5 AND s.open_since IS NOT NULL AND (s.open_since, s.case_id) > ($2, $3)"
    " ORDER BY s.open_since, s.case_id LIMIT $4"};
/// Of files on which nothing is open the wait is that for the step.
db::Sql const select_queue_of_stage{
    "safeguards.queue_of_stage",
    "SELECT s.case_id, f.reference, f.partner, f.state, f.person_name, s.stage, COALESCE(s.open_since, f.changed_at)"
    " FROM safeguard_standings s JOIN case_files f ON f.party = s.party AND f.case_id = s.case_id"
    " WHERE s.party = $1 AND s.stage = $2 AND s.case_id > $3 ORDER BY s.case_id LIMIT $4"};
db::Sql const select_by_reference{
    "safeguards.by_reference",
    "SELECT f.case_id, f.reference, f.partner, f.state, f.person_name, COALESCE(s.stage, ''),"
    " COALESCE(s.open_since, f.changed_at)"
    " FROM case_files f"
    " LEFT JOIN safeguard_standings s ON s.party = f.party AND s.case_id = f.case_id"
    " WHERE f.party = $1 AND f.side = 'requesting' AND f.reference = $2"};
db::Sql const count_open{"safeguards.count",
                         "SELECT gate, COUNT(*), MIN(open_since) FROM open_gates WHERE party = $1 GROUP BY gate"};

db::Sql const select_reviews{"safeguards.due_reviews",
                             "SELECT id, party, case_id, stage, due_at FROM safeguard_reviews"
                             " WHERE done_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2"};
db::Sql const select_ended{
    "safeguards.ended",
    "SELECT party, case_id, stage, look_again_at FROM safeguard_standings"
    " WHERE look_again_at IS NOT NULL AND look_again_at <= $1 ORDER BY look_again_at, party, case_id LIMIT $2"};
db::Sql const insert_review_row{"safeguards.insert_review",
                                "INSERT INTO safeguard_reviews (id, party, case_id, stage, due_at) VALUES ($1, $2, $3, $4, $5)"};
db::Sql const cancel_review_rows{
    "safeguards.cancel_reviews",
    "UPDATE safeguard_reviews SET done_at = $3, outcome = 'cancelled' WHERE party = $1 AND case_id = $2 AND done_at IS NULL"};
db::Sql const end_review_row{"safeguards.end_review",
                             "UPDATE safeguard_reviews SET done_at = $2, outcome = $3 WHERE id = $1 AND done_at IS NULL"};

}  // namespace

std::vector<QueuedGate> list_queued(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<QueuedGate> open;
  for (auto const& row : database.read(select_open, {party.value, id.value})) {
    open.push_back({row.text(0), row.text(1), row.integer(2) != 0, Instant{row.integer(3)}});
  }
  return open;
}

void write_queued(db::Command& command, CaseFile const& file, std::string_view stage, std::vector<QueuedGate> const& before,
                  std::vector<QueuedGate> const& after, std::optional<Instant> look_again_at) {
  auto const find = [](std::vector<QueuedGate> const& list, std::string const& gate) {
    return std::find_if(list.begin(), list.end(), [&](auto const& one) { return one.gate == gate; });
  };
  for (auto const& one : before) {
    if (find(after, one.gate) == after.end()) command.add(delete_open, {file.party.value, file.id.value, one.gate});
  }
  std::optional<Instant> oldest;
  for (auto const& one : after) {
    if (!oldest || one.open_since < *oldest) oldest = one.open_since;
    auto const known = find(before, one.gate);
    if (known != before.end() && known->why == one.why && known->blocks == one.blocks) continue;
    command.add(save_open,
                {file.party.value, file.id.value, one.gate, one.why, std::int64_t{one.blocks ? 1 : 0}, one.open_since.ms});
  }
  if (stage.empty()) {
    command.add(delete_standing, {file.party.value, file.id.value});
    return;
  }
  command.add(save_standing, {file.party.value, file.id.value, std::string(stage), oldest ? db::Value(oldest->ms) : db::Value(),
                              look_again_at ? db::Value(look_again_at->ms) : db::Value()});
}

std::vector<QueueRow> list_queue(db::Database& database, PartyId const& party, QueueFilter const& filter, int limit) {
  db::Values values{party.value, filter.after, filter.after_id.value, std::int64_t{limit} + 1};
  auto const* sql = &select_queue;
  if (!filter.reference.empty()) {
    sql = &select_by_reference;
    values = {party.value, filter.reference};
  } else if (!filter.stage.empty()) {
    sql = &select_queue_of_stage;
    values[1] = filter.stage;
  } else if (!filter.guardian.empty()) {
    sql = &select_queue_of_guardian;
    values.emplace_back(filter.guardian.value);
  } else if (!filter.gate.empty()) {
    sql = &select_queue_of_gate;
    values.emplace_back(filter.gate);
  }
  std::vector<QueueRow> rows;
  for (auto const& row : database.read(*sql, values)) {
    rows.push_back(
        {CaseId{row.text(0)}, row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), Instant{row.integer(6)}});
  }
  return rows;
}

std::map<std::string, GateCount> count_queue(db::Database& database, PartyId const& party) {
  std::map<std::string, GateCount> counts;
  for (auto const& row : database.read(count_open, {party.value})) {
    counts[row.text(0)] = {row.integer(1), Instant{row.integer(2)}};
  }
  return counts;
}

std::vector<Due> list_due_reviews(db::Database& database, Instant now, int limit) {
  std::vector<Due> due;
  for (auto const& row : database.read(select_reviews, {now.ms, std::int64_t{limit}})) {
    due.push_back({row.text(0), PartyId{row.text(1)}, CaseId{row.text(2)}, row.text(3), Instant{row.integer(4)}});
  }
  return due;
}

std::vector<Due> list_ended(db::Database& database, Instant now, int limit) {
  std::vector<Due> due;
  for (auto const& row : database.read(select_ended, {now.ms, std::int64_t{limit}})) {
    due.push_back({{}, PartyId{row.text(0)}, CaseId{row.text(1)}, row.text(2), Instant{row.integer(3)}});
  }
  return due;
}

void insert_review(db::Command& command, PartyId const& party, CaseId const& id, std::string_view stage, Instant due_at,
                   Instant now) {
  command.add(insert_review_row, {make_uuid(now), party.value, id.value, std::string(stage), due_at.ms});
}

void cancel_reviews(db::Command& command, PartyId const& party, CaseId const& id, Instant now) {
  command.add(cancel_review_rows, {party.value, id.value, now.ms});
}

db::Command end_review(std::string const& id, std::string_view outcome, Instant now) {
  db::Command command;
  command.add(end_review_row, {id, now.ms, std::string(outcome)});
  return command;
}

}  // namespace rcms::safeguarding
