// A sheet is spoilt only while it is a sheet in the drawer of the office that holds it.
#include <doctest/doctest.h>

#include "support/documents_world.hpp"

using namespace rcms;
using namespace rcms::travel_documents;

TEST_CASE("a sheet goes only forward: every move from every state is allowed or not") {
  BlankState const all[] = {BlankState::in_stock, BlankState::assigned, BlankState::issued, BlankState::spoilt,
                            BlankState::void_};
  std::string moves;
  for (auto const from : all) {
    for (auto const to : all) {
      if (may_become(from, to)) moves += std::string(name_of(from)) + " " + std::string(name_of(to)) + "\n";
    }
  }
  CHECK(moves ==
        "in_stock assigned\nin_stock issued\nin_stock spoilt\nassigned issued\nassigned spoilt\nissued void\n");
}

TEST_CASE("another office does not spoil a sheet, though it knows its number") {
  tests::for_each_engine(
      [](db::Database& database) {
        World world(database);
        REQUIRE(receive_blanks(world.desk, world.carla, "QX", "00001", "00002"));
        auto other = world.carla;
        other.organisation = OrganisationId::make(noon);
        CHECK(spoil_blank(world.desk, other, "QX00001", "torn").error().why == Why::not_found);
        CHECK(find_blank(database, world.carla.party, "QX00001")->state == BlankState::in_stock);
        CHECK(spoil_blank(world.desk, world.carla, "QX00001", "torn").has_value());
        CHECK(spoil_blank(world.desk, world.carla, "QX00001", "torn").error().why == Why::wrong_step);
      },
      tests::Migrations::all);
}
