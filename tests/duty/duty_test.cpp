// What every route owes, told from the table of routes: a new route is covered, or the test says what sample it needs.
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include "capabilities/case_files/deciding.hpp"
#include "duty/sample_world.hpp"

using namespace rcms;
using namespace rcms::duty;
namespace json = boost::json;

namespace {

/// Routes with identifiers that are the same for every State, or a person's own.
bool names_no_record(std::string const& path) {
  for (auto const* common :
       {"/api/agreements/", "/api/agreement-versions/", "/api/forms/{code}", "/api/safeguards/gates/{gate}",
        "/api/document-layouts/"}) {
    if (path.starts_with(common)) return true;
  }
  return false;
}

constexpr db::Sql list_text_columns{"duty.text_columns",
                                    "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
                                    "WHERE m.type = 'table' AND lower(c.type) = 'text'"};

/// Where the text stands in the database: "table.column" of each.
std::vector<std::string> find_in_database(db::Database& database, std::string const& text) {
  std::vector<std::string> places;
  for (auto const& row : database.read(list_text_columns, {})) {
    auto const sql = fmt::format("SELECT count(*) FROM {} WHERE instr({}, $1) > 0", row.text(0), row.text(1));
    if (database.read_text(sql, {text}).at(0).integer(0) > 0) places.push_back(row.text(0) + "." + row.text(1));
  }
  return places;
}

}  // namespace

TEST_CASE("no route answers without a session, unless it is public") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.door == http::Door::public_) continue;
    CAPTURE(route.operation);
    auto const answer = world.ask("", route);
    CHECK(answer.status == 401);
    CHECK(answer.why() == "not_signed_in");
  }
}

TEST_CASE("no route answers a person without its permission") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.door != http::Door::permitted) continue;
    CAPTURE(route.operation);
    CHECK_FALSE(route.permission.empty());
    for (auto const* login : {"nobody", "nadie"}) {
      auto const answer = world.ask(login, route);
      CHECK(answer.status == 403);
      CHECK(answer.why() == "not_permitted");
    }
  }
}

TEST_CASE("no route that changes anything answers a page of another origin") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.method == http::Method::get || route.door == http::Door::public_) continue;
    CAPTURE(route.operation);
    auto ask = world.sample(route);
    ask.with_mark = false;
    auto const answer = world.node().ask("omnia", ask);
    CHECK(answer.status == 403);
    CHECK(answer.why() == "not_from_here");
  }
}

TEST_CASE("every record that these tests name is there, and its own State sees it") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.path.find('{') == std::string::npos || names_no_record(route.path)) continue;
    CAPTURE(route.path);
    auto const path = world.find_path(route.path);
    REQUIRE_MESSAGE(path.has_value(),
                    route.path << " needs a sample in tests/duty/sample_world.cpp: what stands for its {…}, and whose it is");
    auto const* owner = everything_at(path->owner);
    if (route.method == http::Method::get) {
      auto const answer = world.ask(owner, route);
      CHECK_MESSAGE(answer.status == 200, answer.status << " " << answer.body.substr(0, 200));
    }
    if (path->seen_in.empty()) continue;
    auto const seen = world.node().get(owner, path->seen_in);
    CHECK_MESSAGE(seen.status == 200, seen.body.substr(0, 200));
    for (auto const& name : path->names) CHECK_MESSAGE(seen.body.find(name) != std::string::npos, name);
  }
}

TEST_CASE(
    "for a person of another State with every permission, a record of this State is as unknown as one that does not exist") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.path.find('{') == std::string::npos || route.door == http::Door::public_ || names_no_record(route.path)) continue;
    CAPTURE(route.operation);
    auto const path = world.find_path(route.path);
    CHECK_MESSAGE(path.has_value(),
                  route.path << " needs a sample in tests/duty/sample_world.cpp: what stands for its {…}, and whose it is");
    if (!path) continue;
    auto const* stranger = stranger_to(path->owner);
    auto const real = world.ask(stranger, route);
    auto unknown_ask = world.sample(route);
    auto const segment = path->target.find('/', 5) + 1;
    unknown_ask.target = route.path.substr(0, route.path.find('{')) + "01890000-0000-7000-8000-00000000dcba" +
                         unknown_ask.target.substr(std::min(unknown_ask.target.find('/', std::max(segment, route.path.find('{'))),
                                                            unknown_ask.target.size()));
    auto const unknown = world.node().ask(stranger, unknown_ask);
    CHECK_MESSAGE((real.status == unknown.status && real.why() == unknown.why()),
                  "answers " << real.status << " " << real.body.substr(0, 200) << ", unknown " << unknown.status << " "
                             << unknown.body.substr(0, 200));
    CHECK_MESSAGE(real.status == 404, route.path << " answers " << real.status << " " << real.body.substr(0, 200));
  }
}

