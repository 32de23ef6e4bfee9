#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <thread>
#include <vector>

#include "foundation/base/text.hpp"
#include "foundation/ledger/access_log.hpp"
#include "foundation/ledger/export.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/database_for_tests.hpp"
#include "support/ledger_for_tests.hpp"

namespace rcms::ledger {
namespace {

using tests::Migrations;

db::Sql const select_logged{"test_select_logged",
                            "SELECT content FROM ledger_entries WHERE action = 'personal_data.read'"};

Reading reading_of(std::string subject, std::string actor) {
  return {std::move(subject), std::move(actor), "party", "get_case", "request", {}};
}

std::size_t readings_in_ledger(db::Database& database) {
  std::size_t count = 0;
  for (auto const& row : database.read(select_logged)) count += boost::json::parse(row.text(0)).as_array().size();
  return count;
}

TEST_CASE("a reading is durable, in the ledger and found by its subject when record returns") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock const clock(tests::noon);
        AccessLog log(database, clock);
        log.record(reading_of("case:a", "ana"));
        auto const readings = list_readings(database, "case:a");
        REQUIRE(readings.size() == 1);
        CHECK(readings[0].actor == "ana");
        CHECK(readings[0].at == tests::noon);
        CHECK(readings_in_ledger(database) == 1);
        CHECK(list_readings(database, "case:b").empty());
      },
      Migrations::all);
}

TEST_CASE("the same reading within a minute is one reading, by another person or later it is another") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock clock(tests::noon);
        AccessLog log(database, clock);
        log.record(reading_of("case:a", "ana"));
        log.record(reading_of("case:a", "ana"));
        CHECK(list_readings(database, "case:a").size() == 1);
        log.record(reading_of("case:a", "bela"));
        CHECK(list_readings(database, "case:a").size() == 2);
        clock.set(tests::noon.plus_ms(AccessLog::same_reading_ms));
        log.record(reading_of("case:a", "ana"));
        CHECK(list_readings(database, "case:a").size() == 3);
      },
      Migrations::all);
}

TEST_CASE("readings of many threads share entries and are all there") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock const clock(tests::noon);
        constexpr int threads_count = 16;
        constexpr int each = 40;
        {
          AccessLog log(database, clock);
          std::vector<std::thread> threads;
          auto const start = monotonic_ms();
          for (int t = 0; t < threads_count; ++t) {
            threads.emplace_back([&, t] {
              for (int i = 0; i < each; ++i) log.record(reading_of("case:" + std::to_string(i), "user " + std::to_string(t)));
            });
          }
          for (auto& thread : threads) thread.join();
          MESSAGE((threads_count * each) << " readings in " << monotonic_ms() - start << " ms");
        }
        CHECK(list_readings(database, "case:7").size() == threads_count);
        CHECK(readings_in_ledger(database) == threads_count * each);
        Sealer sealer(database, tests::node_key(), clock);
        CHECK(sealer.seal_once() < threads_count * each);
      },
      Migrations::all);
}

TEST_CASE("when a reading cannot be recorded, record throws and the log goes on afterwards") {
  tests::for_each_engine([](db::Database& database) {
    SetClock const clock(tests::noon);
    AccessLog log(database, clock);
    CHECK_THROWS_AS(log.record(reading_of("case:a", "ana")), db::Fault);  // the tables are not there yet
    db::migrate(database, RCMS_SOURCE_DIR "/db/migrations");
    log.record(reading_of("case:a", "ana"));
    CHECK(list_readings(database, "case:a").size() == 1);
  });
}

}  // namespace
}  // namespace rcms::ledger
