#include "foundation/mail/catcher.hpp"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <fstream>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::mail {

namespace {

constexpr int idle_ms = 10'000;
constexpr std::size_t longest_command = 4'096;

struct Socket {
  int number = -1;
  ~Socket() {
    if (number >= 0) ::close(number);
  }
};

std::string decode_base64(std::string_view text) {
  std::string url(text);
  while (!url.empty() && url.back() == '=') url.pop_back();
  for (auto& c : url) c = c == '+' ? '-' : c == '/' ? '_' : c;
  auto const bytes = from_base64url(url);
  return bytes ? std::string(as_text(*bytes)) : std::string();
}

/// "MAIL FROM:<a@b> SIZE=3" → "a@b".
std::string between_brackets(std::string_view command) {
  auto const open = command.find('<');
  auto const close = command.find('>', open);
  return open == std::string_view::npos || close == std::string_view::npos
             ? std::string()
             : std::string(command.substr(open + 1, close - open - 1));
}

}  // namespace

struct MailCatcher::Content {
  CatcherOptions options;
  Socket listening;
  int wake[2] = {-1, -1};
  int port = 0;
  std::atomic<bool> stopping = false;
  mutable std::mutex mutex;
  mutable std::condition_variable arrived;
  std::deque<CaughtMessage> messages;
  std::uint64_t count = 0;
  std::thread thread;

  void listen() {
    listening.number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int const yes = 1;
    ::setsockopt(listening.number, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(options.port));
    socklen_t length = sizeof(address);
    if (::bind(listening.number, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
        ::listen(listening.number, 16) != 0 ||
        ::getsockname(listening.number, reinterpret_cast<sockaddr*>(&address), &length) != 0 || ::pipe(wake) != 0) {
      throw std::runtime_error(fmt::format("the mail catcher cannot listen on port {}: {}", options.port, std::strerror(errno)));
    }
    port = ntohs(address.sin_port);
  }

  /// True when the socket can be read; false when the time is over or the catcher stops.
  bool wait_readable(int socket, int timeout_ms) const {
    pollfd waiting[2] = {{socket, POLLIN, 0}, {wake[0], POLLIN, 0}};
    return ::poll(waiting, 2, timeout_ms) > 0 && !stopping && (waiting[0].revents & (POLLIN | POLLHUP)) != 0;
  }

  void run() {
    while (!stopping) {
      if (!wait_readable(listening.number, -1)) continue;
      Socket const connection{::accept4(listening.number, nullptr, nullptr, SOCK_CLOEXEC)};
      if (connection.number >= 0) serve(connection.number);
    }
  }

  void keep(CaughtMessage message) {
    std::lock_guard const lock(mutex);
    message.number = ++count;
    if (!options.folder.empty()) {
      std::ofstream(options.folder / fmt::format("{:06}.eml", message.number), std::ios::binary) << message.content;
    }
    messages.push_back(std::move(message));
    if (messages.size() > options.keep) messages.pop_front();
    arrived.notify_all();
  }

  void serve(int socket);
};

namespace {

/// One connection: lines in, answers out.
class Conversation {
 public:
  Conversation(int socket, CatcherOptions const& options, std::function<bool()> wait, std::function<void(CaughtMessage)> keep)
      : socket_(socket), options_(options), wait_(std::move(wait)), keep_(std::move(keep)) {}

  void run() {
    say("220 rcms mail catcher");
    for (auto line = next_line(longest_command); line; line = next_line(longest_command)) {
      if (!answer(*line)) return;
    }
  }

 private:
  void say(std::string_view text) {
    auto const line = std::string(text) + "\r\n";
    static_cast<void>(::send(socket_, line.data(), line.size(), MSG_NOSIGNAL));
  }

  std::optional<std::string> next_line(std::size_t longest) {
    for (;;) {
      if (auto const end = buffer_.find("\r\n"); end != std::string::npos) {
        auto line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return line;
      }
      if (buffer_.size() > longest || !fill()) return std::nullopt;
    }
  }

