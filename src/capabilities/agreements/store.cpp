#include "capabilities/agreements/store.hpp"

#include "foundation/db/optional_value.hpp"

namespace rcms::agreement_desk {

namespace {

constexpr db::Sql select_versions{
    "agreements.versions",
    "SELECT agreement, number, law_hash, valid_from, content, accepted_at, accepted_by, party FROM agreement_versions"
    " ORDER BY agreement, number"};
constexpr db::Sql add_version{
    "agreements.add_version",
    "INSERT INTO agreement_versions (agreement, number, law_hash, valid_from, content, accepted_at, accepted_by, party)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

#define RCMS_CONFIRMATION_COLUMNS                                                                                           \
  "c.id, c.party, c.agreement, c.rule, c.fingerprint, c.source, c.place, c.state, c.proposed_by, c.proposed_at, "           \
  "c.countersigned_by, c.countersigned_at, c.revoked_by, c.revoked_at, c.reason, c.revision"

constexpr db::Sql select_confirmations{
    "agreements.confirmations",
    "SELECT " RCMS_CONFIRMATION_COLUMNS " FROM agreement_confirmations c WHERE c.party = $1"
    " AND (cast($2 as text) = '' OR c.agreement = $2) ORDER BY c.proposed_at, c.id"};
constexpr db::Sql select_confirmation{
    "agreements.confirmation",
    "SELECT " RCMS_CONFIRMATION_COLUMNS " FROM agreement_confirmations c WHERE c.party = $1 AND c.id = $2"};
constexpr db::Sql select_in_force{
    "agreements.in_force",
    "SELECT " RCMS_CONFIRMATION_COLUMNS ", p.code, a.name, b.name FROM agreement_confirmations c"
    " JOIN parties p ON p.id = c.party JOIN users a ON a.id = c.proposed_by JOIN users b ON b.id = c.countersigned_by"
    " WHERE c.state = 'confirmed' ORDER BY c.countersigned_at, c.id"};
#undef RCMS_CONFIRMATION_COLUMNS
constexpr db::Sql add_confirmation{"agreements.add_confirmation",
                                   "INSERT INTO agreement_confirmations (id, party, agreement, rule, fingerprint, source, place, "
                                   "state, proposed_by, proposed_at,"
                                   " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"};
constexpr db::Sql change_confirmation{"agreements.change_confirmation",
                                      "UPDATE agreement_confirmations SET state = $4, countersigned_by = $5, countersigned_at = "
                                      "$6, revoked_by = $7, revoked_at = $8,"
                                      " reason = $9, revision = $3 + 1 WHERE id = $1 AND party = $2 AND revision = $3"};

constexpr db::Sql select_evaluation{"agreements.evaluation", "SELECT fingerprint FROM law_evaluations WHERE name = 'deadlines'"};
constexpr db::Sql put_evaluation{
    "agreements.put_evaluation",
    "INSERT INTO law_evaluations (name, fingerprint, evaluated_at) VALUES ('deadlines', $1, $2)"
    " ON CONFLICT (name) DO UPDATE SET fingerprint = $1, evaluated_at = $2"};

constexpr db::Sql select_open{
    "agreements.open_files",
    "SELECT party, case_id FROM case_files WHERE is_open = 1 AND submitted_on IS NOT NULL"
    " AND (party > $1 OR (party = $1 AND case_id > $2)) ORDER BY party, case_id LIMIT 500"};
constexpr db::Sql select_open_of{
    "agreements.open_files_of",
    "SELECT party, case_id FROM case_files WHERE party = $1 AND agreement = $3 AND is_open = 1 AND submitted_on IS NOT NULL"
    " AND case_id > $2 ORDER BY case_id LIMIT 500"};

StoredConfirmation read_confirmation(db::Row const& row) {
  StoredConfirmation one;
  one.id = row.text(0);
  one.party = PartyId{row.text(1)};
  one.agreement = row.text(2);
  one.rule = row.text(3);
  one.fingerprint = row.text(4);
  one.source = row.text(5);
  one.place = row.text(6);
  one.state = row.text(7);
  one.proposed_by = UserId{row.text(8)};
  one.proposed_at = Instant{row.integer(9)};
  one.countersigned_by = UserId{row.find_text(10).value_or("")};
  one.countersigned_at = db::instant_at(row, 11);
  one.revoked_by = UserId{row.find_text(12).value_or("")};
  one.revoked_at = db::instant_at(row, 13);
  one.reason = row.find_text(14).value_or("");
  one.revision = row.integer(15);
  return one;
}

}  // namespace

std::vector<StoredVersion> list_versions(db::Database& database) {
  std::vector<StoredVersion> all;
  for (auto const& row : database.read(select_versions)) {
    StoredVersion one;
    one.agreement = row.text(0);
    one.number = static_cast<int>(row.integer(1));
    one.law_hash = row.text(2);
    one.valid_from = Date::parse(row.find_text(3).value_or(""));
    one.content = row.text(4);
    one.accepted_at = Instant{row.integer(5)};
    one.accepted_by = UserId{row.find_text(6).value_or("")};
    one.party = PartyId{row.find_text(7).value_or("")};
    all.push_back(std::move(one));
  }
  return all;
}

void insert_version(db::Command& command, StoredVersion const& version) {
  command.add(add_version,
              {version.agreement, std::int64_t{version.number}, version.law_hash,
               version.valid_from ? db::Value(version.valid_from->text()) : db::Value(), version.content, version.accepted_at.ms,
               db::text_or_null(version.accepted_by.value), db::text_or_null(version.party.value)});
}

std::vector<StoredConfirmation> list_confirmations(db::Database& database, PartyId const& party, std::string_view agreement) {
  std::vector<StoredConfirmation> all;
  for (auto const& row : database.read(select_confirmations, {party.value, std::string(agreement)}))
    all.push_back(read_confirmation(row));
  return all;
}

std::optional<StoredConfirmation> find_confirmation(db::Database& database, PartyId const& party, std::string_view id) {
  auto const row = database.find(select_confirmation, {party.value, std::string(id)});
  if (!row) return std::nullopt;
  return read_confirmation(*row);
}

std::vector<InForce> list_in_force(db::Database& database) {
  std::vector<InForce> all;
  for (auto const& row : database.read(select_in_force))
    all.push_back({row.text(16), row.text(17), row.text(18), read_confirmation(row)});
  return all;
}

void insert_confirmation(db::Command& command, StoredConfirmation const& one) {
  command.add(add_confirmation, {one.id, one.party.value, one.agreement, one.rule, one.fingerprint, one.source, one.place,
                                 one.state, one.proposed_by.value, one.proposed_at.ms});
}

void save_confirmation(db::Command& command, StoredConfirmation const& before, StoredConfirmation& after) {
  after.revision = before.revision + 1;
  command.add_expecting(
      change_confirmation,
      {after.id, after.party.value, before.revision, after.state, db::text_or_null(after.countersigned_by.value),
       db::instant_or_null(after.countersigned_at), db::text_or_null(after.revoked_by.value),
       db::instant_or_null(after.revoked_at), db::text_or_null(after.reason)});
}

std::string find_evaluation(db::Database& database) {
  auto const row = database.find(select_evaluation);
  return row ? row->text(0) : std::string();
}

void save_evaluation(db::Command& command, std::string const& fingerprint, Instant at) {
  command.add(put_evaluation, {fingerprint, at.ms});
}

std::vector<OpenFile> list_open_files(db::Database& database, OpenFile const& after, PartyId const& party,
                                      std::string_view agreement) {
  auto const rows = party.value.empty()
                        ? database.read(select_open, {after.party.value, after.id.value})
                        : database.read(select_open_of, {party.value, after.id.value, std::string(agreement)});
  std::vector<OpenFile> page;
  for (auto const& row : rows) page.push_back({PartyId{row.text(0)}, CaseId{row.text(1)}});
  return page;
}

}  // namespace rcms::agreement_desk
