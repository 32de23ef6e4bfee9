// pg_dump and pg_restore as child processes. The password goes to them through the environment, never on a command line.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace rcms::operations {

/// A pg_dump in custom format that reads the exported `snapshot`. Destroying it ends the process.
class PostgresqlDump {
 public:
  /// Throws std::runtime_error when pg_dump cannot be started; names the package.
  PostgresqlDump(std::string const& address, std::string const& snapshot, std::filesystem::path file);
  ~PostgresqlDump();
  PostgresqlDump(PostgresqlDump const&) = delete;
  PostgresqlDump& operator=(PostgresqlDump const&) = delete;

  /// Waits until pg_dump has the snapshot, so that the transaction that exported it may end.
  void wait_until_it_reads();
  /// Throws std::runtime_error with what pg_dump said.
  void wait_until_it_ends();

 private:
  bool ended(bool wait);

  std::filesystem::path file_;
  std::filesystem::path messages_;
  int process_ = -1;
  int status_ = 0;
};

/// Fills an empty database in one transaction. Throws std::runtime_error with what pg_restore said.
void restore_postgresql(std::string const& address, std::filesystem::path const& file);

}  // namespace rcms::operations
