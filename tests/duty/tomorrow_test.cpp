// What is due on the next working day is told on the working day before: once, to the State that has to act, for the day to which
// it was moved.
#include <filesystem>
#include <fstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "app/node.hpp"
#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
constexpr db::Sql list_told{"test.told", "SELECT action, subject FROM ledger_entries WHERE action = $1 ORDER BY at, subject"};

std::unique_ptr<NodeWorld> make_world(db::Engine engine) {
  return make_http_world(engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL", read_people(source / "tests/stories/people.txt"),
                         "uto-xar-2019", {});
}

/// Whose file was told of it, one for each time.
std::vector<std::string> told(NodeWorld& world, char const* action) {
  std::vector<std::string> sides;
  for (auto const& row : world.node().node().database().read(list_told, {std::string(action)})) {
    auto const subject = row.text(1);
    sides.push_back(subject.substr(0, subject.find(':')));
  }
  return sides;
}

void run(NodeWorld& world, std::string const& text) {
  tests::TemporaryFolder const folder;
  std::filesystem::copy(source / "tests/stories/parts", folder.path() / "parts");
  auto const path = folder.path() / "tomorrow.story";
  std::ofstream(path) << "# What is due tomorrow.\nagreement uto-xar-2019\n" << text;
  for (auto const& line : read_story(path).lines) {
    auto const outcome = world.act(line);
    CHECK_MESSAGE(outcome.refused.empty(), line.place() << " " << line.act << ": " << outcome.refused << " " << outcome.detail);
  }
}

using Sides = std::vector<std::string>;

}  // namespace

TEST_CASE("a term that ends on Sunday is told on Friday to the State that has to act, once") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    auto const world = make_world(engine);
    run(*world, "begin verification\n");  // received on 31 January: the reply is due on Sunday, 2 March 2031
    for (auto const day : {Date(2031, 2, 26), Date(2031, 2, 27)}) {
      world->node().set_day(day);
      world->node().settle();
      CHECK(told(*world, "term_tomorrow").empty());
    }
    world->node().set_day(Date(2031, 2, 28));
    world->node().settle();
    CHECK(told(*world, "term_tomorrow") == Sides{"application"});
    world->node().settle();
    world->node().set_day(Date(2031, 3, 1));
    world->node().settle();
    CHECK(told(*world, "term_tomorrow") == Sides{"application"});
    auto const timeline = world->node().get("diego", "/api/applications/" + world->id_of(1) + "/timeline");
    CHECK(timeline.body.find("term_tomorrow") != std::string::npos);
  }
}

TEST_CASE("a term that is extended before anybody was told is told for its new day only") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    auto const world = make_world(engine);
    run(*world,
        "begin verification\n"
        "2031-02-20  sara@UTO  extend  application 1  days 45 reason \"The archive is closed\"  -> verification\n");
    world->node().set_day(Date(2031, 2, 28));
    world->node().settle();
    CHECK(told(*world, "term_tomorrow").empty());
    world->node().set_day(Date(2031, 3, 14));  // 45 days in total: 17 March, a Monday
    world->node().settle();
    CHECK(told(*world, "term_tomorrow") == Sides{"application"});
  }
}

TEST_CASE("an interview is told to both States on the working day before; the same day is not told twice, another day is") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    auto const world = make_world(engine);
    run(*world,
        "begin verification\n"
        "2031-02-04  diego@UTO  reply           application 1  kind interview          -> interview\n"
        "2031-02-04  diego@UTO  open_task       application 1  kind interview          -> interview\n"
        "2031-02-04  carla@UTO  book_interview  application 1  at 2031-02-12T09:00:00Z -> interview\n");
    world->node().set_day(Date(2031, 2, 10));
    world->node().settle();
    CHECK(told(*world, "interview_tomorrow").empty());
    world->node().set_day(Date(2031, 2, 11));
    world->node().settle();
    world->node().settle();
    CHECK(told(*world, "interview_tomorrow") == Sides{"application"});
    CHECK(told(*world, "appointment_tomorrow") == Sides{"case"});
    world->node().set_day(Date(2031, 2, 12));
    world->node().settle();
    CHECK(told(*world, "interview_tomorrow").size() == 1);
  }
}

TEST_CASE("the answer that is asked for by a day, and a task, are told on the working day before, once") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    auto const world = make_world(engine);
    run(*world,
        "begin verification\n"
        "2031-02-04  diego@UTO  open_task          application 1  kind registry_search   -> verification\n");  // due on the 11th
    json::object const request{{"due_on", "2031-02-12"}, {"items", json::array{json::object{{"item", "parents"}}}}};
    auto const at = "/api/applications/" + world->id_of(1) + "/requests";
    auto const asked = world->node().post("diego", at, json::serialize(request));
    REQUIRE_MESSAGE(asked.status == 200, asked.body.substr(0, 300));
    world->node().deliver();
    world->node().set_day(Date(2031, 2, 10));
    world->node().settle();
    world->node().settle();
    CHECK(told(*world, "task_tomorrow") == Sides{"application"});
    CHECK(told(*world, "answer_tomorrow").empty());
    world->node().set_day(Date(2031, 2, 11));
    world->node().settle();
    world->node().settle();
    CHECK(told(*world, "answer_tomorrow") == Sides{"case"});
    CHECK(told(*world, "task_tomorrow").size() == 1);
  }
}
