// Moves pages from SQLite's log into the file on a thread and a connection of its own, while the writer goes on writing.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "foundation/db/sqlite_connection.hpp"

namespace rcms::db::sqlite {

class LogMover {
 public:
  /// The file exists and is in WAL mode. Throws Fault.
  explicit LogMover(std::string const& file);
  ~LogMover();
  LogMover(LogMover const&) = delete;
  LogMover& operator=(LogMover const&) = delete;

  /// Returns at once; while it moves, asking again does nothing more.
  void ask();
  /// False from being asked until what was asked for is moved.
  bool is_at_rest() const { return !is_busy_.load(); }

  std::atomic<std::uint64_t> moves{0};
  std::atomic<std::uint64_t> faults{0};

 private:
  void work();

  Connection connection_;
  std::mutex mutex_;
  std::condition_variable asked_;
  bool is_asked_ = false;
  std::atomic<bool> is_busy_{false};
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace rcms::db::sqlite
