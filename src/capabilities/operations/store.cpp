#include "capabilities/operations/store.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"

namespace rcms::operations {

namespace {

// A virtual table is a way to look at tables that are counted themselves, and some cannot be counted.
constexpr db::Sql select_tables_sqlite{
    "operations_tables_sqlite",
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' "
    "AND upper(sql) NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"};
constexpr db::Sql select_tables_postgresql{"operations_tables_postgresql",
                                           "SELECT cast(table_name AS text) FROM information_schema.tables WHERE table_schema = "
                                           "current_schema() AND table_type = 'BASE TABLE' "
                                           "ORDER BY 1"};
constexpr db::Sql select_seal_hash{"operations_seal_hash", "SELECT hash FROM seals WHERE seal = $1"};
constexpr db::Sql select_outbox{
    "operations_outbox", "SELECT count(*), min(created_at) FROM envelopes WHERE state = 'queued' AND direction = 'out'"};
constexpr db::Sql select_mail{"operations_mail", "SELECT count(*), min(created_at) FROM mail_queue WHERE state = 'queued'"};
constexpr db::Sql select_unsealed{
    "operations_unsealed",
    "SELECT min(e.at) FROM ledger_entries e WHERE e.commit_order >= coalesce((SELECT s.next_commit_order FROM seals s "
    "ORDER BY s.seal DESC LIMIT 1), 0) AND "
    "(SELECT o.number FROM ledger_order o WHERE o.subject = e.subject AND o.position = e.position) IS NULL"};

/// Table names come from the catalogue of the database; they are plain words or we do not touch them.
void check_table_name(std::string const& name) {
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
    throw std::runtime_error("the database holds a table that is not of RCMS: " + name);
}

Waiting waiting_in(db::Database& database, db::Sql const& sql) {
  auto const row = database.read(sql).at(0);
  Waiting waiting{row.integer(0), {}};
  if (auto const oldest = row.find_integer(1)) waiting.oldest = Instant{*oldest};
  return waiting;
}

}  // namespace

std::vector<std::string> list_tables(db::Database& database) {
  std::vector<std::string> tables;
  auto const& sql = database.engine() == db::Engine::sqlite ? select_tables_sqlite : select_tables_postgresql;
  for (auto const& row : database.read(sql)) {
    check_table_name(row.text(0));
    tables.push_back(row.text(0));
  }
  return tables;
}

Inventory take_inventory(db::Database& database, std::function<void(std::string const&)> const& with_snapshot) {
  // One statement, since only one statement sees one instant; the names in it are those that list_tables checked.
  std::string text = "SELECT 'attachment', storage, 1 FROM files WHERE removed_at IS NULL "
                     "UNION ALL SELECT 'seal', '', coalesce(max(seal), 0) FROM seals";
  for (auto const& table : list_tables(database))
    text.append(fmt::format(" UNION ALL SELECT 'rows', '{0}', count(*) FROM {0}", table));
  if (with_snapshot) text.append(" UNION ALL SELECT 'snapshot', pg_export_snapshot(), 0");
  Inventory inventory;
  database.read_each(db::Sql{"operations_inventory", text}, {}, [&](db::Row const& row) {
    auto const& what = row.text(0);
    if (what == "attachment") inventory.attachments.insert(row.text(1));
    if (what == "seal") inventory.seal = row.integer(2);
    if (what == "rows") inventory.rows[row.text(1)] = row.integer(2);
    if (what == "snapshot") with_snapshot(row.text(1));
    return true;
  });
  inventory.seal_hash = find_seal_hash(database, inventory.seal);
  return inventory;
}

std::string find_seal_hash(db::Database& database, std::int64_t seal) {
  auto const row = database.find(select_seal_hash, {seal});
  return row ? to_hex(row->bytes(0)) : std::string();
}

Waiting count_outbox(db::Database& database) { return waiting_in(database, select_outbox); }

Waiting count_mail(db::Database& database) { return waiting_in(database, select_mail); }

std::optional<Instant> oldest_unsealed(db::Database& database) {
  auto const oldest = database.read(select_unsealed).at(0).find_integer(0);
  return oldest ? std::optional(Instant{*oldest}) : std::nullopt;
}

}  // namespace rcms::operations
