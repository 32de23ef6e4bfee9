// The one thread that writes an SQLite file: commands that wait together become durable in one commit.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "foundation/db/sqlite_connection.hpp"
#include "foundation/db/sqlite_log_mover.hpp"

namespace rcms::db::sqlite {

/// Counted since the start; read from any thread.
struct WriterFigures {
  std::atomic<std::uint64_t> commands{0};      ///< written, superseded or refused
  std::atomic<std::uint64_t> superseded{0};
  std::atomic<std::uint64_t> commits{0};       ///< durable commits
  std::atomic<std::uint64_t> largest_batch{0};
  std::atomic<std::uint64_t> faults{0};        ///< commands that got a Fault
  std::atomic<std::uint64_t> checkpoints{0};
  std::atomic<std::uint64_t> checkpoint_faults{0};
  std::atomic<std::int64_t> log_pages{0};      ///< of the write-ahead log after the last commit
};

class Writer {
 public:
  Writer(std::string const& file, int batch_limit);
  /// Writes what waits, moves the log into the file and closes it.
  ~Writer();
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;

  /// Returns when the command is durable. Throws Fault. `must_stop` ends its statements early; null: nothing does.
  Written write(Command const& command, Keep keep, MustStop const* must_stop = nullptr);
  /// Statistics for the planner, on the thread of the writer; readers that open afterwards use them.
  void refresh_statistics();

  WriterFigures const& figures() const { return figures_; }
  std::uint64_t moves() const { return mover_.moves.load(); }
  std::uint64_t move_faults() const { return mover_.faults.load(); }
  std::size_t waiting() const;
  /// Grows each time the statistics for the planner are new.
  std::uint64_t statistics_version() const { return statistics_version_.load(); }

 private:
  /// A command whose caller waits; shared so that neither side outlives the other's use of it.
  struct Job {
    Command const* command = nullptr;  ///< null asks for statistics
    Keep keep = Keep::prepared;
    MustStop const* must_stop = nullptr;
    Written written;
    std::exception_ptr fault;
    bool is_done = false;
    std::mutex mutex;
    std::condition_variable done;
    void forget() {
      written = Written();
      fault = nullptr;
    }
  };
  /// What is to be committed: everything that stands; or nothing any more, and each job knows its outcome.
  enum class Applied { everything, again, nothing };
  using Batch = std::vector<std::shared_ptr<Job>>;

  static int after_commit(void* writer, sqlite3*, char const*, int pages);
  void enqueue_and_wait(std::shared_ptr<Job> const& job);
  void work();
  Batch next_batch();
  void write_batch(Batch const& batch);
  Applied apply_together(Batch const& batch);
  Applied apply_one_by_one(Batch const& batch);
  void count(Batch const& batch);
  void find_work_before_commit();
  bool apply(Job& job);
  bool try_statements(Job& job);
  bool apply_statements(Job& job);
  void fail_all(Batch const& batch, std::string const& why);
  void wake_all(Batch const& batch);
  void analyse();
  void checkpoint_if_due();
  void checkpoint(int mode);

  Connection connection_;
  LogMover mover_;  // closes before the writer, which moves what is left
  std::size_t const batch_limit_;
  WriterFigures figures_;
  std::atomic<std::uint64_t> statistics_version_{0};
  std::uint64_t commands_at_statistics_ = 0;
  std::int64_t pages_moved_ = 0;  ///< of the log, or being moved
  std::int64_t reset_at_ = 0;
  int careful_ = 0;  ///< batches that are to have savepoints
  bool has_work_before_commit_ = false;
  std::string reason_;  ///< of the last fault in a batch

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::shared_ptr<Job>> queue_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace rcms::db::sqlite
