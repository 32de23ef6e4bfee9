// The contract on one SQLite file: one writer, several readers, notices within the process.
#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/base/clock.hpp"
#include "foundation/db/local_notices.hpp"
#include "foundation/db/sqlite_backup.hpp"
#include "foundation/db/sqlite_lock.hpp"
#include "foundation/db/sqlite_readers.hpp"
#include "foundation/db/sqlite_writer.hpp"

namespace rcms::db::sqlite {

class SqliteDatabase final : public EngineDatabase {
 public:
  explicit SqliteDatabase(SqliteOptions const& options)
      : file_(options.file),
        lock_(options.read_only ? nullptr : std::make_unique<FileLock>(options.file)),
        writer_(options.read_only ? nullptr : std::make_unique<Writer>(options.file, options.batch_limit)),
        readers_(options.file, options.readers) {
    if (options.read_only) readers_.borrow(0);  // says at once when the file is not there
  }

  Engine engine() const override { return Engine::sqlite; }

  Rows read(Sql const& sql, Values const& values) override { return read_statement(sql.name, sql.text, values); }

  Rows read_text(std::string const& text, Values const& values, Planning) override {
    return read_statement("text", text, values);
  }

  void read_each(Sql const& sql, Values const& values, std::function<bool(Row const&)> const& each) override {
    auto const reader = readers_.borrow(statistics_version(), true);
    reads_.fetch_add(1);
    reader->set_deadline(0);
    reader->run_each(sql.name, sql.text, values, each);
  }

  Written write(Command const& command) override { return writer().write(command, Keep::prepared); }
  Written write_once(Command const& command, MustStop const& must_stop) override {
    return writer().write(command, Keep::nothing, must_stop ? &must_stop : nullptr);
  }
  void refresh_statistics() override { writer().refresh_statistics(); }

  void alone(std::function<void()> const& work, MustStop const&) override {
    std::lock_guard const lock(alone_);  // other processes are kept out by the lock of the file
    work();
  }

  void back_up(std::string const& file) override { copy_database(file_, file); }

  void listen(std::string_view channel, std::function<void()> on_notice) override {
    notices_.listen(channel, std::move(on_notice));
  }
  void notify(std::string_view channel) override { notices_.notify(channel); }
  bool is_leader(std::string_view) override { return writer_ != nullptr; }

  std::vector<std::pair<std::string, double>> figures() const override;

 private:
  Writer& writer() {
    if (!writer_) throw Fault(fmt::format("{} is open for reading only in this process", file_));
    return *writer_;
  }

  std::uint64_t statistics_version() const { return writer_ ? writer_->statistics_version() : 0; }

  Rows read_statement(std::string_view name, std::string_view text, Values const& values) {
    auto const reader = readers_.borrow(statistics_version());
    reads_.fetch_add(1);
    reader->set_deadline(monotonic_ms() + statement_limit_ms);
    auto done = reader->run(name, text, values);
    if (done.code == SQLITE_DONE) return std::move(done.rows);
    read_faults_.fetch_add(1);
    throw Fault(done.message);
  }

  std::string const file_;
  std::unique_ptr<FileLock> const lock_;
  std::unique_ptr<Writer> const writer_;  // opens the file first and closes it last, so that it alone moves the log
  Readers readers_;
  LocalNotices notices_;
  std::mutex alone_;
  std::atomic<std::uint64_t> reads_{0};
  std::atomic<std::uint64_t> read_faults_{0};
};

std::vector<std::pair<std::string, double>> SqliteDatabase::figures() const {
  auto const size_of = [](std::string const& file) {
    std::error_code error;
    auto const size = std::filesystem::file_size(file, error);
    return error ? 0.0 : static_cast<double>(size);
  };
  std::vector<std::pair<std::string, double>> figures{
      {"db_reads_total", static_cast<double>(reads_.load())},
      {"db_read_faults_total", static_cast<double>(read_faults_.load())},
      {"db_pool_waits_total", static_cast<double>(readers_.waits())},
      {"db_connections_open", static_cast<double>(readers_.open_connections() + (writer_ ? 1 : 0))},
      {"db_listener_faults_total", static_cast<double>(notices_.faults())},
      {"db_file_bytes", size_of(file_)},
      {"db_log_bytes", size_of(file_ + "-wal")},
  };
  if (!writer_) return figures;
  auto const& writer = writer_->figures();
  auto const add = [&](char const* name, double value) { figures.emplace_back(name, value); };
  add("db_commands_total", static_cast<double>(writer.commands.load()));
  add("db_superseded_total", static_cast<double>(writer.superseded.load()));
  add("db_commits_total", static_cast<double>(writer.commits.load()));
  add("db_largest_batch", static_cast<double>(writer.largest_batch.load()));
  add("db_write_faults_total", static_cast<double>(writer.faults.load()));
  add("db_checkpoints_total", static_cast<double>(writer.checkpoints.load() + writer_->moves()));
  add("db_checkpoint_faults_total", static_cast<double>(writer.checkpoint_faults.load() + writer_->move_faults()));
  add("db_log_pages", static_cast<double>(writer.log_pages.load()));
  add("db_waiting_commands", static_cast<double>(writer_->waiting()));
  return figures;
}

}  // namespace rcms::db::sqlite

namespace rcms::db {

std::unique_ptr<Database> open_sqlite(SqliteOptions const& options) {
  if (options.file.empty() || options.file == ":memory:")
    throw Fault("an SQLite database needs a file; for tests use a temporary folder");
  return std::make_unique<sqlite::SqliteDatabase>(options);
}

}  // namespace rcms::db
