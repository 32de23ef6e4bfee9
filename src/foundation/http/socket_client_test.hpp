// A plain blocking client for the tests of the server: sends bytes as they are given and reads answers.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace http_test {

struct Reply {
  int status = 0;
  std::string head;
  std::string body;

  std::string header(std::string_view name) const {
    std::string const mark = "\r\n" + std::string(name) + ": ";
    auto const from = head.find(mark);
    if (from == std::string::npos) return {};
    return head.substr(from + mark.size(), head.find("\r\n", from + 2) - from - mark.size());
  }
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("no connection");
    }
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  bool try_send(std::string_view text) const {
    while (!text.empty()) {
      auto const sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void send(std::string_view text) const { try_send(text); }

  /// Reads what comes within `wait_ms` into the buffer; false at the end.
  bool fill(int wait_ms = 5'000) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, wait_ms) <= 0) return false;
    char block[65536];
    auto const got = ::recv(socket_, block, sizeof block, 0);
    if (got <= 0) return false;
    received_.append(block, static_cast<std::size_t>(got));
    return true;
  }
  Reply receive(bool head_only = false) {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return {};
    }
    Reply reply;
    reply.head = received_.substr(0, end + 2);
    reply.status = std::stoi(reply.head.substr(9, 3));
    received_.erase(0, end + 4);
    std::string const length = reply.header("Content-Length");
    std::size_t const size = head_only || length.empty() ? 0 : std::stoul(length);
    while (received_.size() < size) {
      if (!fill()) return {};
    }
    reply.body = received_.substr(0, size);
    received_.erase(0, size);
    return reply;
  }
  Reply ask(std::string_view text) {
    send(text);
    return receive();
  }
  /// True when the server closes within five seconds without sending more.
  bool is_closed() {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 5'000) <= 0) return false;
    char letter = 0;
    return ::recv(socket_, &letter, 1, 0) <= 0;
  }
  /// Everything received so far and within `wait_ms` of silence.
  std::string take_all(int wait_ms = 200) {
    while (fill(wait_ms)) {
    }
    return std::exchange(received_, {});
  }
  /// Reads until `text` has come; false when it does not within five seconds.
  bool wait_for(std::string_view text) {
    while (received_.find(text) == std::string::npos) {
      if (!fill()) return false;
    }
    return true;
  }

 private:
  int socket_;
  std::string received_;
};

}  // namespace http_test
