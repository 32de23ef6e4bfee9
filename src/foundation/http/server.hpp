// The HTTP server: sockets, limits and deadlines around the table of routes. Asio and Beast stay in server_*.cpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "foundation/base/clock.hpp"
#include "foundation/http/idempotency.hpp"
#include "foundation/http/live.hpp"
#include "foundation/http/problem.hpp"
#include "foundation/http/route.hpp"

namespace rcms::http {

/// What is written of a request or a fault. Holds no path, query or body, since these may name people.
struct LogLine {
  std::string request_id;
  std::string operation;
  std::string remote_address;
  int status = 0;
  std::int64_t duration_ms = 0;
  std::string fault;  ///< empty for an answer as it should be
};

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t connections = 10'000;
  std::size_t waiting = 4'096;  ///< requests that wait for a worker; more are refused with 503
  std::int64_t header_ms = 10'000;
  std::int64_t body_ms = 30'000;         ///< plus the time of the body at body_bytes_per_second
  std::int64_t body_bytes_per_second = 32 * 1024;
  std::int64_t idle_ms = 75'000;
  std::int64_t write_ms = 30'000;        ///< plus the time of the answer at body_bytes_per_second
  std::int64_t stop_ms = 10'000;
};

using Recorded = std::function<void(std::string const& fault)>;

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one, told by Server::port
  int io_threads = 2;
  int workers = 32;        ///< threads that write; each waits until its command is durable
  int reading_workers = 4; ///< threads that read; more than the database can serve at once only wait for each other
  Limits limits;
  std::string certificate_file;  ///< PEM; TLS 1.3 when set, with key_file
  std::string key_file;
  std::vector<std::string> trusted_proxies;  ///< addresses whose X-Forwarded-For is believed
  std::filesystem::path web_folder;          ///< empty: API only
  std::filesystem::path upload_folder = "/tmp";
  std::string version = "0";
  std::string page_policy =
      "default-src 'self'; img-src 'self' data: blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; "
      "form-action 'self'; frame-ancestors 'none'";

  Clock const* clock = nullptr;        ///< required
  Idempotency* idempotency = nullptr;  ///< capabilities write through its `guarded()`; null: keys are ignored
  std::function<std::optional<access::Viewer>(std::string_view token, bool bearer)> find_viewer;  ///< required
  Words words;
  /// An English sentence of a refusal in the language of the caller; null: as it is.
  std::function<std::string(std::string_view language, std::string_view english)> say;
  std::function<std::string(std::string_view accept_language)> choose_language;
  /// Before a request that may write (not GET) is looked at further. What it refuses is answered with 503.
  std::function<Result<void>(Route const&)> may_write;
  /// Begins to record an answer with personal data, which leaves only when `recorded` was called with the empty text: once, on
  /// any thread. Any other text is the fault for which the answer is 503 instead; so is an exception, then without the call.
  std::function<void(Route const&, Request const&, Response const&, Recorded recorded)> audit;
  std::function<void(LogLine const&)> log;
  std::function<std::string()> not_ready;  ///< the part that is not ready; empty when all is
  std::function<std::vector<std::pair<std::string, double>>()> figures;
  LiveOptions live;
};

class Server {
 public:
  /// `routes` outlives the server. Throws std::runtime_error when the address, certificate or web folder cannot be used.
  Server(Routes const& routes, ServerOptions options);
  ~Server();
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;

  /// Begins to listen; returns at once.
  void start();
  std::uint16_t port() const;
  /// Stops accepting, lets running requests finish up to Limits::stop_ms, ends live streams. Idempotent.
  void stop();

  LiveUpdates& live();
  std::string metrics_text() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace rcms::http
