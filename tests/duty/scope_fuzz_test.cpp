// Random people ask random routes for random records: never a fault, never a word of the other State.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "duty/sample_world.hpp"

using namespace rcms;
using namespace rcms::duty;

namespace {

std::size_t pick(std::size_t count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, count)); }

/// Any identifier there is, and some that are none.
std::string random_id(SampleWorld& world) {
  std::vector<std::string> const ids = {world.case_id(),
                                        world.draft_id(),
                                        world.node().user("ana").id.value,
                                        world.node().user("ines").id.value,
                                        "01890000-0000-7000-8000-00000000abcd",
                                        "x",
                                        "%00",
                                        "..%2f..",
                                        "G03",
                                        "UTO000001",
                                        "'--",
                                        "1"};
  return ids[pick(ids.size())];
}

/// Of this test alone: what random people may do, some of them do.
SampleWorld& world_of_chance() {
  static SampleWorld world("SQLite");
  return world;
}

}  // namespace

TEST_CASE("no request to any route is a fault or shows a word of the other State") {
  auto& world = world_of_chance();
  std::vector<std::string> logins = {""};
  for (auto const& person : world.node().people()) logins.push_back(person.login);
  int answered = 0;
  CHECK(rc::check([&] {
    for (int i = 0; i < 8; ++i) {
      auto const& route = world.routes()[pick(world.routes().size())];
      auto const& login = logins[pick(logins.size())];
      // What ends sessions or closes people out would only make the rest of the run silent.
      if (route.live || route.path.starts_with("/api/session") || route.path.starts_with("/api/users/")) continue;
      auto ask = world.sample(route);
      if (pick(2) == 0) {
        ask.target = route.path;
        while (ask.target.find('{') != std::string::npos) {
          auto const from = ask.target.find('{');
          ask.target.replace(from, ask.target.find('}') - from + 1, random_id(world));
        }
      }
      if (pick(4) == 0 && !ask.body.empty()) ask.body = ask.body.substr(0, pick(ask.body.size()));
      auto const answer = world.node().ask(login, ask);
      RC_LOG() << login << " " << ask.method << " " << ask.target << " " << ask.body << " -> " << answer.status << " "
               << answer.body.substr(0, 300);
      RC_ASSERT(answer.status != 0);
      RC_ASSERT(answer.status < 500);
      answered += answer.status < 300;
      bool arcadian = false;
      bool utopian = false;
      for (auto const& person : world.node().people()) {
        if (person.login != login) continue;
        arcadian = person.party == "XAR";
        utopian = person.party == "UTO";
      }
      if (!arcadian) RC_ASSERT(answer.body.find(secret_of_arcadia) == std::string::npos);
      if (!utopian) RC_ASSERT(answer.body.find(secret_of_utopia) == std::string::npos);
    }
  }));
  CHECK(answered > 0);
}

TEST_CASE("the marks by which a leak would be seen are really there") {
  auto& world = world_of_chance();
  CHECK(world.node().get("ana", "/api/cases/" + world.draft_id()).body.find(secret_of_arcadia) != std::string::npos);
  CHECK(world.node().get("ines", "/api/applications/" + world.case_id()).body.find(secret_of_utopia) != std::string::npos);
}
