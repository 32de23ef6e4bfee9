#include "capabilities/registry/weights_store.hpp"

#include "foundation/db/optional_value.hpp"

namespace rcms::registry {

namespace {

constexpr db::Sql select_weights{
    "registry.weights",
    "SELECT w.id, w.party, w.version, w.content, w.goes_back, w.reason, w.state, w.proposed_by, a.name, w.proposed_at,"
    " w.put_in_force_by, b.name, w.put_in_force_at, w.ended_by, w.ended_at, w.end_reason, w.revision FROM registry_weights w"
    " JOIN users a ON a.id = w.proposed_by LEFT JOIN users b ON b.id = w.put_in_force_by"
    " WHERE w.party = $1 ORDER BY w.proposed_at, w.id"};
constexpr db::Sql select_in_force{"registry.weights_in_force",
                                  "SELECT id FROM registry_weights WHERE party = $1 AND state = 'in_force'"};
constexpr db::Sql select_content{"registry.weights_content",
                                 "SELECT content FROM registry_weights WHERE party = $1 AND id = $2"};
constexpr db::Sql add_weights{
    "registry.add_weights",
    "INSERT INTO registry_weights (id, party, version, content, goes_back, reason, state, proposed_by, proposed_at, revision)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"};
constexpr db::Sql change_weights{
    "registry.change_weights",
    "UPDATE registry_weights SET state = $4, put_in_force_by = $5, put_in_force_at = $6, ended_by = $7, ended_at = $8,"
    " end_reason = $9, revision = $3 + 1 WHERE id = $1 AND party = $2 AND revision = $3"};

WeightsEdition read_weights_edition(db::Row const& row) {
  WeightsEdition one;
  one.id = row.text(0);
  one.party = PartyId{row.text(1)};
  one.version = row.text(2);
  one.content = row.find_text(3).value_or("");
  one.goes_back = row.integer(4) != 0;
  one.reason = row.text(5);
  one.state = row.text(6);
  one.proposed_by = UserId{row.text(7)};
  one.proposed_by_name = row.text(8);
  one.proposed_at = Instant{row.integer(9)};
  one.put_in_force_by = UserId{row.find_text(10).value_or("")};
  one.put_in_force_by_name = row.find_text(11).value_or("");
  one.put_in_force_at = db::instant_at(row, 12);
  one.ended_by = UserId{row.find_text(13).value_or("")};
  one.ended_at = db::instant_at(row, 14);
  one.end_reason = row.find_text(15).value_or("");
  one.revision = row.integer(16);
  return one;
}

}  // namespace

std::vector<WeightsEdition> list_weights(db::Database& database, PartyId const& party) {
  std::vector<WeightsEdition> all;
  for (auto const& row : database.read(select_weights, {party.value})) all.push_back(read_weights_edition(row));
  return all;
}

std::string find_weights_in_force(db::Database& database, PartyId const& party) {
  auto const row = database.find(select_in_force, {party.value});
  return row ? row->text(0) : std::string();
}

std::string get_weights_content(db::Database& database, PartyId const& party, std::string_view id) {
  auto const row = database.find(select_content, {party.value, std::string(id)});
  if (!row) throw db::Fault("weights that were in force a moment ago are not there");
  return row->find_text(0).value_or("");
}

void insert_weights(db::Command& command, WeightsEdition const& one) {
  command.add(add_weights, {one.id, one.party.value, one.version, db::text_or_null(one.content),
                            std::int64_t{one.goes_back ? 1 : 0}, one.reason, one.state, one.proposed_by.value,
                            one.proposed_at.ms});
}

void save_weights(db::Command& command, WeightsEdition const& before, WeightsEdition& after) {
  after.revision = before.revision + 1;
  command.add_expecting(change_weights, {after.id, after.party.value, before.revision, after.state,
                                         db::text_or_null(after.put_in_force_by.value),
                                         db::instant_or_null(after.put_in_force_at), db::text_or_null(after.ended_by.value),
                                         db::instant_or_null(after.ended_at), db::text_or_null(after.end_reason)});
}

}  // namespace rcms::registry