TEST_CASE("no route takes a query parameter that it does not know") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.live) continue;
    CAPTURE(route.operation);
    auto ask = world.sample(route);
    ask.target += ask.target.find('?') == std::string::npos ? "?bogus=1" : "&bogus=1";
    auto const answer = world.node().ask("omnia", ask);
    CHECK_MESSAGE((answer.status == 400 || answer.status == 422), answer.status << " " << answer.body.substr(0, 200));
    CHECK(answer.body.find("bogus") != std::string::npos);
  }
}

TEST_CASE("no route takes broken JSON or a member that it does not know") {
  auto& world = sample_world();
  for (auto const& route : world.routes()) {
    if (route.body != http::BodyKind::json) continue;
    CAPTURE(route.operation);
    for (std::string const body : {"{\"a\":", "[]", "{\"bogus\":1}", "\xff"}) {
      CAPTURE(body);
      auto ask = world.sample(route);
      ask.body = body;
      auto const answer = world.node().ask("omnia", ask);
      CHECK_MESSAGE((answer.status >= 400 && answer.status < 500), answer.status << " " << answer.body.substr(0, 200));
      CHECK_FALSE(answer.why().empty());
      // Routes that take a password are limited in rate, and say that first.
      if (body.find("bogus") != std::string::npos && answer.status != 429) CHECK(answer.body.find("bogus") != std::string::npos);
    }
  }
}

TEST_CASE("the same POST with the same key has its effect once, and every write is in the ledger") {
  auto& world = sample_world();
  struct Row {
    char const* login;
    std::string target;
    std::string body;
  };
  auto const id = world.case_id();
  std::vector<Row> const rows = {
      {"diego", "/api/applications/" + id + "/notes", R"({"body":"once"})"},
      {"sara", "/api/applications/" + id + "/suspension", R"({"reason":"once"})"},
      {"simon", "/api/applications/" + id + "/lifting", R"({"reason":"once"})"},
      {"ana", "/api/cases", R"({"agreement":"uto-xar-2019"})"},
  };
  int number = 0;
  for (auto const& row : rows) {
    CAPTURE(row.target);
    tests::HttpAsk ask{.method = "POST",
                       .target = row.target,
                       .body = row.body,
                       .headers = {{"Idempotency-Key", fmt::format("key-{}-of-the-duty-test", ++number)}}};
    auto const entries_before = world.count_entries();
    auto const first = world.node().ask(row.login, ask);
    CHECK_MESSAGE(first.status < 300, first.body.substr(0, 300));
    auto const entries = world.count_entries();
    CHECK(entries == entries_before + 1);
    auto const second = world.node().ask(row.login, ask);
    CHECK(second.status == first.status);
    CHECK(world.count_entries() == entries);
    ask.body = R"({"reason":"another body","body":"another body"})";
    CHECK(world.node().ask(row.login, ask).status >= 400);
    CHECK(world.count_entries() == entries);
  }
}

TEST_CASE("what is shown once stands nowhere in the database, also when the request had a key") {
  auto& world = sample_world();
  auto& database = world.node().node().database();
  auto const office = world.node().organisation("XAR", "central_authority").id.value;
  struct Row {
    std::string target;
    std::string body;
    char const* shown_once;
  };
  std::vector<Row> const rows = {
      {"/api/users",
       json::serialize(json::object{{"name", "Olga Rey"}, {"login", "olga.rey"}, {"organisation", office},
                                    {"roles", json::array{"analyst"}}}),
       "password"},
      {"/api/users/" + world.node().user("bruno").id.value + "/password-reset", "", "password"},
      {"/api/api-tokens", R"({"name":"robot","scopes":["case.read"],"days":3})", "token"},
  };
  int number = 0;
  for (auto const& row : rows) {
    CAPTURE(row.target);
    auto const answer = world.node().ask("omnia", {.method = "POST",
                                                   .target = row.target,
                                                   .body = row.body,
                                                   .headers = {{"Idempotency-Key", fmt::format("once-{}", ++number)}}});
    REQUIRE_MESSAGE(answer.status < 300, answer.body.substr(0, 300));
    auto const shown = case_files::text_of(answer.json().as_object(), row.shown_once);
    REQUIRE(shown.size() > 8);
    CHECK(fmt::format("{}", fmt::join(find_in_database(database, shown), ", ")) == "");
  }
  CHECK_FALSE(find_in_database(database, "olga.rey").empty());
}
