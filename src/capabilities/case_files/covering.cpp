#include "capabilities/case_files/covering.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "foundation/access/store.hpp"
#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/subject.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

db::Sql const find_of_user{"absences.of_user",
                           "SELECT id, party, user_id, cover, from_on, to_on, made_by, made_at FROM absences"
                           " WHERE user_id = $1 AND to_on >= $2 AND ended_at IS NULL ORDER BY to_on LIMIT 100"};
db::Sql const find_of_cover{"absences.of_cover",
                            "SELECT id, party, user_id, cover, from_on, to_on, made_by, made_at FROM absences"
                            " WHERE cover = $1 AND to_on >= $2 AND ended_at IS NULL ORDER BY to_on LIMIT 100"};
db::Sql const list_of_party{"absences.of_party",
                            "SELECT id, party, user_id, cover, from_on, to_on, made_by, made_at FROM absences"
                            " WHERE party = $1 AND to_on >= $2 AND ended_at IS NULL ORDER BY to_on LIMIT 500"};
db::Sql const find_one{"absences.find",
                       "SELECT id, party, user_id, cover, from_on, to_on, made_by, made_at FROM absences"
                       " WHERE id = $1 AND party = $2 AND ended_at IS NULL"};
db::Sql const insert_absence{"absences.insert",
                             "INSERT INTO absences (id, party, user_id, cover, from_on, to_on, made_by, made_at)"
                             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
db::Sql const end_one{"absences.end", "UPDATE absences SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"};
db::Sql const find_supervisor_row{"supervisors.find", "SELECT supervisor FROM supervisors WHERE user_id = $1"};
db::Sql const list_supervisor_rows{"supervisors.of_party",
                                   "SELECT s.user_id, s.supervisor FROM users u JOIN supervisors s ON s.user_id = u.id"
                                   " WHERE u.party = $1"};
db::Sql const save_supervisor{"supervisors.save",
                              "INSERT INTO supervisors (user_id, supervisor) VALUES ($1, $2)"
                              " ON CONFLICT (user_id) DO UPDATE SET supervisor = $2"};
db::Sql const erase_supervisor{"supervisors.erase", "DELETE FROM supervisors WHERE user_id = $1"};

Absence read_absence(db::Row const& row) {
  return {AbsenceId{row.text(0)}, PartyId{row.text(1)}, UserId{row.text(2)}, UserId{row.text(3)},
          Date::parse(row.text(4)).value(), Date::parse(row.text(5)).value(), UserId{row.text(6)}, Instant{row.integer(7)}};
}

std::vector<Absence> read_absences(db::Rows const& rows) {
  std::vector<Absence> absences;
  for (auto const& row : rows) absences.push_back(read_absence(row));
  return absences;
}

bool overlap(Absence const& one, Absence const& other) { return one.from_on <= other.to_on && other.from_on <= one.to_on; }

bool share_a_role(access::User const& one, access::User const& other) {
  return std::any_of(one.roles.begin(), one.roles.end(), [&](auto const& role) {
    return std::find(other.roles.begin(), other.roles.end(), role) != other.roles.end();
  });
}

ledger::Entry entry_of(access::Viewer const& viewer, UserId const& user, std::string action, json::object const& told,
                       Instant at) {
  return {.subject = ledger::user_subject(user),
          .party = viewer.party,
          .actor = viewer.user.value,
          .action = std::move(action),
          .source = {},
          .content = json::serialize(told),
          .revision = 0,
          .at = at};
}

json::object told_of(Absence const& absence) {
  return {{"absence", absence.id.value},
          {"user", absence.user.value},
          {"cover", absence.cover.value},
          {"from_on", absence.from_on.text()},
          {"to_on", absence.to_on.text()}};
}

/// Whether `above` answers to `user`, directly or through others.
bool answers_to(db::Database& database, UserId above, UserId const& user) {
  for (int steps = 0; steps < 20 && !above.empty(); ++steps) {
    if (above == user) return true;
    above = find_supervisor(database, above);
  }
  return false;
}

}  // namespace

Result<void> check_absence(Absence const& absence, access::User const& user, access::User const& cover,
                           std::vector<Absence> const& others, Date today) {
  if (cover.id == user.id) return refuse(Why::field_invalid, "cover", "choose a colleague");
  if (!cover.active || !share_a_role(user, cover))
    return refuse(Why::field_invalid, "cover", "choose an active colleague with the same role");
  if (absence.to_on < absence.from_on) return refuse(Why::field_invalid, "to_on", "not before the first day");
  if (absence.to_on < today) return refuse(Why::field_invalid, "to_on", "a day from today on");
  if (days_between(absence.from_on, absence.to_on) >= absence_days_limit)
    return refuse(Why::field_invalid, "to_on", fmt::format("at most {} days", absence_days_limit));
  for (auto const& other : others) {
    if (!overlap(absence, other)) continue;
    if (other.user == user.id) return refuse(Why::field_invalid, "from_on", "another absence covers some of these days");
    if (other.user == cover.id) return refuse(Why::field_invalid, "cover", "this colleague is away on some of these days");
    if (other.cover == user.id)
      return refuse(Why::field_invalid, "from_on", "on some of these days a colleague is covered by the one who would be away");
  }
  return {};
}

bool may_plan(access::Viewer const& viewer, UserId const& user, UserId const& supervisor) {
  return viewer.user == user || viewer.user == supervisor || viewer.may("administration.users");
}

