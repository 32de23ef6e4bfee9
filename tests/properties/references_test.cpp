// What another State sees of references and identifiers, on a running node: it cannot tell how many drafts there are, nor when or
// in which order they were begun.
#include <doctest/doctest.h>

#include <fstream>
#include <regex>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/case_files/references.hpp"
#include "stories/http_world.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::stories;
namespace json = boost::json;

namespace {

std::filesystem::path const source = RCMS_SOURCE_DIR;

void act(NodeWorld& world, std::string const& line) {
  tests::TemporaryFolder folder;
  auto const path = folder.file("references.story");
  std::ofstream(path) << "# Steps.\nagreement uto-xar-2019\n\n" << line << "\n";
  for (auto const& one : read_story(path).lines) {
    auto const problem = compare(one, world.act(one));
    if (!problem.empty()) throw std::runtime_error(problem);
  }
}

void submit(NodeWorld& world, int number) {
  auto const say = [&](std::string const& who, std::string const& what) {
    auto words = what;
    words.insert(words.find(' '), fmt::format(" application {}", number));
    act(world, fmt::format("2031-01-30  {} {}", who, words));
  };
  say("ana@XAR", "create form complete -> draft");
  say("ana@XAR", "close_gates -> draft");
  say("ana@XAR", "send_to_screening -> screening");
  say("sofia@XAR", "close_gates -> screening");
  say("rita@XAR", "release -> submitted");
  say("ines@UTO", "acknowledge -> completeness");
}

/// Every identifier and every reference in what the other State reads of a file, and in its list.
std::set<std::string> seen_by_other(NodeWorld& world, int number) {
  auto const at = "/api/applications/" + world.id_of(number);
  auto text = world.node().get("ines", at).body + world.node().get("ines", at + "/timeline").body;
  std::set<std::string> seen;
  static std::regex const wanted(R"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|XAR-\d{4}-[0-9A-Z-]+)");
  for (std::sregex_iterator each(text.begin(), text.end(), wanted), end; each != end; ++each) seen.insert(each->str());
  return seen;
}

}  // namespace

TEST_CASE("the other State cannot tell from a reference or an identifier what else there is") {
  for (auto const& engine : story_engines()) {
    CAPTURE(engine);
    auto const world = make_http_world(engine, read_people(source / "tests/stories/people.txt"), "uto-xar-2019");
    submit(*world, 1);
    for (int draft = 2; draft < 8; ++draft)
      act(*world, fmt::format("2031-01-30  ana@XAR create application {} form complete -> draft", draft));
    submit(*world, 8);

    auto& node = world->node();
    for (int const number : {1, 8}) {
      auto const own = node.get("ana", "/api/cases/" + world->id_of(number)).json();
      auto const reference = std::string(own.at("reference").as_string());
      CHECK(case_files::has_right_check(reference));
      auto const seen = seen_by_other(*world, number);
      CHECK(seen.contains(reference));
      CHECK(seen.contains(world->id_of(number)));
      CHECK(world->id_of(number).substr(0, 15) == "01c03276-e000-7");  // the year 2031, and nothing after it
      for (auto const& file : own.at("attachments").as_array()) {
        auto const id = std::string(file.at("id").as_string());
        CHECK(id.substr(0, 15) == "01c03276-e000-7");
      }
      // Nothing of a draft, and no reference that counts.
      for (int draft = 2; draft < 8; ++draft) CHECK_FALSE(seen.contains(world->id_of(draft)));
      for (auto const& one : seen) {
        if (one.starts_with("XAR-")) CHECK(case_files::has_right_check(one));
      }
    }
    // The list of the other State holds the two that were sent.
    auto const list = node.get("ines", "/api/applications").json();
    CHECK(list.at("items").as_array().size() == 2);
  }
}
