// One connection: receives requests one after the other, has them answered on a worker, writes the answers. Internal to
// foundation/http/server_*.cpp; the only header with Beast. No temporary stands in an expression with co_await: GCC 12 destroys
// some of them twice.
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <unistd.h>

#include "foundation/http/server_live.hpp"
#include "foundation/http/server_loop.hpp"

namespace rcms::http::net {

using TlsSocket = asio::ssl::stream<Socket>;
using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

/// The head of a received request as plain values; false when it is not one that this server answers.
bool read_head(Parser::value_type const& head, Incoming& incoming);
/// Status line and headers of an answer. `length` is empty where no Content-Length may stand.
std::string render_head(Outgoing const& outgoing, std::optional<std::uint64_t> length, bool keep_alive, std::string const& date);
/// A new file for an upload, readable by this process only; removed by the connection.
std::string new_upload_file(std::string const& folder, std::string const& request_id);
/// The client went away; nobody waits for an answer.
bool is_hang_up(ErrorCode const& error);
/// The problem that tells a failure of the parser.
Problem problem_of_parser(ErrorCode const& error, bool timed_out);

/// Goes on when both the worker has made the answer and the record of what it shows is written, whichever comes last.
template <class GoOn>
class HeldAnswer {
 public:
  explicit HeldAnswer(GoOn go_on) : go_on_(std::move(go_on)) {}
  void is_recorded(std::string const& fault) {
    fault_ = fault;
    has_come();
  }
  void is_made() { has_come(); }

 private:
  void has_come() {
    if (missing_.fetch_sub(1) == 1) go_on_(fault_);
  }

  GoOn go_on_;
  std::string fault_;
  std::atomic<int> missing_{2};
};

template <class Stream>
class Connection final : public Watched, public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(Loop& loop, Stream stream, std::string remote, ConnectionCount count)
      : loop_(loop), stream_(std::move(stream)), remote_(std::move(remote)), count_(std::move(count)) {
    loop_.enter(*this);
  }
  ~Connection() override { loop_.leave(*this); }

  void cancel() override {
    ErrorCode ignored;
    stream_.lowest_layer().cancel(ignored);
  }
  void close() override {
    ErrorCode ignored;
    stream_.lowest_layer().close(ignored);
  }

  Task<void> run();

 private:
  Task<bool> handshake();
  Task<bool> wait_first_byte(bool is_first);
  /// One request and its answer; false when the connection ends.
  Task<bool> serve_one();
  Task<bool> receive_body(Parser& parser, Incoming& incoming);
  Task<bool> receive_rest(Parser& parser, Incoming& incoming, std::size_t limit, std::ofstream* file);
  Task<bool> say_continue(Parser const& parser);
  template <class Work>
  Task<void> on_worker(Work work);
  Task<void> ask_upload(Incoming& incoming);
  Task<void> have_answered(Incoming& incoming, std::int64_t began_ms);
  Task<bool> write_answer(Incoming const& incoming, bool keep_alive);
  Task<bool> write_bytes(std::string_view head, std::string_view body);
  Task<bool> write_file(std::string const& head, bool with_body);
  Task<bool> begin_live();
  Task<void> linger();
  Task<bool> answer_and_end(Incoming const& incoming, Problem const& problem);

  void set_deadline(std::int64_t in_ms) {
    timed_out = false;
    deadline_ms = monotonic_ms() + in_ms;
  }
  Socket& socket() {
    if constexpr (std::is_same_v<Stream, TlsSocket>) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  Limits const& limits() const { return loop_.core.options.limits; }
  std::int64_t time_of(std::uint64_t bytes) const {
    return static_cast<std::int64_t>(bytes) * 1000 / limits().body_bytes_per_second;
  }

  Loop& loop_;
  Stream stream_;
  std::string remote_;
  ConnectionCount count_;
  boost::beast::flat_buffer buffer_;
  Outgoing outgoing_;
  bool proceed_ = false;   ///< an upload may begin
  bool unread_ = false;    ///< bytes of the request were left unread: the connection cannot go on
  bool moved_ = false;     ///< the stream became a live stream
};

/// Begins to serve a connected socket on its loop.
void serve_plain(Loop& loop, Socket socket, std::string remote, ConnectionCount count);
void serve_tls(Loop& loop, Socket socket, asio::ssl::context& tls, std::string remote, ConnectionCount count);

template <class Stream>
Task<void> Connection<Stream>::run() {
  bool open = co_await handshake();
  bool is_first = true;
  while (open) {
    if (buffer_.size() == 0 && !co_await wait_first_byte(is_first)) break;
    is_first = false;
    open = co_await serve_one();
    if (loop_.core.stopping.load()) break;
  }
  if (!moved_) co_await linger();
}

template <class Stream>
Task<bool> Connection<Stream>::handshake() {
  ErrorCode error;
  if constexpr (std::is_same_v<Stream, TlsSocket>) {
    set_deadline(limits().header_ms);
    co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(use_task, error));
  }
  co_return !error;
}

