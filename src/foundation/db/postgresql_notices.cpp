#include "foundation/db/postgresql_notices.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "foundation/base/clock.hpp"

namespace rcms::db::postgresql {

namespace {

constexpr std::int64_t between_asking_ms = 1'000;
constexpr std::int64_t between_connects_ms = 500;
constexpr std::string_view lock_text = "select pg_try_advisory_lock($1)";

/// The number of the advisory lock of a name: the first 8 bytes of its SHA-256.
std::int64_t lock_number(std::string_view name) {
  auto const digest = sha256(name);
  std::int64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number;
}

}  // namespace

Notices::Notices(std::string connection_string)
    : connection_string_(std::move(connection_string)), wake_descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_descriptor_ < 0) throw Fault("no eventfd: too many open files in this process");
  thread_ = std::thread([this] { work(); });
}

Notices::~Notices() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake();
  thread_.join();
  ::close(wake_descriptor_);
}

void Notices::wake() {
  std::uint64_t const one = 1;
  // Fails only when it is awake already.
  auto const ignored = ::write(wake_descriptor_, &one, sizeof one);
  static_cast<void>(ignored);
}

void Notices::listen(std::string_view channel, std::function<void()> on_notice) {
  listeners_.add(channel, std::move(on_notice));
  wake();
  std::unique_lock lock(mutex_);
  answered_.wait_for(lock, std::chrono::milliseconds(pool_limit_ms),
                     [&] { return stopping_ || listening_.count(channel) != 0; });
}

void Notices::notify(std::string_view channel) {
  check_channel(channel);
  bool is_new = false;
  {
    std::lock_guard const lock(mutex_);
    is_new = pending_.emplace(channel).second;
  }
  if (is_new) wake();
}

bool Notices::is_leader(std::string_view name) {
  std::unique_lock lock(mutex_);
  auto found = leaderships_.find(name);
  if (found != leaderships_.end()) return found->second.is_held;
  leaderships_.emplace(std::string(name), Leadership{});
  lock.unlock();
  wake();
  lock.lock();
  auto const is_answered = [&] { return stopping_ || leaderships_.find(name)->second.is_asked; };
  answered_.wait_for(lock, std::chrono::milliseconds(between_asking_ms * 2), is_answered);
  return leaderships_.find(name)->second.is_held;
}

bool Notices::must_stop() {
  std::lock_guard const lock(mutex_);
  return stopping_;
}

void Notices::work() {
  while (!must_stop()) {
    try {
      connect_when_lost();
      if (connection_) {
        listen_to_new_channels();
        ask_for_leadership();
        send_pending();
        deliver();  // libpq may have read a notice together with an answer: the socket then stays silent
      }
      wait_for_something();
      if (connection_) deliver();
    } catch (Fault const&) {
      lose();  // told to others as the loss of leadership; connected again above
    }
  }
}

void Notices::lose() {
  connection_ = nullptr;
  std::lock_guard const lock(mutex_);
  listening_.clear();
  for (auto& [name, leadership] : leaderships_) leadership = Leadership{};
}

void Notices::connect_when_lost() {
  if (connection_ || monotonic_ms() - last_connect_ms_ < between_connects_ms) return;
  last_connect_ms_ = monotonic_ms();
  connection_ = std::make_unique<Connection>(connection_string_, Use::notices);
  last_asked_ms_ = 0;
  if (!was_connected_) {
    was_connected_ = true;
    return;
  }
  reconnects_.fetch_add(1);
  listen_to_new_channels();
  listeners_.call_all();  // what was said meanwhile is not known
}

void Notices::listen_to_new_channels() {
  for (auto const& channel : listeners_.channels()) {
    {
      std::lock_guard const lock(mutex_);
      if (listening_.count(channel) != 0) continue;
    }
    connection_->read("listen", fmt::format("listen {}", channel), {}, Keep::nothing);
    {
      std::lock_guard const lock(mutex_);
      listening_.insert(channel);
    }
    answered_.notify_all();
  }
}

void Notices::ask_for_leadership() {
  std::vector<std::string> to_ask;
  {
    std::lock_guard const lock(mutex_);
    bool const is_due = monotonic_ms() - last_asked_ms_ >= between_asking_ms;
    for (auto const& [name, leadership] : leaderships_)
      if (!leadership.is_held && (is_due || !leadership.is_asked)) to_ask.push_back(name);
    if (is_due) last_asked_ms_ = monotonic_ms();
  }
  for (auto const& name : to_ask) {
    auto const rows = connection_->read("leader", lock_text, {lock_number(name)}, Keep::prepared);
    std::lock_guard const lock(mutex_);
    leaderships_.find(name)->second = Leadership{rows.front().integer(0) != 0, true};
    answered_.notify_all();
  }
}

void Notices::send_pending() {
  if (monotonic_ms() - last_sent_ms_ < notice_gap_ms) return;
  std::set<std::string, std::less<>> channels;
  {
    std::lock_guard const lock(mutex_);
    channels = pending_;
  }
  for (auto const& channel : channels) {
    {
      // Taken out before it is sent: what is said during the sending is sent again.
      std::lock_guard const lock(mutex_);
      pending_.erase(channel);
    }
    try {
      connection_->read("notify", fmt::format("notify {}", channel), {}, Keep::nothing);
    } catch (Fault const&) {
      std::lock_guard const lock(mutex_);
      pending_.insert(channel);
      throw;
    }
    sent_.fetch_add(1);
    last_sent_ms_ = monotonic_ms();
  }
}

void Notices::deliver() {
  auto const arrived = connection_->take_notices();
  for (auto const& channel : std::set<std::string>(arrived.begin(), arrived.end())) listeners_.call(channel);
}

/// Until the server or another thread says something, or something is due.
void Notices::wait_for_something() {
  std::int64_t timeout_ms = connection_ ? between_asking_ms : between_connects_ms;
  {
    std::lock_guard const lock(mutex_);
    if (connection_ && !pending_.empty())
      timeout_ms = std::max<std::int64_t>(0, notice_gap_ms - (monotonic_ms() - last_sent_ms_));
  }
  pollfd waiting[2] = {{wake_descriptor_, POLLIN, 0}, {connection_ ? connection_->socket() : -1, POLLIN, 0}};
  ::poll(waiting, 2, static_cast<int>(timeout_ms));
  std::uint64_t woken = 0;
  auto const ignored = ::read(wake_descriptor_, &woken, sizeof woken);
  static_cast<void>(ignored);
}

}  // namespace rcms::db::postgresql
