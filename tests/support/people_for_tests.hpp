// The smallest world of invented people: Utopia (requested), Arcadia (requesting), one organisation and a few users each.
#pragma once

#include <string>

#include "foundation/access/credentials.hpp"
#include "foundation/access/password.hpp"
#include "foundation/access/people.hpp"
#include "foundation/access/store.hpp"

namespace rcms::tests {

struct PeopleForTests {
  access::Party utopia;
  access::Party arcadia;
  access::Organisation utopian_authority;
  access::Organisation arcadian_authority;
  access::User ana;    ///< case_officer of Arcadia
  access::User admin;  ///< administrator of Arcadia
  access::User uma;    ///< decider of Utopia
};

inline std::string const password_for_tests = "the tide comes in at noon";

inline access::RolePermissions const permissions_for_tests{
    {"case_officer", {"case.read", "case.edit"}},
    {"decider", {"application.read", "application.reply"}},
    {"administrator", {"administration.users", "administration.read"}},
};

/// Writes them, with `password_for_tests` for each.
inline PeopleForTests add_people(db::Database& database, Instant now) {
  PeopleForTests people;
  auto const party = [&](std::string code, std::string name, access::Sides sides) {
    return access::Party{.id = PartyId::make(now), .code = std::move(code), .names = {name, name}, .time_zone = "UTC",
                         .languages = {"en", "es"}, .sides = sides, .signing_key = {}, .hosted = true};
  };
  people.utopia = party("UTO", "Utopia", access::Sides::requested);
  people.arcadia = party("XAR", "Arcadia", access::Sides::requesting);
  auto const organisation = [&](access::Party const& of) {
    return access::Organisation{.id = OrganisationId::make(now), .party = of.id, .kind = "authority",
                                .names = {of.names.en + " authority", "autoridad de " + of.names.es},
                                .email = "office@" + of.code + ".example"};
  };
  people.utopian_authority = organisation(people.utopia);
  people.arcadian_authority = organisation(people.arcadia);
  auto const user = [&](access::Organisation const& of, std::string login, std::string role) {
    return access::User{.id = UserId::make(now),
                        .party = of.party,
                        .organisation = of.id,
                        .login = login,
                        .name = "Name of " + login,
                        .email = login + "@example.org",
                        .roles = {std::move(role)}};
  };
  people.ana = user(people.arcadian_authority, "ana.mora", "case_officer");
  people.admin = user(people.arcadian_authority, "admin.arcadia", "administrator");
  people.uma = user(people.utopian_authority, "uma.sol", "decider");

  access::PasswordHasher hasher(access::HashCost::least());
  db::Command command;
  for (auto* each : {&people.utopia, &people.arcadia}) access::save_party(command, *each), each->revision = 1;
  for (auto* each : {&people.utopian_authority, &people.arcadian_authority})
    access::save_organisation(command, *each), each->revision = 1;
  for (auto* each : {&people.ana, &people.admin, &people.uma}) {
    access::save_user(command, *each);
    each->revision = 1;
    access::save_password(command, each->id, *hasher.hash(password_for_tests), access::PasswordUse::lasting, now);
  }
  if (database.write(command).outcome != db::Outcome::written) throw db::Fault("the people for tests were not written");
  return people;
}

inline access::Viewer viewer_of(access::User const& user) {
  return {.user = user.id, .name = user.name, .party = user.party, .party_code = {}, .organisation = user.organisation,
          .roles = user.roles, .permissions = access::permissions_of(user.roles, permissions_for_tests)};
}

}  // namespace rcms::tests
