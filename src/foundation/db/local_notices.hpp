// Notices within one process, for SQLite: `notify` returns at once, listeners are called on a thread of this class.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rcms::db {

/// Throws Fault unless the name of a channel is 1 to 60 lower-case letters, digits and underscores.
void check_channel(std::string_view channel);

/// The listeners of all channels; a listener is called on one thread at a time.
class Listeners {
 public:
  void add(std::string_view channel, std::function<void()> on_notice);
  void call(std::string const& channel);
  void call_all();
  std::vector<std::string> channels() const;
  /// Listeners that ended with an exception.
  std::uint64_t faults() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<std::function<void()>>> listeners_;
  std::uint64_t faults_ = 0;
};

class LocalNotices {
 public:
  LocalNotices();
  ~LocalNotices();
  LocalNotices(LocalNotices const&) = delete;
  LocalNotices& operator=(LocalNotices const&) = delete;

  void listen(std::string_view channel, std::function<void()> on_notice) { listeners_.add(channel, std::move(on_notice)); }
  void notify(std::string_view channel);
  std::uint64_t faults() const { return listeners_.faults(); }

 private:
  void work();

  Listeners listeners_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::set<std::string, std::less<>> pending_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rcms::db
