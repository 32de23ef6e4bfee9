// Asks a server over a number of connections, each one question after the other, and checks every answer.
//   load_generator --port PORT --requests FILE [--clients 32] [--seconds 10] [--warm-up 2] [--rate 100]
// A line of FILE: method, target, token, body, number, text; separated by tabs. The answer must be 2xx and hold `text` at least
// `number` times. Connection k asks lines k, k + clients, …, and begins again at the end. Prints one line of JSON: figures after
// the warm-up; latencies are exact, from the first byte sent to the last byte received. One thread.
// With --rate so many questions a second are asked whether or not those before were answered; the latency then begins when the
// question was due, so that a server that stands still is not asked less for it.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "answer_reader.hpp"

using rcms::bench::AnswerReader;

namespace {

struct Options {
  std::uint16_t port = 0;
  std::string requests;
  std::size_t clients = 32;
  double seconds = 10;
  double warm_up = 2;
  double rate = 0;  ///< questions a second; 0: each connection asks as soon as it was answered
};

struct Question {
  std::string bytes;
  std::string text;
  int times = 0;
};

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::vector<Question> read_questions(std::string const& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + " cannot be read");
  std::vector<Question> questions;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> part(1);
    for (char const letter : line) {
      if (letter == '\t') {
        part.emplace_back();
      } else {
        part.back() += letter;
      }
    }
    if (part.size() != 6) throw std::runtime_error(path + " has a line without its six parts");
    auto bytes = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nX-RCMS-Request: 1\r\n", part[0],
                             part[1], part[2]);
    if (part[0] != "GET") bytes += fmt::format("Content-Type: application/json\r\nContent-Length: {}\r\n", part[3].size());
    questions.push_back({bytes + "\r\n" + part[3], part[5], std::stoi(part[4])});
  }
  if (questions.empty()) throw std::runtime_error(path + " is empty");
  return questions;
}

