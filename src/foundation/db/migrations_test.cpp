#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

#include "foundation/base/clock.hpp"
#include "foundation/db/migrations.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::DatabaseForTests;
using rcms::tests::for_each_engine;
using rcms::tests::TemporaryFolder;

namespace {

constexpr Sql list_recorded{"test.recorded", "select name, hash, applied_at from schema_migrations order by name"};
constexpr Sql read_a{"test.a", "select n from a order by n"};

void put(TemporaryFolder const& folder, std::string const& name, std::string const& text) {
  std::ofstream(folder.file(name)) << text;
}

}  // namespace

TEST_CASE("migrations are applied once, in order, and go on where they ended") {
  for_each_engine([](Database& database) {
    TemporaryFolder const folder;
    auto const path = folder.path().string();
    CHECK(migrate(database, path) == 0);
    put(folder, "0002_rows.sql", "insert into a (n) values (1); insert into a (n) values (2);");
    put(folder, "0001_table.sql", "-- the table; of rows\ncreate table a (n bigint primary key not null);\n");
    put(folder, "notes.txt", "not a migration");
    CHECK(migrate(database, path) == 2);
    CHECK(migrate(database, path) == 0);
    put(folder, "0010_more.sql", "insert into a (n) values (3);");
    CHECK(migrate(database, path) == 1);
    CHECK(database.read(read_a).size() == 3);
    auto const recorded = database.read(list_recorded);
    REQUIRE(recorded.size() == 3);
    CHECK(recorded[0].text(0) == "0001_table");
    CHECK(recorded[2].text(0) == "0010_more");
    CHECK(recorded[0].text(1).size() == 64);
    CHECK(recorded[0].integer(2) > 1'700'000'000'000);
  });
}

TEST_CASE("a pair of files serves each engine with its own") {
  for_each_engine([](Database& database) {
    TemporaryFolder const folder;
    put(folder, "0001_pair.sqlite.sql", "create table a (n text) strict; insert into a (n) values ('sqlite');");
    put(folder, "0001_pair.postgres.sql", "create table a (n text); insert into a (n) values ('postgresql');");
    CHECK(migrate(database, folder.path().string()) == 1);
    CHECK(database.read(read_a).at(0).text(0) == rcms::tests::name_of(database.engine()));
    CHECK(database.read(list_recorded).at(0).text(0) == "0001_pair");
  });
}

TEST_CASE("a migration that fails in its middle leaves nothing, and the next try resumes") {
  for_each_engine([](Database& database) {
    TemporaryFolder const folder;
    put(folder, "0001_a.sql", "create table a (n bigint primary key not null);");
    put(folder, "0002_b.sql", "create table b (n bigint); insert into a (n) values (1); insert into a (n) values (1);");
    CHECK_THROWS_WITH_AS(migrate(database, folder.path().string()), doctest::Contains("0002_b"), Fault);
    CHECK(database.read(list_recorded).size() == 1);
    CHECK(database.read(read_a).empty());
    put(folder, "0002_b.sql", "create table b (n bigint); insert into a (n) values (1);");
    CHECK(migrate(database, folder.path().string()) == 1);
    CHECK(database.read(read_a).size() == 1);
  });
}

TEST_CASE("files that do not fit the database are refused with the reason") {
  struct Case {
    char const* name;
    std::function<void(TemporaryFolder const&)> change;
    char const* words;
  };
  Case const cases[] = {
      {"changed", [](auto const& f) { put(f, "0002_b.sql", "create table other (n bigint);"); }, "not the text that was applied"},
      {"missing", [](auto const& f) { std::filesystem::remove(f.file("0002_b.sql")); }, "missing here"},
      {"late number", [](auto const& f) { put(f, "0001_z.sql", "select 1"); }, "one number"},
      {"number before", [](auto const& f) { put(f, "0000_z.sql", "select 1"); }, "higher number"},
      {"no number", [](auto const& f) { put(f, "add_things.sql", "select 1"); }, "NNNN_words.sql"},
  };
  for (auto const& c : cases) {
    CAPTURE(c.name);
    for_each_engine([&](Database& database) {
      TemporaryFolder const folder;
      put(folder, "0001_a.sql", "create table a (n bigint);");
      put(folder, "0002_b.sql", "create table b (n bigint);");
      REQUIRE(migrate(database, folder.path().string()) == 2);
      c.change(folder);
      CHECK_THROWS_WITH_AS(migrate(database, folder.path().string()), doctest::Contains(c.words), Fault);
    });
  }
  for_each_engine([](Database& database) {
    CHECK_THROWS_WITH_AS(migrate(database, "/no/such/folder"), doctest::Contains("/no/such/folder"), Fault);
  });
}

