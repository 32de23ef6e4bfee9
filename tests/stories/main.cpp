// stories: runs every story on the rules and over HTTP.
//
//   stories [--rules-only] [NAME…]
//
// PostgreSQL is found through RCMS_TEST_POSTGRESQL (scripts/postgresql_scratch); without it the runs on it fail, unless
// RCMS_TEST_WITHOUT_POSTGRESQL=1.
#define DOCTEST_CONFIG_IMPLEMENT  // tests/support speaks of failures through doctest; this program has its own main
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>

#include <fmt/format.h>

#include "stories/http_world.hpp"
#include "stories/rules_world.hpp"

using namespace rcms;
using namespace rcms::stories;

namespace {

struct Score {
  int passed = 0;
  int failed = 0;
};

/// Runs one story in one world; says the first line that came otherwise.
void run(Story const& story, std::string_view where, Score& score, std::function<std::unique_ptr<World>()> const& make) {
  std::string problem;
  try {
    auto const world = make();
    for (auto const& line : story.lines) {
      problem = compare(line, world->act(line));
      if (!problem.empty()) break;
    }
  } catch (std::exception const& fault) {
    problem = fault.what();
  }
  ++(problem.empty() ? score.passed : score.failed);
  if (!problem.empty()) fmt::print("FAILED {} ({})\n  {}\n", story.name, where, problem);
  std::fflush(stdout);
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
    for (auto const& story : read_stories(source / "tests/stories")) {
      if (!names.empty() && std::find(names.begin(), names.end(), story.name) == names.end()) continue;
      run(story, "rules", score, [&] { return std::make_unique<RulesWorld>(norms, people, story.agreement); });
      if (rules_only) continue;
      for (auto const& engine : story_engines()) {
        run(story, "HTTP on " + engine, score, [&] { return make_http_world(engine, people, story.agreement); });
      }
    }
  } catch (std::exception const& fault) {
    fmt::print("stories: {}\n", fault.what());
    return 1;
  }
  fmt::print("{} passed, {} failed\n", score.passed, score.failed);
  return score.failed == 0 && score.passed > 0 ? 0 : 1;
}
