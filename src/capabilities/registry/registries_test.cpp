// Registries on both databases: tables that are dropped, a view, a server that answers or falls silent, and who may set what.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/connector.hpp"
#include "capabilities/registry/invented.hpp"
#include "capabilities/registry/store.hpp"
#include "engines/matching/weights.hpp"
#include "foundation/ledger/entry.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::registry {

namespace {

constexpr Instant start{1'930'000'000'000};  // later than any file that a test writes
constexpr char const* two_sisters =
    "A1\tAna María\tQuispe\tLuna\t1987-03-14\tF\tUTO-01\tJosé\tQuispe Paz\tMarta\tLuna Sol\tU10000001\n"
    "A2\tMaría Ana\tQuispe\tLuna\t1989-11-02\tF\tUTO-01\tJosé\tQuispe Paz\tMarta\tLuna Sol\tU10000002\n";

struct World {
  explicit World(db::Database& of) : database(of), people(tests::add_people(of, start)), registries(of, clock, options()) {}

  RegistriesOptions options() const {
    return {folder.path(), {}, {{people.utopia.id, "UTO"}, {people.arcadia.id, "XAR"}}};
  }
  access::Viewer viewer(access::Party const& party, std::string permission) const {
    access::Viewer viewer;
    viewer.user = people.uma.id;
    viewer.party = party.id;
    viewer.permissions = {std::move(permission)};
    return viewer;
  }
  access::Viewer verifier() const { return viewer(people.utopia, "registry.search"); }
  access::Viewer administrator() const { return viewer(people.utopia, "registry.connect"); }

  /// Of two tables of one moment the last by name is taken, and the clock of files is coarse: names go up.
  void drop(std::string const& name, std::string const& content) {
    std::ofstream(registries.folder_of(people.utopia.id) / "drop" / name, std::ios::binary) << content;
    registries.look(people.utopia.id);
  }
  Health health() { return get_health(database, people.utopia.id); }
  /// Who is found, best first.
  std::string found(Question const& question) {
    auto const found = search_citizens(registries, verifier(), question);
    if (!found) return std::string(name_of(found.error().why));
    std::string ids;
    for (auto const& one : found->candidates) ids += one.person.id + " ";
    return ids;
  }

