// The contract on PostgreSQL: a pool of pipelined connections, and one connection for notices and leadership.
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "foundation/base/clock.hpp"
#include "foundation/db/postgresql_notices.hpp"
#include "foundation/db/postgresql_pool.hpp"

namespace rcms::db::postgresql {

namespace {

constexpr int attempts_at_most = 10;
constexpr std::int64_t migration_lock = 0x52434d53'0000'0001;  // "RCMS", 1
constexpr std::string_view migration_lock_text = "select pg_advisory_lock($1)";
constexpr std::string_view no_limit_text = "set statement_timeout = 0";
constexpr std::string_view settings_text =
    "select pg_encoding_to_char(encoding), datcollate, current_setting('server_version_num') from pg_database "
    "where datname = current_database()";

/// The server undid the transaction because of another one; the same command may succeed now.
bool is_conflict(ServerFault const& fault) { return fault.sqlstate == "40001" || fault.sqlstate == "40P01"; }

/// The connection is at fault, not the statement: a new one may succeed.
bool is_of_the_connection(ServerFault const& fault) {
  bool const is_stale_plan = fault.sqlstate == "0A000" || fault.sqlstate == "26000";
  return (fault.is_lost || is_stale_plan) && !fault.may_have_committed;
}

/// Of random length, so that two commands that met do not meet again.
void pause_after(int attempt) {
  auto const random_part = 1 + random_bytes(1).front() % 8;
  std::this_thread::sleep_for(std::chrono::milliseconds(attempt * attempt * random_part));
}

}  // namespace

class PostgresqlDatabase final : public EngineDatabase {
 public:
  explicit PostgresqlDatabase(PostgresqlOptions const& options)
      : connection_string_(options.connection), pool_(options.connection, options.connections), notices_(options.connection) {
    check_server();
  }

  Engine engine() const override { return Engine::postgresql; }

  Rows read(Sql const& sql, Values const& values) override {
    return read_statement(sql.name, sql.text, values, Keep::prepared);
  }

  Rows read_text(std::string const& text, Values const& values, Planning planning) override {
    return read_statement("text", text, values, planning == Planning::once ? Keep::prepared : Keep::nothing);
  }

  void read_each(Sql const& sql, Values const& values, std::function<bool(Row const&)> const& each) override {
    reads_.fetch_add(1);
    auto const connection = pool_.borrow(true);
    connection->read_each(sql.name, sql.text, values, each);
  }

  Written write(Command const& command) override { return write_command(command, Keep::prepared, {}); }
  Written write_once(Command const& command, MustStop const& must_stop) override {
    return write_command(command, Keep::nothing, must_stop);
  }
  void refresh_statistics() override {}  // the server does it by itself (autovacuum)

  void alone(std::function<void()> const& work, MustStop const& must_stop) override {
    Connection connection(connection_string_, Use::notices);  // its lock ends with it
    connection.read("migrations.limit", no_limit_text, {}, Keep::nothing);
    if (must_stop) connection.set_must_stop(&must_stop);
    connection.read("migrations.lock", migration_lock_text, {migration_lock}, Keep::nothing);
    work();
  }

  void back_up(std::string const&) override {
    throw Fault("this database is PostgreSQL: copy it with pg_dump, or with pgBackRest for recovery to a point in time");
  }

  void listen(std::string_view channel, std::function<void()> on_notice) override {
    notices_.listen(channel, std::move(on_notice));
  }
  void notify(std::string_view channel) override { notices_.notify(channel); }
  bool is_leader(std::string_view name) override { return notices_.is_leader(name); }

  std::vector<std::pair<std::string, double>> figures() const override;

 private:
  void check_server();
  Rows read_statement(std::string_view name, std::string_view text, Values const& values, Keep keep);
  Written write_command(Command const& command, Keep keep, MustStop const& must_stop);

