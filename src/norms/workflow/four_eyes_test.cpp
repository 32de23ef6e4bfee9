// Four eyes look at everything that was done on the way, not at the last act only.
#include <doctest/doctest.h>

#include "norms/workflow/process.hpp"

using namespace rcms;
using namespace rcms::workflow;

TEST_CASE("four eyes see every act on the way, wherever it stands among the others") {
  Action release;
  release.code = "release";
  release.not_by = {"create", "edit"};
  struct Row {
    char const* name;
    std::vector<Act> acts;
    bool may;
  };
  Row const rows[] = {
      {"nothing was done", {}, true},
      {"the only act", {{"edit", "rita"}}, false},
      {"the first of several", {{"create", "rita"}, {"edit", "ana"}, {"decide_gate", "sam"}}, false},
      {"in the middle", {{"create", "ana"}, {"edit", "rita"}, {"decide_gate", "sam"}}, false},
      {"the last", {{"create", "ana"}, {"edit", "rita"}}, false},
      {"an act that does not count, and another's that does", {{"edit", "ana"}, {"decide_gate", "rita"}}, true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    CHECK(check_four_eyes(release, row.acts, "rita").has_value() == row.may);
  }
}
