// Addresses of databases, and the free functions of the contract that need the engine behind it.
#include "foundation/db/engine_database.hpp"

#include <fmt/format.h>

namespace rcms::db {

namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";

std::unique_ptr<Database> open_address(std::string_view address, bool read_only) {
  if (address.starts_with(sqlite_prefix) && address.size() > sqlite_prefix.size()) {
    SqliteOptions options;
    options.file = std::string(address.substr(sqlite_prefix.size()));
    options.read_only = read_only;
    return open_sqlite(options);
  }
  if (address.starts_with("postgresql://") || address.starts_with("postgres://")) {
    PostgresqlOptions options;
    options.connection = std::string(address);
    return open_postgresql(options);
  }
  throw Fault(fmt::format("'{}' is not the address of a database; write sqlite:PATH or postgresql://USER@HOST/NAME",
                          address.substr(0, 20)));
}

}  // namespace

std::unique_ptr<Database> open(std::string_view address) { return open_address(address, false); }

std::unique_ptr<Database> open_for_reading(std::string_view address) { return open_address(address, true); }

EngineDatabase& engine_of(Database& database) {
  if (auto* engine = dynamic_cast<EngineDatabase*>(&database)) return *engine;
  throw Fault("this database is not one that open() made");
}

void backup_sqlite(Database& database, std::string_view file) { engine_of(database).back_up(std::string(file)); }

}  // namespace rcms::db
