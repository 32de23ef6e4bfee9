// Finding the route of a method and path: a tree of path segments.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/http/route.hpp"

namespace rcms::http {

struct Match {
  Route const* route = nullptr;  ///< null: no such path, or no such method where `allowed` is not empty
  std::map<std::string, std::string, std::less<>> values;
  std::vector<Method> allowed;  ///< methods of the path
};

class RouteTable {
 public:
  /// `routes` outlives the table and no longer changes.
  explicit RouteTable(Routes const& routes);
  /// `path` is percent-encoded, without query.
  Match find(Method method, std::string_view path) const;
  /// The GET route whose view is that of `route` and whose pattern is the longest beginning of its pattern; null if none.
  Route const* resource_of(Route const& route) const;
  /// The GET route of one thing that the POST route makes in its collection: the same path with "/{id}" and the same view; null
  /// if none.
  Route const* made_by(Route const& route) const;
  std::size_t index_of(Route const& route) const { return static_cast<std::size_t>(&route - routes_.all().data()); }

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> named;
    std::unique_ptr<Node> any;
    std::vector<Route const*> routes;
  };
  Node const* walk(Node const& node, std::vector<std::string> const& segments, std::size_t at) const;

  Routes const& routes_;
  Node root_;
};

}  // namespace rcms::http
