// One thread of the server: its connections, their deadlines, its live streams. Internal to foundation/http/server*.cpp.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "foundation/http/pipeline.hpp"

namespace rcms::http::net {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
template <class T>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> use_task{};
using ErrorCode = boost::system::error_code;

inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

class LiveHub;
class LiveStream;

/// What all connections of a server share.
struct Core {
  ServerOptions const& options;
  Pipeline& pipeline;
  asio::thread_pool& workers;
  asio::thread_pool& reading_workers;
  LiveHub& hub;
  std::atomic<bool> stopping{false};
};

/// Counts a connection as long as it lives, also when it becomes a live stream.
class ConnectionCount {
 public:
  explicit ConnectionCount(std::atomic<std::int64_t>& count) : count_(&count) { count.fetch_add(1); }
  ConnectionCount(ConnectionCount&& other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
  ConnectionCount& operator=(ConnectionCount&&) = delete;
  ~ConnectionCount() {
    if (count_ != nullptr) count_->fetch_sub(1);
  }

 private:
  std::atomic<std::int64_t>* count_;
};

/// A connection as the loop sees it. Only the thread of the loop touches it.
class Watched {
 public:
  virtual ~Watched() = default;
  /// Ends the operation that waits; the connection then decides what follows.
  virtual void cancel() = 0;
  virtual void close() = 0;

  std::int64_t deadline_ms = never;
  bool timed_out = false;
  bool idle = false;
  std::list<Watched*>::iterator idle_place;
};

/// One thread with its io_context. Deadlines are looked at four times a second, so none needs a timer of its own.
class Loop {
 public:
  explicit Loop(Core& core);
  void start();
  /// From any thread: closes what is idle; requests that run may finish.
  void begin_stop();
  void end();

  void enter(Watched& connection) { connections_.insert(&connection); }
  void leave(Watched& connection);
  void begin_idle(Watched& connection);
  void end_idle(Watched& connection);
  /// Closes the connection that has been idle for the longest time; false when there is none.
  bool evict_idle();

  /// `Date` of now, as in a header.
  std::string const& date() const { return date_; }
  Core& core;
  std::unordered_set<std::shared_ptr<LiveStream>> live;  ///< of the hub

 private:
  void sweep();
  void wait_sweep();
  void wait_heartbeat();

  std::unordered_set<Watched*> connections_;
  std::list<Watched*> idle_;
  std::string date_;

 public:
  asio::io_context context{1};

 private:
  asio::steady_timer sweep_timer_{context};
  asio::steady_timer heartbeat_timer_{context};
  std::thread thread_;
};

}  // namespace rcms::http::net