std::optional<Absence> find_absence(db::Database& database, UserId const& user, Date day) {
  if (user.empty()) return std::nullopt;
  for (auto const& row : database.read(find_of_user, {user.value, day.text()})) {
    auto absence = read_absence(row);
    if (absence.from_on <= day) return absence;
  }
  return std::nullopt;
}

std::vector<Absence> list_covered(db::Database& database, UserId const& cover, Date day) {
  auto covered = read_absences(database.read(find_of_cover, {cover.value, day.text()}));
  std::erase_if(covered, [&](auto const& absence) { return absence.from_on > day; });
  return covered;
}

std::vector<Absence> list_absences(db::Database& database, PartyId const& party, Date day) {
  auto absences = read_absences(database.read(list_of_party, {party.value, day.text()}));
  std::stable_sort(absences.begin(), absences.end(),
                   [](auto const& one, auto const& other) { return one.from_on < other.from_on; });
  return absences;
}

UserId find_supervisor(db::Database& database, UserId const& user) {
  auto const row = database.find(find_supervisor_row, {user.value});
  return row ? UserId{row->text(0)} : UserId{};
}

std::vector<std::pair<UserId, UserId>> list_supervisors(db::Database& database, PartyId const& party) {
  std::vector<std::pair<UserId, UserId>> pairs;
  for (auto const& row : database.read(list_supervisor_rows, {party.value}))
    pairs.emplace_back(UserId{row.text(0)}, UserId{row.text(1)});
  return pairs;
}

Result<Absence> plan_absence(db::Database& database, access::Viewer const& viewer, Absence absence, Date today, Instant now) {
  if (absence.user.empty()) absence.user = viewer.user;
  absence.id = AbsenceId::make(now);
  absence.party = viewer.party;
  absence.made_by = viewer.user;
  absence.made_at = now;
  // Both chains: nobody becomes absent while they are named as the cover of somebody else.
  return ledger::carry_out(database, {ledger::user_subject(absence.user), ledger::user_subject(absence.cover)},
                           [&]() -> Result<ledger::Decided<Absence>> {
    auto const user = access::find_user(database, viewer, absence.user);
    if (!user || !user->active) return refuse(Why::not_found);
    if (!may_plan(viewer, absence.user, find_supervisor(database, absence.user))) return refuse(Why::not_permitted);
    auto const cover = access::find_user(database, viewer, absence.cover);
    if (!cover) return refuse(Why::field_invalid, "cover", "choose an active colleague with the same role");
    auto others = read_absences(database.read(find_of_user, {absence.user.value, absence.from_on.text()}));
    for (auto const& [sql, whose] : {std::pair(&find_of_user, cover->id), std::pair(&find_of_cover, user->id)}) {
      auto more = read_absences(database.read(*sql, {whose.value, absence.from_on.text()}));
      others.insert(others.end(), more.begin(), more.end());
    }
    if (auto checked = check_absence(absence, *user, *cover, others, today); !checked) return tl::unexpected(checked.error());
    ledger::Decided<Absence> decided;
    decided.command.add(insert_absence, {absence.id.value, absence.party.value, absence.user.value, absence.cover.value,
                                         absence.from_on.text(), absence.to_on.text(), absence.made_by.value, now.ms});
    decided.entries.push_back(entry_of(viewer, absence.user, "absence_planned", told_of(absence), now));
    decided.entries.push_back(entry_of(viewer, absence.cover, "cover_named", told_of(absence), now));
    decided.answer = absence;
    return decided;
  });
}

Result<Absence> end_absence(db::Database& database, access::Viewer const& viewer, AbsenceId const& id, Instant now) {
  auto const row = database.find(find_one, {id.value, viewer.party.value});
  if (!row) return refuse(Why::not_found);
  auto const absence = read_absence(*row);
  if (!may_plan(viewer, absence.user, find_supervisor(database, absence.user))) return refuse(Why::not_permitted);
  return ledger::carry_out(database, {ledger::user_subject(absence.user)}, [&]() -> Result<ledger::Decided<Absence>> {
    if (!database.find(find_one, {id.value, viewer.party.value})) return refuse(Why::not_found);
    ledger::Decided<Absence> decided;
    decided.command.add_expecting(end_one, {id.value, now.ms});
    decided.entries.push_back(entry_of(viewer, absence.user, "absence_ended", told_of(absence), now));
    decided.answer = absence;
    return decided;
  });
}

Result<void> name_supervisor(db::Database& database, access::Viewer const& viewer, UserId const& user, UserId const& supervisor,
                             Instant now) {
  if (!viewer.may("administration.users")) return refuse(Why::not_permitted);
  auto const named = ledger::carry_out(database, {ledger::user_subject(user)}, [&]() -> Result<ledger::Decided<>> {
    if (!access::find_user(database, viewer, user)) return refuse(Why::not_found);
    ledger::Decided<> decided;
    if (supervisor.empty()) {
      decided.command.add(erase_supervisor, {user.value});
    } else {
      auto const found = access::find_user(database, viewer, supervisor);
      if (!found || !found->active || answers_to(database, supervisor, user))
        return refuse(Why::field_invalid, "supervisor", "choose an active person who does not answer to this one");
      decided.command.add(save_supervisor, {user.value, supervisor.value});
    }
    decided.entries.push_back(entry_of(viewer, user, "supervisor_named", {{"supervisor", supervisor.value}}, now));
    return decided;
  });
  if (!named) return tl::unexpected(named.error());
  return {};
}

}  // namespace rcms::case_files
