#include <filesystem>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "app/cli_parts.hpp"
#include "app/demo_world.hpp"
#include "capabilities/case_files/list.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/export.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::app {

namespace {

using case_files::Side;

struct World {
  tests::TemporaryFolder folder;
  Settings settings;

  explicit World(std::string const& database) {
    settings.database = database;
    settings.folder = folder.path() / "node";
    settings.data = find_share("data");
    settings.migrations = find_share("db/migrations");
    settings.demo = true;
  }
};

DemoWorldOptions small_world() {
  DemoWorldOptions options;
  options.cases = 20;
  options.citizens = 2'000;
  options.today = Date(2030, 10, 16);
  return options;
}

std::set<std::string> states_of(Node& node, Side side, std::string const& code) {
  std::set<std::string> states;
  auto const party = access::find_party_by_code(node.database(), code);
  case_files::each_case_file(node.database(), party->id, side, {}, [&](case_files::ListRow const& row) {
    states.insert(row.state);
    return true;
  });
  return states;
}

/// What a world holds, without ids and references, which are drawn: the same for the same seed.
std::multiset<std::string> content_of(Node& node) {
  std::multiset<std::string> content;
  for (auto const* code : {"UTO", "XAR"}) {
    auto const party = access::find_party_by_code(node.database(), code);
    for (auto const side : {Side::requesting, Side::requested}) {
      case_files::each_case_file(node.database(), party->id, side, {}, [&](case_files::ListRow const& row) {
        content.insert(row.state + ' ' + row.person.name + ' ' + row.next_due_on);
        return true;
      });
    }
  }
  return content;
}

}  // namespace

TEST_CASE("the world of the demo has cases in many states, full queues and a ledger that verifies") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& database) {
    World world(database.address());
    REQUIRE(make_demo_world_if_absent(world.settings, small_world()));
    Node node(world.settings, system_clock());
    CHECK(states_of(node, Side::requesting, "XAR").size() >= 5);
    CHECK(states_of(node, Side::requested, "UTO").size() >= 5);
    auto const utopia = access::find_party_by_code(node.database(), "UTO");
    CHECK(case_files::count_open_by_state(node.database(), utopia->id, Side::requested).size() >= 2);

    CHECK(node.sealer().seal_once() == 0);
    std::stringstream exported;
    auto const key = ledger::NodeKey::load_or_make(world.settings.folder / "keys" / "ledger.key");
    CHECK(ledger::export_jsonl(node.database(), key, exported) > 200);
    auto const report = ledger::verify_export(exported);
    CHECK(report.is_valid());
    CHECK(report.chains > 30);
  });
}

TEST_CASE("the same seed gives the same world, and a world is made once") {
  tests::TemporaryFolder folder;
  World one("sqlite:" + folder.file("one.db"));
  World other("sqlite:" + folder.file("other.db"));
  REQUIRE(make_demo_world_if_absent(one.settings, small_world()));
  REQUIRE(make_demo_world_if_absent(other.settings, small_world()));
  CHECK_FALSE(make_demo_world_if_absent(one.settings, small_world()));
  Node first(one.settings, system_clock());
  Node second(other.settings, system_clock());
  CHECK(content_of(first).size() > 20);
  CHECK(content_of(first) == content_of(second));
}

TEST_CASE("a world that was left half made on SQLite is made anew") {
  tests::TemporaryFolder folder;
  World world("sqlite:" + folder.file("half.db"));
  REQUIRE(make_demo_world_if_absent(world.settings, small_world()));
  std::filesystem::rename(world.settings.folder / "demo-world", world.settings.folder / "demo-world-begun");
  CHECK(make_demo_world_if_absent(world.settings, small_world()));
}

TEST_CASE("a database with States that the demo did not begin is refused and left as it is") {
  tests::TemporaryFolder folder;
  World world("sqlite:" + folder.file("real.db"));
  REQUIRE(make_demo_world_if_absent(world.settings, small_world()));
  std::filesystem::remove(world.settings.folder / "demo-world");
  CHECK_THROWS_WITH_AS(make_demo_world_if_absent(world.settings, small_world()),
                       doctest::Contains("not a world of the demo"), std::runtime_error);
  Node node(world.settings, system_clock());
  CHECK(node.context().directory.parties().size() == 2);
}

}  // namespace rcms::app
