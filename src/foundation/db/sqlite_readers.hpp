// The connections of an SQLite file that only read. Opened when first needed, given to one caller at a time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "foundation/db/sqlite_connection.hpp"

namespace rcms::db::sqlite {

class Readers {
 public:
  Readers(std::string file, int limit);

  /// A connection in the hands of one caller; given back when destroyed.
  class Borrowed {
   public:
    ~Borrowed();
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    Connection* operator->() const { return connection_.get(); }

   private:
    friend class Readers;
    Borrowed(Readers& readers, std::unique_ptr<Connection> connection, std::uint64_t version, bool is_stream);
    Readers& readers_;
    std::unique_ptr<Connection> connection_;
    std::uint64_t const version_;
    bool const is_stream_;
  };

  /// Waits for a free connection at most `pool_limit_ms`, then throws Fault. `version` is that of the statistics: older
  /// connections are opened anew. Streams hold a connection for long, so they get half of them at most.
  Borrowed borrow(std::uint64_t version, bool is_stream = false);

  std::uint64_t waits() const { return waits_.load(); }
  std::size_t open_connections() const;

 private:
  struct Free {
    std::unique_ptr<Connection> connection;
    std::uint64_t version = 0;
  };

  bool may_borrow(bool is_stream) const;
  void give_back(Free free, bool is_stream);

  std::string const file_;
  std::size_t const limit_;
  std::atomic<std::uint64_t> waits_{0};
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Free> free_;
  std::size_t borrowed_ = 0;
  std::size_t streams_ = 0;
};

}  // namespace rcms::db::sqlite
