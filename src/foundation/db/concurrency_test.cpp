// Many threads at once, on both engines.
#include <atomic>
#include <chrono>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::for_each_engine;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/src/foundation/db/test_migrations";
constexpr int threads_at_once = 64;
constexpr int commands_each = 20;

constexpr Sql insert_row{"test.insert", "insert into person (id, name) values ($1, $2)"};
constexpr Sql count_rows{"test.count", "select count(*) from person"};
constexpr Sql get_revision{"test.get_revision", "select revision from person where id = $1"};
constexpr Sql set_revision{"test.set_revision", "update person set revision = $2 + 1 where id = $1 and revision = $2"};

void run_threads(int count, std::function<void(int)> const& work) {
  std::vector<std::thread> threads;
  threads.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (auto& thread : threads) thread.join();
}

double figure(Database const& database, std::string_view wanted) {
  for (auto const& [name, value] : database.figures())
    if (name == wanted) return value;
  return -1;
}

}  // namespace

TEST_CASE("64 threads write and read at once, and all of it is there") {
  for_each_engine([](Database& database) {
    migrate(database, migrations);
    std::atomic<int> written{0};
    std::atomic<int> refused{0};
    run_threads(threads_at_once, [&](int thread) {
      for (int i = 0; i < commands_each; ++i) {
        Command command;
        command.add(insert_row, {fmt::format("{}-{}", thread, i), "x"});
        // Each tenth command must not stand, and must not take its neighbours of the same commit with it.
        if (i % 10 == 9) command.add(insert_row, {fmt::format("{}-0", thread), "x"});
        auto const outcome = database.write(command).outcome;
        (outcome == Outcome::written ? written : refused).fetch_add(1);
        database.read(count_rows);
      }
    });
    CHECK(refused.load() == threads_at_once * commands_each / 10);
    CHECK(written.load() == threads_at_once * commands_each * 9 / 10);
    CHECK(database.find(count_rows)->integer(0) == written.load());
    if (database.engine() != Engine::sqlite) return;
    CHECK(figure(database, "db_largest_batch") > 1);
    CHECK(figure(database, "db_commits_total") < figure(database, "db_commands_total"));
  });
}

TEST_CASE("of those who replace one revision, one wins each time") {
  for_each_engine([](Database& database) {
    migrate(database, migrations);
    Command first;
    first.add(insert_row, {"shared", "x"});
    database.write(first);
    std::atomic<int> wins{0};
    run_threads(16, [&](int) {
      for (int won = 0; won < 10;) {
        auto const revision = database.find(get_revision, {"shared"})->integer(0);
        Command command;
        command.add_expecting(set_revision, {"shared", revision});
        if (database.write(command).outcome != Outcome::written) continue;
        ++won;
        wins.fetch_add(1);
      }
    });
    CHECK(wins.load() == 160);
    CHECK(database.find(get_revision, {"shared"})->integer(0) == 161);
  });
}

TEST_CASE("commands that are refused or fail leave nothing, and those that share their commit stand") {
  for_each_engine([](Database& database) {
    migrate(database, migrations);
    static constexpr Sql count_rows{"test.count_rows", "select count(*) from person where id <> 'taken'"};
    static constexpr Sql insert_nothing{"test.insert_nothing", "insert into person (id, name) values ($1, null)"};
    Command first;
    first.add(insert_row, {"taken", "x"});
    REQUIRE(database.write(first).outcome == Outcome::written);
    std::atomic<int> stands{0};
    std::atomic<int> refused{0};
    std::atomic<int> failed{0};
    run_threads(32, [&](int thread) {
      // Some rounds are quiet, so that the ways of carrying out a batch change.
      for (int i = 0; i < 60; ++i) {
        bool const is_quiet = i % 20 < 10;
        Command command;
        command.add(insert_row, {fmt::format("{}-{}", thread, i), "x"});
        if (!is_quiet && (i + thread) % 7 == 0) command.add(insert_row, {"taken", "x"});
        if (!is_quiet && (i + thread) % 11 == 0) command.add(insert_nothing, {fmt::format("none {}-{}", thread, i)});
        try {
          auto const outcome = database.write(command).outcome;
          CHECK((outcome == Outcome::written) == (command.statements().size() == 1));
          (outcome == Outcome::written ? stands : refused).fetch_add(1);
        } catch (Fault const&) {
          CHECK(command.statements().size() > 1);
          failed.fetch_add(1);
        }
      }
    });
    CHECK(refused.load() > 50);
    CHECK(failed.load() > 50);
    CHECK(stands.load() + refused.load() + failed.load() == 32 * 60);
    CHECK(database.find(count_rows)->integer(0) == stands.load());
  });
}

TEST_CASE("two commands that lock in opposite order both succeed in the end") {
  for_each_engine([](Database& database) {
    migrate(database, migrations);
    static constexpr Sql touch{"test.touch", "update person set revision = revision + 1 where id = $1"};
    for (auto const* id : {"a", "b"}) {
      Command command;
      command.add(insert_row, {id, "x"});
      database.write(command);
    }
    run_threads(4, [&](int thread) {
      for (int i = 0; i < 10; ++i) {
        Command command;
        command.add_expecting(touch, {thread % 2 == 0 ? "a" : "b"});
        command.add_expecting(touch, {thread % 2 == 0 ? "b" : "a"});
        CHECK(database.write(command).outcome == Outcome::written);
      }
    });
    CHECK(database.find(get_revision, {"a"})->integer(0) == 41);
    CHECK(database.find(get_revision, {"b"})->integer(0) == 41);
  });
}

TEST_CASE("notices are coalesced and arrive on another thread") {
  for_each_engine([](Database& database) {
    std::atomic<int> heard{0};
    auto const own = std::this_thread::get_id();
    std::atomic<bool> on_own_thread{false};
    database.listen("cases", [&] {
      if (std::this_thread::get_id() == own) on_own_thread = true;
      heard.fetch_add(1);
    });
    database.listen("cases", [] { throw std::runtime_error("a listener that fails"); });
    for (int i = 0; i < 1000; ++i) database.notify("cases");
    for (int i = 0; i < 300 && heard.load() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(heard.load() >= 1);
    CHECK(heard.load() < 100);
    CHECK_FALSE(on_own_thread.load());
    int const before = heard.load();
    database.notify("other");
    database.notify("cases");
    for (int i = 0; i < 300 && heard.load() == before; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(heard.load() > before);
  });
}
