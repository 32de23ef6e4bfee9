// The register as a folder of files: which file counts, and what is never believed.
#include <doctest/doctest.h>

#include <fstream>

#include <fmt/format.h>

#include "capabilities/safeguards/status.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::safeguarding;

namespace {

StatusQuestion const asked{"XAR-2026-000001", "R-17", "RIVERA MARTA", "1990-05-17", "UTO"};

struct World {
  tests::TemporaryFolder folder;
  SetClock clock{*Instant::parse("2027-03-01T12:00:00.000Z")};
  std::unique_ptr<StatusRegister> asks =
      make_file_drop({.name = "Register of Arcadia", .folder = folder.path(), .open_key = {}}, clock);

  void drop(std::string const& name, std::string const& content, bool sealed = true) {
    std::ofstream(folder.path() / name, std::ios::binary) << content;
    if (sealed) std::ofstream(folder.path() / (name + ".sha256")) << to_hex(sha256(content)) << '\n';
  }
};

std::string csv(std::string_view at, std::string_view status, std::string_view decision = "R-17") {
  return fmt::format("# rcms status 1,{}\nreference,decision,status,token\nXAR-2026-000001,{},{},T-1\n", at, decision, status);
}

}  // namespace

TEST_CASE("the newest sealed file answers, in either form") {
  World world;
  CHECK(world.asks->ask(asked).error().why == Why::unavailable);
  world.drop("a.csv", csv("2027-03-01T08:00:00.000Z", "clear"));
  auto const clear = world.asks->ask(asked);
  REQUIRE(clear.has_value());
  CHECK(clear->status == Status::clear);
  CHECK(clear->token == "T-1");
  world.drop("b.json",
             R"({"format":"rcms status 1","generated_at":"2027-03-01T09:00:00.000Z","entries":[)"
             R"({"reference":"XAR-2026-000001","decision":"R-17","status":"permit_granted","token":"T-2"}]})");
  auto const permit = world.asks->ask(asked);
  REQUIRE(permit.has_value());
  CHECK(permit->status == Status::permit_granted);
  CHECK(permit->token == "T-2");
  CHECK(world.asks->state().as_of->ms == Instant::parse("2027-03-01T09:00:00.000Z")->ms);
}

TEST_CASE("what is not sealed, too old or unreadable answers nothing") {
  struct Wrong {
    char const* what;
    std::string content;
    bool sealed;
  };
  for (auto const& [what, content, sealed] :
       {Wrong{"no seal", csv("2027-03-01T08:00:00.000Z", "clear"), false},
        Wrong{"older than a day", csv("2027-02-27T08:00:00.000Z", "clear"), true},
        Wrong{"from the future", csv("2027-03-02T08:00:00.000Z", "clear"), true},
        Wrong{"an unknown word", csv("2027-03-01T08:00:00.000Z", "fine"), true},
        Wrong{"another form", "reference,decision,status,token\n", true}}) {
    CAPTURE(what);
    World world;
    world.drop("a.csv", content, sealed);
    auto const answer = world.asks->ask(asked);
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().why == Why::unavailable);
    CHECK_FALSE(world.asks->state().answers);
    CHECK_FALSE(world.asks->state().problem.empty());
  }
}

TEST_CASE("a clear line about another decision clears nothing, and an unknown person is unknown") {
  World world;
  world.drop("a.csv", csv("2027-03-01T08:00:00.000Z", "clear", "R-18"));
  CHECK(world.asks->ask(asked)->status == Status::unknown);
  auto other = asked;
  other.reference = "XAR-2026-000002";
  CHECK(world.asks->ask(other)->status == Status::unknown);
}
