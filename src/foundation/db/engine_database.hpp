// What the two engines share behind the contract, and what migrations and backup need beyond it. Only this folder includes it.
#pragma once

#include "foundation/db/migrations.hpp"

namespace rcms::db {

/// Whether an engine keeps a statement prepared for the next call.
enum class Keep { prepared, nothing };

/// A single statement may run this long for a caller that waits for it; exports (`read_each`) are not limited.
inline constexpr std::int64_t statement_limit_ms = 60'000;
/// A caller waits this long for a free connection.
inline constexpr std::int64_t pool_limit_ms = 10'000;
/// Notices of one channel are at least this far apart.
inline constexpr std::int64_t notice_gap_ms = 20;

/// Throws Fault for values that one of the engines would store differently or not at all.
void check_values(std::string_view name, Values const& values);

class EngineDatabase : public Database {
 public:
  /// Runs `work` while no other process or thread does so on the same database. Fault when it is to stop while it waits.
  virtual void alone(std::function<void()> const& work, MustStop const& must_stop) = 0;
  /// As `write`, but nothing is kept prepared; for migrations. Fault when it is to stop; then nothing was written.
  virtual Written write_once(Command const& command, MustStop const& must_stop) = 0;
  /// Tells the engine that much has changed: statistics for its planner are due.
  virtual void refresh_statistics() = 0;
  /// Makes `file` a copy of the database at one instant.
  virtual void back_up(std::string const& file) = 0;
};

/// The engine behind the contract; Fault when it is not one of ours.
EngineDatabase& engine_of(Database& database);

}  // namespace rcms::db
