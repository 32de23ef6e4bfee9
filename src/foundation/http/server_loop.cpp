#include "foundation/http/server_loop.hpp"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include "foundation/http/server_live.hpp"

namespace rcms::http::net {

namespace {

constexpr std::chrono::milliseconds sweep_interval{250};
constexpr std::int64_t after_cancel_ms = 5'000;

/// "Sun, 06 Nov 1994 08:49:37 GMT".
std::string http_date(Instant now) {
  static constexpr char const* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::int64_t const seconds = now.ms / 1000;
  Date const day = Date::from_days(static_cast<std::int32_t>(seconds / 86'400));
  std::int64_t const of_day = seconds % 86'400;
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[day.weekday() - 1], day.day(), months[day.month() - 1],
                     day.year(), of_day / 3600, of_day / 60 % 60, of_day % 60);
}

}  // namespace

Loop::Loop(Core& shared) : core(shared), date_(http_date(shared.options.clock->now())) {}

void Loop::start() {
  wait_sweep();
  wait_heartbeat();
  thread_ = std::thread([this] { context.run(); });
}

void Loop::leave(Watched& connection) {
  end_idle(connection);
  connections_.erase(&connection);
}

void Loop::begin_idle(Watched& connection) {
  if (connection.idle) return;
  connection.idle = true;
  connection.idle_place = idle_.insert(idle_.end(), &connection);
}

void Loop::end_idle(Watched& connection) {
  if (!connection.idle) return;
  connection.idle = false;
  idle_.erase(connection.idle_place);
}

bool Loop::evict_idle() {
  if (idle_.empty()) return false;
  Watched& oldest = *idle_.front();
  end_idle(oldest);
  oldest.close();
  return true;
}

void Loop::begin_stop() {
  asio::post(context, [this] {
    while (evict_idle()) {
    }
    auto const streams = live;
    for (auto const& stream : streams) stream->close();
  });
}

void Loop::end() {
  context.stop();
  if (thread_.joinable()) thread_.join();
}

void Loop::wait_sweep() {
  sweep_timer_.expires_after(sweep_interval);
  sweep_timer_.async_wait([this](ErrorCode const& error) {
    if (error) return;
    sweep();
    wait_sweep();
  });
}

void Loop::sweep() {
  std::int64_t const now = monotonic_ms();
  date_ = http_date(core.options.clock->now());
  for (auto* connection : connections_) {
    if (connection->deadline_ms > now) continue;
    if (connection->timed_out) {
      connection->deadline_ms = never;
      connection->close();
    } else {
      connection->timed_out = true;
      connection->deadline_ms = now + after_cancel_ms;
      connection->cancel();
    }
  }
}

void Loop::wait_heartbeat() {
  heartbeat_timer_.expires_after(std::chrono::milliseconds(core.options.live.heartbeat_ms));
  heartbeat_timer_.async_wait([this](ErrorCode const& error) {
    if (error) return;
    std::int64_t const now = monotonic_ms();
    auto const streams = live;
    for (auto const& stream : streams) stream->beat(now);
    wait_heartbeat();
  });
}

}  // namespace rcms::http::net
