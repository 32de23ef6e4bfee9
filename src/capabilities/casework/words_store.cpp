#include "capabilities/casework/words_store.hpp"

namespace rcms::casework {

namespace {

db::Sql const list_of_case{"words.list_clearances",
                           "SELECT text_hash, word, place, reason, cleared_by, cleared_at FROM word_clearances"
                           " WHERE party = $1 AND case_id = $2 ORDER BY cleared_at, text_hash, word"};
db::Sql const insert_clearance{"words.insert_clearance",
                         "INSERT INTO word_clearances (party, case_id, text_hash, word, place, reason, cleared_by, cleared_at)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

}  // namespace

std::vector<Clearance> list_clearances(db::Database& database, PartyId const& party, CaseId const& id) {
  std::vector<Clearance> clearances;
  for (auto const& row : database.read(list_of_case, {party.value, id.value})) {
    clearances.push_back(
        {row.text(0), row.text(1), row.text(2), {UserId{row.text(4)}, Instant{row.integer(5)}, row.text(3)}});
  }
  return clearances;
}

void save_clearance(db::Command& command, CaseFile const& file, Clearance const& clearance) {
  command.add(insert_clearance, {file.party.value, file.id.value, clearance.text_hash, clearance.word, clearance.place,
                           clearance.cleared.reason, clearance.cleared.by.value, clearance.cleared.at.ms});
}

}  // namespace rcms::casework
