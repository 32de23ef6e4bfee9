// Chains, carrying out and sealing, on both engines.

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "foundation/ledger/carry_out.hpp"
#include "foundation/ledger/merkle.hpp"
#include "foundation/ledger/seal.hpp"
#include "foundation/ledger/sealer.hpp"
#include "foundation/ledger/subject.hpp"
#include "support/database_for_tests.hpp"
#include "support/ledger_for_tests.hpp"

namespace rcms::ledger {
namespace {

using tests::Migrations;

db::Sql const select_order{"test_select_order",
                           "SELECT o.number, e.hash FROM ledger_order o JOIN ledger_entries e ON e.subject = o.subject "
                           "AND e.position = o.position ORDER BY o.number"};
db::Sql const select_seals{"test_select_seals", "SELECT seal, first, last FROM seals ORDER BY seal"};
db::Sql const insert_party_row{
    "test_insert_party",
    "INSERT INTO parties (id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted, "
    "revision) VALUES ($1, $2, 'x', 'x', 'UTC', 'en', 'both', $3, 1, 1)"};

/// Every chain is whole and ends where its head says.
void check_chain(db::Database& database, std::string const& subject, std::int64_t length) {
  auto const entries = list_entries(database, subject);
  REQUIRE(static_cast<std::int64_t>(entries.size()) == length);
  Bytes previous(32);
  for (auto const& [record, content] : entries) {
    CHECK(record.previous == previous);
    CHECK(hash_of(record) == record.hash);
    previous = record.hash;
  }
  auto const head = load_head(database, subject);
  CHECK(head.length == length);
  CHECK(head.hash == previous);
}

/// Numbers without gaps, seals that cover them.
void check_order(db::Database& database, std::int64_t entries) {
  auto const order = database.read(select_order);
  REQUIRE(static_cast<std::int64_t>(order.size()) == entries);
  for (std::size_t i = 0; i < order.size(); ++i) CHECK(order[i].integer(0) == static_cast<std::int64_t>(i) + 1);
  std::int64_t next_seal = 1;
  std::int64_t next_first = 1;
  for (auto const& seal : database.read(select_seals)) {
    CHECK(seal.integer(0) == next_seal++);
    CHECK(seal.integer(1) == next_first);
    next_first = seal.integer(2) + 1;
  }
  CHECK(next_first == entries + 1);
}

TEST_CASE("an entry is written with its chain and its content") {
  tests::for_each_engine(
      [](db::Database& database) {
        for (int i = 1; i <= 3; ++i) {
          auto const written = carry_out(database, {"case:a"}, [&]() -> Result<Decided<int>> {
            return Decided<int>{.entries = {tests::entry_of("case:a", i)}, .answer = i};
          });
          REQUIRE(written.has_value());
          CHECK(*written == i);
        }
        check_chain(database, "case:a", 3);
        CHECK(find_content(database, "case:a", 2) == tests::entry_of("case:a", 2).content);
        CHECK(load_head(database, "case:b").length == 0);
      },
      Migrations::all);
}

TEST_CASE("several entries of one decision follow each other, on one subject and on several") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const written = carry_out(database, {"case:a"}, []() -> Result<Decided<>> {
          return Decided<>{
              .entries = {tests::entry_of("case:a", 1), tests::entry_of("application:a", 2), tests::entry_of("case:a", 3)}};
        });
        REQUIRE(written.has_value());
        check_chain(database, "case:a", 2);
        check_chain(database, "application:a", 1);
      },
      Migrations::all);
}

TEST_CASE("content and ledger are written together or not at all") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const write = [&](char const* id) {
          return carry_out(database, {"case:a"}, [&]() -> Result<Decided<>> {
            Decided<> decided{.entries = {tests::entry_of("case:a", 1)}};
            decided.command.add(insert_party_row, {std::string(id), std::string("UTO"), Bytes()});
            return decided;
          });
        };
        CHECK(write("1").has_value());
        auto const second = write("2");  // the code is taken
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().why == Why::already_exists);
        check_chain(database, "case:a", 1);
      },
      Migrations::all);
}

TEST_CASE("what decide refuses is not written, and a write without an entry is a bug") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const refused = carry_out(database, {"case:a"},
                                       []() -> Result<Decided<>> { return refuse(Why::too_late, "reply", "", "art. 9(2)"); });
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().source == "art. 9(2)");
        CHECK(load_head(database, "case:a").length == 0);
        CHECK_THROWS_AS(carry_out(database, {"case:a"},
                                  []() -> Result<Decided<>> {
                                    Decided<> decided;
                                    decided.command.add(insert_party_row, {std::string("1"), std::string("UTO"), Bytes()});
                                    return decided;
                                  }),
                        std::logic_error);
      },
      Migrations::all);
}

