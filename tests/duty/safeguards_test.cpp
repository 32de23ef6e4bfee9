// The safeguards on a node: a register of status that answers or is silent, and what bodies outside see of the queues.
#include <algorithm>
#include <fstream>
#include <memory>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "capabilities/case_files/deciding.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
using case_files::text_of;
namespace json = boost::json;

namespace {

constexpr db::Sql count_answers{"safeguards.count_answers",
                                "SELECT count(*) FROM ledger_entries WHERE actor = 'status_register'"};
std::filesystem::path const source = RCMS_SOURCE_DIR;
Date const day(2031, 1, 30);

std::unique_ptr<NodeWorld> make_world(db::Engine engine, std::string const& registers = {}) {
  return make_http_world(engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL", read_people(source / "tests/stories/people.txt"),
                         "uto-xar-2019", registers);
}

void act(World& world, int application, std::string const& login, std::string const& name, std::string const& form = {}) {
  Line line;
  line.file = "safeguards";
  line.day = day;
  line.login = login;
  line.party = "XAR";
  line.act = name;
  line.application = application;
  if (!form.empty()) line.words = {{"form", form}};
  auto const outcome = world.act(line);
  REQUIRE_MESSAGE(outcome.refused.empty(), name << ": " << outcome.refused << " " << outcome.detail);
}

/// A case that waits at the screening.
void bring_to_screening(World& world, int application, std::string const& form) {
  act(world, application, "ana", "create", form);
  act(world, application, "ana", "close_gates");
  act(world, application, "ana", "send_to_screening");
}

json::object read(NodeWorld& world, std::string const& login, std::string const& target) {
  auto const answer = world.node().get(login, target);
  REQUIRE_MESSAGE(answer.status == 200, target << " " << answer.body.substr(0, 300));
  return answer.json().as_object();
}

/// What the register says of one case, as its own system puts it into the folder.
void drop(std::filesystem::path const& folder, std::string const& name, Instant at, std::string const& reference,
          std::string const& status) {
  auto const content = fmt::format("# rcms status 1,{}\nreference,decision,status,token\n{},RD-1/2031,{},T-1\n", at.text(),
                                   reference, status);
  std::ofstream(folder / name, std::ios::binary) << content;
  std::ofstream(folder / (name + ".sha256")) << to_hex(sha256(content)) << '\n';
}

std::string status_of(NodeWorld& world, std::string const& code) {
  auto const file = read(world, "sofia", "/api/safeguards/" + world.id_of(1));
  for (auto const& gate : file.at("gates").as_array()) {
    if (text_of(gate.as_object(), "gate") == code) return text_of(gate.as_object(), "state");
  }
  return "none";
}

/// References of the files in a queue.
std::vector<std::string> queue_of(NodeWorld& world, std::string const& login, std::string const& query = {}) {
  std::vector<std::string> ids;
  auto const page = read(world, login, "/api/safeguards" + query);
  for (auto const& row : page.at("items").as_array()) ids.push_back(text_of(row.as_object(), "id"));
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

TEST_CASE("a register of status that is silent changes nothing, and one that answers decides, once and in the ledger") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    tests::TemporaryFolder folder;
    auto const world = make_world(engine, fmt::format("[[register]]\nparty = \"XAR\"\nname = \"Register of Arcadia\"\n"
                                                      "kind = \"file\"\nfolder = \"{}\"\n", folder.path().string()));
    bring_to_screening(*world, 1, "complete");
    auto const at = "/api/safeguards/" + world->id_of(1);
    tests::RouteWatch watch(world->node().node());
    world->node().watch_with(&watch);

    auto const before = status_of(*world, "G02");
    CHECK(before != "closed");
    auto shown = read(*world, "sofia", "/api/safeguards/register");
    CHECK(shown.at("connected").as_bool());
    CHECK_FALSE(shown.at("answers").as_bool());
    auto const silent = world->node().post("sofia", at + "/status-check");
    CHECK(silent.status == 503);
    CHECK(silent.field() == "register");
    CHECK(status_of(*world, "G02") == before);
    CHECK(world->node().post("ana", at + "/status-check").status == 403);

    auto const reference = text_of(read(*world, "ana", "/api/cases/" + world->id_of(1)), "reference");
    drop(folder.path(), "1.csv", world->node().now(), reference, "clear");
    shown = read(*world, "sofia", "/api/safeguards/register");
    CHECK(shown.at("answers").as_bool());
    CHECK(text_of(shown, "name") == "Register of Arcadia");
    auto const asked = world->node().post("sofia", at + "/status-check");
    CHECK_MESSAGE(asked.status == 200, asked.body.substr(0, 300));
    CHECK(status_of(*world, "G02") == "closed");
    CHECK(watch.done().contains("check_status"));
    CHECK(world->node().node().database().find(count_answers)->integer(0) == 1);

    world->node().advance_ms(3'600'000);
    drop(folder.path(), "2.csv", world->node().now(), reference, "permit_granted");
    world->node().post("sofia", at + "/status-check");
    CHECK(text_of(read(*world, "ana", "/api/cases/" + world->id_of(1)), "state") == "closed");
    watch.verify_ledger();
    for (auto const& problem : watch.problems()) FAIL_CHECK(problem);
  }
}

