#include "capabilities/operations/clock_watch.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::operations;

TEST_CASE("a clock that is set back or forward is noticed, with how far; time that passes is not") {
  constexpr std::int64_t day = 86'400'000;
  struct Row { char const* name; std::int64_t clock_ms; std::int64_t passed_ms; std::optional<std::int64_t> set; bool may_end; };
  Row const rows[] = {
      {"time passes", 30'000, 30'000, {}, true},
      {"a long night without a look", day, day, {}, true},
      {"a small correction", 31'000, 30'000, {}, true},
      {"back by a day", 30'000 - day, 30'000, -day, true},
      {"forward by a day", 30'000 + day, 30'000, day, false},
      {"forward by ten minutes", 630'000, 30'000, 600'000, true},
      {"a clock that stands", 0, 120'000, -120'000, true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    ClockWatch watch;
    Instant const start{1'930'000'000'000};
    CHECK_FALSE(watch.look(start, 5'000).has_value());
    CHECK(watch.look(start.plus_ms(row.clock_ms), 5'000 + row.passed_ms) == row.set);
    CHECK(watch.may_end_terms(5'000 + row.passed_ms) == row.may_end);
    CHECK(watch.may_end_terms(5'000 + row.passed_ms + 15 * 60'000));
  }
}

TEST_CASE("once it is set right again terms may be ended, and the log says what was done") {
  ClockWatch watch;
  Instant const start{1'930'000'000'000};
  (void)watch.look(start, 0);
  REQUIRE(watch.look(start.plus_ms(86'400'000), 0).has_value());
  CHECK_FALSE(watch.may_end_terms(1'000));
  REQUIRE(watch.look(start.plus_ms(1'000), 1'000).has_value());
  CHECK(watch.may_end_terms(1'000));
  CHECK(render_clock_set(-86'400'000) == "the clock was set back by 24 h 0 min; nothing that was written is changed");
  CHECK(render_clock_set(86'400'000).find("forward by 24 h 0 min") != std::string::npos);
  CHECK(render_clock_set(86'400'000).find("no term is ended for 15 minutes") != std::string::npos);
}
