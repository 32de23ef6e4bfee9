// The server ends in the middle of an import, before or after any commit: after the restart every row is a case exactly once.
#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "capabilities/case_files/list.hpp"
#include "capabilities/casework/imports_store.hpp"
#include "support/imports_world.hpp"

using namespace rcms;
using namespace rcms::casework;

namespace {

constexpr int rows = 130;
constexpr std::int64_t long_enough = 600'000;

/// What ends when the process does: the write is done or not, and nobody hears of it.
struct PowerCut : db::Fault {
  using db::Fault::Fault;
};

enum class Moment { before_commit, after_commit };

class FailingDatabase final : public db::Database {
 public:
  FailingDatabase(db::Database& inner, int writes_left, Moment moment) : inner_(inner), left_(writes_left), moment_(moment) {}

  db::Engine engine() const override { return inner_.engine(); }
  db::Rows read(db::Sql const& sql, db::Values const& values) override { return inner_.read(sql, values); }
  void read_each(db::Sql const& sql, db::Values const& values, std::function<bool(db::Row const&)> const& each) override {
    inner_.read_each(sql, values, each);
  }
  db::Rows read_text(std::string const& text, db::Values const& values, db::Planning planning) override {
    return inner_.read_text(text, values, planning);
  }
  db::Written write(db::Command const& command) override {
    bool const is_last = left_-- <= 0;
    if (is_last && moment_ == Moment::before_commit) throw PowerCut("before the commit");
    auto written = inner_.write(command);
    if (is_last) throw PowerCut("after the commit");
    return written;
  }
  void listen(std::string_view, std::function<void()>) override {}
  void notify(std::string_view) override {}
  bool is_leader(std::string_view) override { return true; }
  std::vector<std::pair<std::string, double>> figures() const override { return {}; }

 private:
  db::Database& inner_;
  int left_;
  Moment moment_;
};

std::string table() {
  std::string text = "Surname,Given names,Date of birth\n";
  for (int i = 0; i < rows; ++i) text += fmt::format("Rivera,Person {:03},{}\n", i, i % 10 == 3 ? "30/02/1990" : "17/05/1990");
  return text;
}

Import begin(World& world) {
  auto const ana = world.ana();
  auto const import = world.imports.upload(ana, "table.csv", table());
  REQUIRE(import);
  auto const mapped = world.imports.map(ana, import->id, {agreement_for_tests, import->profile, {}});
  REQUIRE(mapped);
  return *mapped;
}

std::size_t count_of(World& world) {
  std::size_t count = 0;
  case_files::each_case_file(world.context.database, world.ana().party, case_files::Side::requesting, {},
                             [&](auto const&) { return ++count, true; });
  return count;
}

/// Every good row is one case and no row is two.
void check_all_there(World& world, ImportId const& id) {
  auto const ana = world.ana();
  auto const import = world.imports.find(ana, id);
  REQUIRE(import);
  CHECK(import->state == ImportState::loaded);
  CHECK(import->loaded == 117);
  CHECK(import->refused == 13);
  std::multiset<std::string> names;
  case_files::each_case_file(world.context.database, ana.party, case_files::Side::requesting, {},
                             [&](auto const& row) { return names.insert(row.person.name), true; });
  CHECK(names.size() == 117);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 117);
}

}  // namespace

TEST_CASE("an import that is cut off at any write is finished after the restart, each row once") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    auto const people = tests::add_people(fresh.database(), Instant{1'930'000'000'000});
    for (auto const moment : {Moment::before_commit, Moment::after_commit}) {
      int writes = 0;
      for (bool is_cut = true; is_cut; ++writes) {
        CAPTURE(writes);
        tests::TemporaryFolder own;
        World world(fresh.database(), own.path(), people);
        auto const before = count_of(world);
        auto const import = begin(world);
        FailingDatabase failing(fresh.database(), writes, moment);
        World dying(failing, own.path(), people);
        is_cut = false;
        try {
          (void)dying.imports.load(dying.ana(), import.id, long_enough);
        } catch (PowerCut const&) {
          is_cut = true;
        }
        world.clock.set(Instant{world.clock.now().ms + 60'000});
        std::atomic<bool> const stopping = false;
        world.imports.continue_unfinished(world.clock.now(), stopping);
        auto const now = world.imports.find(world.ana(), import.id);
        // Cut off before anything began, it is asked for again; otherwise it has gone on by itself.
        if (now->state == ImportState::mapped) REQUIRE(world.imports.load(world.ana(), import.id, long_enough));
        auto const after = world.imports.find(world.ana(), import.id);
        CHECK(after->state == ImportState::loaded);
        CHECK(after->loaded == 117);
        CHECK(after->refused == 13);
        CHECK(count_of(world) - before == 117);
      }
      CHECK(writes > 4);  // the last one was not cut off
    }
  });
}

TEST_CASE("a server killed with SIGKILL in the middle of an import has loaded every row once after its restart") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    auto const people = tests::add_people(fresh.database(), Instant{1'930'000'000'000});
    tests::TemporaryFolder folder;
    ImportId id;
    {
      World world(fresh.database(), folder.path(), people);
      id = begin(world).id;
    }
    fresh.close();
    auto const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto database = db::open(fresh.address());
      FailingDatabase killing(*database, 4, Moment::after_commit);
      World world(killing, folder.path(), people);
      try {
        (void)world.imports.load(world.ana(), id, long_enough);
      } catch (PowerCut const&) {
        ::raise(SIGKILL);
      }
      ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status));
    World world(fresh.database(), folder.path(), people);
    auto const left = world.imports.find(world.ana(), id);
    CHECK(left->state == ImportState::loading);
    CHECK(left->loaded > 0);
    CHECK(left->loaded < 117);
    world.clock.set(Instant{world.clock.now().ms + 60'000});
    std::atomic<bool> const stopping = false;
    world.imports.continue_unfinished(world.clock.now(), stopping);
    check_all_there(world, id);
  });
}

TEST_CASE("two that load the same import at once make each row once") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    auto const people = tests::add_people(fresh.database(), Instant{1'930'000'000'000});
    tests::TemporaryFolder folder;
    World world(fresh.database(), folder.path(), people);
    auto const import = begin(world);
    std::vector<std::thread> loaders;
    for (int i = 0; i < 3; ++i) loaders.emplace_back([&] { (void)world.imports.load(world.ana(), import.id, long_enough); });
    for (auto& loader : loaders) loader.join();
    check_all_there(world, import.id);
  });
}

TEST_CASE("a load that runs out of time is continued in the background") {
  tests::for_each_fresh_database([](tests::DatabaseForTests& fresh) {
    db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    auto const people = tests::add_people(fresh.database(), Instant{1'930'000'000'000});
    tests::TemporaryFolder folder;
    World world(fresh.database(), folder.path(), people);
    auto const import = begin(world);
    auto const begun = world.imports.load(world.ana(), import.id, 0);
    REQUIRE(begun);
    CHECK(begun->state == ImportState::loading);
    CHECK(begun->loaded + begun->refused == 25);
    std::atomic<bool> const stopping = false;
    world.imports.continue_unfinished(world.clock.now().plus_ms(-3'000), stopping);
    CHECK(world.imports.find(world.ana(), import.id)->state == ImportState::loading);
    world.imports.continue_unfinished(world.clock.now(), stopping);
    check_all_there(world, import.id);
  });
}
