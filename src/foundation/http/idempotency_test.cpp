// The same key is carried out once: on both engines, in a row, at once, and when the answer was lost.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "foundation/http/idempotency.hpp"
#include "support/database_for_tests.hpp"

namespace idempotency_test {

using namespace rcms;
using namespace rcms::http;

constexpr db::Sql make_table{"test.http.make", "CREATE TABLE http_test_note (id text PRIMARY KEY, note text NOT NULL)"};
constexpr db::Sql add_note{"test.http.add", "INSERT INTO http_test_note (id, note) VALUES ($1, $2)"};
constexpr db::Sql find_note{"test.http.find", "SELECT note FROM http_test_note WHERE id = $1"};
constexpr db::Sql count_notes{"test.http.count", "SELECT count(*) FROM http_test_note"};
constexpr db::Sql lose_answers{"test.http.lose", "UPDATE http_idempotency SET status = NULL, answer = NULL"};
constexpr db::Sql find_texts{"test.http.texts", "SELECT request_hash, answer FROM http_idempotency"};
constexpr db::Sql count_keys{"test.http.keys", "SELECT count(*) FROM http_idempotency"};

struct World {
  db::Database& database;
  SetClock clock{Instant{1'900'000'000'000}};
  Idempotency once{database, clock, [](db::Command const& command) {
                     auto const& values = command.statements().back().values;
                     return "note:" + std::get<std::string>(values.at(0));
                   }, access::SecretBox(Bytes(32, 7))};
  std::atomic<int> calls{0};

  explicit World(db::Database& given) : database(given) {
    db::migrate(database, RCMS_SOURCE_DIR "/db/migrations");
    db::Command command;
    command.add(make_table, {});
    database.write(command);
  }

  Answer<Response> write_note(std::string const& note) {
    int const number = ++calls;
    db::Command command;
    command.add(add_note, {make_uuid(clock.now()), note});
    auto const written = once.guarded().write(command);
    REQUIRE(written.outcome == db::Outcome::written);
    REQUIRE(written.rows.size() <= 1);
    Response response;
    response.status = 201;
    response.body = "{\"call\":" + std::to_string(number) + "}";
    response.revision = 5;
    return response;
  }
  Answer<Response> ask(std::string const& key, std::string const& note, std::string const& user = "ana") {
    Request request;
    request.method = Method::post;
    request.idempotency_key = key;
    request.viewer.user = UserId{user};
    return once.run(request, "hash of " + note, [&] { return write_note(note); },
                    [&](std::string const& subject) { return recover(subject); });
  }
  /// The note as it is now, when it is known which one it was.
  Answer<Response> recover(std::string const& subject) {
    auto const row = subject.empty() ? std::nullopt : database.find(find_note, {subject.substr(5)});
    if (!row || row->text(0) == "gone") return refuse(Why::not_found);
    Response response;
    response.status = 201;
    response.body = row->text(0);
    return response;
  }
  std::int64_t count(db::Sql const& sql) { return database.find(sql)->integer(0); }
};

TEST_CASE("a repeated request is answered as the first was, and has no second effect") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    auto const first = world.ask("k1", "a");
    auto const second = world.ask("k1", "a");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(second->status == 201);
    CHECK(second->body == first->body);
    CHECK(second->revision == 5);
    CHECK(world.count(count_notes) == 1);
    CHECK(world.ask("k2", "a")->body != first->body);
    CHECK(world.ask("k1", "a", "bob")->body != first->body);
    CHECK(world.ask("", "a")->body != first->body);
    CHECK(world.count(count_notes) == 4);
  });
}

TEST_CASE(
    "neither the answer nor the hash of the request stands in the database in the clear, and another key of the node tells "
    "nothing") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    REQUIRE(world.ask("k1", "a"));
    auto const row = database.find(find_texts);
    REQUIRE(row);
    CHECK(row->text(0).find("hash of a") == std::string::npos);
    CHECK(row->text(1).find("call") == std::string::npos);
    CHECK(to_base64url(as_bytes("{\"call\":1}")).substr(0, 8) != row->text(1).substr(0, 8));

    Idempotency other(database, world.clock, {}, access::SecretBox(Bytes(32, 8)));
    Request request;
    request.method = Method::post;
    request.idempotency_key = "k1";
    request.viewer.user = UserId{"ana"};
    auto const answer = other.run(request, "hash of a", [&] { return world.write_note("b"); },
                                  [](std::string const&) -> Answer<Response> { return refuse(Why::not_found); });
    REQUIRE_FALSE(answer);
    CHECK(answer.error().refused.why == Why::field_invalid);
    CHECK(world.count(count_notes) == 1);
  });
}

TEST_CASE("a key used for another request, and a key that is no key, are refused") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    REQUIRE(world.ask("k1", "a"));
    auto const other = world.ask("k1", "b");
    REQUIRE_FALSE(other);
    CHECK(status_of(other.error().refused.why) == 422);
    CHECK(other.error().refused.field == "Idempotency-Key");
    CHECK_FALSE(world.ask("a b", "a"));
    CHECK_FALSE(world.ask(std::string(101, 'k'), "a"));
    CHECK(world.count(count_notes) == 1);
  });
}

TEST_CASE("of many identical requests at once one has effect, and all get its answer") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    std::vector<std::thread> threads;
    std::vector<std::string> bodies(8);
    for (std::size_t at = 0; at < bodies.size(); ++at) {
      threads.emplace_back([&, at] {
        auto const answer = world.ask("k1", "a");
        bodies[at] = answer ? answer->body : answer.error().refused.detail;
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(world.count(count_notes) == 1);
    for (auto const& body : bodies) CHECK(body == bodies.front());
  });
}

TEST_CASE("when the process ended before the answer was stored, the effect still stands once") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    REQUIRE(world.ask("k1", "a"));
    REQUIRE(world.ask("k2", "gone"));
    db::Command command;
    command.add(lose_answers, {});
    database.write(command);
    auto const found = world.ask("k1", "a");
    REQUIRE(found);
    CHECK(found->status == 201);
    CHECK(found->body == "a");
    auto const again = world.ask("k2", "gone");
    REQUIRE_FALSE(again);
    CHECK(again.error().refused.why == Why::already_exists);
    CHECK(again.error().refused.detail.find("note:") != std::string::npos);
    CHECK(world.count(count_notes) == 2);
  });
}

TEST_CASE("a refused request does not use up its key, and a key lives for a day") {
  tests::for_each_engine([](db::Database& database) {
    World world(database);
    Request request;
    request.method = Method::post;
    request.idempotency_key = "k1";
    request.viewer.user = UserId{"ana"};
    auto const refused = world.once.run(request, "h", []() -> Answer<Response> { return refuse(Why::too_late); },
                                       [](std::string const&) { return Answer<Response>(Response{}); });
    CHECK_FALSE(refused);
    REQUIRE(world.ask("k1", "a"));
    world.clock.set(world.clock.now().plus_ms(25LL * 3600 * 1000));
    REQUIRE(world.ask("k1", "a"));
    CHECK(world.count(count_notes) == 2);
    world.clock.set(world.clock.now().plus_ms(25LL * 3600 * 1000));
    CHECK(world.once.forget_old() == 1);
    CHECK(world.count(count_keys) == 0);
  });
}

}  // namespace idempotency_test
