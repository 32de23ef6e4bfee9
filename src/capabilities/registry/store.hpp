// The SQL of the population registry. Every search names its party and is an equality on an index.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/registry/citizen.hpp"
#include "capabilities/registry/rules.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

/// Rows that one index path may read; more sets `truncated`.
inline constexpr std::size_t most_rows_of_a_path = 200;

/// What the index paths found together, each citizen once.
struct Collected {
  std::vector<Citizen> citizens;
  bool truncated = false;
  std::vector<std::string> tried;
};

/// Reads the citizens of `party` that share a key with the query.
Collected collect(db::Database& database, PartyId const& party, SearchKeys const& keys);

std::optional<Citizen> find_citizen(db::Database& database, PartyId const& party, CitizenId const& id);
std::int64_t count_citizens(db::Database& database, PartyId const& party);

/// Writes the citizens in commands of a few thousand rows; throws db::Fault when one is there already.
void load_citizens(db::Database& database, PartyId const& party, std::vector<Citizen> const& citizens);

/// The statements of `collect`, for the tests of their plans.
std::vector<db::Sql const*> search_statements();

}  // namespace rcms::registry
