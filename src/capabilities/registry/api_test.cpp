// The route of the registry search: what it reads from a query, and what it refuses.
#include "capabilities/registry/api.hpp"

#include <doctest/doctest.h>

#include "capabilities/registry/citizen.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::registry {

namespace {

http::Request search(std::map<std::string, std::string, std::less<>> query) {
  http::Request request;
  request.query = std::move(query);
  request.viewer.permissions = {"registry.search"};
  request.viewer.party = PartyId{"01940000-0000-7000-8000-00000000000a"};
  return request;
}

}  // namespace

TEST_CASE("the registry search is one route, permitted to verifiers, and recorded as a read of personal data") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  http::Routes routes;
  add_routes(routes, fresh.database());
  REQUIRE(routes.all().size() == 1);
  auto const& route = routes.all().front();
  CHECK(route.permission == "registry.search");
  CHECK(route.reads_personal_data);

  auto const nothing = route.handler(search({{"surname", "García"}, {"given", "Ana"}, {"birth", "1990"}}));
  REQUIRE(nothing.has_value());
  CHECK(nothing->body.find("\"items\":[]") != std::string::npos);
  CHECK(nothing->body.find("surname_given_year") != std::string::npos);

  struct Row {
    std::map<std::string, std::string, std::less<>> query;
    Why why;
    char const* field;
  };
  for (auto const& row : {Row{{}, Why::field_missing, "surname"}, Row{{{"surname", "García"}}, Why::field_missing, "given"},
                          Row{{{"surname", "García"}, {"birth", "7.3.94"}}, Why::field_invalid, "birth"},
                          Row{{{"surname", "García"}, {"birth", "1994-02-30"}}, Why::field_invalid, "birth"}}) {
    auto const refused = route.handler(search(row.query));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().refused.why == row.why);
    CHECK(refused.error().refused.field == row.field);
  }
}

}  // namespace rcms::registry
