// The two background threads: one turns sealed entries into notifications and tells the connected browsers, one sends e-mails.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "capabilities/messages/mailing.hpp"
#include "capabilities/messages/notify.hpp"

namespace rcms::messages {

struct BackgroundOptions {
  std::optional<MailSettings> mail;  ///< none: no mail is queued or sent
  /// Users of whom this process tells the connected browsers; called on the thread of the loop.
  std::function<void(std::vector<Told> const&)> tell;
  std::function<void(std::string_view what)> on_fault;  ///< the loops go on
};

/// Every process of a node runs one; only the leader writes notifications, only the leader sends, all tell their browsers.
class Background {
 public:
  /// `context` outlives it. Throws std::runtime_error when data/workflow/notices.toml (in `notices`) does not fit.
  Background(case_files::Context const& context, std::vector<Notice> notices, BackgroundOptions options);
  ~Background();
  Background(Background const&) = delete;

  void start();
  /// Ends both threads; a mail on its way is finished first.
  void stop();

 private:
  /// Wakes a loop; kept apart because the database may ring it after the loop is gone.
  struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    bool work = false;
    bool stop = false;
    void ring();
    void ring_for_the_last_time();
    /// True when the loop must end.
    bool rest(int ms);
  };

  void notify();
  void tell_new();
  void send();
  void forget_old();

  NoticeContext context_;
  BackgroundOptions options_;
  std::int64_t told_ = 0;           ///< number up to which this process has told its browsers
  std::int64_t next_forgetting_ms_ = 0;
  std::shared_ptr<Bell> notices_bell_ = std::make_shared<Bell>();
  std::shared_ptr<Bell> mail_bell_ = std::make_shared<Bell>();
  std::thread notices_thread_;
  std::thread mail_thread_;
};

}  // namespace rcms::messages
