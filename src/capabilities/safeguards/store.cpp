#include "capabilities/safeguards/store.hpp"

#include <algorithm>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/store.hpp"
#include "foundation/access/store.hpp"

namespace rcms::safeguarding {

namespace {

/// OPTIMIZATION: one question for signatures, family and exceptions: each page and each step asks it.
db::Sql const select_standing{
    "safeguards.standing",
    "SELECT 1 AS part, signed_at AS at, id, gate AS a, actor AS b, organisation AS c, reason AS d,"
    " CAST(NULL AS bigint) AS m, CAST(NULL AS bigint) AS n FROM gate_overrides WHERE party = $1 AND case_id = $2"
    " UNION ALL SELECT 2, added_at, family, NULL, NULL, NULL, NULL, NULL, NULL"
    " FROM family_members WHERE party = $1 AND case_id = $2"
    " UNION ALL SELECT 3, asked_at, id, reason, asked_by, review_reason, reviewed_by, granted, reviewed_at"
    " FROM family_exceptions WHERE party = $1 AND case_id = $2 ORDER BY 1, 2, 3"};
db::Sql const insert_signature_row{
    "safeguards.insert_signature",
    "INSERT INTO gate_overrides (id, party, case_id, gate, actor, organisation, reason, signed_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

db::Sql const select_members{"safeguards.members",
                             "SELECT case_id FROM family_members WHERE party = $1 AND family = $2 ORDER BY case_id"};
db::Sql const insert_member_row{
    "safeguards.insert_member",
    "INSERT INTO family_members (party, case_id, family, added_by, added_at) VALUES ($1, $2, $3, $4, $5)"};
db::Sql const touch_file{"safeguards.expect_unchanged",
                         "UPDATE case_files SET revision = revision WHERE party = $1 AND case_id = $2 AND revision = $3"};

db::Sql const insert_exception_row{"safeguards.insert_exception",
                                   "INSERT INTO family_exceptions (id, party, case_id, reason, asked_by, asked_at)"
                                   " VALUES ($1, $2, $3, $4, $5, $6)"};
db::Sql const review_exception_row{
    "safeguards.review_exception",
    "UPDATE family_exceptions SET granted = $2, review_reason = $3, reviewed_by = $4, reviewed_at = $5"
    " WHERE id = $1 AND reviewed_at IS NULL"};

db::Sql const select_ward{"safeguards.ward",
                          "SELECT case_id FROM wards WHERE party = $1 AND guardian = $2 AND case_id = $3"};
db::Sql const delete_guardians{"safeguards.delete_guardians", "DELETE FROM wards WHERE party = $1 AND case_id = $2"};
db::Sql const insert_guardian{"safeguards.insert_guardian",
                              "INSERT INTO wards (party, guardian, case_id) VALUES ($1, $2, $3)"};

db::Sql const select_history{"safeguards.history",
                             "SELECT gate, status, evidence, reason, decided_by, decided_at FROM gate_decisions"
                             " WHERE party = $1 AND case_id = $2 AND gate = $3 ORDER BY decided_at DESC, id DESC LIMIT 100"};

FamilyException read_exception(db::Row const& row) {
  FamilyException exception;
  exception.id = row.text(2);
  exception.reason = row.text(3);
  exception.asked_by = UserId{row.text(4)};
  exception.asked_at = Instant{row.integer(1)};
  exception.review_reason = row.find_text(5).value_or("");
  exception.reviewed_by = UserId{row.find_text(6).value_or("")};
  if (auto const granted = row.find_integer(7)) exception.granted = *granted != 0;
  if (auto const at = row.find_integer(8)) exception.reviewed_at = Instant{*at};
  return exception;
}

bool is_excepted(Standing const& standing) { return standing.exception && standing.exception->granted.value_or(false); }

}  // namespace

Standing read_standing(db::Database& database, PartyId const& party, CaseId const& id) {
  Standing standing;
  for (auto const& row : database.read(select_standing, {party.value, id.value})) {
    if (row.integer(0) == 1) {
      standing.signatures.push_back({row.text(3), {row.text(4), row.text(5), row.text(6), Instant{row.integer(1)}}});
    } else if (row.integer(0) == 2) {
      standing.family = row.text(2);
    } else {
      standing.exception = read_exception(row);  // the last one counts
    }
  }
  return standing;
}

void insert_signature(db::Command& command, CaseFile const& file, StoredSignature const& stored) {
  auto const& one = stored.signature;
  command.add(insert_signature_row, {make_uuid(one.at), file.party.value, file.id.value, stored.gate, one.actor,
                                     one.organisation, one.reason, one.at.ms});
}

Family find_family(db::Database& database, PartyId const& party, CaseId const& id, Standing const& standing) {
  Family family;
  if (standing.family.empty()) {
    // An exception counts for a case in no family too: its family may be elsewhere.
    family.members.push_back({id, {}, {}, is_excepted(standing)});
    return family;
  }
  family.id = standing.family;
  for (auto const& member : database.read(select_members, {party.value, family.id})) {
    auto const file = case_files::find_case_file(database, party, CaseId{member.text(0)});
    if (!file) continue;
    auto const plan = find_plan(*file);
    // Whoever has left has left, whatever became of the file since.
    auto const state = case_files::find_event(*file, "departure") ? std::string("departed") : file->state;
    family.members.push_back({file->id, state, plan ? std::optional(plan->departs_at) : std::nullopt,
                              is_excepted(file->id == id ? standing : read_standing(database, party, file->id))});
  }
  return family;
}

Family find_family(db::Database& database, PartyId const& party, CaseId const& id) {
  return find_family(database, party, id, read_standing(database, party, id));
}

void insert_member(db::Command& command, PartyId const& party, CaseId const& id, std::string const& family, UserId const& by,
                   Instant at) {
  command.add(insert_member_row, {party.value, id.value, family, by.value, at.ms});
}

void expect_unchanged(db::Command& command, PartyId const& party, CaseId const& id, std::int64_t revision) {
  command.add_expecting(touch_file, {party.value, id.value, revision});
}

std::optional<FamilyException> find_exception(db::Database& database, PartyId const& party, CaseId const& id) {
  return read_standing(database, party, id).exception;
}

void insert_exception(db::Command& command, PartyId const& party, CaseId const& id, FamilyException const& exception) {
  command.add(insert_exception_row,
              {exception.id, party.value, id.value, exception.reason, exception.asked_by.value, exception.asked_at.ms});
}

void review_exception(db::Command& command, FamilyException const& exception) {
  command.add_expecting(review_exception_row,
                        {exception.id, std::int64_t{exception.granted.value_or(false) ? 1 : 0}, exception.review_reason,
                         exception.reviewed_by.value, exception.reviewed_at.value_or(Instant{}).ms});
}

bool is_ward(db::Database& database, PartyId const& party, UserId const& guardian, CaseId const& id) {
  return database.find(select_ward, {party.value, guardian.value, id.value}).has_value();
}

void set_guardian(db::Command& command, PartyId const& party, CaseId const& id, UserId const& guardian) {
  command.add(delete_guardians, {party.value, id.value});
  if (!guardian.empty()) command.add(insert_guardian, {party.value, guardian.value, id.value});
}

std::string kind_of_organisation(db::Database& database, access::Viewer const& viewer) {
  auto const organisation = access::find_organisation(database, viewer, viewer.organisation);
  return organisation ? organisation->kind : std::string();
}

std::vector<case_files::GateDecision> list_history(db::Database& database, PartyId const& party, CaseId const& id,
                                                   std::string_view gate) {
  std::vector<case_files::GateDecision> decisions;
  for (auto const& row : database.read(select_history, {party.value, id.value, std::string(gate)})) {
    decisions.push_back({row.text(0), row.text(1),
                         boost::json::value_to<std::map<std::string, std::string>>(boost::json::parse(row.text(2))), row.text(3),
                         UserId{row.text(4)}, Instant{row.integer(5)}});
  }
  return decisions;
}

}  // namespace rcms::safeguarding
