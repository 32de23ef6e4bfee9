// A mail server that delivers nothing: it keeps what it is given, for the demo ("what would have been sent") and for tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace rcms::mail {

struct CaughtMessage {
  std::uint64_t number = 0;  ///< from 1
  std::string from;
  std::vector<std::string> to;
  std::string user;     ///< who signed in, if anybody did
  std::string content;  ///< as on the wire
};

struct CatcherOptions {
  int port = 0;                        ///< 0: any free one
  std::filesystem::path folder = {};   ///< also written there as <number>.eml; in memory only when empty
  std::size_t keep = 500;              ///< of the newest in memory
  std::size_t message_bytes = 30u << 20;
  std::string refuse_domain = {};      ///< receivers there are rejected with 550, for tests
  bool busy = false;                   ///< every message is put off with 451, for tests
};

/// Listens on 127.0.0.1 only, on a thread of its own, one connection at a time, until it is destroyed.
class MailCatcher {
 public:
  /// Throws std::runtime_error when the port is taken.
  explicit MailCatcher(CatcherOptions options = {});
  ~MailCatcher();
  MailCatcher(MailCatcher const&) = delete;
  MailCatcher& operator=(MailCatcher const&) = delete;

  int port() const;
  /// Newest last.
  std::vector<CaughtMessage> list_messages() const;
  /// True when at least `count` messages came within the time.
  bool wait_for(std::uint64_t count, int timeout_ms) const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// The decoded text part and subject of a message that `render_message` made: for showing it. Empty when it is of another form.
std::string text_of(CaughtMessage const& message);
std::string subject_of(CaughtMessage const& message);

}  // namespace rcms::mail
