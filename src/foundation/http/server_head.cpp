// Heads of requests and answers, between Beast and plain values.
#include <algorithm>
#include <sys/stat.h>

#include <boost/beast/core/string.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "foundation/http/server_connection.hpp"

namespace rcms::http::net {

namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;

std::string header_of(Parser::value_type const& head, field name) {
  auto const value = head[name];
  return std::string(value.data(), value.size());
}

std::string header_of(Parser::value_type const& head, std::string_view name) {
  auto const value = head[boost::beast::string_view(name.data(), name.size())];
  return std::string(value.data(), value.size());
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7f'; });
}

std::string_view reason_of(int status) {
  auto const reason = beast_http::obsolete_reason(static_cast<beast_http::status>(status));
  return {reason.data(), reason.size()};
}

}  // namespace

bool read_head(Parser::value_type const& head, Incoming& incoming) {
  auto const verb = head.method_string();
  incoming.method.assign(verb.data(), verb.size());
  std::string target(head.target().data(), head.target().size());
  for (std::string_view const scheme : {"http://", "https://"}) {
    if (target.compare(0, scheme.size(), scheme) == 0) target.erase(0, std::min(target.find('/', scheme.size()), target.size()));
  }
  if (target.empty() || (target.front() != '/' && target != "*") || !is_visible(target)) return false;
  if (target.find('#') != std::string::npos) return false;
  auto const mark = std::min(target.find('?'), target.size());
  incoming.path = target.substr(0, mark);
  incoming.query = mark < target.size() ? target.substr(mark + 1) : std::string();
  if (head.version() >= 11 && head.count(field::host) != 1) return false;
  std::string const coding = header_of(head, field::transfer_encoding);
  if (!coding.empty() && !boost::beast::iequals(coding, "chunked")) return false;
  if (!coding.empty() && head.count(field::content_length) != 0) return false;
  incoming.authorization = header_of(head, field::authorization);
  incoming.cookie = header_of(head, field::cookie);
  incoming.content_type = header_of(head, field::content_type);
  incoming.accept_language = header_of(head, field::accept_language);
  incoming.accept_encoding = header_of(head, field::accept_encoding);
  incoming.if_match = header_of(head, field::if_match);
  incoming.if_none_match = header_of(head, field::if_none_match);
  incoming.idempotency_key = header_of(head, "Idempotency-Key");
  incoming.requested_by = header_of(head, "X-RCMS-Request");
  incoming.last_event_id = header_of(head, "Last-Event-ID");
  incoming.forwarded_for = header_of(head, "X-Forwarded-For");
  incoming.user_agent = header_of(head, field::user_agent);
  return true;
}

std::string render_head(Outgoing const& outgoing, std::optional<std::uint64_t> length, bool keep_alive, std::string const& date) {
  std::string head;
  head.reserve(800);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", outgoing.status, reason_of(outgoing.status), date);
  for (auto const& [name, value] : outgoing.headers) {
    head += name;
    head += ": ";
    for (char const c : value) head += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    head += "\r\n";
  }
  if (length) fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", *length);
  head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
  return head;
}

std::string new_upload_file(std::string const& folder, std::string const& request_id) {
  std::string const name = fmt::format("{}/rcms-upload-{}", folder, request_id);
  int const file = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0) ::close(file);
  return name;
}

bool is_hang_up(ErrorCode const& error) {
  return error.category() != beast_http::make_error_code(beast_http::error::bad_method).category() ||
         error == beast_http::error::end_of_stream || error == beast_http::error::partial_message;
}

Problem problem_of_parser(ErrorCode const& error, bool timed_out) {
  if (timed_out) return transport_problem("request_timeout", 408, Why::malformed, "The request did not arrive in time.");
  if (error == beast_http::error::header_limit) {
    return transport_problem("header_too_large", 431, Why::too_large, "The head of the request is too large.");
  }
  return Problem(Refused{Why::malformed, {}, "Not a valid HTTP request: " + error.message() + ".", {}});
}

}  // namespace rcms::http::net
