// Looks at every request to a node that may change something. What it sees wrong it keeps as a sentence:
// - a POST that was done and is sent again with its key answers the same and changes nothing;
// - another request that was done and is sent again adds no row;
// - what was done stands in the ledger, under the name of who did it; what was refused leaves no trace;
// - a GET writes nothing into the ledger in the name of who asks;
// - at the end the ledger, exported as anybody gets it, verifies and holds every entry.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/node.hpp"
#include "support/http_client.hpp"

namespace rcms::tests {

class RouteWatch {
 public:
  /// `node` outlives the watch.
  explicit RouteWatch(app::Node& node);

  using Send = std::function<HttpAnswer(HttpAsk const&)>;
  /// Sends the request, looks, and gives the first answer. `actor`: id of the user; empty when it is not known.
  HttpAnswer ask(HttpAsk request, std::string const& actor, Send const& send);

  /// Waits until all entries are sealed, at most ten seconds.
  void verify_ledger();

  std::vector<std::string> const& problems() const { return problems_; }
  /// Operations that were done at least once.
  std::set<std::string> const& done() const { return done_; }
  /// Operations that change something.
  std::set<std::string> operations() const;

 private:
  struct Table {
    std::int64_t rows = 0;
    std::int64_t revisions = 0;  ///< their sum
    friend bool operator==(Table const&, Table const&) = default;
  };
  using Tables = std::map<std::string, Table>;

  http::Route const* find_route(HttpAsk const& request) const;
  Tables look() const;
  /// Looks when nothing waits to be delivered.
  Tables look_when_quiet() const;
  std::int64_t count_entries(std::string const& actor) const;
  HttpAnswer watch_read(http::Route const& route, HttpAsk const& request, std::string const& actor, Send const& send);
  void watch_repeated_post(http::Route const& route, HttpAsk const& request, HttpAnswer const& first, Send const& send);
  void watch_repeated(http::Route const& route, HttpAsk const& request, Send const& send);
  void tell(http::Route const& route, std::string_view what);

  app::Node& node_;
  std::string picture_sql_;  ///< of all tables
  int keys_ = 0;
  std::vector<std::string> problems_;
  std::set<std::string> done_;
};

}  // namespace rcms::tests