template <class Stream>
Task<bool> Connection<Stream>::wait_first_byte(bool is_first) {
  ErrorCode error;
  set_deadline(is_first ? limits().header_ms : limits().idle_ms);
  loop_.begin_idle(*this);
  if (loop_.core.stopping.load()) co_return false;
  std::size_t const bytes =
      co_await stream_.async_read_some(buffer_.prepare(4096), asio::redirect_error(use_task, error));
  loop_.end_idle(*this);
  if (error) co_return false;
  buffer_.commit(bytes);
  co_return true;
}

template <class Stream>
Task<bool> Connection<Stream>::serve_one() {
  ErrorCode error;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits().header_bytes));
  parser.body_limit(boost::none);
  unread_ = false;
  Incoming incoming;
  incoming.remote_address = remote_;
  set_deadline(limits().header_ms);
  co_await boost::beast::http::async_read_header(stream_, buffer_, parser, asio::redirect_error(use_task, error));
  incoming.request_id = loop_.core.pipeline.new_request_id();
  if (error) {
    if (!timed_out && is_hang_up(error)) co_return false;
    Problem const problem = problem_of_parser(error, timed_out);
    co_return co_await answer_and_end(incoming, problem);
  }
  if (!read_head(parser.get(), incoming)) {
    Problem const problem(Refused{Why::malformed, {}, "The head of the request is not valid.", {}});
    co_return co_await answer_and_end(incoming, problem);
  }
  if (!co_await receive_body(parser, incoming)) co_return false;
  bool const keep_alive = parser.get().version() >= 11 && parser.get().keep_alive() && !unread_ && !loop_.core.stopping.load();
  bool const ok = co_await write_answer(incoming, keep_alive);
  co_return ok && keep_alive;
}

template <class Stream>
Task<bool> Connection<Stream>::answer_and_end(Incoming const& incoming, Problem const& problem) {
  if (timed_out) loop_.core.pipeline.metrics.timeouts.fetch_add(1);
  outgoing_ = loop_.core.pipeline.answer_problem(incoming, problem);
  loop_.core.pipeline.record(incoming, outgoing_, monotonic_ms());
  unread_ = true;
  co_await write_answer(incoming, false);
  co_return false;
}

template <class Stream>
Task<bool> Connection<Stream>::say_continue(Parser const& parser) {
  auto const expects = parser.get()[boost::beast::http::field::expect];
  if (!boost::beast::iequals(expects, "100-continue") || buffer_.size() != 0) co_return true;
  co_return co_await write_bytes("HTTP/1.1 100 Continue\r\n\r\n", {});
}

/// Reads the body as its route wants it and has the request answered into `outgoing_`.
template <class Stream>
Task<bool> Connection<Stream>::receive_body(Parser& parser, Incoming& incoming) {
  auto const plan = loop_.core.pipeline.body_plan(incoming);
  auto const length = parser.content_length();
  bool const has_body = parser.chunked() || (length && *length > 0);
  std::size_t const limit = plan.kind == BodyKind::none ? 64 * 1024 : plan.limit;
  if (has_body && length && *length > limit) {
    incoming.defect = Problem(Refused{Why::too_large, {}, "At most " + std::to_string(limit) + " bytes are possible.", {}});
    unread_ = true;
  } else if (has_body && plan.kind == BodyKind::upload) {
    co_await ask_upload(incoming);
    if (!proceed_) {
      unread_ = true;
      co_return true;
    }
    incoming.upload_file = new_upload_file(loop_.core.options.upload_folder, incoming.request_id);
    std::ofstream file(incoming.upload_file, std::ios::binary | std::ios::trunc);
    if (!co_await say_continue(parser) || !co_await receive_rest(parser, incoming, limit, &file)) {
      ::unlink(incoming.upload_file.c_str());
      co_return false;
    }
  } else if (has_body) {
    if (!co_await say_continue(parser) || !co_await receive_rest(parser, incoming, limit, nullptr)) co_return false;
  }
  deadline_ms = never;
  std::int64_t const began_ms = monotonic_ms();
  if (auto at_once = loop_.core.pipeline.answer_at_once(incoming)) {
    outgoing_ = std::move(*at_once);
    loop_.core.pipeline.record(incoming, outgoing_, began_ms);
  } else {
    co_await have_answered(incoming, began_ms);
  }
  if (!incoming.upload_file.empty()) ::unlink(incoming.upload_file.c_str());
  co_return true;
}

