// What concerns the file of SQLite: its lock, reading beside a writer, copies while in use.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::TemporaryFolder;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/src/foundation/db/test_migrations";
constexpr Sql insert_pair_a{"test.pair_a", "insert into person (id, name) values ($1, 'a')"};
constexpr Sql insert_pair_b{"test.pair_b", "insert into letter (id, person, pages) values ($1, $1, 1)"};
constexpr Sql count_people{"test.count_p", "select count(*) from person"};
constexpr Sql count_letters{"test.count_l", "select count(*) from letter"};
constexpr Sql integrity{"test.integrity", "pragma integrity_check"};

void write_pair(Database& database, std::string const& id) {
  Command command;
  command.add(insert_pair_a, {id});
  command.add(insert_pair_b, {id});
  REQUIRE(database.write(command).outcome == Outcome::written);
}

}  // namespace

TEST_CASE("a file that is open for writing is not opened for writing again, but may be read") {
  TemporaryFolder const folder;
  auto const address = "sqlite:" + folder.file("a.sqlite");
  auto writer = open(address);
  migrate(*writer, migrations);
  CHECK_THROWS_WITH_AS(open(address), doctest::Contains(fmt::format("process {}", ::getpid()).c_str()), Fault);
  write_pair(*writer, "1");
  auto reader = open_for_reading(address);
  CHECK(reader->find(count_people)->integer(0) == 1);
  write_pair(*writer, "2");
  CHECK(reader->find(count_people)->integer(0) == 2);
  Command command;
  command.add(insert_pair_a, {"3"});
  CHECK_THROWS_WITH_AS(reader->write(command), doctest::Contains("for reading only"), Fault);
  CHECK_FALSE(reader->is_leader("sealer"));
  CHECK(writer->is_leader("sealer"));
  writer = nullptr;
  CHECK(reader->find(count_people)->integer(0) == 2);
  writer = open(address);
  write_pair(*writer, "3");
  CHECK(reader->find(count_people)->integer(0) == 3);
}

TEST_CASE("a file that cannot be used is told with the remedy") {
  TemporaryFolder const folder;
  std::ofstream(folder.file("words.txt")) << std::string(5000, 'x');
  CHECK_THROWS_WITH_AS(open("sqlite:/no/such/folder/a.sqlite"), doctest::Contains("folder exists"), Fault);
  CHECK_THROWS_WITH_AS(open("sqlite:" + folder.file("words.txt")), doctest::Contains("cannot use"), Fault);
  CHECK_THROWS_WITH_AS(open_for_reading("sqlite:" + folder.file("none.sqlite")), doctest::Contains("cannot open"), Fault);
  CHECK_THROWS_AS(open("sqlite::memory:"), Fault);
}

TEST_CASE("a copy made under writing is one whole state, and the writing goes on") {
  TemporaryFolder const folder;
  auto const database = open("sqlite:" + folder.file("a.sqlite"));
  migrate(*database, migrations);
  for (int i = 0; i < 2000; ++i) write_pair(*database, fmt::format("before {}", i));
  static constexpr Sql make_large{"test.make_large", "update person set name = $1"};
  Command large;
  large.add(make_large, {std::string(10'000, 'x')});  // the copy takes many steps
  REQUIRE(database->write(large).outcome == Outcome::written);
  std::atomic<bool> stop{false};
  std::atomic<int> written{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; !stop.load(); ++i, written.fetch_add(1)) write_pair(*database, fmt::format("{} during {}", t, i));
    });
  for (int i = 0; i < 3; ++i) {
    int const before = written.load();
    auto const copy = folder.file(fmt::format("copy {}.sqlite", i));
    backup_sqlite(*database, copy);
    auto const opened = open_for_reading("sqlite:" + copy);
    CHECK(opened->find(integrity)->text(0) == "ok");
    auto const people = opened->find(count_people)->integer(0);
    CHECK(people >= 2000 + before);
    CHECK(people == opened->find(count_letters)->integer(0));
    while (written.load() == before) std::this_thread::yield();
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(database->find(count_people)->integer(0) == 2000 + written.load());
  CHECK_THROWS_WITH_AS(backup_sqlite(*database, folder.file("copy 0.sqlite")), doctest::Contains("exists"), Fault);
  CHECK_THROWS_AS(backup_sqlite(*database, folder.file("none/copy.sqlite")), Fault);
  CHECK_FALSE(std::filesystem::exists(folder.file("none")));
}

TEST_CASE("a copy of the database opens as a database of its own") {
  TemporaryFolder const folder;
  {
    auto const database = open("sqlite:" + folder.file("a.sqlite"));
    migrate(*database, migrations);
    write_pair(*database, "1");
    backup_sqlite(*database, folder.file("b.sqlite"));
  }
  auto const copy = open("sqlite:" + folder.file("b.sqlite"));
  CHECK(migrate(*copy, migrations) == 0);
  write_pair(*copy, "2");
  CHECK(copy->find(count_people)->integer(0) == 2);
}

TEST_CASE("the log does not grow without end while readers are busy") {
  TemporaryFolder const folder;
  auto const database = open("sqlite:" + folder.file("a.sqlite"));
  migrate(*database, migrations);
  static constexpr Sql fill{"test.fill", "update person set name = $1"};
  write_pair(*database, "1");
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop.load()) database->read(count_people);
  });
  for (int i = 0; i < 400; ++i) {
    Command command;
    command.add(fill, {std::string(1'000'000, static_cast<char>('a' + i % 26))});
    database->write(command);
  }
  stop = true;
  reader.join();
  CHECK(std::filesystem::file_size(folder.file("a.sqlite-wal")) < 200'000'000);  // 400 MB were written
}
