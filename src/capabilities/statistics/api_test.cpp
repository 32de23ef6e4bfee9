// The routes: doors, what they read from a query, what they answer.
#include "capabilities/statistics/api.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "foundation/pages/canvas.hpp"
#include "support/database_for_tests.hpp"
#include "support/facts_for_tests.hpp"

namespace rcms::statistics {

namespace {

http::Route const& route_named(http::Routes const& routes, std::string_view operation) {
  for (auto const& route : routes.all()) {
    if (route.operation == operation) return route;
  }
  throw std::out_of_range(std::string(operation));
}

}  // namespace

TEST_CASE("reports and schedules over their routes") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  WorldForTests world(fresh.database(), *Instant::parse("2031-11-03T09:30:00Z"));
  write_facts(fresh.database(), invent_history(world.people, Date(2031, 11, 2), 10, 7));
  http::Routes routes;
  add_routes(routes, world.context);
  CHECK(route_named(routes, "get_monthly_report").permission == "report.read");
  CHECK(route_named(routes, "get_monthly_report_file").permission == "report.read");
  for (auto const* name : {"list_report_schedules", "create_report_schedule", "delete_report_schedule"}) {
    CHECK(route_named(routes, name).permission == "report.schedule");
  }
  http::Request request;
  request.viewer = world.viewer();
  request.language = "es";
  auto const ask = [&](char const* operation, std::map<std::string, std::string, std::less<>> query) {
    request.query = std::move(query);
    return route_named(routes, operation).handler(request);
  };

  SUBCASE("the screen: names in the language, empty values as null, the term of the agreement") {
    auto const answer = ask("get_monthly_report", {{"month", "2031-10"}, {"partner", "XAR"}});
    REQUIRE(answer.has_value());
    auto const view = boost::json::parse(answer->body).as_object();
    CHECK(view.at("figures").as_array().at(0).at("name") == "Solicitudes recibidas");
    CHECK(view.at("partner") == "Arcadia");
    CHECK(view.at("source") == "RCMS Utopia");
    CHECK(view.at("received_by_month").as_array().size() == 12);
    CHECK(view.at("received_by_month").as_array().at(0).at("value").is_null());
    CHECK(view.at("durations").as_array().size() == 5);
    CHECK(view.at("tables").as_array().size() == 5);
    CHECK(view.at("revision").as_int64() > 100);
  }
  SUBCASE("without a month it is the one before") {
    auto const answer = ask("get_monthly_report", {});
    REQUIRE(answer.has_value());
    CHECK(boost::json::parse(answer->body).at("month") == "2031-10");
  }
  SUBCASE("what cannot be is refused by its field") {
    struct Row {
      char const* name;
      char const* value;
      Why why;
    };
    for (auto const& row : {Row{"month", "2031-13", Why::field_invalid}, Row{"month", "2032-01", Why::too_early},
                            Row{"partner", "ZZZ", Why::field_invalid}}) {
      auto const answer = ask("get_monthly_report", {{row.name, row.value}});
      REQUIRE_FALSE(answer.has_value());
      CHECK(answer.error().refused.why == row.why);
      CHECK(answer.error().refused.field == row.name);
    }
  }
  SUBCASE("files come under their name and type") {
    use_fonts(RCMS_FONTS_DIR);
    for (auto const& [format, start] :
         std::map<std::string, std::string>{{"pdf", "%PDF-"}, {"xlsx", "PK"}, {"csv", "\xEF\xBB\xBF"}}) {
      auto const answer = ask("get_monthly_report_file", {{"month", "2031-10"}, {"format", format}});
      REQUIRE(answer.has_value());
      CHECK(answer->body.starts_with(start));
      CHECK(answer->download_name == "rcms-uto-2031-10." + format);
    }
  }
  SUBCASE("a schedule is made, listed and stopped") {
    request.body = R"({"report":"monthly","day":31,"format":"pdf","language":"en","recipients":["nobody"]})";
    auto const refused = ask("create_report_schedule", {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().findings.size() == 2);
    request.body = R"({"report":"monthly","day":3,"format":"pdf","language":"en","recipients":["office@utopia.example"]})";
    auto const made = ask("create_report_schedule", {});
    REQUIRE(made.has_value());
    CHECK(made->status == 201);
    auto const listed = ask("list_report_schedules", {});
    REQUIRE(listed.has_value());
    auto const items = boost::json::parse(listed->body).at("items").as_array();
    REQUIRE(items.size() == 1);
    CHECK(items[0].at("recipients").as_array().at(0) == "office@utopia.example");
    request.path_values["id"] = std::string(items[0].at("id").as_string());
    CHECK(ask("delete_report_schedule", {})->status == 204);
    CHECK_FALSE(ask("delete_report_schedule", {}).has_value());
  }
}

}  // namespace rcms::statistics
