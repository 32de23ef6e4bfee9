// Migrating that can be told to end early: for the program, whose administrator may want it to stop.
#pragma once

#include "foundation/db/database.hpp"

namespace rcms::db {

/// Asked from time to time, also from other threads, while something long is done: true when it is to end early.
using MustStop = std::function<bool()>;

/// `migrate` was told to stop. What was applied stays applied; of the migration that was under way nothing is left.
struct MigrationsStopped : std::runtime_error {
  MigrationsStopped(int applied_now, int left_over);
  int applied = 0;  ///< by this call
  int left = 0;     ///< for the next
};

/// As `migrate` of two arguments. When `must_stop` says so it ends within a second, also in the middle of a statement or while
/// another process migrates, and throws MigrationsStopped.
int migrate(Database& database, std::string_view folder, MustStop const& must_stop);

}  // namespace rcms::db
