// The connections of this process to PostgreSQL. Made when first needed, given to one caller at a time, replaced when lost.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "foundation/db/postgresql_connection.hpp"

namespace rcms::db::postgresql {

class Pool {
 public:
  Pool(std::string connection_string, int limit);

  /// A connection in the hands of one caller; given back when destroyed, or closed when it is not clean.
  class Borrowed {
   public:
    ~Borrowed();
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;
    Connection* operator->() const { return connection_.get(); }
    /// Closes it instead of giving it back.
    void give_up() { is_given_up_ = true; }

   private:
    friend class Pool;
    Borrowed(Pool& pool, std::unique_ptr<Connection> connection, bool is_stream);
    Pool& pool_;
    std::unique_ptr<Connection> connection_;
    bool const is_stream_;
    bool is_given_up_ = false;
  };

  /// Waits for a free connection at most `pool_limit_ms`; streams hold one for long, so they get a third of them at most.
  /// Throws Fault when none becomes free or the server cannot be reached.
  Borrowed borrow(bool is_stream = false);

  std::uint64_t waits() const { return waits_.load(); }
  std::uint64_t connects() const { return connects_.load(); }
  std::size_t open_connections() const;

 private:
  bool may_borrow(bool is_stream) const;
  std::unique_ptr<Connection> take_free();
  std::unique_ptr<Connection> connect();
  void give_back(std::unique_ptr<Connection> connection, bool is_stream);

  std::string const connection_string_;
  std::size_t const limit_;
  std::atomic<std::uint64_t> waits_{0};
  std::atomic<std::uint64_t> connects_{0};
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> free_;
  std::size_t borrowed_ = 0;
  std::size_t streams_ = 0;
  std::int64_t unreachable_until_ms_ = 0;
  std::string unreachable_why_;
};

}  // namespace rcms::db::postgresql