TEST_CASE("a decision is repeated when another was faster, with what the other wrote") {
  tests::for_each_engine(
      [](db::Database& database) {
        int decisions = 0;
        auto const written = carry_out(database, {"case:a"}, [&]() -> Result<Decided<std::int64_t>> {
          auto const seen = load_head(database, "case:a").length;
          if (++decisions == 1) tests::write_entry_elsewhere(database, "case:a", 1);
          return Decided<std::int64_t>{.entries = {tests::entry_of("case:a", 2)}, .answer = seen};
        });
        REQUIRE(written.has_value());
        CHECK(decisions == 2);
        CHECK(*written == 1);
        check_chain(database, "case:a", 2);

        auto const never = carry_out(
            database, {"case:a"},
            [&]() -> Result<Decided<>> {
              tests::write_entry_elsewhere(database, "case:a", 1);
              return Decided<>{.entries = {tests::entry_of("case:a", 2)}};
            },
            3);
        REQUIRE_FALSE(never.has_value());
        CHECK(never.error().why == Why::unavailable);
        check_chain(database, "case:a", 5);
      },
      Migrations::all);
}

TEST_CASE("processes that write one subject at once never fork its chain") {
  tests::for_each_engine(
      [](db::Database& database) {
        constexpr int writers = 6;
        constexpr int each = 15;
        std::vector<std::thread> threads;
        for (int writer = 0; writer < writers; ++writer) {
          threads.emplace_back([&] {
            for (int written = 0; written < each;) {
              auto head = load_head(database, "case:a");
              db::Command command;
              append(command, head, tests::entry_of("case:a", written));
              if (database.write(command).outcome == db::Outcome::written) ++written;
            }
          });
        }
        for (auto& thread : threads) thread.join();
        check_chain(database, "case:a", writers * each);
      },
      Migrations::all);
}

TEST_CASE("threads that write one subject at once never fork its chain, and none gives up") {
  tests::for_each_engine(
      [](db::Database& database) {
        constexpr int writers = 8;
        constexpr int each = 20;
        std::vector<std::thread> threads;
        std::atomic<int> failed{0};
        for (int writer = 0; writer < writers; ++writer) {
          threads.emplace_back([&] {
            for (int i = 0; i < each; ++i) {
              auto const written = carry_out(database, {"case:a"}, [&]() -> Result<Decided<>> {
                return Decided<>{.entries = {tests::entry_of("case:a", i)}};
              });
              if (!written) ++failed;
            }
          });
        }
        for (auto& thread : threads) thread.join();
        CHECK(failed == 0);
        check_chain(database, "case:a", writers * each);
      },
      Migrations::all);
}

TEST_CASE("sealing numbers every entry once, in the order of each chain") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock const clock(tests::noon);
        Sealer sealer(database, tests::node_key(), clock);
        CHECK(sealer.seal_once() == 0);
        for (int i = 0; i < 5; ++i) tests::write_entry(database, i % 2 == 0 ? "case:a" : "case:b", i);
        CHECK(sealer.seal_once() == 5);
        CHECK(sealer.seal_once() == 0);
        tests::write_entry(database, "case:a", 5);
        CHECK(sealer.seal_once() == 1);
        check_order(database, 6);
        CHECK(last_sealed_number(database) == 6);

        auto const sealed = read_sealed_after(database, 4, 10);
        REQUIRE(sealed.size() == 2);
        CHECK(sealed[0].number == 5);
        CHECK(sealed[1].number == 6);
        CHECK(sealed[1].subject == "case:a");
        CHECK(sealed[1].revision == 5);
        CHECK(read_sealed_after(database, 0, 3).size() == 3);
        CHECK(read_sealed_after(database, 6, 3).empty());
      },
      Migrations::all);
}

TEST_CASE("a batch larger than one seal takes several") {
  tests::for_each_engine(
      [](db::Database& database) {
        SetClock const clock(tests::noon);
        Sealer sealer(database, tests::node_key(), clock);
        auto const written = carry_out(database, {}, []() -> Result<Decided<>> {
          Decided<> decided;
          for (int i = 0; i < 4500; ++i) decided.entries.push_back(tests::entry_of("import:" + std::to_string(i % 900), i));
          return decided;
        });
        REQUIRE(written.has_value());
        CHECK(sealer.seal_once() == 4000);
        CHECK(sealer.seal_once() == 500);
        CHECK(sealer.seal_once() == 0);
        check_order(database, 4500);
      },
      Migrations::all);
}