template <class Stream>
Task<bool> Connection<Stream>::receive_rest(Parser& parser, Incoming& incoming, std::size_t limit, std::ofstream* file) {
  std::string block(file != nullptr ? 64 * 1024 : 16 * 1024, '\0');
  std::uint64_t received = 0;
  std::int64_t const began_ms = monotonic_ms();
  while (!parser.is_done()) {
    timed_out = false;
    deadline_ms = began_ms + limits().body_ms + time_of(received);
    parser.get().body().data = block.data();
    parser.get().body().size = block.size();
    ErrorCode error;
    co_await boost::beast::http::async_read_some(stream_, buffer_, parser, asio::redirect_error(use_task, error));
    if (error == boost::beast::http::error::need_buffer) error = {};
    if (error) {
      Problem const problem = problem_of_parser(error, timed_out);
      if (timed_out) co_await answer_and_end(incoming, problem);
      co_return false;
    }
    std::size_t const bytes = block.size() - parser.get().body().size;
    received += bytes;
    if (received > limit) {
      incoming.defect = Problem(Refused{Why::too_large, {}, "At most " + std::to_string(limit) + " bytes are possible.", {}});
      unread_ = true;
      co_return true;
    }
    if (file != nullptr) {
      file->write(block.data(), static_cast<std::streamsize>(bytes));
    } else {
      incoming.body.append(block.data(), bytes);
    }
  }
  incoming.upload_size = file != nullptr ? received : 0;
  if (file != nullptr && !file->flush()) {
    incoming.defect = Problem(Refused{Why::unavailable, {}, "The upload could not be stored.", {}});
  }
  co_return true;
}

/// Runs `work` on a worker; the connection goes on afterwards on its own thread.
template <class Stream>
template <class Work>
Task<void> Connection<Stream>::on_worker(Work work) {
  auto initiate = [this](auto handler, Work inner) {
    asio::post(loop_.core.workers, [this, handler = std::move(handler), inner = std::move(inner)]() mutable {
      inner();
      asio::post(loop_.context, std::move(handler));
    });
  };
  co_await asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(std::move(initiate), use_task, std::move(work));
}

template <class Stream>
Task<void> Connection<Stream>::ask_upload(Incoming& incoming) {
  deadline_ms = never;
  proceed_ = false;
  std::int64_t const began_ms = monotonic_ms();
  auto const work = [this, &incoming, began_ms] {
    auto refused = loop_.core.pipeline.refuse_upload(incoming);
    proceed_ = !refused;
    if (!refused) return;
    outgoing_ = std::move(*refused);
    loop_.core.pipeline.record(incoming, outgoing_, began_ms);
  };
  co_await on_worker(work);
}

template <class Stream>
Task<void> Connection<Stream>::have_answered(Incoming& incoming, std::int64_t began_ms) {
  auto& pipeline = loop_.core.pipeline;
  if (pipeline.metrics.waiting.load() >= static_cast<std::int64_t>(limits().waiting)) {
    auto problem = transport_problem("too_busy", 503, Why::unavailable, "Too many requests are waiting; try again soon.");
    problem.headers.emplace_back("Retry-After", "2");
    outgoing_ = pipeline.answer_problem(incoming, problem);
    pipeline.record(incoming, outgoing_, began_ms);
    co_return;
  }
  pipeline.metrics.waiting.fetch_add(1);
  // OPTIMIZATION: no worker sleeps until a reading of personal data is recorded; the thread that recorded it sends answers on.
  auto initiate = [this, &incoming, &pipeline, began_ms](auto handler) {
    auto go_on = [this, &incoming, &pipeline, began_ms, then = std::move(handler)](std::string const& fault) mutable {
      if (!fault.empty()) outgoing_ = pipeline.answer_unrecorded(incoming, outgoing_, fault);
      pipeline.record(incoming, outgoing_, began_ms);
      pipeline.metrics.waiting.fetch_sub(1);
      asio::post(loop_.context, std::move(then));
    };
    auto const answer = std::make_shared<HeldAnswer<decltype(go_on)>>(std::move(go_on));
    auto& workers = pipeline.is_quick_reading(incoming) ? loop_.core.reading_workers : loop_.core.workers;
    asio::post(workers, [this, &incoming, &pipeline, answer] {
      pipeline.metrics.held.fetch_add(1);
      outgoing_ = pipeline.answer(incoming, [&pipeline, answer](std::string const& fault) {
        answer->is_recorded(fault);
        pipeline.metrics.held.fetch_sub(1);
      });
      if (!outgoing_.held) {
        pipeline.metrics.held.fetch_sub(1);
        answer->is_recorded({});
      }
      answer->is_made();
    });
  };
  co_await asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(std::move(initiate), use_task);
}

