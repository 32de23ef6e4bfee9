// What a State keeps at home under an agreement, on a running node: it shows in the preview with its reason, a preview that was
// seen before no longer counts, and the other State never receives the field; what was not withheld arrives as before.
#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;
constexpr char const* law = "/api/agreements/uto-xar-2019";

void act(NodeWorld& world, std::string const& line) {
  tests::TemporaryFolder folder;
  auto const path = folder.file("narrowing.story");
  std::ofstream(path) << "# Steps.\nagreement uto-xar-2019\n\n2031-01-30  " << line << "\n";
  for (auto const& one : read_story(path).lines) {
    auto const problem = compare(one, world.act(one));
    if (!problem.empty()) throw std::runtime_error(problem);
  }
}

/// What leaves according to the preview, and what stays with the rule "withheld" and its reason.
struct Seen {
  std::set<std::string> leaves;
  std::map<std::string, std::string> withheld;
  std::string hash;
};

Seen preview(NodeWorld& world) {
  Seen seen;
  auto const view = world.node().get("rita", "/api/cases/" + world.id_of(1) + "/envelope-preview").json();
  for (auto const& line : view.at("lines").as_array()) {
    auto const path = std::string(line.at("path").as_string());
    if (line.at("leaves").as_bool()) seen.leaves.insert(path);
    if (line.at("rule").as_string() == "withheld") seen.withheld[path] = std::string(line.at("reason").as_string());
  }
  seen.hash = std::string(view.at("hash").as_string());
  return seen;
}

bool has_field(json::value const& form, std::string const& path) {
  auto const dot = path.find('.');
  auto const* section = form.as_object().if_contains(path.substr(0, dot));
  return section != nullptr && section->as_object().contains(path.substr(dot + 1));
}

std::string body(json::object const& object) { return json::serialize(object); }

}  // namespace

TEST_CASE("what a State keeps at home leaves no longer, whatever it is, and nothing else changes") {
  auto const seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 dice(seed);
  auto people = read_people(source / "tests/stories/people.txt");
  people.push_back({"adela", "XAR", {"administrator"}, "central_authority"});
  people.push_back({"boris", "XAR", {"administrator"}, "central_authority"});
  for (auto const& engine : story_engines()) {
    CAPTURE(engine);
    auto const world = make_http_world(engine, people, "uto-xar-2019");
    auto& node = world->node();
    act(*world, "ana@XAR create application 1 form complete -> draft");
    auto const at = "/api/cases/" + world->id_of(1);
    auto content = node.get("ana", at).json().at("content").as_object();
    content["A_person"].as_object()["maiden_name"] = "Luna";
    content["F_other"] = json::object{{"observations", "Speaks Spanish."}};
    auto const saved = node.ask("ana", {.method = "PUT", .target = at + "/content", .body = body({{"content", content}})});
    REQUIRE(saved.status == 200);
    act(*world, "ana@XAR close_gates application 1 -> draft");
    act(*world, "ana@XAR send_to_screening application 1 -> screening");
    act(*world, "sofia@XAR close_gates application 1 -> screening");
    auto const before = preview(*world);
    CHECK(before.withheld.empty());

    std::vector<std::string> fields;
    std::set<std::string> chosen;
    auto const whitelist = node.get("adela", std::string(law) + "/whitelist").json();
    for (auto const& line : whitelist.at("fields").as_array()) {
      if (line.at("may_narrow").as_bool()) fields.emplace_back(line.at("field").as_string());
      else CHECK(node.post("adela", std::string(law) + "/narrowings",
                           body({{"field", line.at("field")}, {"reason", "r"}})).status >= 400);
    }
    CHECK(fields.size() > 5);
    for (auto const& field : fields) {
      if (dice() % 2 == 0 || before.leaves.contains(field)) chosen.insert(field);
    }
    for (auto const& field : chosen) {
      auto const made =
          node.post("adela", std::string(law) + "/narrowings", body({{"field", field}, {"reason", "Why " + field}}));
      REQUIRE(made.status == 201);
      auto const id = std::string(made.json().at("id").as_string());
      CHECK(preview(*world).withheld.count(field) == 0);  // one signature is not enough
      auto const sign = "/api/agreement-narrowings/" + id + "/countersignature";
      CHECK(node.post("adela", sign).json().at("why").as_string() == "same_person");
      REQUIRE(node.post("boris", sign).status == 200);
    }
    auto const after = preview(*world);
    for (auto const& field : before.leaves) CHECK(after.leaves.contains(field) == !chosen.contains(field));
    for (auto const& field : after.leaves) CHECK(before.leaves.contains(field));
    for (auto const& [field, reason] : after.withheld) CHECK(reason == "Why " + field);
    CHECK_FALSE(after.withheld.empty());
    auto const stale = node.post("rita", at + "/release", body({{"preview_hash", before.hash}}));
    CHECK(stale.json().at("why").as_string() == "stale_revision");
    act(*world, "rita@XAR release application 1 -> submitted");
    act(*world, "ines@UTO acknowledge application 1 -> completeness");
    auto const arrived = node.get("ines", "/api/applications/" + world->id_of(1)).json().at("content");
    for (auto const& field : chosen) CHECK_FALSE(has_field(arrived, field));
    for (auto const& field : after.leaves) CHECK(has_field(arrived, field));
    // The other State does not learn that there is such a thing.
    auto const other = node.get("ines", std::string(law) + "/whitelist").json();
    CHECK(other.at("narrowings").as_array().empty());
    CHECK(other.at("version").as_int64() == 1);
    CHECK(node.get("adela", std::string(law) + "/whitelist").json().at("version").as_int64() ==
          static_cast<std::int64_t>(chosen.size()) + 1);
  }
}
