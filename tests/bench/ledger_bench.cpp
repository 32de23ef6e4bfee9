// How fast decisions are written to the ledger, sealed, and readings recorded.
//
//   ledger_bench ADDRESS [THREADS] [SECONDS]      ADDRESS: an empty database, sqlite:FILE or postgresql://…

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "foundation/base/clock.hpp"
#include "foundation/ledger/access_log.hpp"
#include "foundation/ledger/seal.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/ledger_for_tests.hpp"

using namespace rcms;

namespace {

struct Load {
  int threads = 32;
  int seconds = 4;
};

/// Calls `work(thread, step)` from all threads until the time is over; prints the rate.
double run(std::string const& name, Load const& load, std::function<void(int, int)> const& work) {
  std::atomic<bool> running{true};
  std::vector<std::vector<std::int64_t>> times(static_cast<std::size_t>(load.threads));
  std::vector<std::thread> threads;
  auto const start = monotonic_ms();
  for (int thread = 0; thread < load.threads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int step = 0; running; ++step) {
        auto const begun = monotonic_ms();
        work(thread, step);
        times[static_cast<std::size_t>(thread)].push_back(monotonic_ms() - begun);
      }
    });
  }
  std::this_thread::sleep_for(std::chrono::seconds(load.seconds));
  running = false;
  for (auto& thread : threads) thread.join();
  auto const took = static_cast<double>(monotonic_ms() - start) / 1000;
  std::vector<std::int64_t> all;
  for (auto const& each : times) all.insert(all.end(), each.begin(), each.end());
  std::sort(all.begin(), all.end());
  auto const rate = static_cast<double>(all.size()) / took;
  fmt::print("{:<34} {:>8.0f}/s   p50 {:>3} ms   p99 {:>3} ms\n", name, rate, all[all.size() / 2], all[all.size() * 99 / 100]);
  return rate;
}

std::string subject_of_step(int thread, int step) { return fmt::format("case:{}-{}", thread, step % 5000); }

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print("usage: ledger_bench ADDRESS [THREADS] [SECONDS]\n");
    return 2;
  }
  Load load;
  if (count > 2) load.threads = std::atoi(arguments[2]);
  if (count > 3) load.seconds = std::atoi(arguments[3]);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  auto const database = db::open(arguments[1]);
  db::migrate(*database, RCMS_SOURCE_DIR "/db/migrations");
  SystemClock const clock;

  run("append, no sealer", load,
      [&](int thread, int step) { tests::write_entry(*database, subject_of_step(thread, step), step); });
  ledger::Sealer sealer(*database, tests::node_key(), clock);
  auto const begun = monotonic_ms();
  std::size_t sealed = 0;
  while (auto const batch = sealer.seal_once()) sealed += batch;
  fmt::print("{:<34} {:>8.0f}/s\n", "seal what is there",
             static_cast<double>(sealed) * 1000 / static_cast<double>(monotonic_ms() - begun + 1));
  sealer.start();
  run("append, with sealer", load,
      [&](int thread, int step) { tests::write_entry(*database, subject_of_step(thread, step), step); });
  auto const behind = monotonic_ms();
  while (sealer.seal_once() != 0) continue;
  fmt::print("{:<34} {:>8} ms\n", "sealer behind by", monotonic_ms() - behind);
  run("append, one subject for all", load, [&](int, int step) { tests::write_entry(*database, "case:one", step); });
  ledger::AccessLog log(*database, clock);
  run("record a reading", load, [&](int thread, int step) {
    log.record({fmt::format("case:{}-{}", thread, step), "user", "party", "get_case", "request", {}});
  });
  fmt::print("{} entries sealed\n", ledger::last_sealed_number(*database));
}
