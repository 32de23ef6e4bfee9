// The streams of live updates on the threads of the server. Internal to foundation/http/server*.cpp.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "foundation/http/live.hpp"
#include "foundation/http/server_loop.hpp"

namespace rcms::http::net {

/// One connected viewer. Only the thread of its loop touches it.
class LiveStream : public std::enable_shared_from_this<LiveStream> {
 public:
  LiveStream(Loop& loop, access::Viewer const& viewer, std::optional<std::int64_t> after, ConnectionCount count);
  virtual ~LiveStream() = default;

  /// Says hello; sends what was missed first when the client resumes.
  void begin();
  /// Events with their rendered bytes.
  void offer(std::vector<Event> const& events, std::vector<std::string> const& texts);
  void beat(std::int64_t now_ms);
  /// Leaves the loop and the hub and ends the connection; may be called twice.
  void close();
  std::string const& session() const { return viewer_.session; }

 protected:
  virtual void start_write() = 0;  ///< of `out_`; ends in `written`
  virtual void start_read() = 0;   ///< notices that the client is gone; ends in `arrived`
  virtual void shut() = 0;
  void written(ErrorCode const& error);
  void arrived(ErrorCode const& error, std::size_t bytes);

  std::string out_;
  char scratch_[16] = {};

 private:
  void load_backlog();
  void resume(std::vector<Event> const& missed);
  void hello(bool resumed);
  void send(std::string_view text);

  Loop& loop_;
  access::Viewer const viewer_;
  ConnectionCount count_;
  std::int64_t last_ = 0;      ///< number up to which the client knows everything
  bool holding_ = false;       ///< the backlog is being read; events wait in `held_`
  bool writing_ = false;
  bool closed_ = false;
  std::int64_t born_ms_;
  std::size_t received_ = 0;
  std::vector<Event> held_;
  std::string pending_;
};

/// A stream over a plain or TLS socket.
template <class Stream>
class LiveSocket final : public LiveStream {
 public:
  LiveSocket(Stream stream, Loop& loop, access::Viewer const& viewer, std::optional<std::int64_t> after, ConnectionCount count)
      : LiveStream(loop, viewer, after, std::move(count)), stream_(std::move(stream)) {}

 protected:
  void start_write() override {
    asio::async_write(stream_, asio::buffer(out_),
                      [self = shared_from_this(), this](ErrorCode const& error, std::size_t) { written(error); });
  }
  void start_read() override {
    stream_.async_read_some(asio::buffer(scratch_), [self = shared_from_this(), this](ErrorCode const& error, std::size_t bytes) {
      arrived(error, bytes);
    });
  }
  void shut() override {
    ErrorCode ignored;
    stream_.lowest_layer().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.lowest_layer().close(ignored);
  }

 private:
  Stream stream_;
};

/// All streams of a server.
class LiveHub final : public LiveUpdates {
 public:
  explicit LiveHub(LiveOptions const& options) : options_(options), newest_(options.newest) {}
  void set_loops(std::vector<Loop*> loops) { loops_ = std::move(loops); }

  void publish(std::span<Event const> events) override;
  void close_session(std::string_view session) override;
  std::size_t connections() const override { return count_.load(); }

  /// Whether one more stream of the session may begin; then it is counted until `leave`.
  bool enter(std::string const& session);
  void leave(std::string const& session);
  std::int64_t newest() const { return newest_.load(); }
  std::int64_t dropped() const { return dropped_.load(); }
  void count_dropped() { dropped_.fetch_add(1); }

 private:
  LiveOptions const& options_;
  std::vector<Loop*> loops_;
  std::atomic<std::int64_t> newest_;
  std::atomic<std::size_t> count_{0};
  std::atomic<std::int64_t> dropped_{0};
  std::mutex mutex_;
  std::map<std::string, std::size_t, std::less<>> by_session_;
};

}  // namespace rcms::http::net
