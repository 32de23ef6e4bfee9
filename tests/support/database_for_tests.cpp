#include "support/database_for_tests.hpp"

#include <atomic>
#include <cstdlib>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include "support/scratch_postgresql.hpp"

namespace rcms::tests {

namespace {

std::atomic<int> databases_made{0};

/// `postgresql://user@host/rcms?…` with another database.
std::string with_database(std::string const& server, std::string const& name) {
  auto const authority = server.find("://") + 3;
  auto const slash = server.find('/', authority);
  auto const question = server.find('?', authority);
  auto const before = server.substr(0, std::min(slash, question));
  return before + "/" + name + (question == std::string::npos ? std::string() : server.substr(question));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "rcms-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw db::Fault("cannot make a temporary folder; check TMPDIR");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

DatabaseForTests::DatabaseForTests(db::Engine engine) : engine_(engine) {
  if (engine == db::Engine::sqlite) {
    address_ = "sqlite:" + folder_.file("test.sqlite");
    return;
  }
  auto const server = scratch_server();
  if (!server) throw db::Fault("RCMS_TEST_POSTGRESQL is not set");
  name_ = fmt::format("rcms_test_{}_{}", ::getpid(), databases_made.fetch_add(1));
  run_on_postgresql(*server, fmt::format("create database {} template template0", name_));
  address_ = with_database(*server, name_);
}

DatabaseForTests::~DatabaseForTests() {
  close();
  if (name_.empty()) return;
  try {
    run_on_postgresql(*scratch_server(), fmt::format("drop database if exists {} with (force)", name_));
  } catch (db::Fault const& fault) {
    MESSAGE("the test database " << name_ << " is left over: " << fault.what());
  }
}

db::Database& DatabaseForTests::database() {
  if (!database_) database_ = db::open(address_);
  return *database_;
}

std::optional<std::string> scratch_server() {
  char const* address = std::getenv("RCMS_TEST_POSTGRESQL");
  if (address == nullptr || *address == '\0') return std::nullopt;
  return address;
}

std::string name_of(db::Engine engine) { return engine == db::Engine::sqlite ? "sqlite" : "postgresql"; }

std::vector<db::Engine> engines_for_tests() {
  if (scratch_server()) return {db::Engine::sqlite, db::Engine::postgresql};
  char const* without = std::getenv("RCMS_TEST_WITHOUT_POSTGRESQL");
  if (without != nullptr && std::string_view(without) == "1") {
    MESSAGE("not run on PostgreSQL, as RCMS_TEST_WITHOUT_POSTGRESQL=1 asks");
  } else {
    FAIL_CHECK("RCMS_TEST_POSTGRESQL is not set: export the last line of `scripts/postgresql_scratch start FOLDER`, or set "
               "RCMS_TEST_WITHOUT_POSTGRESQL=1 to test on SQLite alone");
  }
  return {db::Engine::sqlite};
}

void for_each_fresh_database(std::function<void(DatabaseForTests&)> const& test) {
  for (auto const engine : engines_for_tests()) {
    CAPTURE(name_of(engine));
    DatabaseForTests fresh(engine);
    test(fresh);
  }
}

void for_each_engine(std::function<void(db::Database&)> const& test, Migrations migrations) {
  for_each_fresh_database([&](DatabaseForTests& fresh) {
    if (migrations == Migrations::all) db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
    test(fresh.database());
  });
}

}  // namespace rcms::tests
