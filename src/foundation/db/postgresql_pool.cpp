#include "foundation/db/postgresql_pool.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "foundation/base/clock.hpp"

namespace rcms::db::postgresql {

namespace {

constexpr std::int64_t pause_after_failure_ms = 300;  // others are told at once instead of waiting for the same failure

}  // namespace

Pool::Pool(std::string connection_string, int limit)
    : connection_string_(std::move(connection_string)), limit_(static_cast<std::size_t>(std::max(2, limit))) {}

Pool::Borrowed::Borrowed(Pool& pool, std::unique_ptr<Connection> connection, bool is_stream)
    : pool_(pool), connection_(std::move(connection)), is_stream_(is_stream) {}

Pool::Borrowed::~Borrowed() {
  if (is_given_up_ || !connection_->is_clean()) connection_ = nullptr;
  pool_.give_back(std::move(connection_), is_stream_);
}

bool Pool::may_borrow(bool is_stream) const {
  return borrowed_ < limit_ && (!is_stream || streams_ < std::max<std::size_t>(1, limit_ / 3));
}

Pool::Borrowed Pool::borrow(bool is_stream) {
  {
    std::unique_lock lock(mutex_);
    if (!may_borrow(is_stream)) {
      waits_.fetch_add(1);
      bool const freed =
          returned_.wait_for(lock, std::chrono::milliseconds(pool_limit_ms), [&] { return may_borrow(is_stream); });
      if (!freed)
        throw Fault(fmt::format("none of the {} connections to PostgreSQL became free in {} s; allow more connections or fewer "
                                "requests at once", limit_, pool_limit_ms / 1000));
    }
    ++borrowed_;
    if (is_stream) ++streams_;
  }
  try {
    auto connection = take_free();
    if (!connection) connection = connect();
    return Borrowed(*this, std::move(connection), is_stream);
  } catch (Fault const&) {
    give_back(nullptr, is_stream);
    throw;
  }
}

/// A free connection that the server has not closed; those that it has are dropped.
std::unique_ptr<Connection> Pool::take_free() {
  while (true) {
    std::unique_ptr<Connection> connection;
    {
      std::lock_guard const lock(mutex_);
      if (free_.empty()) return nullptr;
      connection = std::move(free_.back());
      free_.pop_back();
    }
    if (connection->is_alive()) return connection;
  }
}

std::unique_ptr<Connection> Pool::connect() {
  {
    std::lock_guard const lock(mutex_);
    if (monotonic_ms() < unreachable_until_ms_) throw ServerFault(unreachable_why_, "", true, false);
  }
  try {
    auto connection = std::make_unique<Connection>(connection_string_, Use::statements);
    connects_.fetch_add(1);
    return connection;
  } catch (ServerFault const& fault) {
    std::lock_guard const lock(mutex_);
    unreachable_until_ms_ = monotonic_ms() + pause_after_failure_ms;
    unreachable_why_ = fault.what();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection, bool is_stream) {
  bool wake_all = false;
  {
    std::lock_guard const lock(mutex_);
    --borrowed_;
    wake_all = streams_ > 0;
    if (is_stream) --streams_;
    if (connection) free_.push_back(std::move(connection));
  }
  // With streams about, the one that is woken may not be one that can go on.
  if (wake_all)
    returned_.notify_all();
  else
    returned_.notify_one();
}

std::size_t Pool::open_connections() const {
  std::lock_guard const lock(mutex_);
  return free_.size() + borrowed_;
}

}  // namespace rcms::db::postgresql
