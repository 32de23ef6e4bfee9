// Durable commands and reads a second through foundation/db, by number of threads.
//   db_bench SECONDS ADDRESS…      such as: db_bench 3 sqlite:/tmp/bench.sqlite postgresql://rcms@/rcms?host=…
// Its tables (bench_…) are made anew and dropped at the end.
// A command is what a status change writes: an update that expects its revision, and two inserts of 300 bytes.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"

using namespace rcms;
using namespace rcms::db;

namespace {

constexpr int cases = 20'000;
constexpr Sql make_case{"bench.make_case",
                        "create table bench_file (id text primary key not null, revision bigint not null, state text not null)"};
constexpr Sql make_entry{"bench.make_entry",
                         "create table bench_entry (id bigint primary key not null, file text not null, content text not null)"};
constexpr Sql make_notice{"bench.make_notice",
                          "create table bench_notice (id bigint primary key not null, content text not null)"};
constexpr Sql fill_cases{"bench.fill",
                         "insert into bench_file (id, revision, state) with recursive n(i) as "
                         "(select 1 union all select i + 1 from n where i < 20000) select 'case ' || i, 1, 'draft' from n"};
constexpr Sql find_case{"bench.find", "select revision, state from bench_file where id = $1"};
constexpr Sql change_case{"bench.change",
                          "update bench_file set revision = revision + 1, state = $3 where id = $1 and revision = $2"};
constexpr Sql add_entry{"bench.entry", "insert into bench_entry (id, file, content) values ($1, $2, $3)"};
constexpr Sql add_notice{"bench.notice", "insert into bench_notice (id, content) values ($1, $2)"};

constexpr Sql drop_case{"bench.drop_case", "drop table if exists bench_file"};
constexpr Sql drop_entry{"bench.drop_entry", "drop table if exists bench_entry"};
constexpr Sql drop_notice{"bench.drop_notice", "drop table if exists bench_notice"};

std::atomic<std::int64_t> ids{0};

void clear(Database& database) {
  Command command;
  for (auto const* sql : {&drop_case, &drop_entry, &drop_notice}) command.add(*sql, {});
  database.write(command);
}

void prepare(Database& database) {
  clear(database);
  for (auto const* sql : {&make_case, &make_entry, &make_notice, &fill_cases}) {
    Command command;
    command.add(*sql, {});
    database.write(command);
  }
}

/// Reads the revision, then writes; each thread has cases of its own, so nothing is superseded.
void change_one(Database& database, int thread, int threads) {
  auto const number = ids.fetch_add(1);
  auto const own = cases / threads;
  auto const id = fmt::format("case {}", 1 + thread * own + number % own);
  auto const revision = database.find(find_case, {id})->integer(0);
  Command command;
  command.add_expecting(change_case, {id, revision, "submitted"});
  command.add(add_entry, {number, id, std::string(300, 'e')});
  command.add(add_notice, {number, std::string(300, 'n')});
  if (database.write(command).outcome != Outcome::written) throw Fault("a command of the bench was not written");
}

void read_one(Database& database, int, int) {
  if (!database.find(find_case, {fmt::format("case {}", 1 + ids.fetch_add(1) % cases)})) throw Fault("a case is missing");
}

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Measured {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

Measured measure(Database& database, int threads, double seconds, void (*act)(Database&, int, int)) {
  std::vector<std::vector<std::int64_t>> times(static_cast<std::size_t>(threads));
  auto const end = monotonic_ms() + static_cast<std::int64_t>(seconds * 1000);
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&, t] {
      auto& own = times[static_cast<std::size_t>(t)];
      while (monotonic_ms() < end) {
        auto const began = now_us();
        act(database, t, threads);
        own.push_back(now_us() - began);
      }
    });
  for (auto& thread : running) thread.join();
  std::vector<std::int64_t> all;
  for (auto const& own : times) all.insert(all.end(), own.begin(), own.end());
  std::sort(all.begin(), all.end());
  auto const at = [&](double share) {
    auto const index = static_cast<std::size_t>(share * static_cast<double>(all.size() - 1));
    return static_cast<double>(all[index]) / 1000;
  };
  return {static_cast<double>(all.size()) / seconds, at(0.5), at(0.99)};
}

double figure(Database const& database, std::string_view wanted) {
  for (auto const& [name, value] : database.figures())
    if (name == wanted) return value;
  return 0;
}

void run(std::string const& address, double seconds) {
  auto const database = open(address);
  auto const name = database->engine() == Engine::sqlite ? "sqlite" : "postgresql";
  prepare(*database);
  for (int const threads : {1, 8, 64}) {
    auto const commits_before = figure(*database, "db_commits_total");
    auto const commands_before = figure(*database, "db_commands_total");
    auto const write = measure(*database, threads, seconds, change_one);
    auto const commits = figure(*database, "db_commits_total") - commits_before;
    auto const batch = commits > 0 ? (figure(*database, "db_commands_total") - commands_before) / commits : 1;
    auto const read = measure(*database, threads, seconds, read_one);
    fmt::print("{:<11}{:>4} threads | change (read + durable command) {:>7.0f}/s  p50 {:>6.2f} ms  p99 {:>6.2f} ms  "
               "{:>5.1f} commands a commit | read {:>7.0f}/s  p99 {:>5.2f} ms\n",
               name, threads, write.per_second, write.p50_ms, write.p99_ms, batch, read.per_second, read.p99_ms);
    std::fflush(stdout);
  }
  clear(*database);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "usage: db_bench SECONDS ADDRESS...\n");
    return 2;
  }
  for (int i = 2; i < count; ++i) run(arguments[i], std::atof(arguments[1]));
  return 0;
}
