#include "support/http_client.hpp"

#include <boost/json.hpp>

#include "foundation/http/socket_client_test.hpp"

namespace rcms::tests {

boost::json::value HttpAnswer::json() const {
  boost::system::error_code problem;
  auto value = boost::json::parse(body, problem);
  return problem ? boost::json::value() : value;
}

std::string HttpAnswer::why() const {
  auto const value = json();
  auto const* why = value.is_object() ? value.get_object().if_contains("why") : nullptr;
  return status >= 400 && why != nullptr && why->is_string() ? std::string(why->get_string()) : std::string();
}

std::string HttpAnswer::field() const {
  auto const value = json();
  auto const* field = value.is_object() ? value.get_object().if_contains("field") : nullptr;
  return field != nullptr && field->is_string() ? std::string(field->get_string()) : std::string();
}

HttpAnswer ask(std::uint16_t port, HttpAsk const& request) {
  std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  if (!request.token.empty()) text += "Cookie: rcms_session=" + request.token + "\r\n";
  if (request.with_mark) text += "X-RCMS-Request: 1\r\n";
  for (auto const& [name, value] : request.headers) text += name + ": " + value + "\r\n";
  if (!request.body.empty()) text += "Content-Type: " + request.content_type + "\r\n";
  if (request.method != "GET") text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  http_test::Client client(port);
  client.send(text + "\r\n" + request.body);
  auto reply = client.receive(request.method == "HEAD");
  return {reply.status, std::move(reply.head), std::move(reply.body)};
}

}  // namespace rcms::tests
