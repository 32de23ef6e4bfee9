#include "foundation/db/sqlite_writer.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <sqlite3.h>

#include "foundation/base/clock.hpp"

namespace rcms::db::sqlite {

namespace {

// OPTIMIZATION: a page that many commands change is moved once for all of them; a log that begins anew in the place it has needs
// no new blocks from the file system, whose journal each commit would else wait for (docs/decisions/0016).
constexpr std::int64_t pages_between_moves = 256;          // 1 MB of log: a longer move holds up every commit
constexpr std::int64_t pages_before_reset = 16'384;        // 64 MB: the log never came to rest; wait shortly for its readers
constexpr std::int64_t pages_between_resets = 4'096;       // 16 MB: when somebody still read the log
// OPTIMIZATION: readers are done in less than a millisecond; SQLite's own waiting sleeps up to 100 ms, and everybody who writes
// with it.
constexpr int waits_for_readers = 200;
constexpr auto wait_for_readers = std::chrono::microseconds(50);
/// After a batch in which a command was refused so many have savepoints.
constexpr int careful_batches = 64;
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

int wait_shortly(void*, int times) {
  if (times >= waits_for_readers) return 0;
  std::this_thread::sleep_for(wait_for_readers);
  return 1;
}

}  // namespace

Writer::Writer(std::string const& file, int batch_limit)
    : connection_(file, Role::writer), mover_(file), batch_limit_(static_cast<std::size_t>(std::max(1, batch_limit))),
      reset_at_(pages_before_reset) {
  sqlite3_wal_hook(connection_.handle(), &Writer::after_commit, this);
  checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  find_work_before_commit();
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

Written Writer::write(Command const& command, Keep keep, MustStop const* must_stop) {
  auto const job = std::make_shared<Job>();
  job->command = &command;
  job->keep = keep;
  job->must_stop = must_stop;
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
    auto applied = apply_together(batch);
    if (applied == Applied::again) applied = apply_one_by_one(batch);
    if (applied == Applied::nothing) return;
    for (auto const& job : batch)
      if (job->keep == Keep::nothing) find_work_before_commit();  // a migration may have made it
    // OPTIMIZATION: what triggers left for the whole batch is done once (docs/decisions/0027).
    if (has_work_before_commit_) connection_.execute("insert into before_commit (now) values (1)");
    connection_.execute("commit");
    figures_.commits.fetch_add(1);
    if (batch.size() > figures_.largest_batch.load()) figures_.largest_batch.store(batch.size());
  } catch (Fault const& fault) {
    fail_all(batch, fault.what());
    return;
  }
  count(batch);
  for (auto const& job : batch)
    if (job->command == nullptr) analyse();
}

/// The schema says what is done before each commit, as an INSTEAD OF trigger of the view `before_commit`.
void Writer::find_work_before_commit() {
  has_work_before_commit_ =
      connection_.read_number("select count(*) from sqlite_schema where type = 'view' and name = 'before_commit'") != 0;
}

void Writer::count(Batch const& batch) {
  for (auto const& job : batch) {
    if (job->command == nullptr) continue;
    figures_.commands.fetch_add(1);
    if (job->fault) figures_.faults.fetch_add(1);
    if (job->written.outcome == Outcome::superseded) figures_.superseded.fetch_add(1);
  }
}

/// OPTIMIZATION: a savepoint makes SQLite keep a copy of every page that the command changes. Nearly all commands stand, so a
/// batch goes without; when one of several does not stand, nothing of them is kept, and they are carried out again with
/// savepoints, as are the next batches.
Writer::Applied Writer::apply_together(Batch const& batch) {
  if (careful_ > 0 && batch.size() > 1) {
    --careful_;
    return Applied::again;
  }
  connection_.execute("begin immediate");
  for (auto const& job : batch) {
    if (job->command == nullptr || try_statements(*job)) continue;
    bool const was_lost = connection_.is_idle();
    if (!was_lost) connection_.execute("rollback");
    if (batch.size() > 1) {
      for (auto const& each : batch) each->forget();
      careful_ = careful_batches;
      return Applied::again;
    }
    if (was_lost)
      fail_all(batch, reason_);
    else
      count(batch);
    return Applied::nothing;
  }
  return Applied::everything;
}

/// Each command in its own savepoint.
Writer::Applied Writer::apply_one_by_one(Batch const& batch) {
  connection_.execute("begin immediate");
  for (auto const& job : batch) {
    if (job->command == nullptr || apply(*job)) continue;
    fail_all(batch, reason_);
    return Applied::nothing;
  }
  return Applied::everything;
}

/// Applies one command in its own savepoint. False when the whole transaction is lost.
bool Writer::apply(Job& job) {
  connection_.execute("savepoint command");
  bool const stands = try_statements(job);
  if (connection_.is_idle()) return false;
  if (!stands) connection_.execute("rollback to command");
  connection_.execute("release command");
  return true;
}

/// False when the command must not stand, with the reason in the job.
bool Writer::try_statements(Job& job) {
  bool stands = false;
  connection_.set_must_stop(job.must_stop);
  try {
    stands = apply_statements(job);
  } catch (Fault const& fault) {
    job.fault = std::current_exception();
    reason_ = fault.what();
  }
  connection_.set_must_stop(nullptr);
  if (!stands) job.written.rows.clear();
  return stands;
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
    job->written = Written();
    if (!job->fault) job->fault = std::make_exception_ptr(Fault(fmt::format("nothing was written: {}", why)));
  }
  count(batch);
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

/// The log is moved while the writer goes on. When it has become long without ever coming to rest, the writer moves the little
/// that came while it was last moved, waits shortly for those who still read it, and begins it anew in its place.
void Writer::checkpoint_if_due() {
  auto const pages = figures_.log_pages.load();
  if (pages < pages_moved_) {  // the log began anew
    pages_moved_ = 0;
    reset_at_ = pages_before_reset;
  }
  if (pages - pages_moved_ >= pages_between_moves) {
    mover_.ask();
    pages_moved_ = pages;
    return;
  }
  bool const is_little_left = mover_.is_at_rest() || pages >= 2 * pages_before_reset;
  if (pages < reset_at_ || !is_little_left) return;
  sqlite3_busy_handler(connection_.handle(), wait_shortly, nullptr);
  checkpoint(SQLITE_CHECKPOINT_RESTART);
  sqlite3_busy_timeout(connection_.handle(), busy_limit_ms);
  reset_at_ = pages + pages_between_resets;  // when somebody still reads it
}

void Writer::checkpoint(int mode) {
  int const code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
  if (code == SQLITE_OK || code == SQLITE_BUSY)
    figures_.checkpoints.fetch_add(1);
  else
    figures_.checkpoint_faults.fetch_add(1);
}

}  // namespace rcms::db::sqlite
