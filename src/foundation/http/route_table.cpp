#include "foundation/http/route_table.hpp"

#include "foundation/base/text.hpp"

namespace rcms::http {

namespace {

constexpr std::size_t path_segments_limit = 16;

/// Decoded segments; empty when the path is none that a route can have.
std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  if (path.empty() || path.front() != '/') return {};
  std::size_t from = 1;
  while (from <= path.size()) {
    std::size_t const end = std::min(path.find('/', from), path.size());
    std::string segment;
    if (!percent_decode(path.substr(from, end - from), false, segment)) return {};
    if (!is_utf8(segment) || has_control_characters(segment) || segment.size() > 500) return {};
    segments.push_back(std::move(segment));
    if (segments.size() > path_segments_limit) return {};
    from = end + 1;
  }
  return segments;
}

bool is_placeholder(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

}  // namespace

RouteTable::RouteTable(Routes const& routes) : routes_(routes) {
  for (auto const& route : routes.all()) {
    Node* node = &root_;
    for (auto const& segment : split(std::string_view(route.path).substr(1), '/')) {
      auto& next = is_placeholder(segment) ? node->any : node->named[segment];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    node->routes.push_back(&route);
  }
}

RouteTable::Node const* RouteTable::walk(Node const& node, std::vector<std::string> const& segments, std::size_t at) const {
  if (at == segments.size()) return node.routes.empty() ? nullptr : &node;
  if (auto const named = node.named.find(segments[at]); named != node.named.end()) {
    if (auto const* found = walk(*named->second, segments, at + 1)) return found;
  }
  if (node.any && !segments[at].empty()) return walk(*node.any, segments, at + 1);
  return nullptr;
}

Match RouteTable::find(Method method, std::string_view path) const {
  Match match;
  auto const segments = segments_of(path);
  auto const* node = segments.empty() ? nullptr : walk(root_, segments, 0);
  if (node == nullptr) return match;
  for (auto const* route : node->routes) {
    match.allowed.push_back(route->method);
    if (route->method == method) match.route = route;
  }
  if (match.route == nullptr) return match;
  auto const pattern = split(std::string_view(match.route->path).substr(1), '/');
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (is_placeholder(pattern[at])) match.values[pattern[at].substr(1, pattern[at].size() - 2)] = segments[at];
  }
  return match;
}

Route const* RouteTable::resource_of(Route const& route) const {
  Route const* best = nullptr;
  for (auto const& other : routes_.all()) {
    bool const same_view =
        other.method == Method::get && !other.output_schema.is_null() && other.output_schema == route.output_schema;
    bool const begins = route.path.size() > other.path.size() && route.path.compare(0, other.path.size(), other.path) == 0 &&
                        route.path[other.path.size()] == '/';
    if (same_view && begins && (best == nullptr || best->path.size() < other.path.size())) best = &other;
  }
  return best;
}

Route const* RouteTable::made_by(Route const& route) const {
  auto const path = route.path + "/{id}";
  for (auto const& other : routes_.all()) {
    bool const is_view = other.method == Method::get && other.path == path && !other.output_schema.is_null();
    if (is_view && other.output_schema == route.output_schema) return &other;
  }
  return nullptr;
}

}  // namespace rcms::http
