#include "foundation/http/server.hpp"

#include <chrono>
#include <stdexcept>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

#include "foundation/http/server_connection.hpp"

namespace rcms::http {

using net::asio::ip::tcp;

struct Server::Content {
  Content(Routes const& routes, ServerOptions given);
  ~Content();

  void open();
  void accept();
  void take(net::Socket socket, net::Loop& loop);
  void stop();
  void load_certificate();

  ServerOptions options;
  Pipeline pipeline;
  net::LiveHub hub;
  net::asio::thread_pool workers;
  net::asio::thread_pool reading_workers;
  net::Core core;
  net::asio::ssl::context tls{net::asio::ssl::context::tls_server};
  std::vector<std::unique_ptr<net::Loop>> loops;
  std::unique_ptr<net::asio::basic_socket_acceptor<tcp, net::Executor>> acceptor;
  std::unique_ptr<net::asio::steady_timer> pause;
  std::size_t next_loop = 0;
  std::uint16_t port = 0;
  bool stopped = false;
};

Server::Content::Content(Routes const& routes, ServerOptions given)
    : options(std::move(given)),
      pipeline(routes, options),
      hub(options.live),
      workers(static_cast<std::size_t>(std::max(1, options.workers))),
      reading_workers(static_cast<std::size_t>(std::max(1, options.reading_workers))),
      core{options, pipeline, workers, reading_workers, hub, {}} {
  if (options.clock == nullptr || !options.find_viewer) throw std::logic_error("a server needs a clock and find_viewer");
  std::vector<net::Loop*> all;
  for (int number = 0; number < std::max(1, options.io_threads); ++number) {
    loops.push_back(std::make_unique<net::Loop>(core));
    all.push_back(loops.back().get());
  }
  hub.set_loops(std::move(all));
  pipeline.own_figures = [this] {
    return Metrics::Figures{{"rcms_live_streams", static_cast<double>(hub.connections())},
                            {"rcms_live_streams_dropped", static_cast<double>(hub.dropped())}};
  };
  if (!options.certificate_file.empty()) load_certificate();
  open();
}

Server::Content::~Content() { stop(); }

void Server::Content::load_certificate() {
  net::ErrorCode error;
  tls.use_certificate_chain_file(options.certificate_file, error);
  if (error) throw std::runtime_error("certificate " + options.certificate_file + ": " + error.message());
  tls.use_private_key_file(options.key_file, net::asio::ssl::context::pem, error);
  if (error) throw std::runtime_error("key of the certificate " + options.key_file + ": " + error.message());
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_3_VERSION);
}

void Server::Content::open() {
  net::ErrorCode error;
  auto const address = net::asio::ip::make_address(options.address, error);
  if (error) throw std::runtime_error("address " + options.address + " is not an IP address");
  tcp::endpoint const endpoint(address, options.port);
  acceptor = std::make_unique<net::asio::basic_socket_acceptor<tcp, net::Executor>>(loops.front()->context);
  pause = std::make_unique<net::asio::steady_timer>(loops.front()->context);
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(net::asio::socket_base::reuse_address(true), error);
  if (!error && address.is_v6()) acceptor->set_option(net::asio::ip::v6_only(false), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(4096, error);
  if (error) {
    throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) + ": " +
                             error.message());
  }
  port = acceptor->local_endpoint().port();
}

void Server::Content::accept() {
  net::Loop& loop = *loops[next_loop++ % loops.size()];
  acceptor->async_accept(loop.context.get_executor(), [this, &loop](net::ErrorCode const& error, net::Socket socket) {
    if (core.stopping.load()) return;
    if (error) {  // no file descriptors left, mostly: a moment later there are
      pause->expires_after(std::chrono::milliseconds(100));
      pause->async_wait([this](net::ErrorCode const& cancelled) {
        if (!cancelled && !core.stopping.load()) accept();
      });
      return;
    }
    net::asio::post(loop.context, [this, &loop, taken = std::move(socket)]() mutable { take(std::move(taken), loop); });
    accept();
  });
}

void Server::Content::take(net::Socket socket, net::Loop& loop) {
  net::ErrorCode error;
  auto const remote = socket.remote_endpoint(error);
  if (error) return;
  socket.set_option(tcp::no_delay(true), error);
  auto const in_use = static_cast<std::size_t>(pipeline.metrics.connections.load());
  if (in_use >= options.limits.connections && !loop.evict_idle()) {
    pipeline.metrics.refused_connections.fetch_add(1);
    static constexpr std::string_view full =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain\r\nContent-Length: 38\r\n"
        "Connection: close\r\n\r\nToo many connections; try again soon.\n";
    if (options.certificate_file.empty()) socket.write_some(net::asio::buffer(full.data(), full.size()), error);
    return;
  }
  auto address = remote.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = net::asio::ip::make_address_v4(net::asio::ip::v4_mapped, address.to_v6());
  }
  net::ConnectionCount count(pipeline.metrics.connections);
  if (options.certificate_file.empty()) {
    net::serve_plain(loop, std::move(socket), address.to_string(), std::move(count));
  } else {
    net::serve_tls(loop, std::move(socket), tls, address.to_string(), std::move(count));
  }
}

void Server::Content::stop() {
  if (stopped) return;
  stopped = true;
  core.stopping.store(true);
  net::asio::post(loops.front()->context, [this] {
    net::ErrorCode ignored;
    acceptor->close(ignored);
    pause->cancel();
  });
  std::int64_t const until = monotonic_ms() + options.limits.stop_ms;
  do {
    for (auto const& loop : loops) loop->begin_stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  } while (pipeline.metrics.connections.load() > 0 && monotonic_ms() < until);
  workers.stop();
  reading_workers.stop();
  for (auto const& loop : loops) loop->end();
  workers.join();
  reading_workers.join();
  // What still waits for its record goes on in loops that are there until then.
  while (pipeline.metrics.held.load() > 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

Server::Server(Routes const& routes, ServerOptions options) : content_(std::make_unique<Content>(routes, std::move(options))) {}

Server::~Server() = default;

void Server::start() {
  net::asio::post(content_->loops.front()->context, [content = content_.get()] { content->accept(); });
  for (auto const& loop : content_->loops) loop->start();
}

std::uint16_t Server::port() const { return content_->port; }

void Server::stop() { content_->stop(); }

LiveUpdates& Server::live() { return content_->hub; }

std::string Server::metrics_text() const { return content_->pipeline.metrics_text(); }

}  // namespace rcms::http