template <class Stream>
Task<bool> Connection<Stream>::write_bytes(std::string_view head, std::string_view body) {
  std::array<asio::const_buffer, 2> const buffers = {asio::buffer(head.data(), head.size()),
                                                     asio::buffer(body.data(), body.size())};
  set_deadline(limits().write_ms + time_of(body.size()));
  ErrorCode error;
  co_await asio::async_write(stream_, buffers, asio::redirect_error(use_task, error));
  co_return !error;
}

template <class Stream>
Task<bool> Connection<Stream>::write_answer(Incoming const& incoming, bool keep_alive) {
  if (outgoing_.live) co_return co_await begin_live();
  bool const with_body = !incoming.is_head() && outgoing_.status != 304 && outgoing_.status != 204;
  if (!outgoing_.file.empty()) {
    std::error_code missing;
    auto const size = std::filesystem::file_size(outgoing_.file, missing);
    if (!missing) {
      std::string const head = render_head(outgoing_, size, keep_alive, loop_.date());
      co_return co_await write_file(head, with_body);
    }
    outgoing_ =
        loop_.core.pipeline.answer_problem(incoming, transport_problem("fault", 500, Why::unavailable, "The file is missing."));
  }
  std::string_view const body =
      outgoing_.shared_body ? std::string_view(*outgoing_.shared_body) : std::string_view(outgoing_.body);
  std::optional<std::uint64_t> length = body.size();
  if (outgoing_.status == 304 || outgoing_.status == 204) length.reset();
  std::string const head = render_head(outgoing_, length, keep_alive, loop_.date());
  bool const ok = co_await write_bytes(head, with_body ? body : std::string_view());
  outgoing_ = {};
  co_return ok;
}

template <class Stream>
Task<bool> Connection<Stream>::write_file(std::string const& head, bool with_body) {
  std::ifstream file(outgoing_.file, std::ios::binary);
  if (outgoing_.remove_file) ::unlink(outgoing_.file.c_str());
  bool ok = co_await write_bytes(head, {});
  std::string block(128 * 1024, '\0');
  while (ok && with_body && file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    auto const bytes = static_cast<std::size_t>(file.gcount());
    if (bytes != 0) ok = co_await write_bytes(std::string_view(block).substr(0, bytes), {});
  }
  outgoing_ = {};
  co_return ok;
}

/// Hands the stream to the hub; from here on this connection is over.
template <class Stream>
Task<bool> Connection<Stream>::begin_live() {
  std::string const session = outgoing_.viewer.session;
  if (!loop_.core.hub.enter(session)) {
    outgoing_.live = false;
    outgoing_.status = 503;
    outgoing_.headers.emplace_back("Retry-After", "30");
    std::string const refusal = render_head(outgoing_, 0, false, loop_.date());
    co_await write_bytes(refusal, {});
    co_return false;
  }
  outgoing_.headers.emplace_back("X-Accel-Buffering", "no");
  std::string const head = render_head(outgoing_, std::nullopt, true, loop_.date());
  if (!co_await write_bytes(head, {})) {
    loop_.core.hub.leave(session);
    co_return false;
  }
  moved_ = true;
  deadline_ms = never;
  auto const stream =
      std::make_shared<LiveSocket<Stream>>(std::move(stream_), loop_, outgoing_.viewer, outgoing_.after, std::move(count_));
  stream->begin();
  co_return false;
}

/// Ends in order: a client that still sends would otherwise lose the answer to a reset.
template <class Stream>
Task<void> Connection<Stream>::linger() {
  ErrorCode error;
  set_deadline(2'000);
  if constexpr (std::is_same_v<Stream, TlsSocket>) {
    if (!unread_) co_await stream_.async_shutdown(asio::redirect_error(use_task, error));
  }
  stream_.lowest_layer().shutdown(asio::ip::tcp::socket::shutdown_send, error);
  std::string block(16 * 1024, '\0');
  std::size_t drained = 0;
  while (unread_ && !error && drained < (4U << 20)) {
    drained += co_await socket().async_read_some(asio::buffer(block), asio::redirect_error(use_task, error));
  }
  stream_.lowest_layer().close(error);
}

}  // namespace rcms::http::net
