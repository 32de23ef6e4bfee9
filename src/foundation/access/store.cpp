#include "foundation/access/store.hpp"

#include "foundation/base/lists.hpp"

#include <algorithm>

#include "foundation/base/text.hpp"

namespace rcms::access {

namespace {

constexpr db::Sql select_parties{
    "access_select_parties",
    "SELECT id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, revision FROM parties ORDER BY code"};
constexpr db::Sql select_hosted_parties{
    "access_select_hosted_parties",
    "SELECT id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, revision FROM parties "
    "WHERE hosted = 1 ORDER BY code"};
constexpr db::Sql select_party{
    "access_select_party",
    "SELECT id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, revision FROM parties WHERE id = $1"};
constexpr db::Sql select_party_by_code{
    "access_select_party_by_code",
    "SELECT id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, revision FROM parties WHERE code = $1"};
constexpr db::Sql insert_party{
    "access_insert_party",
    "INSERT INTO parties (id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, revision) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"};
constexpr db::Sql update_party{
    "access_update_party",
    "UPDATE parties SET code = $2, name_en = $3, name_es = $4, time_zone = $5, languages = $6, sides = $7, signing_key = $8, "
    "hosted = $9, revision = revision + 1 WHERE id = $1 AND revision = $10"};

constexpr db::Sql select_organisations{
    "access_select_organisations",
    "SELECT id, party, kind, name_en, name_es, email, active, revision FROM organisations WHERE party = $1 ORDER BY name_en, id"};
constexpr db::Sql select_organisation{
    "access_select_organisation",
    "SELECT id, party, kind, name_en, name_es, email, active, revision FROM organisations WHERE party = $1 AND id = $2"};
constexpr db::Sql insert_organisation{"access_insert_organisation",
                                      "INSERT INTO organisations (id, party, kind, name_en, name_es, email, active, revision) "
                                      "VALUES ($1, $2, $3, $4, $5, $6, $7, 1)"};
constexpr db::Sql update_organisation{
    "access_update_organisation",
    "UPDATE organisations SET kind = $3, name_en = $4, name_es = $5, email = $6, active = $7, revision = revision + 1 "
    "WHERE id = $1 AND party = $2 AND revision = $8"};

constexpr db::Sql select_users{
    "access_select_users",
    "SELECT id, party, organisation, login, name, email, roles, language, active, revision FROM users WHERE party = $1 "
    "ORDER BY login"};
constexpr db::Sql select_user{"access_select_user",
                              "SELECT id, party, organisation, login, name, email, roles, language, active, revision FROM users "
                              "WHERE party = $1 AND id = $2"};
constexpr db::Sql select_user_by_login{
    "access_select_user_by_login",
    "SELECT id, party, organisation, login, name, email, roles, language, active, revision FROM users WHERE login = $1"};
constexpr db::Sql insert_user{
    "access_insert_user",
    "INSERT INTO users (id, party, organisation, login, name, email, roles, language, active, revision) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"};
constexpr db::Sql update_user{
    "access_update_user",
    "UPDATE users SET organisation = $3, login = $4, name = $5, email = $6, roles = $7, language = $8, active = $9, "
    "revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $10"};

Party party_of(db::Row const& row) {
  return Party{.id = {row.text(0)},
               .code = row.text(1),
               .names = {row.text(2), row.text(3)},
               .time_zone = row.text(4),
               .languages = split_words(row.text(5)),
               .sides = sides_of(row.text(6)),
               .signing_key = row.bytes(7),
               .hosted = row.integer(8) != 0,
               .revision = row.integer(9)};
}

Organisation organisation_of(db::Row const& row) {
  return Organisation{.id = {row.text(0)},
                      .party = {row.text(1)},
                      .kind = row.text(2),
                      .names = {row.text(3), row.text(4)},
                      .email = row.text(5),
                      .active = row.integer(6) != 0,
                      .revision = row.integer(7)};
}

User user_of(db::Row const& row) {
  return User{.id = {row.text(0)},
              .party = {row.text(1)},
              .organisation = {row.text(2)},
              .login = row.text(3),
              .name = row.text(4),
              .email = row.text(5),
              .roles = split_words(row.text(6)),
              .language = row.text(7),
              .active = row.integer(8) != 0,
              .revision = row.integer(9)};
}

template <class Make>
auto all_of(db::Rows const& rows, Make make) {
  std::vector<decltype(make(rows.front()))> all;
  all.reserve(rows.size());
  for (auto const& row : rows) all.push_back(make(row));
  return all;
}

template <class Make>
auto one_of(std::optional<db::Row> const& row, Make make) {
  return row ? std::optional(make(*row)) : std::nullopt;
}

std::int64_t number_of(bool truth) { return truth ? 1 : 0; }

}  // namespace

std::vector<Party> list_parties(db::Database& database, Viewer const&) { return all_of(database.read(select_parties), party_of); }

std::vector<Party> list_hosted_parties(db::Database& database) { return all_of(database.read(select_hosted_parties), party_of); }

std::optional<Party> find_party(db::Database& database, Viewer const&, PartyId const& id) {
  return one_of(database.find(select_party, {id.value}), party_of);
}

std::optional<Party> find_party_by_code(db::Database& database, std::string_view code) {
  return one_of(database.find(select_party_by_code, {std::string(code)}), party_of);
}

std::vector<Organisation> list_organisations(db::Database& database, Viewer const& viewer) {
  return all_of(database.read(select_organisations, {viewer.party.value}), organisation_of);
}

std::optional<Organisation> find_organisation(db::Database& database, Viewer const& viewer, OrganisationId const& id) {
  return one_of(database.find(select_organisation, {viewer.party.value, id.value}), organisation_of);
}

std::vector<User> list_users(db::Database& database, Viewer const& viewer) {
  return all_of(database.read(select_users, {viewer.party.value}), user_of);
}

std::optional<User> find_user(db::Database& database, Viewer const& viewer, UserId const& id) {
  return one_of(database.find(select_user, {viewer.party.value, id.value}), user_of);
}

std::optional<User> find_user_by_login(db::Database& database, std::string_view login) {
  return one_of(database.find(select_user_by_login, {std::string(login)}), user_of);
}

std::vector<User> list_users_with_role(db::Database& database, PartyId const& party, std::string_view role) {
  auto users = all_of(database.read(select_users, {party.value}), user_of);
  std::erase_if(users, [&](User const& user) {
    return !user.active || std::find(user.roles.begin(), user.roles.end(), role) == user.roles.end();
  });
  return users;
}

void save_party(db::Command& command, Party const& party) {
  db::Values values{party.id.value,
                    party.code,
                    party.names.en,
                    party.names.es,
                    party.time_zone,
                    join(party.languages, " "),
                    std::string(name_of(party.sides)),
                    party.signing_key,
                    number_of(party.hosted)};
  if (party.revision == 0) return command.add_expecting(insert_party, std::move(values));
  values.emplace_back(party.revision);
  command.add_expecting(update_party, std::move(values));
}

void save_organisation(db::Command& command, Organisation const& organisation) {
  db::Values values{organisation.id.value, organisation.party.value, organisation.kind,
                    organisation.names.en, organisation.names.es,    organisation.email,
                    number_of(organisation.active)};
  if (organisation.revision == 0) return command.add_expecting(insert_organisation, std::move(values));
  values.emplace_back(organisation.revision);
  command.add_expecting(update_organisation, std::move(values));
}

void save_user(db::Command& command, User const& user) {
  db::Values values{user.id.value, user.party.value, user.organisation.value, user.login,
                    user.name,     user.email,       join(user.roles, " "),   user.language,
                    number_of(user.active)};
  if (user.revision == 0) return command.add_expecting(insert_user, std::move(values));
  values.emplace_back(user.revision);
  command.add_expecting(update_user, std::move(values));
}

}  // namespace rcms::access