  db::Database& database;
  tests::PeopleForTests people;
  tests::TemporaryFolder folder;
  SetClock clock{start};
  Registries registries;
};

/// Answers one request after the other with what the test has said for its path; 404 otherwise.
class FakeServer {
 public:
  FakeServer() : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0);
    socklen_t size = sizeof here;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    REQUIRE(::listen(listener_, 8) == 0);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeServer() { close(); }
  void close() {
    if (!thread_.joinable()) return;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string address() const { return fmt::format("http://127.0.0.1:{}/registry", port_); }
  void say(std::string path, std::string body) {
    std::lock_guard const lock(mutex_);
    bodies_["/registry" + path] = std::move(body);
  }
  std::string heard() {
    std::lock_guard const lock(mutex_);
    return heard_;
  }

 private:
  void serve() {
    for (int client = ::accept(listener_, nullptr, nullptr); client >= 0; client = ::accept(listener_, nullptr, nullptr)) {
      answer(client);
      ::close(client);
    }
  }
  void answer(int client) {
    std::string request;
    char bytes[4096];
    auto const is_whole = [&] {
      auto const end = request.find("\r\n\r\n");
      auto const length = request.find("Content-Length: ");
      if (end == std::string::npos) return false;
      return length == std::string::npos || request.size() >= end + 4 + std::stoul(request.substr(length + 16));
    };
    while (!is_whole()) {
      auto const count = ::recv(client, bytes, sizeof bytes, 0);
      if (count <= 0) return;
      request.append(bytes, static_cast<std::size_t>(count));
    }
    std::lock_guard const lock(mutex_);
    heard_ = request;
    auto const path = request.substr(request.find(' ') + 1, request.find(' ', request.find(' ') + 1) - request.find(' ') - 1);
    auto const body = bodies_.find(path);
    auto const text = body == bodies_.end()
                          ? std::string("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                          : fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                                        body->second.size(), body->second);
    (void)::send(client, text.data(), text.size(), MSG_NOSIGNAL);
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::string> bodies_;
  std::string heard_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a dropped table is searched when it is whole; what is wrong is told by line and the old one stays in service") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    Question const ana{.given = "Ana Maria", .surnames = "Quispe Luna", .birth = "1987-03-14"};
    CHECK(world.found(ana) == "unavailable");
    connect_folder(world.registries, world.people.utopia.id);
    world.registries.look(world.people.utopia.id);
    CHECK(world.health().problem == "no_table");
    CHECK(world.registries.state(world.people.utopia.id).condition == Condition::down);

    world.drop("1.tsv",
               std::string(two_sisters) + "A1\tEva\tPaz\t\t1990\tF\t\t\t\t\t\t\nA3\tEva\tPaz\t\tsoon\tF\t\t\t\t\t\t\nA4\tEva\n");
    CHECK(world.health().problem.empty());
    CHECK(world.health().persons == 2);
    CHECK(world.health().left_out == 3);
    REQUIRE(world.health().defects.size() == 3);
    CHECK(world.health().defects[0].line == 3);
    CHECK(world.health().defects[2].line == 5);
    CHECK(world.found(ana) == "A1 A2 ");

    // An answer says who, why and with what.
    auto const answer = search_citizens(world.registries, world.verifier(), ana);
    REQUIRE(answer.has_value());
    auto const& best = answer->candidates.front();
    CHECK(best.band == matching::Band::to_review);  // two sisters are too few to be sure
    CHECK_FALSE(best.reasons.empty());
    CHECK(best.person.mother_surnames == "Luna Sol");
    CHECK(best.person.document == "U10000001");
    CHECK(answer->model == matching::default_weights().version);
    CHECK(answer->persons == 2);
    CHECK(best.score > answer->candidates[1].score);

    // Nothing that can be taken, then a table that looks cut off: the old one stays, and the reason is told.
    world.drop("2.tsv", "only words\n");
    CHECK(world.health().problem == "nobody");
    CHECK(world.found(ana) == "A1 A2 ");
    world.drop("3.csv", "name,surname\nAna,Quispe\n");
    CHECK(world.health().problem == "not_a_table");
    CHECK(world.found(ana) == "A1 A2 ");
    CHECK(world.registries.state(world.people.utopia.id).condition == Condition::down);

    std::string many("id,given,surname1,birth\n");
    for (int at = 0; at < 10; ++at) many += fmt::format("B{},Eva{},Paz,19{}\n", at, at, 80 + at);
    world.drop("4.csv", many);
    CHECK(world.health().works);
    CHECK(world.health().persons == 10);
    CHECK(world.found(ana).find("A1") == std::string::npos);
    world.drop("5.csv", "id,given,surname1,birth\nC1,Ana,Quispe,1987\n");
    CHECK(world.health().problem == "smaller");
    CHECK(world.health().persons == 10);
  }, tests::Migrations::all);
}

TEST_CASE("a restart finds what was taken, and the registry of a State answers that State only") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    connect_folder(world.registries, world.people.utopia.id);
    world.drop("one.tsv", two_sisters);
    CHECK_THROWS_AS(connect_folder(world.registries, world.people.utopia.id), std::runtime_error);
    Registries again(database, world.clock, world.options());
    Question const ana{.given = "Ana", .birth = "1987-03-14"};
    CHECK(again.search(world.people.utopia.id, ana).has_value());
    CHECK(again.search(world.people.arcadia.id, ana).error().why == Why::unavailable);
    auto stranger = world.verifier();
    stranger.permissions.clear();
    CHECK(search_citizens(again, stranger, ana).error().why == Why::not_permitted);
  }, tests::Migrations::all);
}

