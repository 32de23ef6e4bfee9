#include "foundation/db/server_settings.hpp"

#include <fmt/format.h>

namespace rcms::db {

namespace {

// In MB; both settings have units of 8 kB, kB or MB.
constexpr Sql select_sizes{"db.sizes_of_server",
                           "SELECT name, (setting::bigint * CASE unit WHEN '8kB' THEN 8 WHEN 'kB' THEN 1 ELSE 1024 END) / 1024"
                           " FROM pg_settings WHERE name IN ('shared_buffers', 'max_wal_size') ORDER BY name"};

struct Recommended {
  std::string_view name;
  std::int64_t megabytes;
  std::string_view why;
};
constexpr Recommended recommended[] = {
    {"max_wal_size", 4096, "a checkpoint comes after so much writing, and everybody waits while it begins"},
    {"shared_buffers", 1024, "a search for a common name reads up to 2,000 pages of 8 kB, which should be in memory"},
};

}  // namespace

std::vector<std::string> list_small_settings(Database& database) {
  std::vector<std::string> told;
  if (database.engine() != Engine::postgresql) return told;
  for (auto const& row : database.read(select_sizes)) {
    for (auto const& [name, megabytes, why] : recommended) {
      if (row.text(0) != name || row.integer(1) >= megabytes) continue;
      told.push_back(fmt::format("PostgreSQL has {} = {} MB: {}; {} MB or more are recommended (packaging/postgresql.md)", name,
                                 row.integer(1), why, megabytes));
    }
  }
  return told;
}

}  // namespace rcms::db
