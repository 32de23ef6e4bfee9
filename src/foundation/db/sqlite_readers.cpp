#include "foundation/db/sqlite_readers.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace rcms::db::sqlite {

Readers::Readers(std::string file, int limit)
    : file_(std::move(file)), limit_(static_cast<std::size_t>(std::max(2, limit))) {}

Readers::Borrowed::Borrowed(Readers& readers, std::unique_ptr<Connection> connection, std::uint64_t version, bool is_stream)
    : readers_(readers), connection_(std::move(connection)), version_(version), is_stream_(is_stream) {}

Readers::Borrowed::~Borrowed() { readers_.give_back(Free{std::move(connection_), version_}, is_stream_); }

bool Readers::may_borrow(bool is_stream) const {
  return borrowed_ < limit_ && (!is_stream || streams_ < std::max<std::size_t>(1, limit_ / 2));
}

Readers::Borrowed Readers::borrow(std::uint64_t version, bool is_stream) {
  Free found;
  {
    std::unique_lock lock(mutex_);
    if (!may_borrow(is_stream)) {
      waits_.fetch_add(1);
      bool const freed =
          returned_.wait_for(lock, std::chrono::milliseconds(pool_limit_ms), [&] { return may_borrow(is_stream); });
      if (!freed)
        throw Fault(fmt::format("none of the {} reading connections became free in {} s; allow more readers or fewer requests "
                                "at once", limit_, pool_limit_ms / 1000));
    }
    ++borrowed_;
    if (is_stream) ++streams_;
    if (!free_.empty()) {
      found = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (found.connection && found.version == version)
    return Borrowed(*this, std::move(found.connection), version, is_stream);
  try {
    found.connection = nullptr;
    found.connection = std::make_unique<Connection>(file_, Role::reader);
  } catch (Fault const&) {
    give_back(Free{}, is_stream);
    throw;
  }
  return Borrowed(*this, std::move(found.connection), version, is_stream);
}

void Readers::give_back(Free free, bool is_stream) {
  bool wake_all = false;
  {
    std::lock_guard const lock(mutex_);
    --borrowed_;
    wake_all = streams_ > 0;
    if (is_stream) --streams_;
    if (free.connection) free_.push_back(std::move(free));
  }
  // With streams about, the one that is woken may not be one that can go on.
  if (wake_all)
    returned_.notify_all();
  else
    returned_.notify_one();
}

std::size_t Readers::open_connections() const {
  std::lock_guard const lock(mutex_);
  return free_.size() + borrowed_;
}

}  // namespace rcms::db::sqlite