TEST_CASE("only who may connect sets the source, to a host that the operator allows, and the ledger tells it") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    CHECK(set_source(world.registries, world.verifier(), {"file"}, {}).error().front().why == Why::not_permitted);
    struct Row {
      char const* title;
      NewSource input;
      char const* field;
    };
    for (auto const& row :
         {Row{"an unknown kind", {"fax"}, "kind"}, Row{"no address", {"http_table"}, "address"},
          Row{"not allowed", {"http_table", "https://registry.example/persons.tsv"}, "address"},
          Row{"a password in it", {"postgresql", "postgresql://reader:secret@registry.example/people", "persons"}, "address"},
          Row{"more than a name", {"postgresql", "postgresql://reader@registry.example/people", "persons; drop"}, "view"},
          Row{"in clear over the net", {"http_answers", "http://registry.example/ask"}, "address"},
          Row{"never", {"file", "", "", 24, 0}, "old_after_days"}}) {
      CAPTURE(row.title);
      auto const refused = set_source(world.registries, world.administrator(), row.input, {});
      REQUIRE_FALSE(refused.has_value());
      CHECK(refused.error().front().field == row.field);
    }
    std::ofstream(world.folder.path() / "hosts.txt") << "# ours\nRegistry.Example\n";
    auto const set = set_source(world.registries, world.administrator(),
                                {"postgresql", "postgresql://reader@registry.example:5432/people", "civil.persons"}, 0);
    REQUIRE(set.has_value());
    CHECK(set->source.revision == 1);
    CHECK(set->condition == Condition::waiting);
    CHECK(set_source(world.registries, world.administrator(), {"file"}, 0).error().front().why == Why::stale_revision);
    CHECK(ledger::load_head(database, "registry:" + world.people.utopia.id.value).length == 1);
  }, tests::Migrations::all);
}

TEST_CASE("a view of a database of the State is read in one go, and a view that lacks a column says so") {
  if (!tests::scratch_server()) return;
  tests::DatabaseForTests theirs(db::Engine::postgresql);
  db::Sql const make{
      "theirs.make",
      "CREATE TABLE persons AS SELECT 'A' || number AS id, 'Ana' AS given, 'Quispe' AS surname1, 'Luna' AS surname2,"
      " DATE '1987-03-14' + number AS birth, 'F' AS sex, 'UTO-01' AS place, '' AS father_given,"
      " '' AS father_surnames, 'Marta' AS mother_given, 'Luna Sol' AS mother_surnames,"
      " CAST(NULL AS text) AS document FROM generate_series(1, 1000) AS number"};
  db::Command command;
  command.add(make, {});
  REQUIRE(theirs.database().write(command).outcome == db::Outcome::written);
  tests::TemporaryFolder folder;
  matching::Builder builder({});
  Reading reading;
  PersonRows rows(builder, reading);
  Source source{.kind = SourceKind::postgresql, .address = theirs.address(), .view = "persons"};
  auto const fetched = fetch_view(source, {folder.path(), start}, rows);
  REQUIRE(fetched.has_value());
  CHECK(builder.persons() == 1000);
  CHECK(reading.left_out == 0);
  source.view = "nobody_made_it";
  auto const failed = fetch_view(source, {folder.path(), start}, rows);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().problem == "not_reached");
  CHECK(failed.error().detail.find("nobody_made_it") != std::string::npos);
}

TEST_CASE("a table behind an address is taken whole, with the token of the State") {
  tests::for_each_engine([](db::Database& database) {
    FakeServer server;
    World world(database);
    std::ofstream(world.folder.path() / "hosts.txt") << "127.0.0.1\n";
    std::ofstream(world.registries.folder_of(world.people.utopia.id) / "secret") << "token-of-utopia\n";
    server.say("", two_sisters);
    REQUIRE(set_source(world.registries, world.administrator(), {"http_table", server.address()}, {}).has_value());
    world.registries.look(world.people.utopia.id);
    CHECK(world.health().persons == 2);
    CHECK(server.heard().find("Authorization: Bearer token-of-utopia") != std::string::npos);
    CHECK(world.found({.given = "Ana", .birth = "1987-03-14"}).starts_with("A1 "));
    server.close();
    world.clock.set(start.plus_ms(3'600'000));
    world.registries.look(world.people.utopia.id);
    auto const state = world.registries.state(world.people.utopia.id);
    CHECK(state.condition == Condition::down);
    CHECK(state.health.since == start.plus_ms(3'600'000));
    CHECK(state.health.data_as_of == start);
    // What was there is still searched.
    CHECK(world.found({.given = "Ana", .birth = "1987-03-14"}).starts_with("A1 "));
  }, tests::Migrations::all);
}

