#include "norms/agreements/reasons.hpp"

#include <doctest/doctest.h>

using namespace rcms::agreements;

TEST_CASE("why a file was refused is told by line and in plain words, without the folders of the server") {
  struct Row { char const* name; char const* message; int line; char const* words; };
  Row const rows[] = {
      {"a contradiction", "/opt/rcms/data/agreements/ch-az.toml: in_force_until: 2016-01-01 lies before in_force_from", 0,
       "in_force_until: 2016-01-01 lies before in_force_from"},
      {"a missing clause", "/opt/rcms/data/agreements/ch-az.toml, line 32: rule accel_submit: no clause: give article", 32,
       "rule accel_submit: no clause: give article"},
      {"an unknown key",
       "/opt/rcms/data/agreements/ch-az.toml does not fit its schema:\n  line 31, rule[2]: Object contains a property that could "
       "not be validated using 'properties' or 'additionalProperties' constraints: 'days'.\n  line 19, rule: Failed to "
       "validate item #2 in array.\n  line 1, the file: Failed to validate against schema associated with property name 'rule'.",
       31, "rule 3: there is no key days"},
      {"a missing key", "/x/ch-az.toml does not fit its schema:\n  line 9, rule[0]: Missing required property 'key'.", 9,
       "rule 1: key is missing"},
      {"no TOML at all", "/x/ch-az.toml, line 7: not TOML: Error while parsing key-value pair", 7,
       "not TOML: Error while parsing key-value pair"},
      {"a failing example", "/x/ch-az.toml, line 210: example \"a\": the file says 2026-03-28, the rule gives 2026-03-27", 210,
       "example \"a\": the file says 2026-03-28, the rule gives 2026-03-27"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const told = tell_reasons("ch-az.toml", row.message);
    REQUIRE(told.size() == 1);
    CHECK(told[0].line == row.line);
    CHECK(told[0].words == row.words);
    CHECK(told[0].words.find('/') == std::string::npos);
  }
}
