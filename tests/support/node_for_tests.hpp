// A whole node in this process: real database, real server on a free port, a clock that is set, the people of the stories.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/node.hpp"
#include "stories/story.hpp"
#include "support/database_for_tests.hpp"
#include "support/http_client.hpp"
#include "support/route_watch.hpp"

namespace rcms::tests {

class NodeForTests {
 public:
  /// Starts at noon UTC of `day`. `registers`: content of status_registers.toml; empty: there is none. Throws when the database
  /// is not there.
  NodeForTests(db::Engine engine, std::vector<stories::Person> people, Date day, std::string const& registers = {});
  ~NodeForTests();

  /// Asks as this person; an empty login asks as nobody.
  HttpAnswer ask(std::string const& login, HttpAsk request);
  HttpAnswer get(std::string const& login, std::string target) { return ask(login, {.target = std::move(target)}); }
  HttpAnswer post(std::string const& login, std::string target, std::string body = {}) {
    return ask(login, {.method = "POST", .target = std::move(target), .body = std::move(body)});
  }

  /// From now on told of every request with its answer, after it came; empty: nobody is.
  using Listener = std::function<void(std::string const& login, HttpAsk const&, HttpAnswer const&)>;
  void tell(Listener listener) { listener_ = std::move(listener); }

  /// From now on `watch` looks at every request; null: nobody does.
  void watch_with(RouteWatch* watch) { watch_ = watch; }

  void set_day(Date day);
  void advance_ms(std::int64_t ms) { clock_.set(clock_.now().plus_ms(ms)); }
  Instant now() const { return clock_.now(); }
  void deliver() { node_->exchange().deliver_due(); }
  /// Delivers what waits and ends the terms that are over.
  void settle() { node_->run_due(); }

  app::Node& node() { return *node_; }
  std::vector<stories::Person> const& people() const { return people_; }
  access::User const& user(std::string const& login) const { return users_.at(login); }
  access::Organisation const& organisation(std::string const& party, std::string const& kind) const {
    return organisations_.at(party + " " + kind);
  }
  PartyId const& party(std::string const& code) const { return parties_.at(code).id; }
  /// The session of the person, opened anew when the day has changed.
  std::string token_of(std::string const& login);

 private:
  void add_world();

  std::vector<stories::Person> people_;
  DatabaseForTests database_;
  TemporaryFolder folder_;
  SetClock clock_;
  std::unique_ptr<app::Node> node_;
  std::map<std::string, access::Party> parties_;
  std::map<std::string, access::Organisation> organisations_;
  std::map<std::string, access::User> users_;
  std::map<std::string, std::pair<Instant, std::string>> tokens_;
  RouteWatch* watch_ = nullptr;
  Listener listener_;
};

}  // namespace rcms::tests