TEST_CASE("decisions that make their subjects do not wait for each other") {
  tests::for_each_engine(
      [](db::Database& database) {
        std::atomic<int> deciding{0};
        std::atomic<int> met{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
          threads.emplace_back([&, i] {
            auto const written = carry_out(database, {}, [&]() -> Result<Decided<>> {
              ++deciding;
              for (int wait = 0; wait < 5'000 && deciding < 4; ++wait) std::this_thread::sleep_for(std::chrono::milliseconds(1));
              if (deciding >= 4) ++met;
              Decided<> decided;
              decided.entries.push_back(tests::entry_of("case:new" + std::to_string(i), 1));
              return decided;
            });
            if (!written) met = -100;
          });
        }
        for (auto& thread : threads) thread.join();
        CHECK(met.load() == 4);
      },
      Migrations::all);
}

TEST_CASE("two sealers of two processes make one order without gaps") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    // SQLite belongs to one process: there the second sealer uses the same database.
    std::unique_ptr<db::Database> second;
    if (fresh.engine() == db::Engine::postgresql) second = db::open(fresh.address());
    SetClock const clock(tests::noon);
    Sealer one(fresh.database(), tests::node_key(), clock);
    Sealer other(second ? *second : fresh.database(), tests::node_key(), clock);
    std::atomic<bool> writing{true};
    std::vector<std::thread> threads;
    for (auto* sealer : {&one, &other}) {
      threads.emplace_back([&writing, sealer] {
        while (writing) sealer->seal_once();  // whoever leads: only the numbers keep them apart
      });
    }
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
      writers.emplace_back([&fresh, writer] {
        for (int i = 0; i < 60; ++i) tests::write_entry(fresh.database(), "case:" + std::to_string(writer), i);
      });
    }
    for (auto& thread : writers) thread.join();
    writing = false;
    for (auto& thread : threads) thread.join();
    while (one.seal_once() != 0) continue;
    check_order(fresh.database(), 240);
  });
}

/// A database in which something happens between what a sealer has read and what it writes.
class InterruptedDatabase final : public db::Database {
 public:
  InterruptedDatabase(db::Database& inner, std::function<void()> meanwhile) : inner_(inner), meanwhile_(std::move(meanwhile)) {}

  db::Engine engine() const override { return inner_.engine(); }
  db::Rows read(db::Sql const& sql, db::Values const& values) override { return inner_.read(sql, values); }
  void read_each(db::Sql const& sql, db::Values const& values, std::function<bool(db::Row const&)> const& each) override {
    inner_.read_each(sql, values, each);
  }
  db::Rows read_text(std::string const& text, db::Values const& values, db::Planning planning) override {
    return inner_.read_text(text, values, planning);
  }
  db::Written write(db::Command const& command) override {
    if (auto const meanwhile = std::exchange(meanwhile_, nullptr)) meanwhile();
    return inner_.write(command);
  }
  void listen(std::string_view channel, std::function<void()> on_notice) override { inner_.listen(channel, on_notice); }
  void notify(std::string_view channel) override { inner_.notify(channel); }
  bool is_leader(std::string_view name) override { return inner_.is_leader(name); }
  std::vector<std::pair<std::string, double>> figures() const override { return inner_.figures(); }

 private:
  db::Database& inner_;
  std::function<void()> meanwhile_;
};

TEST_CASE("a sealer whose authority ended while it sealed writes nothing: its successor has numbered the same entries") {
  struct Row {
    char const* what;
    int more;  ///< entries that came between the reading of the one and that of the other
  };
  for (auto const& row : {Row{"the same entries", 0}, Row{"the same and one more", 1}}) {
    CAPTURE(row.what);
    tests::for_each_engine(
        [&](db::Database& database) {
          SetClock const clock(tests::noon);
          Sealer successor(database, tests::node_key(), clock);
          InterruptedDatabase interrupted(database, [&] {
            for (int i = 0; i < row.more; ++i) tests::write_entry(database, "case:b", 10 + i);
            CHECK(successor.seal_once() == static_cast<std::size_t>(3 + row.more));
          });
          Sealer former(interrupted, tests::node_key(), clock);
          for (int i = 0; i < 3; ++i) tests::write_entry(database, "case:a", i);
          CHECK(former.seal_once() == 0);
          check_order(database, 3 + row.more);
          tests::write_entry(database, "case:a", 3);
          CHECK(former.seal_once() == 1);
          check_order(database, 4 + row.more);
        },
        Migrations::all);
  }
}

