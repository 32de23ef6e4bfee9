#include "capabilities/agreements/narrowing_store.hpp"

#include "foundation/db/optional_value.hpp"

namespace rcms::agreement_desk {

namespace {

#define RCMS_NARROWING_COLUMNS                                                                                              \
  "n.id, n.party, n.agreement, n.field, n.reason, n.state, n.proposed_by, n.proposed_at, n.countersigned_by, "              \
  "n.countersigned_at, n.number, n.lift_reason, n.lift_proposed_by, n.lift_proposed_at, n.lifted_by, n.lifted_at, "         \
  "n.lifted_number, n.revision"

constexpr db::Sql select_narrowings{"agreements.narrowings",
                                    "SELECT " RCMS_NARROWING_COLUMNS " FROM agreement_narrowings n WHERE n.party = $1"
                                    " AND n.agreement = $2 ORDER BY n.proposed_at, n.id"};
constexpr db::Sql select_narrowing{
    "agreements.narrowing", "SELECT " RCMS_NARROWING_COLUMNS " FROM agreement_narrowings n WHERE n.party = $1 AND n.id = $2"};
constexpr db::Sql select_narrowings_in_force{
    "agreements.narrowings_in_force",
    "SELECT " RCMS_NARROWING_COLUMNS ", p.code, a.name, b.name FROM agreement_narrowings n"
    " JOIN parties p ON p.id = n.party JOIN users a ON a.id = n.proposed_by JOIN users b ON b.id = n.countersigned_by"
    " WHERE n.state IN ('in_force', 'lifting') ORDER BY n.number, n.id"};
#undef RCMS_NARROWING_COLUMNS
constexpr db::Sql add_narrowing{
    "agreements.add_narrowing",
    "INSERT INTO agreement_narrowings (id, party, agreement, field, reason, state, proposed_by, proposed_at, revision)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)"};
constexpr db::Sql change_narrowing{
    "agreements.change_narrowing",
    "UPDATE agreement_narrowings SET state = $4, countersigned_by = $5, countersigned_at = $6, number = $7, lift_reason = $8,"
    " lift_proposed_by = $9, lift_proposed_at = $10, lifted_by = $11, lifted_at = $12, lifted_number = $13, revision = $3 + 1"
    " WHERE id = $1 AND party = $2 AND revision = $3"};

db::Value number_or_null(int number) { return number == 0 ? db::Value() : db::Value(std::int64_t{number}); }

Narrowing read_narrowing(db::Row const& row) {
  Narrowing one;
  one.id = row.text(0);
  one.party = PartyId{row.text(1)};
  one.agreement = row.text(2);
  one.field = row.text(3);
  one.reason = row.text(4);
  one.state = row.text(5);
  one.proposed_by = UserId{row.text(6)};
  one.proposed_at = Instant{row.integer(7)};
  one.countersigned_by = UserId{row.find_text(8).value_or("")};
  one.countersigned_at = db::instant_at(row, 9);
  one.number = static_cast<int>(row.find_integer(10).value_or(0));
  one.lift_reason = row.find_text(11).value_or("");
  one.lift_proposed_by = UserId{row.find_text(12).value_or("")};
  one.lift_proposed_at = db::instant_at(row, 13);
  one.lifted_by = UserId{row.find_text(14).value_or("")};
  one.lifted_at = db::instant_at(row, 15);
  one.lifted_number = static_cast<int>(row.find_integer(16).value_or(0));
  one.revision = row.integer(17);
  return one;
}

}  // namespace

std::vector<Narrowing> list_narrowings(db::Database& database, PartyId const& party, std::string_view agreement) {
  std::vector<Narrowing> all;
  for (auto const& row : database.read(select_narrowings, {party.value, std::string(agreement)}))
    all.push_back(read_narrowing(row));
  return all;
}

std::optional<Narrowing> find_narrowing(db::Database& database, PartyId const& party, std::string_view id) {
  auto const row = database.find(select_narrowing, {party.value, std::string(id)});
  if (!row) return std::nullopt;
  return read_narrowing(*row);
}

std::vector<NarrowingInForce> list_narrowings_in_force(db::Database& database) {
  std::vector<NarrowingInForce> all;
  for (auto const& row : database.read(select_narrowings_in_force))
    all.push_back({row.text(18), row.text(19), row.text(20), read_narrowing(row)});
  return all;
}

void insert_narrowing(db::Command& command, Narrowing const& one) {
  command.add(add_narrowing, {one.id, one.party.value, one.agreement, one.field, one.reason, one.state, one.proposed_by.value,
                              one.proposed_at.ms});
}

void save_narrowing(db::Command& command, Narrowing const& before, Narrowing& after) {
  after.revision = before.revision + 1;
  command.add_expecting(
      change_narrowing,
      {after.id, after.party.value, before.revision, after.state, db::text_or_null(after.countersigned_by.value),
       db::instant_or_null(after.countersigned_at), number_or_null(after.number), db::text_or_null(after.lift_reason),
       db::text_or_null(after.lift_proposed_by.value), db::instant_or_null(after.lift_proposed_at),
       db::text_or_null(after.lifted_by.value), db::instant_or_null(after.lifted_at), number_or_null(after.lifted_number)});
}

}  // namespace rcms::agreement_desk