  bool fill() {
    char chunk[16'384];
    if (!wait_()) return false;
    auto const received = ::recv(socket_, chunk, sizeof(chunk), 0);
    if (received <= 0) return false;
    buffer_.append(chunk, static_cast<std::size_t>(received));
    return true;
  }

  /// The message up to the line with a single point; doubled points at the start of lines are one. Source: RFC 5321 4.5.2.
  bool read_content() {
    message_.content.clear();
    std::size_t scanned = 0;
    std::size_t end = buffer_.rfind(".\r\n", 0) == 0 ? 0 : std::string::npos;
    while (end == std::string::npos) {
      auto const found = buffer_.find("\r\n.\r\n", scanned);
      if (found != std::string::npos) {
        end = found + 2;
        break;
      }
      scanned = buffer_.size() < 4 ? 0 : buffer_.size() - 4;
      if (buffer_.size() > options_.message_bytes || !fill()) return false;
      if (buffer_.rfind(".\r\n", 0) == 0) end = 0;
    }
    message_.content = buffer_.substr(0, end);
    buffer_.erase(0, end + 3);
    for (auto at = message_.content.find("\r\n.."); at != std::string::npos; at = message_.content.find("\r\n..", at + 3))
      message_.content.erase(at + 2, 1);
    if (message_.content.rfind("..", 0) == 0) message_.content.erase(0, 1);
    return true;
  }

  /// False when the conversation is over.
  bool answer(std::string const& line) {
    auto const verb = upper_ascii(line.substr(0, 4));
    if (verb == "EHLO") {
      say("250-rcms\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250 SIZE 31457280");
    } else if (verb == "HELO" || verb == "NOOP") {
      say("250 rcms");
    } else if (verb == "AUTH") {
      return sign_in(line);
    } else if (verb == "MAIL") {
      message_.from = between_brackets(line);
      message_.to.clear();
      say("250 sender noted");
    } else if (verb == "RCPT") {
      take_receiver(between_brackets(line));
    } else if (verb == "DATA") {
      return take_content();
    } else if (verb == "RSET") {
      message_ = CaughtMessage{};
      say("250 forgotten");
    } else if (verb == "QUIT") {
      say("221 goodbye");
      return false;
    } else {
      say("502 not known here");
    }
    return true;
  }

  bool sign_in(std::string const& line) {
    auto words = split(line, ' ');
    std::string secret = words.size() > 2 ? words[2] : "";
    if (secret.empty()) {
      say("334 ");
      auto const more = next_line(longest_command);
      if (!more) return false;
      secret = *more;
    }
    auto const parts = split(decode_base64(secret), '\0');
    message_.user = parts.size() == 3 ? parts[1] : "";
    say(message_.user.empty() ? "535 not understood" : "235 signed in");
    return true;
  }

  void take_receiver(std::string receiver) {
    bool const refused = !options_.refuse_domain.empty() && receiver.find("@" + options_.refuse_domain) != std::string::npos;
    if (refused || receiver.empty()) {
      say("550 no such receiver");
    } else {
      message_.to.push_back(std::move(receiver));
      say("250 receiver noted");
    }
  }

  bool take_content() {
    if (options_.busy) {
      say("451 busy, try again later");
      return true;
    }
    if (message_.to.empty()) {
      say("503 no receivers");
      return true;
    }
    say("354 go on, end with a single point");
    if (!read_content()) return false;
    keep_(message_);
    say("250 kept");
    return true;
  }

  int socket_;
  CatcherOptions const& options_;
  std::function<bool()> wait_;
  std::function<void(CaughtMessage)> keep_;
  std::string buffer_;
  CaughtMessage message_;
};

}  // namespace

void MailCatcher::Content::serve(int socket) {
  Conversation(
      socket, options, [this, socket] { return wait_readable(socket, idle_ms); },
      [this](CaughtMessage message) { keep(std::move(message)); })
      .run();
}

MailCatcher::MailCatcher(CatcherOptions options) : content_(std::make_unique<Content>()) {
  content_->options = std::move(options);
  if (!content_->options.folder.empty()) std::filesystem::create_directories(content_->options.folder);
  content_->listen();
  content_->thread = std::thread([content = content_.get()] { content->run(); });
}

MailCatcher::~MailCatcher() {
  content_->stopping = true;
  static_cast<void>(!::write(content_->wake[1], "x", 1));
  content_->thread.join();
  ::close(content_->wake[0]);
  ::close(content_->wake[1]);
}

int MailCatcher::port() const { return content_->port; }

std::vector<CaughtMessage> MailCatcher::list_messages() const {
  std::lock_guard const lock(content_->mutex);
  return {content_->messages.begin(), content_->messages.end()};
}

bool MailCatcher::wait_for(std::uint64_t count, int timeout_ms) const {
  std::unique_lock lock(content_->mutex);
  return content_->arrived.wait_for(lock, std::chrono::milliseconds(timeout_ms), [&] { return content_->count >= count; });
}

std::string subject_of(CaughtMessage const& message) {
  auto const start = message.content.find("\r\nSubject: ");
  if (start == std::string::npos) return {};
  std::string subject;
  auto rest = std::string_view(message.content).substr(start + 11);
  for (;;) {
    auto const line = rest.substr(0, rest.find("\r\n"));
    auto const word =
        line.substr(line.find_first_not_of(' ') == std::string_view::npos ? line.size() : line.find_first_not_of(' '));
    bool const encoded = word.substr(0, 10) == "=?UTF-8?B?" && word.size() > 12;
    subject += encoded ? decode_base64(word.substr(10, word.size() - 12)) : std::string(word);
    rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    if (rest.empty() || rest[0] != ' ') return subject;
  }
}

std::string text_of(CaughtMessage const& message) {
  std::string_view const head = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
  auto const start = message.content.find(head);
  if (start == std::string::npos) return {};
  auto rest = std::string_view(message.content).substr(start + head.size());
  rest = rest.substr(0, rest.find("\r\n--alternative-"));
  rest = rest.substr(0, rest.find("\r\n--mixed-"));
  std::string text;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '\r') continue;
    if (rest[i] != '=') {
      text += rest[i];
    } else if (rest.substr(i + 1, 2) == "\r\n") {
      i += 2;
    } else if (auto const byte = from_hex(lower_ascii(rest.substr(i + 1, 2)))) {
      text += static_cast<char>(byte->empty() ? '=' : (*byte)[0]);
      i += 2;
    }
  }
  if (!text.empty() && text.back() == '\n') text.pop_back();  // the line end that closes the part
  return text;
}

}  // namespace rcms::mail
