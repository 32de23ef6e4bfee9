#include "foundation/db/local_notices.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "foundation/db/engine_database.hpp"

namespace rcms::db {

void check_channel(std::string_view channel) {
  bool const is_name = !channel.empty() && channel.size() <= 60 && std::all_of(channel.begin(), channel.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!is_name) throw Fault(fmt::format("'{}' is not a channel: 1 to 60 of a-z, 0-9 and _", channel));
}

void Listeners::add(std::string_view channel, std::function<void()> on_notice) {
  check_channel(channel);
  std::lock_guard const lock(mutex_);
  listeners_[std::string(channel)].push_back(std::move(on_notice));
}

void Listeners::call(std::string const& channel) {
  std::vector<std::function<void()>> to_call;
  {
    std::lock_guard const lock(mutex_);
    auto const found = listeners_.find(channel);
    if (found != listeners_.end()) to_call = found->second;
  }
  for (auto const& on_notice : to_call) {
    try {
      on_notice();
    } catch (std::exception const&) {
      // A listener owns its failures; the other listeners and the next notices must go on. Counted for /metrics.
      std::lock_guard const lock(mutex_);
      ++faults_;
    }
  }
}

void Listeners::call_all() {
  for (auto const& channel : channels()) call(channel);
}

std::vector<std::string> Listeners::channels() const {
  std::lock_guard const lock(mutex_);
  std::vector<std::string> names;
  for (auto const& [name, unused] : listeners_) names.push_back(name);
  return names;
}

std::uint64_t Listeners::faults() const {
  std::lock_guard const lock(mutex_);
  return faults_;
}

LocalNotices::LocalNotices() : thread_([this] { work(); }) {}

LocalNotices::~LocalNotices() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LocalNotices::notify(std::string_view channel) {
  check_channel(channel);
  {
    std::lock_guard const lock(mutex_);
    pending_.emplace(channel);
  }
  wake_.notify_one();
}

void LocalNotices::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !pending_.empty(); });
    if (stopping_) return;
    auto const channels = std::move(pending_);
    pending_.clear();
    lock.unlock();
    for (auto const& channel : channels) listeners_.call(channel);
    lock.lock();
    wake_.wait_for(lock, std::chrono::milliseconds(notice_gap_ms), [&] { return stopping_; });
  }
}

}  // namespace rcms::db
