// Live updates over real sockets: who sees what, resume, slow clients, many clients.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include <sys/resource.h>

#include "foundation/http/server.hpp"
#include "foundation/http/socket_client_test.hpp"

namespace live_test {

using namespace rcms;
using namespace rcms::http;
using http_test::Client;

struct World {
  SystemClock clock;
  Routes routes;
  ServerOptions options;
  std::vector<Event> past;
  std::unique_ptr<Server> server;

  explicit World(std::function<void(ServerOptions&)> const& change = {}) {
    routes.add(live_route("/api/live"));
    options.port = 0;
    options.workers = 4;
    options.clock = &clock;
    options.limits.stop_ms = 2'000;
    options.find_viewer = [](std::string_view token, bool) -> std::optional<access::Viewer> {
      if (token.empty() || token == "nobody") return std::nullopt;
      access::Viewer viewer;
      viewer.user = UserId{"u"};
      viewer.party = PartyId{std::string(token.substr(0, 3))};
      viewer.session = std::string(token);
      return viewer;
    };
    options.live.newest = 100;
    options.live.may_see = [](access::Viewer const& viewer, Event const& event) { return viewer.party == event.party; };
    options.live.backlog = [this](access::Viewer const&, std::int64_t after) {
      std::vector<Event> found;
      for (auto const& event : past) {
        if (event.number > after) found.push_back(event);
      }
      return found;
    };
    if (change) change(options);
    server = std::make_unique<Server>(routes, options);
    server->start();
  }
  Client listen(std::string const& token, std::string const& more = {}) const {
    Client client(server->port());
    client.send("GET /api/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n" + more + "\r\n");
    return client;
  }
  void publish(std::int64_t number, std::string const& party) const {
    Event const event{number, "subject-" + std::to_string(number), "case", 3, PartyId{party}};
    server->live().publish({&event, 1});
  }
};

TEST_CASE("a change reaches the viewers of its party and nobody else") {
  World world;
  CHECK(world.listen("nobody").receive().status == 401);
  Client utopian = world.listen("UTO-1");
  Client arcadian = world.listen("XAR-1");
  auto const head = utopian.receive();
  CHECK(head.status == 200);
  CHECK(head.header("Content-Type") == "text/event-stream");
  CHECK(utopian.take_all().find("event: hello\ndata: {\"number\":100,\"resumed\":false}\n\n") != std::string::npos);
  arcadian.take_all();
  world.publish(101, "UTO");
  world.publish(102, "XAR");
  CHECK(utopian.take_all() ==
        "id: 101\nevent: change\ndata: {\"number\":101,\"subject\":\"subject-101\",\"kind\":\"case\",\"revision\":3}\n\n");
  CHECK(arcadian.take_all().find("\"number\":102") != std::string::npos);
  CHECK(world.server->live().connections() == 2);
}

TEST_CASE("a passing event is told whatever number came before, and does not move the place at which a client comes back") {
  World world;
  Client client = world.listen("UTO-1");
  client.take_all();
  world.publish(101, "UTO");
  world.publish(0, "UTO");
  world.publish(0, "XAR");
  world.publish(102, "UTO");
  CHECK(client.take_all() ==
        "id: 101\nevent: change\ndata: {\"number\":101,\"subject\":\"subject-101\",\"kind\":\"case\",\"revision\":3}\n\n"
        "event: change\ndata: {\"number\":0,\"subject\":\"subject-0\",\"kind\":\"case\",\"revision\":3}\n\n"
        "id: 102\nevent: change\ndata: {\"number\":102,\"subject\":\"subject-102\",\"kind\":\"case\",\"revision\":3}\n\n");
}

TEST_CASE("a client that comes back gets what it missed, once and in order") {
  World world;
  for (std::int64_t number = 90; number <= 100; ++number) world.past.push_back({number, "s", "case", 1, PartyId{"UTO"}});
  Client client = world.listen("UTO-1", "Last-Event-ID: 98\r\n");
  std::string const got = client.take_all();
  CHECK(got.find("\"resumed\":true") != std::string::npos);
  CHECK(got.find("id: 98\nevent: change") == std::string::npos);
  CHECK(got.find("id: 99\nevent: change") < got.find("id: 100\nevent: change"));
  world.publish(100, "UTO");
  world.publish(101, "UTO");
  std::string const more = client.take_all();
  CHECK(more.find("id: 100\n") == std::string::npos);
  CHECK(more.find("id: 101\n") != std::string::npos);
}

TEST_CASE("events that come while the missed ones are read are neither lost nor doubled") {
  std::atomic<bool> asked{false};
  std::atomic<bool> go_on{false};
  World world([&](ServerOptions& options) {
    options.live.backlog = [&](access::Viewer const&, std::int64_t) {
      asked = true;
      while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return std::vector<Event>{{99, "s", "case", 1, PartyId{"UTO"}}, {101, "s", "case", 1, PartyId{"UTO"}}};
    };
  });
  Client client = world.listen("UTO-1", "Last-Event-ID: 98\r\n");
  while (!asked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  world.publish(101, "UTO");
  world.publish(102, "UTO");
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  go_on = true;
  std::string const got = client.take_all();
  std::string order;
  for (std::size_t at = 0; (at = got.find("event: change\ndata: {\"number\":", at)) != std::string::npos; at += 30) {
    order += got.substr(at + 30, got.find(',', at) - at - 30) + " ";
  }
  CHECK(order == "99 101 102 ");
}

TEST_CASE("a heartbeat keeps the stream, its age and the end of its session end it") {
  World world([](ServerOptions& options) { options.live.heartbeat_ms = 100; });
  Client client = world.listen("UTO-1");
  Client other = world.listen("UTO-2");
  client.receive();
  other.receive();
  std::this_thread::sleep_for(std::chrono::milliseconds(350));
  client.fill();
  CHECK(client.take_all(50).find(":\n\n") != std::string::npos);
  world.server->live().close_session("UTO-1");
  while (client.fill(300)) {
  }
  CHECK(world.server->live().connections() == 1);
  World brief([](ServerOptions& options) {
    options.live.heartbeat_ms = 50;
    options.live.life_ms = 10;
  });
  Client old = brief.listen("UTO-1");
  while (old.fill(1'000)) {
  }
  CHECK(brief.server->live().connections() == 0);
}

TEST_CASE("a client that does not read is dropped, others are not") {
  World world([](ServerOptions& options) { options.live.queue_limit = 32'768; });
  Client asleep = world.listen("UTO-1");
  Client awake = world.listen("UTO-2");
  asleep.receive();
  awake.receive();
  std::int64_t number = 100;
  for (int round = 0; round < 4'000 && world.server->live().connections() == 2; ++round) {
    std::vector<Event> events;
    for (int more = 0; more < 20; ++more) events.push_back({++number, std::string(100, 's'), "case", 1, PartyId{"UTO"}});
    world.server->live().publish(events);
    REQUIRE(awake.wait_for("id: " + std::to_string(number) + "\n"));
    awake.take_all(0);
  }
  CHECK(world.server->live().connections() == 1);
  world.publish(number + 1, "UTO");
  CHECK(awake.wait_for("subject-"));
}

TEST_CASE("a session has a limited number of streams") {
  World world([](ServerOptions& options) { options.live.per_session_limit = 2; });
  Client first = world.listen("UTO-1");
  Client second = world.listen("UTO-1");
  CHECK(first.receive().status == 200);
  CHECK(second.receive().status == 200);
  CHECK(world.listen("UTO-1").receive().status == 503);
  CHECK(world.listen("UTO-2").receive().status == 200);
}

/// RCMS_LIVE_CONNECTIONS=2000 for the full size.
TEST_CASE("one change reaches all of many connections within a second") {
  char const* wanted = std::getenv("RCMS_LIVE_CONNECTIONS");
  std::size_t const count = wanted != nullptr ? std::stoul(wanted) : 200;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  World world;
  std::vector<Client> clients;
  for (std::size_t number = 0; number < count; ++number) clients.push_back(world.listen("UTO-" + std::to_string(number)));
  for (auto& client : clients) {
    REQUIRE(client.receive().status == 200);
    REQUIRE(client.wait_for("event: hello"));
  }
  auto const began = monotonic_ms();
  world.publish(101, "UTO");
  for (auto& client : clients) REQUIRE(client.wait_for("id: 101\n"));
  auto const took = monotonic_ms() - began;
  MESSAGE(count << " connections, " << took << " ms");
  CHECK(took < 1'000);
}

}  // namespace live_test