TEST_CASE("where no register is connected asking it is refused with what to do instead") {
  auto const world = make_world(db::Engine::sqlite);
  bring_to_screening(*world, 1, "complete");
  CHECK_FALSE(read(*world, "sofia", "/api/safeguards/register").at("connected").as_bool());
  auto const refused = world->node().post("sofia", "/api/safeguards/" + world->id_of(1) + "/status-check");
  CHECK(refused.status == 409);
  CHECK(refused.why() == "wrong_step");
  CHECK(refused.body.find("an officer attests") != std::string::npos);
}

TEST_CASE("a body outside sees the files that wait for its safeguard, a guardian the children entrusted to them, and no others") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    auto const world = make_world(engine);
    bring_to_screening(*world, 1, "child");
    bring_to_screening(*world, 2, "child");
    bring_to_screening(*world, 3, "complete");
    std::vector<std::string> children = {world->id_of(1), world->id_of(2)};
    std::sort(children.begin(), children.end());

    CHECK(queue_of(*world, "clara", "?gate=G08") == children);
    CHECK(queue_of(*world, "sofia", "?gate=G02").size() == 3);
    for (auto const* login : {"clara", "judith", "irene"}) {
      CAPTURE(login);
      auto const unasked = world->node().get(login, "/api/safeguards");
      CHECK(unasked.status == 422);
      CHECK(unasked.field() == "gate");
      CHECK(world->node().get(login, "/api/safeguards?gate=G02").status == 422);
    }
    CHECK(world->node().get("clara", "/api/safeguards/" + world->id_of(3)).status == 404);

    CHECK(queue_of(*world, "noor").empty());
    auto const* gate = safeguards::find_gate(world->node().node().norms().gates, "G08");
    auto evidence = plausible_evidence(*gate, day);
    evidence["guardian_user"] = world->node().user("noor").id.value;
    auto const closed = world->node().ask(
        "clara", {.method = "PUT",
                  .target = "/api/safeguards/" + world->id_of(1) + "/gates/G08",
                  .body = json::serialize(json::object{{"status", "closed"}, {"evidence", json::value_from(evidence)}})});
    REQUIRE_MESSAGE(closed.status == 200, closed.body.substr(0, 300));
    CHECK(queue_of(*world, "noor") == std::vector{world->id_of(1)});
    CHECK(world->node().get("noor", "/api/safeguards/" + world->id_of(1)).status == 200);
    for (int other : {2, 3}) CHECK(world->node().get("noor", "/api/safeguards/" + world->id_of(other)).status == 404);
    CHECK(queue_of(*world, "clara", "?gate=G08") == std::vector{world->id_of(2)});
    // Whoever has a reference in the hand finds its file, when they may see it.
    auto const by_reference = [&](std::string const& login, int application) {
      auto const reference = text_of(read(*world, "ana", "/api/cases/" + world->id_of(application)), "reference");
      return queue_of(*world, login, "?reference=%20" + lower_ascii(reference));
    };
    act(*world, 4, "ana", "create", "child");
    CHECK(by_reference("judith", 3) == std::vector{world->id_of(3)});
    CHECK(by_reference("judith", 4).empty());  // a draft
    CHECK(by_reference("clara", 1) == std::vector{world->id_of(1)});  // its safeguard is closed
    CHECK(by_reference("clara", 3).empty());
    CHECK(by_reference("noor", 1) == std::vector{world->id_of(1)});
    CHECK(by_reference("noor", 2).empty());
    CHECK(queue_of(*world, "judith", "?reference=XAR-0000-000000").empty());
    // The pages of a queue hold every file once.
    std::vector<std::string> paged;
    std::string cursor;
    do {
      auto const page = read(*world, "sofia", "/api/safeguards?gate=G02&limit=1" + cursor);
      for (auto const& row : page.at("items").as_array()) paged.push_back(text_of(row.as_object(), "id"));
      cursor = page.at("next").is_string() ? "&cursor=" + text_of(page, "next") : std::string();
    } while (!cursor.empty() && paged.size() < 9);
    std::sort(paged.begin(), paged.end());
    CHECK(paged == queue_of(*world, "sofia", "?gate=G02"));
  }
}
