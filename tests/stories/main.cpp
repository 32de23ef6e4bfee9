// stories: runs every story on the rules and over HTTP.
//
//   stories [--rules-only] [NAME…]
//
// Over HTTP every request that changes something is watched (support/route_watch.hpp): sent twice it has its effect once, and it
// is in the ledger. At the end every such route must have been done: by a story, or by duty/route_samples.cpp.
// PostgreSQL is found through RCMS_TEST_POSTGRESQL (scripts/postgresql_scratch); without it the runs on it fail, unless
// RCMS_TEST_WITHOUT_POSTGRESQL=1.
#define DOCTEST_CONFIG_IMPLEMENT  // tests/support speaks of failures through doctest; this program has its own main
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <memory>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "duty/route_samples.hpp"
#include "stories/http_world.hpp"
#include "stories/rules_world.hpp"

using namespace rcms;
using namespace rcms::stories;

namespace {

struct Score {
  int passed = 0;
  int failed = 0;
};

void count(Score& score, std::string_view name, std::string_view where, std::string const& problem) {
  ++(problem.empty() ? score.passed : score.failed);
  if (!problem.empty()) fmt::print("FAILED {} ({})\n  {}\n", name, where, problem);
  std::fflush(stdout);
}

/// The first line of the story that came otherwise; empty when all came as expected.
std::string play(Story const& story, World& world) {
  for (auto const& line : story.lines) {
    auto problem = compare(line, world.act(line));
    if (!problem.empty()) return problem;
  }
  return {};
}

/// What `act` came to, with what the watch saw of its requests.
template <class Act>
std::string play_watched(tests::NodeForTests& node, std::set<std::string>& done, Act&& act) {
  tests::RouteWatch watch(node.node());
  node.watch_with(&watch);
  std::string problem = act();
  watch.verify_ledger();
  done.insert(watch.done().begin(), watch.done().end());
  for (auto const& one : watch.problems()) problem += (problem.empty() ? "" : "\n  ") + one;
  node.watch_with(nullptr);
  return problem;
}

template <class Play>
std::string without_fault(Play&& play_it) {
  try {
    return play_it();
  } catch (std::exception const& fault) {
    return fault.what();
  }
}

/// They need what the nodes of the stories do not have, and are done by a test of their own with the same watch.
constexpr std::string_view without_sample[] = {"check_status"};  // a register of status: duty/safeguards_test.cpp

/// All stories of the program and all other requests that change something were done: no route is without a sample.
std::string play_other_routes(std::string const& engine, std::set<std::string>& done) {
  duty::SampleWorld world(engine);
  auto problem = play_watched(world.node(), done, [&] {
    ask_other_routes(world);
    return std::string();
  });
  for (auto const& operation : tests::RouteWatch(world.node().node()).operations()) {
    bool const is_open = std::find(std::begin(without_sample), std::end(without_sample), operation) != std::end(without_sample);
    if (done.contains(operation) == is_open)
      problem += fmt::format("\n  {} is done by no story and not in tests/duty/route_samples.cpp{}", operation,
                             is_open ? ", says tests/stories/main.cpp, and yet it was done" : "");
  }
  return problem;
}

void run_on_nodes(std::vector<Story> const& stories, std::vector<Person> const& people, bool all, Score& score) {
  for (auto const& engine : story_engines()) {
    auto const where = "HTTP on " + engine;
    std::set<std::string> done;
    for (auto const& story : stories) {
      count(score, story.name, where, without_fault([&] {
              auto const world = make_http_world(engine, people, story.agreement);
              return play_watched(world->node(), done, [&] { return play(story, *world); });
            }));
    }
    if (all) count(score, "every other route", where, without_fault([&] { return play_other_routes(engine, done); }));
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> names(argv + 1, argv + argc);
  bool const rules_only = std::erase(names, "--rules-only") > 0;
  std::filesystem::path const source = RCMS_SOURCE_DIR;
  Score score;
  try {
    auto const people = read_people(source / "tests/stories/people.txt");
    auto const norms = case_files::load_norms(source / "data");
    auto stories = read_stories(source / "tests/stories");
    std::erase_if(stories, [&](Story const& story) {
      return !names.empty() && std::find(names.begin(), names.end(), story.name) == names.end();
    });
    for (auto const& story : stories) {
      count(score, story.name, "rules", without_fault([&] {
              RulesWorld world(norms, people, story.agreement);
              return play(story, world);
            }));
    }
    if (!rules_only) run_on_nodes(stories, people, names.empty(), score);
  } catch (std::exception const& fault) {
    fmt::print("stories: {}\n", fault.what());
    return 1;
  }
  fmt::print("{} passed, {} failed\n", score.passed, score.failed);
  return score.failed == 0 && score.passed > 0 ? 0 : 1;
}
