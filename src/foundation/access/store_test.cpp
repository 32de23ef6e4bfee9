#include <doctest/doctest.h>

#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::access {
namespace {

using tests::Migrations;
Instant const noon{1'924'948'800'000};

db::Outcome saved(db::Database& database, User const& user) {
  db::Command command;
  save_user(command, user);
  return database.write(command).outcome;
}

TEST_CASE("what is saved is read again") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const people = tests::add_people(database, noon);
        auto const viewer = tests::viewer_of(people.ana);
        auto const party = find_party(database, viewer, people.utopia.id);
        REQUIRE(party.has_value());
        CHECK(party->code == "UTO");
        CHECK(party->languages == people.utopia.languages);
        CHECK(party->sides == Sides::requested);
        CHECK(party->hosted);
        CHECK(party->revision == 1);
        auto const organisation = find_organisation(database, viewer, people.arcadian_authority.id);
        REQUIRE(organisation.has_value());
        CHECK(organisation->names == people.arcadian_authority.names);
        CHECK(organisation->email == people.arcadian_authority.email);
        auto const user = find_user(database, viewer, people.ana.id);
        REQUIRE(user.has_value());
        CHECK(user->login == "ana.mora");
        CHECK(user->roles == std::vector<std::string>{"case_officer"});
        CHECK(find_user_by_login(database, "uma.sol")->id == people.uma.id);
        CHECK(find_party_by_code(database, "XAR")->id == people.arcadia.id);
        CHECK(list_parties(database, viewer).size() == 2);
        CHECK(list_hosted_parties(database).size() == 2);
      },
      Migrations::all);
}

TEST_CASE("people and organisations of another State do not exist for a viewer") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const people = tests::add_people(database, noon);
        auto const ana = tests::viewer_of(people.ana);
        CHECK_FALSE(find_user(database, ana, people.uma.id).has_value());
        CHECK_FALSE(find_organisation(database, ana, people.utopian_authority.id).has_value());
        CHECK(list_users(database, ana).size() == 2);
        CHECK(list_organisations(database, ana).size() == 1);
        CHECK(list_users(database, tests::viewer_of(people.uma)).size() == 1);
      },
      Migrations::all);
}

TEST_CASE("a save names the revision it replaces, and a login belongs to one person") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const people = tests::add_people(database, noon);
        auto changed = people.ana;
        changed.name = "Ana Mora Vidal";
        CHECK(saved(database, changed) == db::Outcome::written);
        CHECK(saved(database, changed) == db::Outcome::superseded);
        changed.revision = 2;
        changed.login = "uma.sol";
        CHECK(saved(database, changed) == db::Outcome::already_exists);
        changed.login = "ana.mora";
        changed.organisation = OrganisationId::make(noon);
        CHECK(saved(database, changed) == db::Outcome::not_allowed);
        CHECK(find_user(database, tests::viewer_of(people.ana), people.ana.id)->name == "Ana Mora Vidal");
      },
      Migrations::all);
}

TEST_CASE("those who hold a role are found while they are active") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const people = tests::add_people(database, noon);
        CHECK(list_users_with_role(database, people.arcadia.id, "case_officer").size() == 1);
        CHECK(list_users_with_role(database, people.arcadia.id, "case").empty());
        CHECK(list_users_with_role(database, people.utopia.id, "case_officer").empty());
        auto inactive = people.ana;
        inactive.active = false;
        CHECK(saved(database, inactive) == db::Outcome::written);
        CHECK(list_users_with_role(database, people.arcadia.id, "case_officer").empty());
      },
      Migrations::all);
}

TEST_CASE("which logins are accepted") {
  for (auto const* login : {"ana", "ana.mora", "a-b_c@uto", "0ab"}) CHECK(is_login(login));
  for (auto const* login : {"", "an", "Ana", "ana mora", ".ana", "añá", "ana\n"}) CHECK_FALSE(is_login(login));
  CHECK_FALSE(is_login(std::string(81, 'a')));
}

}  // namespace
}  // namespace rcms::access
