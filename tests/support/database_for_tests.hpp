// Real databases for tests: SQLite in a temporary folder, and PostgreSQL on a scratch server. No mocks.
//
// PostgreSQL is found through RCMS_TEST_POSTGRESQL, the address that `scripts/postgresql_scratch start FOLDER` prints. A test
// that wants both engines fails when it is not set, unless RCMS_TEST_WITHOUT_POSTGRESQL=1.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "foundation/db/database.hpp"

namespace rcms::tests {

/// A folder that is removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  std::filesystem::path const& path() const { return path_; }
  std::string file(std::string const& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// One empty database of its own, dropped at the end. `address()` is for further openings (a second process, a restart).
class DatabaseForTests {
 public:
  explicit DatabaseForTests(db::Engine engine);
  ~DatabaseForTests();
  DatabaseForTests(DatabaseForTests const&) = delete;
  DatabaseForTests& operator=(DatabaseForTests const&) = delete;

  db::Engine engine() const { return engine_; }
  std::string const& address() const { return address_; }
  /// Opened at the first call.
  db::Database& database();
  /// Closes what `database()` opened; the content stays.
  void close() { database_ = nullptr; }

 private:
  db::Engine const engine_;
  TemporaryFolder folder_;
  std::string name_;
  std::string address_;
  std::unique_ptr<db::Database> database_;
};

/// Which migrations a database for tests has.
enum class Migrations { none, all };

/// The engines to test on. Fails the running test when PostgreSQL is wanted and its address is not set.
std::vector<db::Engine> engines_for_tests();
/// The address of the scratch server, when it is set.
std::optional<std::string> scratch_server();
/// "sqlite" or "postgresql".
std::string name_of(db::Engine engine);

/// Runs `test` on a fresh database of each engine, with the engine told in failures.
void for_each_engine(std::function<void(db::Database&)> const& test, Migrations migrations = Migrations::none);
/// The same for tests that open the database themselves, several times or in several processes.
void for_each_fresh_database(std::function<void(DatabaseForTests&)> const& test);

}  // namespace rcms::tests