namespace {

/// A statement of many minutes; its row is the sign that it came to its end.
constexpr char long_statement[] = "insert into a (n) with recursive c(n) as (select cast(1 as bigint) union all "
                                  "select n + 1 from c where n < 20000000000) select count(*) from c;";

/// True from `ms` after it was made.
MustStop after(std::int64_t ms) {
  return [until = monotonic_ms() + ms] { return monotonic_ms() >= until; };
}

}  // namespace

TEST_CASE("told to stop in the middle of a long migration it stops at once, with nothing half done, and the next start goes on") {
  for_each_engine([](Database& database) {
    TemporaryFolder const folder;
    auto const path = folder.path().string();
    put(folder, "0001_a.sql", "create table a (n bigint primary key not null);");
    put(folder, "0002_long.sql", std::string("insert into a (n) values (1); create table b (n bigint);") + long_statement);
    put(folder, "0003_c.sql", "create table c (n bigint);");
    auto const began = monotonic_ms();
    try {
      migrate(database, path, after(400));
      FAIL("it came to its end");
    } catch (MigrationsStopped const& stopped) {
      CHECK(stopped.applied == 1);
      CHECK(stopped.left == 2);
    }
    CHECK(monotonic_ms() - began < 5'000);
    CHECK(database.read(list_recorded).size() == 1);
    CHECK(database.read(read_a).empty());
    CHECK_THROWS_AS(migrate(database, path, after(0)), MigrationsStopped);
    put(folder, "0002_long.sql", "insert into a (n) values (1); create table b (n bigint);");
    CHECK(migrate(database, path, after(600'000)) == 2);
    CHECK(database.read(read_a).size() == 1);
  });
}

TEST_CASE("whoever waits for another process that migrates can be told to stop, and the other goes on") {
  rcms::tests::for_each_fresh_database([](DatabaseForTests& fresh) {
    if (fresh.engine() == Engine::sqlite) return;  // the file belongs to one process: the other is refused at once
    TemporaryFolder const folder;
    auto const path = folder.path().string();
    put(folder, "0001_a.sql", std::string("create table a (n bigint primary key not null);") + long_statement);
    auto const other = open(fresh.address());
    std::atomic<bool> is_to_stop{false};
    std::thread first([&] {
      CHECK_THROWS_AS(migrate(fresh.database(), path, [&] { return is_to_stop.load(); }), MigrationsStopped);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    auto const began = monotonic_ms();
    CHECK_THROWS_AS(migrate(*other, path, after(200)), MigrationsStopped);
    CHECK(monotonic_ms() - began < 5'000);
    is_to_stop = true;
    first.join();
  });
}

TEST_CASE("several that migrate at once apply each file once") {
  rcms::tests::for_each_fresh_database([](DatabaseForTests& fresh) {
    TemporaryFolder const folder;
    put(folder, "0001_a.sql", "create table a (n bigint primary key not null); insert into a (n) values (1);");
    put(folder, "0002_b.sql", "insert into a (n) values (2);");
    std::unique_ptr<Database> const other = fresh.engine() == Engine::postgresql ? open(fresh.address()) : nullptr;
    auto& first = fresh.database();
    std::atomic<int> applied{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&, i] { applied += migrate(other && i % 2 == 1 ? *other : first, folder.path().string()); });
    for (auto& thread : threads) thread.join();
    CHECK(applied.load() == 2);
    CHECK(first.read(read_a).size() == 2);
  });
}

TEST_CASE("what was prepared before a table changed is prepared anew") {
  for_each_engine([](Database& database) {
    static constexpr Sql all_of_a{"test.star_is_banned_elsewhere", "select a.* from a"};
    TemporaryFolder const folder;
    put(folder, "0001_a.sql", "create table a (n bigint primary key not null); insert into a (n) values (1);");
    migrate(database, folder.path().string());
    CHECK(database.read(all_of_a).at(0).size() == 1);
    put(folder, "0002_b.sql", "alter table a add column m text;");
    migrate(database, folder.path().string());
    CHECK(database.read(all_of_a).at(0).size() == 2);
  });
}

TEST_CASE("the migrations of the product apply to both engines, twice without effect") {
  for_each_engine([](Database& database) {
    CHECK(migrate(database, RCMS_SOURCE_DIR "/db/migrations") > 0);
    CHECK(migrate(database, RCMS_SOURCE_DIR "/db/migrations") == 0);
  });
}
