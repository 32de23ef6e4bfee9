// Settings of a PostgreSQL server that are safe but make RCMS slow: told to the administrator at the start, never refused.
#pragma once

#include <string>
#include <vector>

#include "foundation/db/database.hpp"

namespace rcms::db {

/// One sentence for each setting that is smaller than recommended (packaging/postgresql.md), with its value; empty on SQLite.
/// Throws Fault.
std::vector<std::string> list_small_settings(Database& database);

}  // namespace rcms::db
