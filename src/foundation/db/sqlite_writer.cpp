#include "foundation/db/sqlite_writer.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/base/clock.hpp"

namespace rcms::db::sqlite {

namespace {

constexpr std::int64_t pages_between_moves = 1'000;        // 4 MB of log
constexpr std::int64_t pages_before_reset = 32'768;        // 128 MB: the log never came to rest; wait shortly for its readers
constexpr int reset_limit_ms = 250;
constexpr std::uint64_t commands_between_statistics = 50'000;

/// What a constraint means to the caller; empty for errors that are faults.
bool is_refusal(int code, Outcome& outcome) {
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: outcome = Outcome::already_exists; return true;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_TRIGGER: outcome = Outcome::not_allowed; return true;
    default: return false;
  }
}

/// Errors of the machine rather than of one command: the whole transaction is given up.
bool is_of_the_machine(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
    case SQLITE_PROTOCOL: return true;
    default: return false;
  }
}

}  // namespace

Writer::Writer(std::string const& file, int batch_limit)
    : connection_(file, Role::writer), mover_(file), batch_limit_(static_cast<std::size_t>(std::max(1, batch_limit))) {
  sqlite3_wal_hook(connection_.handle(), &Writer::after_commit, this);
  checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  thread_ = std::thread([this] { work(); });
}

Writer::~Writer() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

int Writer::after_commit(void* writer, sqlite3*, char const*, int pages) {
  static_cast<Writer*>(writer)->figures_.log_pages.store(pages);
  return SQLITE_OK;
}

std::size_t Writer::waiting() const {
  std::lock_guard const lock(mutex_);
  return queue_.size();
}

void Writer::enqueue_and_wait(std::shared_ptr<Job> const& job) {
  {
    std::lock_guard const lock(mutex_);
    if (stopping_) throw Fault("the database is closing");
    queue_.push_back(job);
  }
  wake_.notify_one();
  std::unique_lock lock(job->mutex);
  job->done.wait(lock, [&] { return job->is_done; });
  if (job->fault) std::rethrow_exception(job->fault);
}

Written Writer::write(Command const& command, Keep keep) {
  auto const job = std::make_shared<Job>();
  job->command = &command;
  job->keep = keep;
  enqueue_and_wait(job);
  return std::move(job->written);
}

void Writer::refresh_statistics() { enqueue_and_wait(std::make_shared<Job>()); }

Writer::Batch Writer::next_batch() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  Batch batch;
  while (!queue_.empty() && batch.size() < batch_limit_) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

void Writer::work() {
  for (Batch batch = next_batch(); !batch.empty(); batch = next_batch()) {
    write_batch(batch);
    wake_all(batch);
    checkpoint_if_due();
    bool const statistics_due = figures_.commands.load() - commands_at_statistics_ >= commands_between_statistics;
    if (statistics_due && waiting() == 0) analyse();
  }
}

void Writer::write_batch(Batch const& batch) {
  try {
    connection_.execute("begin immediate");
    if (!apply_all(batch)) return;
    connection_.execute("commit");
    figures_.commits.fetch_add(1);
    if (batch.size() > figures_.largest_batch.load()) figures_.largest_batch.store(batch.size());
  } catch (Fault const& fault) {
    fail_all(batch, fault.what());
    return;
  }
  for (auto const& job : batch)
    if (job->command == nullptr) analyse();
}

/// False when the transaction had to be given up; then every job of the batch has its Fault.
bool Writer::apply_all(Batch const& batch) {
  for (auto const& job : batch) {
    if (job->command == nullptr) continue;
    figures_.commands.fetch_add(1);
    if (apply(*job)) continue;
    fail_all(batch, reason_);
    return false;
  }
  return true;
}

/// Applies one command in its own savepoint. False when the whole transaction is lost.
bool Writer::apply(Job& job) {
  connection_.execute("savepoint command");
  bool stands = false;
  try {
    stands = apply_statements(job);
  } catch (Fault const& fault) {
    job.fault = std::current_exception();
    reason_ = fault.what();
    figures_.faults.fetch_add(1);
  }
  if (connection_.is_idle()) return false;
  if (!stands) {
    job.written.rows.clear();
    connection_.execute("rollback to command");
  }
  connection_.execute("release command");
  return true;
}

/// False when the command must not stand, with the reason in `job.written`. Throws Fault for what is nobody's choice.
bool Writer::apply_statements(Job& job) {
  auto const& statements = job.command->statements();
  job.written.rows.resize(statements.size());
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto const& statement = statements[i];
    job.written.statement = i;
    auto done = connection_.run(statement.sql->name, statement.sql->text, statement.values, job.keep);
    if (is_refusal(done.code, job.written.outcome)) return false;
    if (is_of_the_machine(done.code)) {
      if (!connection_.is_idle()) connection_.execute("rollback");
      throw Fault(done.message);
    }
    if (done.code != SQLITE_DONE) throw Fault(done.message);
    if (statement.expect != any_number && done.count != statement.expect) {
      job.written.outcome = Outcome::superseded;
      figures_.superseded.fetch_add(1);
      return false;
    }
    job.written.rows[i] = std::move(done.rows);
  }
  job.written.statement = 0;
  return true;
}

void Writer::fail_all(Batch const& batch, std::string const& why) {
  sqlite3_exec(connection_.handle(), "rollback", nullptr, nullptr, nullptr);  // an error here means none is open
  for (auto const& job : batch) {
    if (job->fault) continue;
    job->written = Written();
    job->fault = std::make_exception_ptr(Fault(fmt::format("nothing was written: {}", why)));
    figures_.faults.fetch_add(1);
  }
  // A full disk may be eased by what the log still holds.
  checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

void Writer::wake_all(Batch const& batch) {
  for (auto const& job : batch) {
    {
      std::lock_guard const lock(job->mutex);
      job->is_done = true;
    }
    job->done.notify_one();
  }
}

void Writer::analyse() {
  commands_at_statistics_ = figures_.commands.load();
  // Statistics only make plans better: when there is no room for them, the old ones stay.
  if (sqlite3_exec(connection_.handle(), "analyze", nullptr, nullptr, nullptr) == SQLITE_OK) statistics_version_.fetch_add(1);
}

/// The log is moved while the writer goes on; only what was not yet moved when it has become long is left to the writer.
void Writer::checkpoint_if_due() {
  auto const pages = figures_.log_pages.load();
  if (pages < pages_checkpointed_) pages_checkpointed_ = 0;  // the log began anew
  if (pages - pages_checkpointed_ < pages_between_moves) return;
  if (pages >= pages_before_reset) {
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  } else {
    mover_.ask();
  }
  pages_checkpointed_ = pages;
}

void Writer::checkpoint(int mode) {
  sqlite3_busy_timeout(connection_.handle(), reset_limit_ms);
  int const code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  sqlite3_busy_timeout(connection_.handle(), 5'000);
  if (code == SQLITE_OK || code == SQLITE_BUSY)
    figures_.checkpoints.fetch_add(1);
  else
    figures_.checkpoint_faults.fetch_add(1);
}

}  // namespace rcms::db::sqlite