  std::string const connection_string_;
  Pool pool_;
  Notices notices_;
  std::atomic<std::uint64_t> reads_{0};
  std::atomic<std::uint64_t> commands_{0};
  std::atomic<std::uint64_t> superseded_{0};
  std::atomic<std::uint64_t> retries_{0};
  std::atomic<std::uint64_t> read_faults_{0};
  std::atomic<std::uint64_t> write_faults_{0};
};

/// Text must sort by its bytes, as it does on SQLite.
void PostgresqlDatabase::check_server() {
  auto const rows = read_statement("server", settings_text, {}, Keep::nothing);
  auto const& row = rows.at(0);
  auto const& collation = row.text(1);
  bool const sorts_bytes = collation == "C" || collation == "POSIX" || collation == "C.UTF-8" || collation == "C.utf8";
  if (row.text(0) != "UTF8" || !sorts_bytes)
    throw Fault(fmt::format("the PostgreSQL database has encoding {} and collation {}; make it anew with: createdb "
                            "--template=template0 --encoding=UTF8 --lc-collate=C --lc-ctype=C.UTF-8 NAME", row.text(0),
                            collation));
  if (std::stol(row.text(2)) < 140000) throw Fault("PostgreSQL 14 or later is needed");
}

Rows PostgresqlDatabase::read_statement(std::string_view name, std::string_view text, Values const& values, Keep keep) {
  reads_.fetch_add(1);
  for (int attempt = 1;; ++attempt) {
    auto connection = pool_.borrow();
    try {
      return connection->read(name, text, values, keep);
    } catch (ServerFault const& fault) {
      bool const is_connection = is_of_the_connection(fault);
      if (is_connection) connection.give_up();
      if (attempt >= 2 || (!is_connection && !is_conflict(fault))) {
        read_faults_.fetch_add(1);
        throw;
      }
    }
    retries_.fetch_add(1);
  }
}

Written PostgresqlDatabase::write_command(Command const& command, Keep keep, MustStop const& must_stop) {
  commands_.fetch_add(1);
  for (int attempt = 1;; ++attempt) {
    {
      auto connection = pool_.borrow();
      try {
        auto written = connection->write(command, keep, must_stop ? &must_stop : nullptr);
        if (written.outcome == Outcome::superseded) superseded_.fetch_add(1);
        return written;
      } catch (ServerFault const& fault) {
        bool const is_connection = is_of_the_connection(fault);
        if (is_connection || fault.is_lost) connection.give_up();
        int const limit = is_conflict(fault) ? attempts_at_most : is_connection ? 2 : 1;
        if (attempt >= limit) {
          write_faults_.fetch_add(1);
          throw;
        }
      }
    }
    retries_.fetch_add(1);
    pause_after(attempt);
  }
}

std::vector<std::pair<std::string, double>> PostgresqlDatabase::figures() const {
  return {
      {"db_reads_total", static_cast<double>(reads_.load())},
      {"db_read_faults_total", static_cast<double>(read_faults_.load())},
      {"db_commands_total", static_cast<double>(commands_.load())},
      {"db_superseded_total", static_cast<double>(superseded_.load())},
      {"db_write_faults_total", static_cast<double>(write_faults_.load())},
      {"db_retries_total", static_cast<double>(retries_.load())},
      {"db_pool_waits_total", static_cast<double>(pool_.waits())},
      {"db_connections_open", static_cast<double>(pool_.open_connections())},
      {"db_connects_total", static_cast<double>(pool_.connects())},
      {"db_notices_sent_total", static_cast<double>(notices_.sent())},
      {"db_notice_reconnects_total", static_cast<double>(notices_.reconnects())},
      {"db_listener_faults_total", static_cast<double>(notices_.faults())},
  };
}

}  // namespace rcms::db::postgresql

namespace rcms::db {

std::unique_ptr<Database> open_postgresql(PostgresqlOptions const& options) {
  return std::make_unique<postgresql::PostgresqlDatabase>(options);
}

}  // namespace rcms::db