int connect_to(std::uint16_t port) {
  int const file = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (file < 0 || connect(file, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0)
    throw std::runtime_error(fmt::format("no connection to port {}: {}", port, std::strerror(errno)));
  int const on = 1;
  setsockopt(file, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return file;
}

struct Connection {
  int file = -1;
  std::size_t next = 0;  ///< the question that is asked now
  std::int64_t asked_us = 0;
  bool waits = false;  ///< for an answer
  AnswerReader answer;
};

struct Figures {
  std::vector<std::uint32_t> latencies_us;
  std::size_t failed = 0;
  std::size_t connections_lost = 0;
  std::string first_failure;
};

class Generator {
 public:
  Generator(Options const& options, std::vector<Question> questions)
      : options_(options), questions_(std::move(questions)), connections_(options.clients), poll_(epoll_create1(0)) {
    for (std::size_t at = 0; at < connections_.size(); ++at) {
      connections_[at].next = at % questions_.size();
      open(at);
      if (options_.rate > 0) {
        free_.push_back(at);
      } else {
        ask(connections_[at], now_us());
      }
    }
  }

  void run_for(double seconds) {
    auto const until = now_us() + static_cast<std::int64_t>(seconds * 1e6);
    next_due_us_ = now_us();
    while (now_us() < until) {
      ask_what_is_due();
      epoll_event events[64];
      auto const wait_us = options_.rate > 0 ? std::clamp<std::int64_t>(next_due_us_ - now_us(), 0, 100'000) : 100'000;
      timespec const wait{0, 1000 * wait_us};
      int const count = epoll_pwait2(poll_, events, 64, &wait, nullptr);
      for (int at = 0; at < count; ++at) hear(events[at].data.u64);
    }
  }
  /// What was counted since the last call.
  Figures take_figures() { return std::exchange(figures_, {}); }

 private:
  void open(std::size_t at) {
    connections_[at].file = connect_to(options_.port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = at;
    epoll_ctl(poll_, EPOLL_CTL_ADD, connections_[at].file, &event);
  }

  void ask_what_is_due() {
    while (options_.rate > 0 && next_due_us_ <= now_us() && !free_.empty()) {
      auto const at = free_.front();
      free_.erase(free_.begin());
      ask(connections_[at], next_due_us_);
      next_due_us_ += static_cast<std::int64_t>(1e6 / options_.rate);
    }
  }

  void ask(Connection& connection, std::int64_t due_us) {
    auto const& bytes = questions_[connection.next].bytes;
    connection.answer.reset();
    connection.asked_us = due_us;
    connection.waits = true;
    for (std::size_t sent = 0; sent < bytes.size();) {
      auto const count = send(connection.file, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;  // The end of the connection is heard next.
      sent += static_cast<std::size_t>(count);
    }
  }

  void hear(std::size_t at) {
    auto& connection = connections_[at];
    char buffer[65536];
    auto const count = recv(connection.file, buffer, sizeof buffer, 0);
    if (count <= 0) return again(at);
    if (!connection.answer.take({buffer, static_cast<std::size_t>(count)})) return;
    figures_.latencies_us.push_back(static_cast<std::uint32_t>(now_us() - connection.asked_us));
    check(connection);
    connection.next += connections_.size();
    if (connection.next >= questions_.size()) connection.next = at % questions_.size();
    if (connection.answer.closes()) {
      close(connection.file);
      open(at);
    }
    connection.waits = false;
    if (options_.rate > 0) {
      free_.push_back(at);
    } else {
      ask(connection, now_us());
    }
  }

  void again(std::size_t at) {
    bool const waited = connections_[at].waits;
    if (waited) ++figures_.connections_lost;
    close(connections_[at].file);
    open(at);
    if (waited) ask(connections_[at], connections_[at].asked_us);
  }

  void check(Connection const& connection) {
    auto const& question = questions_[connection.next];
    auto const body = connection.answer.body();
    int found = 0;
    for (auto at = body.find(question.text); found < question.times && at != std::string_view::npos;
         at = body.find(question.text, at + question.text.size()))
      ++found;
    bool const good = connection.answer.status() >= 200 && connection.answer.status() < 300 && found >= question.times;
    if (good) return;
    ++figures_.failed;
    if (figures_.first_failure.empty()) {
      figures_.first_failure =
          fmt::format("{} wanted {} times [{}]: {} {}", question.bytes.substr(0, question.bytes.find("\r\n")), question.times,
                      question.text, connection.answer.status(), body.substr(0, 600));
    }
  }

  Options const& options_;
  std::vector<Question> questions_;
  std::vector<Connection> connections_;
  std::vector<std::size_t> free_;  ///< connections without a question, the longest idle first; only with a rate
  std::int64_t next_due_us_ = 0;
  int poll_;
  Figures figures_;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const of = [](timeval const& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (char const letter : text) {
    if (letter == '"' || letter == '\\') out += '\\';
    if (static_cast<unsigned char>(letter) >= ' ') out += letter;
  }
  return out + '"';
}

/// Milliseconds below which the share of the latencies lies.
double percentile_ms(std::vector<std::uint32_t> const& sorted, double share) {
  if (sorted.empty()) return 0;
  auto const at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
  return sorted[at] / 1000.0;
}

int run(Options const& options) {
  Generator generator(options, read_questions(options.requests));
  generator.run_for(options.warm_up);
  // Failures of the warm-up count too.
  auto const warm = generator.take_figures();
  fmt::print("measuring\n");
  std::fflush(stdout);
  auto const cpu = cpu_seconds();
  auto const begin = now_us();
  generator.run_for(options.seconds);
  auto const seconds = static_cast<double>(now_us() - begin) / 1e6;
  auto figures = generator.take_figures();
  std::sort(figures.latencies_us.begin(), figures.latencies_us.end());
  auto const& failure = warm.first_failure.empty() ? figures.first_failure : warm.first_failure;
  fmt::print(
      "{{\"requests\": {}, \"seconds\": {:.3f}, \"failed\": {}, \"connections_lost\": {}, \"p50_ms\": {:.3f}, \"p99_ms\": {:.3f},"
      " \"max_ms\": {:.3f}, \"generator_cpu_s\": {:.3f}, \"first_failure\": {}}}\n",
      figures.latencies_us.size(), seconds, warm.failed + figures.failed, warm.connections_lost + figures.connections_lost,
      percentile_ms(figures.latencies_us, 0.5), percentile_ms(figures.latencies_us, 0.99), percentile_ms(figures.latencies_us, 1),
      cpu_seconds() - cpu, quoted(failure));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App command("Asks a server and checks its answers.");
  command.add_option("--port", options.port, "On 127.0.0.1")->required();
  command.add_option("--requests", options.requests, "File of questions")->required();
  command.add_option("--clients", options.clients, "Connections");
  command.add_option("--seconds", options.seconds, "Measured time");
  command.add_option("--warm-up", options.warm_up, "Seconds before that are not measured");
  command.add_option("--rate", options.rate, "Questions a second; without it each connection asks when it was answered");
  CLI11_PARSE(command, argc, argv);
  try {
    return run(options);
  } catch (std::exception const& fault) {
    fmt::print(stderr, "load_generator: {}\n", fault.what());
    return 1;
  }
}
