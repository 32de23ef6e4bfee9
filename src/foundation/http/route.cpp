#include "foundation/http/route.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace rcms::http {

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::delete_: return "DELETE";
  }
  return "GET";
}

namespace {

NewRoute draft(Method method, std::string path) {
  Route route;
  route.method = method;
  route.path = std::move(path);
  return NewRoute(std::move(route));
}

/// `{id}` and `{case}` are one pattern.
std::string pattern_of(std::string_view path) {
  std::string pattern;
  bool inside = false;
  for (char const c : path) {
    if (c == '}') inside = false;
    if (!inside) pattern += c;
    if (c == '{') inside = true;
  }
  return pattern;
}

}  // namespace

namespace detail {

Response no_content() {
  Response response;
  response.status = 204;
  response.content_type.clear();
  return response;
}

Response json_response(Route const& route, std::string body, int status, std::optional<std::int64_t> revision) {
  Response response;
  response.status = status != 0 ? status : route.success;
  response.body = std::move(body);
  response.revision = revision;
  return response;
}

}  // namespace detail

NewRoute get(std::string path) { return draft(Method::get, std::move(path)); }
NewRoute post(std::string path) { return draft(Method::post, std::move(path)); }
NewRoute put(std::string path) { return draft(Method::put, std::move(path)); }
NewRoute patch(std::string path) { return draft(Method::patch, std::move(path)); }
NewRoute delete_(std::string path) { return draft(Method::delete_, std::move(path)); }

Route live_route(std::string path) {
  Route route = get(std::move(path))
                    .named("live")
                    .saying("Stream of changes: events `hello` and `change` {number, subject, kind, revision}")
                    .signed_in()
                    .file("text/event-stream")
                    .handler([](Request const&) -> Result<Response> { return refuse(Why::unavailable); });
  route.live = true;
  return route;
}

void Routes::add(Route route) {
  auto const name = fmt::format("{} {}", name_of(route.method), route.path);
  if (route.path.empty() || route.path.front() != '/') throw std::logic_error("route " + name + ": a path begins with /");
  if (route.operation.empty() || route.summary.empty())
    throw std::logic_error("route " + name + ": operation or summary is missing");
  if (route.door == Door::permitted && route.permission.empty())
    throw std::logic_error("route " + name + ": permission is missing");
  for (auto const& other : routes_) {
    if (other.operation == route.operation)
      throw std::logic_error("route " + name + ": operation " + route.operation + " exists");
    if (other.method == route.method && pattern_of(other.path) == pattern_of(route.path)) {
      throw std::logic_error("route " + name + " exists");
    }
  }
  for (auto const& [struct_name, schema] : route.schemas) {
    auto const [place, is_new] = schemas_.emplace(struct_name, schema);
    if (!is_new && place->second != schema) throw std::logic_error("route " + name + ": another struct is named " + struct_name);
  }
  routes_.push_back(std::move(route));
}

}  // namespace rcms::http
