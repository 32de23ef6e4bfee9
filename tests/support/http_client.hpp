// A plain blocking HTTP client for tests: one request, one answer.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <boost/json/value.hpp>

namespace rcms::tests {

struct HttpAsk {
  std::string method = "GET";
  std::string target;  ///< path and query
  std::string token;   ///< of the session; empty: none
  std::string body;
  std::string content_type = "application/json";
  bool with_mark = true;  ///< the header X-RCMS-Request
  std::map<std::string, std::string> headers;
};

struct HttpAnswer {
  int status = 0;  ///< 0: the server closed without an answer
  std::string head;
  std::string body;

  /// The body as JSON; null when it is none.
  boost::json::value json() const;
  /// `why` of a problem; empty when it is none.
  std::string why() const;
  std::string field() const;
};

/// Sessions travel as a cookie, as in the browser.
HttpAnswer ask(std::uint16_t port, HttpAsk const& request);

}  // namespace rcms::tests
