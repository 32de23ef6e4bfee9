// What was acknowledged is there after the process, or the server, is killed in the middle of its work. A server that answers
// before its log is written (synchronous_commit = off) is seen here; one that does not wait for the disk (fsync = off) is not, as
// the machine goes on: that is refused when it is opened (postgresql_server_test.cpp).
#include <algorithm>
#include <set>
#include <sstream>
#include <thread>

#include <csignal>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"
#include "support/scratch_postgresql.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::DatabaseForTests;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/src/foundation/db/test_migrations";
constexpr int writing_threads = 8;
constexpr int acknowledged_before_kill = 1'500;

constexpr Sql insert_first{"test.first", "insert into person (id, name) values ($1, 'x')"};
constexpr Sql insert_second{"test.second", "insert into letter (id, person, pages) values ($1, $1, 1)"};
constexpr Sql list_whole{"test.whole", "select person.id from person join letter on letter.id = person.id"};
constexpr Sql count_halves{"test.count_halves",
                           "select count(*) from person where not exists (select 1 from letter where letter.id = person.id)"};

/// Writes until it is killed or faults, and tells each acknowledged id through the pipe. Runs in a process of its own.
[[noreturn]] void write_until_killed(std::string const& address, int pipe) {
  auto database = open(address);
  std::vector<std::thread> threads;
  for (int t = 0; t < writing_threads; ++t)
    threads.emplace_back([&, t] {
      try {
        for (int i = 0;; ++i) {
          auto const id = fmt::format("{}-{}", t, i);
          Command command;
          command.add(insert_first, {id});
          if (i % 2 == 0)
            command.add_expecting(insert_second, {id});
          else
            command.add(insert_second, {id});
          if (database->write(command).outcome != Outcome::written) ::_exit(1);
          auto const line = id + "\n";
          if (::write(pipe, line.data(), line.size()) < 0) ::_exit(1);
        }
      } catch (Fault const&) {
        // The server is gone; what was acknowledged before is what counts.
      }
    });
  for (auto& thread : threads) thread.join();
  ::_exit(0);
}

/// Runs `write_until_killed`, calls `kill` after enough ids, and returns the acknowledged ids.
std::set<std::string> ids_before_kill(std::string const& address, std::function<void(pid_t)> const& kill_it) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  pid_t const child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(address, ends[1]);
  }
  ::close(ends[1]);
  std::string told;
  char buffer[4096];
  bool is_killed = false;
  for (auto size = ::read(ends[0], buffer, sizeof buffer); size > 0; size = ::read(ends[0], buffer, sizeof buffer)) {
    told.append(buffer, static_cast<std::size_t>(size));
    if (is_killed || std::count(told.begin(), told.end(), '\n') < acknowledged_before_kill) continue;
    is_killed = true;
    kill_it(child);
  }
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  REQUIRE(is_killed);
  std::set<std::string> ids;
  std::istringstream lines(told.substr(0, told.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) ids.insert(line);
  return ids;
}

void check_all_there(Database& database, std::set<std::string> const& ids) {
  std::set<std::string> found;
  for (auto const& row : database.read(list_whole)) found.insert(row.text(0));
  std::size_t missing = 0;
  for (auto const& id : ids) missing += found.count(id) == 0 ? 1 : 0;
  CHECK(ids.size() >= acknowledged_before_kill);
  CHECK(missing == 0);
  CHECK(database.find(count_halves)->integer(0) == 0);
}

}  // namespace

TEST_CASE("a process that is killed while it writes loses nothing that it acknowledged") {
  rcms::tests::for_each_fresh_database([](DatabaseForTests& fresh) {
    for (int round = 0; round < 2; ++round) {
      if (round == 0) migrate(fresh.database(), migrations);
      fresh.close();
      static constexpr Sql clear_second{"test.clear_second", "delete from letter"};
      static constexpr Sql clear_first{"test.clear_first", "delete from person"};
      auto const ids = ids_before_kill(fresh.address(), [](pid_t child) { ::kill(child, SIGKILL); });
      check_all_there(fresh.database(), ids);
      Command clear;
      clear.add(clear_second, {});
      clear.add(clear_first, {});
      CHECK(fresh.database().write(clear).outcome == Outcome::written);
    }
  });
}

TEST_CASE("a PostgreSQL server that dies while it is written to loses nothing that was acknowledged") {
  if (rcms::tests::engines_for_tests().size() < 2) return;
  rcms::tests::ScratchPostgresql server;
  migrate(*open(server.address()), migrations);
  auto const ids = ids_before_kill(server.address(), [&](pid_t) { server.crash(); });
  server.start();
  check_all_there(*open(server.address()), ids);
}