TEST_CASE("a sealer that does not lead stands by, and takes over when the leader ends") {
  if (tests::engines_for_tests().size() < 2) return;
  tests::DatabaseForTests fresh(db::Engine::postgresql);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  auto leader = db::open(fresh.address());
  REQUIRE(leader->is_leader("sealer"));
  SystemClock const clock;
  Sealer standby(fresh.database(), tests::node_key(), clock);
  standby.start();
  tests::write_entry(fresh.database(), "case:a", 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(700));
  CHECK(last_sealed_number(fresh.database()) == 0);
  leader = nullptr;
  auto const since = monotonic_ms();
  while (last_sealed_number(fresh.database()) == 0 && monotonic_ms() - since < 5'000)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(last_sealed_number(fresh.database()) == 1);
  standby.stop();
}

TEST_CASE("the background loop seals soon after a write and tells it") {
  tests::for_each_engine(
      [](db::Database& database) {
        SystemClock const clock;
        std::atomic<int> notices{0};
        database.listen(sealed_channel, [&] { ++notices; });
        Sealer sealer(database, tests::node_key(), clock);
        sealer.start();
        for (int entry = 1; entry <= 3; ++entry) {  // the first also waits for leadership
          notices = 0;
          auto const start = monotonic_ms();
          tests::write_entry(database, "case:a", entry);
          while ((last_sealed_number(database) < entry || notices == 0) && monotonic_ms() - start < 5000) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
          CHECK(last_sealed_number(database) == entry);
          CHECK(notices >= 1);
          MESSAGE("sealed and told after " << monotonic_ms() - start << " ms");
        }
        sealer.stop();
      },
      Migrations::all);
}

TEST_CASE("after a restore into a new server, whose transactions count from the start, sealing goes on") {
  tests::for_each_engine(
      [](db::Database& database) {
        if (database.engine() == db::Engine::sqlite) return;
        static db::Sql const age_entries{"test_age_entries",
                                         "UPDATE ledger_entries SET commit_order = commit_order + 1000000000"};
        static db::Sql const age_seals{"test_age_seals", "UPDATE seals SET next_commit_order = next_commit_order + 1000000000"};
        SetClock const clock(tests::noon);
        Sealer sealer(database, tests::node_key(), clock);
        tests::write_entry(database, "case:a", 1);
        CHECK(sealer.seal_once() == 1);
        tests::write_entry(database, "case:a", 2);
        db::Command command;
        command.add(age_entries, {});
        command.add(age_seals, {});
        CHECK(database.write(command).outcome == db::Outcome::written);
        tests::write_entry(database, "case:a", 3);
        CHECK(sealer.seal_once() == 2);
        tests::write_entry(database, "case:a", 4);
        CHECK(sealer.seal_once() == 1);
        check_order(database, 4);
      },
      Migrations::all);
}

TEST_CASE("the Merkle tree splits at the largest power of two below the number of leaves") {
  auto const leaf = [](int i) { return leaf_hash(i, sha256(std::to_string(i))); };
  auto const node = [](Bytes const& left, Bytes const& right) {
    Bytes input{0x01};
    input.insert(input.end(), left.begin(), left.end());
    input.insert(input.end(), right.begin(), right.end());
    return sha256(input);
  };
  CHECK(merkle_root({leaf(1)}) == leaf(1));
  CHECK(merkle_root({leaf(1), leaf(2)}) == node(leaf(1), leaf(2)));
  CHECK(merkle_root({leaf(1), leaf(2), leaf(3)}) == node(node(leaf(1), leaf(2)), leaf(3)));
  CHECK(merkle_root({leaf(1), leaf(2), leaf(3), leaf(4), leaf(5)}) ==
        node(node(node(leaf(1), leaf(2)), node(leaf(3), leaf(4))), leaf(5)));
  CHECK(merkle_root({leaf(1), leaf(2), leaf(3), leaf(4), leaf(5), leaf(6), leaf(7)}) ==
        node(node(node(leaf(1), leaf(2)), node(leaf(3), leaf(4))), node(node(leaf(5), leaf(6)), leaf(7))));
}

TEST_CASE("the tree is that of RFC 6962: empty tree and one empty leaf") {
  CHECK(to_hex(merkle_root({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace rcms::ledger
