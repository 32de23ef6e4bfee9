// Notices between processes and leadership, on one connection and one thread of their own: LISTEN, NOTIFY, advisory locks.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "foundation/db/local_notices.hpp"
#include "foundation/db/postgresql_connection.hpp"

namespace rcms::db::postgresql {

class Notices {
 public:
  explicit Notices(std::string connection_string);
  ~Notices();
  Notices(Notices const&) = delete;
  Notices& operator=(Notices const&) = delete;

  /// Returns when the server listens, or after `pool_limit_ms` without it (then it listens as soon as it can).
  void listen(std::string_view channel, std::function<void()> on_notice);
  /// Sent at most once in `notice_gap_ms` for each channel; kept while the server is away.
  void notify(std::string_view channel);
  /// True while this process holds the advisory lock of `name`; asks for it again each second. It ends when the connection
  /// is seen to be lost, which the other side may learn a moment earlier: the work itself must bear two leaders.
  bool is_leader(std::string_view name);

  std::uint64_t faults() const { return listeners_.faults(); }
  std::uint64_t sent() const { return sent_.load(); }
  std::uint64_t reconnects() const { return reconnects_.load(); }

 private:
  struct Leadership {
    bool is_held = false;
    bool is_asked = false;  ///< the server has answered at least once on this connection
  };

  void work();
  bool must_stop();
  void connect_when_lost();
  void listen_to_new_channels();
  void ask_for_leadership();
  void send_pending();
  void deliver();
  void wait_for_something();
  void lose();
  void wake();

  std::string const connection_string_;
  Listeners listeners_;
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> reconnects_{0};

  std::mutex mutex_;
  std::condition_variable answered_;
  std::set<std::string, std::less<>> pending_;
  std::set<std::string, std::less<>> listening_;
  std::map<std::string, Leadership, std::less<>> leaderships_;
  bool stopping_ = false;

  // Of the thread alone.
  std::unique_ptr<Connection> connection_;
  std::int64_t last_sent_ms_ = 0;
  std::int64_t last_asked_ms_ = 0;
  std::int64_t last_connect_ms_ = 0;
  bool was_connected_ = false;

  int wake_descriptor_ = -1;
  std::thread thread_;
};

}  // namespace rcms::db::postgresql
