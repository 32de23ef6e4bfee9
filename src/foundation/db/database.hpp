// The only door to SQLite and PostgreSQL: one SQL text for both, prepared statements, durable commands.
//
// Reading: `database.read(sql, values)` from any thread. Writing: a Command is a list of statements that is applied as a
// whole or not at all; `write` returns only after it is durable. There is no open transaction in the hands of a caller:
// load, decide, then write one Command that names the revisions it replaces (`expect`), and start again when it is
// superseded. That is what makes group commit (SQLite) and pipelining (PostgreSQL) possible.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "foundation/base/hash.hpp"

namespace rcms::db {

/// A statement with a name (for metrics, plans and docs). Make them `constexpr` or `static const` at namespace scope; `text`
/// is the key of the prepared statement. Parameters are `$1`, `$2`, … in the words of PostgreSQL; what differs in SQLite is
/// listed in docs/sql.md.
struct Sql {
  std::string_view name;
  std::string_view text;
};

using Value = std::variant<std::monostate, std::int64_t, double, std::string, Bytes>;
using Values = std::vector<Value>;

/// Value of an optional: null when empty.
template <class T>
Value value_or_null(std::optional<T> const& optional) {
  return optional ? Value(*optional) : Value();
}

/// One row of a result. Columns are counted from 0 in the order of the statement.
class Row {
 public:
  explicit Row(std::vector<Value> values) : values_(std::move(values)) {}
  std::size_t size() const { return values_.size(); }
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;  ///< throws Fault when null or not a whole number
  double number(std::size_t column) const;
  std::string const& text(std::size_t column) const;
  Bytes const& bytes(std::size_t column) const;
  std::optional<std::int64_t> find_integer(std::size_t column) const;  ///< empty when null
  std::optional<std::string> find_text(std::size_t column) const;

 private:
  std::vector<Value> values_;
};

using Rows = std::vector<Row>;

/// The database did what it must not or could not do what it must: disk full, server gone, SQL wrong.
/// Caught in two places only: the request loop (503) and the background loop (logged, tried again).
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Rows a statement must change (or return) for the command to stand.
inline constexpr int any_number = -1;

struct Statement {
  Sql const* sql = nullptr;
  Values values;
  int expect = any_number;
};

/// What one decision writes, in order.
class Command {
 public:
  /// The statement may change any number of rows.
  void add(Sql const& sql, Values values);
  /// The statement must change exactly `rows` rows (default one), else the whole command is superseded.
  void add_expecting(Sql const& sql, Values values, int rows = 1);
  void append(Command more);
  bool empty() const { return statements_.empty(); }
  std::vector<Statement> const& statements() const { return statements_; }

 private:
  std::vector<Statement> statements_;
};

/// What became of a command.
enum class Outcome {
  written,         ///< durable
  superseded,      ///< a statement changed other than `expect` rows: somebody was faster; nothing was written
  already_exists,  ///< a unique constraint; nothing was written
  not_allowed,     ///< a foreign key or check constraint; nothing was written
};

struct Written {
  Outcome outcome = Outcome::written;
  std::size_t statement = 0;  ///< index of the statement that failed
  std::vector<Rows> rows;     ///< of statements with RETURNING, by index; only when written
};

/// Which engine answers; for the few lines that must differ.
enum class Engine { sqlite, postgresql };

/// Whether PostgreSQL keeps the plan of a text made at run time. `each_time` is for searches whose best index depends on
/// the values (`like`, wide ranges); `once` saves about 0.1 ms a call.
enum class Planning { once, each_time };

class Database {
 public:
  virtual ~Database() = default;

  virtual Engine engine() const = 0;
  /// All rows. Throws Fault. From any thread.
  virtual Rows read(Sql const& sql, Values const& values = {}) = 0;
  /// The first row or nothing.
  std::optional<Row> find(Sql const& sql, Values const& values = {});
  /// Row by row without holding them all, for exports; `each` returns false to stop. One consistent snapshot.
  virtual void read_each(Sql const& sql, Values const& values, std::function<bool(Row const&)> const& each) = 0;
  /// SQL made at run time from checked parts (lists: columns and sort orders chosen from a fixed table, never from input).
  virtual Rows read_text(std::string const& text, Values const& values, Planning planning = Planning::once) = 0;
  /// Applies the command as a whole and returns when it is durable. Throws Fault: then nothing was written, or, only when
  /// the server was lost during the commit itself, it is unknown.
  virtual Written write(Command const& command) = 0;

  /// Calls `on_notice(channel)` on a thread of the database soon after any process called `notify` (coalesced).
  virtual void listen(std::string_view channel, std::function<void()> on_notice) = 0;
  virtual void notify(std::string_view channel) = 0;
  /// True while this process alone may do the work of `name` (sealer, schedules); on SQLite always.
  virtual bool is_leader(std::string_view name) = 0;

  /// Figures for /metrics: name → value.
  virtual std::vector<std::pair<std::string, double>> figures() const = 0;
};

struct SqliteOptions {
  std::string file;       ///< path of the database file; made when absent
  int readers = 8;        ///< connections that only read
  int batch_limit = 512;  ///< commands in one durable commit
  bool read_only = false; ///< beside a process that writes (`rcms backup`, `rcms ledger verify`): takes no lock, `write` faults
};

struct PostgresqlOptions {
  std::string connection;  ///< libpq connection string
  int connections = 12;
};

std::unique_ptr<Database> open_sqlite(SqliteOptions const& options);
std::unique_ptr<Database> open_postgresql(PostgresqlOptions const& options);

/// `sqlite:PATH` or `postgresql://…`; the form used on the command line and in the configuration.
std::unique_ptr<Database> open(std::string_view address);
/// The same for reading only; works while another process writes.
std::unique_ptr<Database> open_for_reading(std::string_view address);

/// Brings the database to the newest of the migrations in `folder` (`NNNN_name.sql`, or a `.sqlite.sql`/`.postgres.sql`
/// pair where they must differ); returns how many were applied. Each file is one transaction, recorded with its hash; a
/// changed or missing old file throws Fault. Safe when several processes start at once.
int migrate(Database& database, std::string_view folder);

/// A copy of the whole database while it is in use, as it was at one instant (SQLite: online backup into `file`, which must
/// not exist; it appears under its name only when it is complete). PostgreSQL: Fault that names pg_dump and pgBackRest.
void backup_sqlite(Database& database, std::string_view file);

}  // namespace rcms::db
