// What backup, restore and health read of the database.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "capabilities/operations/health.hpp"
#include "foundation/db/database.hpp"

namespace rcms::operations {

/// Names of all tables.
std::vector<std::string> list_tables(db::Database& database);

/// What a backup must hold, as it was at one instant.
struct Inventory {
  std::map<std::string, std::int64_t> rows;  ///< by table
  std::set<std::string> attachments;         ///< names in the store
  std::int64_t seal = 0;
  std::string seal_hash;  ///< hexadecimal
};

/// Counts everything in one statement. On PostgreSQL `with_snapshot` is called with a snapshot of the same instant that others
/// can read as long as it has not returned.
Inventory take_inventory(db::Database& database, std::function<void(std::string const& snapshot)> const& with_snapshot = {});

/// The hash of a seal, hexadecimal; empty when there is no such seal.
std::string find_seal_hash(db::Database& database, std::int64_t seal);

/// Envelopes that wait for delivery.
Waiting count_outbox(db::Database& database);
/// E-mails that wait to be sent.
Waiting count_mail(db::Database& database);
/// When the oldest entry without a global number was written.
std::optional<Instant> oldest_unsealed(db::Database& database);

}  // namespace rcms::operations
