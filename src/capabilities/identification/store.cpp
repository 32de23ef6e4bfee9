#include "capabilities/identification/store.hpp"

namespace rcms::identification {

namespace {

constexpr db::Sql select_of_task{
    "identifications.of_task",
    "SELECT id, party, case_id, task, state, outcome, citizen, reason, answers, model, first_by, first_at, second_by, second_at,"
    " second_reason, revision FROM identifications WHERE task = $1 AND party = $2 ORDER BY first_at DESC, id DESC"};
constexpr db::Sql select_waiting{
    "identifications.waiting",
    "SELECT i.id, i.party, i.case_id, i.task, i.state, i.outcome, i.citizen, i.reason, i.answers, i.model, i.first_by,"
    " i.first_at, i.second_by, i.second_at, i.second_reason, i.revision"
    " FROM identifications i JOIN verification_tasks t ON t.id = i.task"
    " WHERE i.party = $1 AND i.state = 'waiting' AND t.organisation = $2 AND t.state = 'open'"
    " ORDER BY i.first_at, i.id LIMIT 200"};
constexpr db::Sql insert_row{
    "identifications.insert",
    "INSERT INTO identifications (id, party, case_id, task, state, outcome, citizen, reason, answers, model, first_by, first_at,"
    " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)"};
constexpr db::Sql update_row{
    "identifications.save",
    "UPDATE identifications SET state = $2, second_by = $3, second_at = $4, second_reason = $5, revision = $6 + 1"
    " WHERE id = $1 AND revision = $6"};

Identification read_one(db::Row const& row) {
  Identification one;
  one.id = IdentificationId{row.text(0)};
  one.party = PartyId{row.text(1)};
  one.case_id = CaseId{row.text(2)};
  one.task = TaskId{row.text(3)};
  one.state = row.text(4);
  one.outcome = row.text(5);
  one.citizen = row.text(6);
  one.reason = row.text(7);
  one.answers = row.text(8);
  one.model = row.text(9);
  one.first_by = UserId{row.text(10)};
  one.first_at = Instant{row.integer(11)};
  one.second_by = UserId{row.find_text(12).value_or("")};
  if (auto const at = row.find_integer(13)) one.second_at = Instant{*at};
  one.second_reason = row.find_text(14).value_or("");
  one.revision = row.integer(15);
  return one;
}

}  // namespace

std::vector<Identification> list_of_task(db::Database& database, PartyId const& party, TaskId const& task) {
  std::vector<Identification> all;
  for (auto const& row : database.read(select_of_task, {task.value, party.value})) all.push_back(read_one(row));
  return all;
}

std::vector<Identification> list_waiting(db::Database& database, PartyId const& party, OrganisationId const& organisation) {
  std::vector<Identification> all;
  for (auto const& row : database.read(select_waiting, {party.value, organisation.value})) all.push_back(read_one(row));
  return all;
}

void insert(db::Command& command, Identification const& one) {
  command.add_expecting(insert_row, {one.id.value, one.party.value, one.case_id.value, one.task.value, one.state, one.outcome,
                                     one.citizen, one.reason, one.answers, one.model, one.first_by.value, one.first_at.ms});
}

void save(db::Command& command, Identification const& after) {
  command.add_expecting(update_row, {after.id.value, after.state, after.second_by.value,
                                     after.second_at ? db::Value(after.second_at->ms) : db::Value(), after.second_reason,
                                     after.revision});
}

}  // namespace rcms::identification
