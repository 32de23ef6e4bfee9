// The key that travels in front of a command changes nothing of what its writer learns.
#include <doctest/doctest.h>

#include "foundation/http/idempotency.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::http;

namespace {

constexpr db::Sql make_table{"test.statement.make", "CREATE TABLE statement_test_note (id text PRIMARY KEY)"};
constexpr db::Sql add_note{"test.statement.add", "INSERT INTO statement_test_note (id) VALUES ($1) RETURNING id"};
constexpr db::Sql change_note{"test.statement.change", "UPDATE statement_test_note SET id = $1 WHERE id = $1"};

}  // namespace

TEST_CASE("the statement that failed and the rows that came back are told as without a key") {
  tests::for_each_engine([](db::Database& database) {
    db::migrate(database, RCMS_SOURCE_DIR "/db/migrations");
    db::Command make;
    make.add(make_table, {});
    database.write(make);
    SetClock const clock{Instant{1'900'000'000'000}};
    Idempotency once(database, clock, {}, access::SecretBox(Bytes(32, 7)));
    auto const asked = [&](std::string const& key, db::Command const& command) {
      Request request;
      request.method = Method::post;
      request.idempotency_key = key;
      request.viewer.user = UserId{"ana"};
      db::Written written;
      auto const answer = once.run(
          request, "hash",
          [&]() -> Answer<Response> {
            written = once.guarded().write(command);
            return Response{};
          },
          [](std::string const&) -> Answer<Response> { return refuse(Why::not_found); });
      CHECK(answer);
      return written;
    };
    db::Command lost;
    lost.add(add_note, {"a"});
    lost.add_expecting(change_note, {"nobody has this"});
    auto const superseded = asked("k1", lost);
    CHECK(superseded.outcome == db::Outcome::superseded);
    CHECK(superseded.statement == 1);
    db::Command good;
    good.add(add_note, {"b"});
    auto const written = asked("k2", good);
    CHECK(written.outcome == db::Outcome::written);
    REQUIRE(written.rows.size() == 1);
    CHECK(written.rows.front().at(0).text(0) == "b");
  });
}