TEST_CASE("a registry that answers by itself is asked each time, and the search waits while it is silent") {
  tests::for_each_engine([](db::Database& database) {
    FakeServer server;
    World world(database);
    std::ofstream(world.folder.path() / "hosts.txt") << "127.0.0.1\n";
    server.say("/health", R"({"as_of":"2031-02-20T10:00:00.000Z","persons":17000000})");
    server.say("/search",
               R"({"model":"theirs","candidates":[{"id":"Z9","score_millibits":20000,"posterior":0.99,"band":"proposed",
      "explanation":[{"part":"given","rule":"same","millibits":8000}],"person":{"given":"Ana","surname1":"Quispe"}}]})");
    REQUIRE(set_source(world.registries, world.administrator(), {"http_answers", server.address() + "/"}, {}).has_value());
    world.registries.look(world.people.utopia.id);
    CHECK(world.health().persons == 17'000'000);
    CHECK(world.found({.given = "Ana", .surnames = "Quispe"}) == "Z9 ");
    CHECK(server.heard().find(R"("surname":"Quispe")") != std::string::npos);
    server.say("/search", "<html>");
    CHECK(world.found({.given = "Ana"}) == "unavailable");
    CHECK(world.health().problem == "not_a_table");
    server.close();
    CHECK(world.found({.given = "Ana"}) == "unavailable");
    CHECK(world.registries.state(world.people.utopia.id).condition == Condition::down);
  }, tests::Migrations::all);
}

TEST_CASE("it is looked at again when it is time") {
  Source source{.kind = SourceKind::postgresql, .refresh_hours = 24};
  Health health;
  CHECK(is_due(source, health, start));
  health.looked_at = start;
  health.works = true;
  CHECK_FALSE(is_due(source, health, start.plus_ms(23 * 3'600'000)));
  CHECK(is_due(source, health, start.plus_ms(24 * 3'600'000)));
  health.works = false;
  CHECK_FALSE(is_due(source, health, start.plus_ms(9 * 60'000)));
  CHECK(is_due(source, health, start.plus_ms(10 * 60'000)));
  source.changed_at = start.plus_ms(1);
  CHECK(is_due(source, health, start.plus_ms(2)));
  source.kind = SourceKind::none;
  CHECK_FALSE(is_due(source, health, start.plus_ms(2)));
}

TEST_CASE("an applicant of the demo is found first among relatives and namesakes") {
  static auto const sources = read_sources(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  World world(fresh.database());
  auto const citizens = invent_citizens(sources, 3000, 7);
  CHECK(invent_citizens(sources, 3000, 7) == citizens);
  connect_folder(world.registries, world.people.utopia.id);
  auto const folder = world.registries.folder_of(world.people.utopia.id);
  {
    std::ofstream table(folder / "drop/citizens.tsv");
    write_table(table, citizens);
    write_table(table, invent_citizens_in_script(sources, 20, 8, citizens.size()));
    std::ofstream places(folder / "places.csv");
    write_places(places, sources.places);
  }
  world.registries.look(world.people.utopia.id);
  CHECK(world.health().persons == 3020);
  CHECK(world.health().left_out == 0);
  CHECK(world.registries.places(world.people.utopia.id)->all().size() == sources.places.size());
  int first = 0;
  constexpr int asked = 100;
  for (int at = 0; at < asked; ++at) {
    auto const& one = citizens[static_cast<std::size_t>(at) * 29];
    auto const found = world.found({.given = one.given, .surnames = one.surname1 + " " + one.surname2, .birth = one.birth.text(),
                                    .place = one.place_name});
    if (found.starts_with(one.id.value)) ++first;
  }
  CHECK(first >= 98);
}

}  // namespace rcms::registry
