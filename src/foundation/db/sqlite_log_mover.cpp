#include "foundation/db/sqlite_log_mover.hpp"

#include <sqlite3.h>

namespace rcms::db::sqlite {

LogMover::LogMover(std::string const& file) : connection_(file, Role::writer) {
  sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  thread_ = std::thread([this] { work(); });
}

LogMover::~LogMover() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_all();
  thread_.join();
}

void LogMover::ask() {
  {
    std::lock_guard const lock(mutex_);
    is_asked_ = true;
    is_busy_.store(true);
  }
  asked_.notify_one();
}

void LogMover::work() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      asked_.wait(lock, [this] { return stopping_ || is_asked_; });
      if (stopping_) return;
      is_asked_ = false;
    }
    // Busy means that the writer itself empties the log at this moment.
    int const code =
        sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    (code == SQLITE_OK || code == SQLITE_BUSY ? moves : faults).fetch_add(1);
    std::lock_guard const lock(mutex_);
    if (!is_asked_) is_busy_.store(false);
  }
}

}  // namespace rcms::db::sqlite
