#include "capabilities/case_files/write_decision.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using namespace rcms::case_files;

namespace {

DeadlineRecord a_deadline(char const* id, char const* kind, Date due_on, char const* state = "open") {
  DeadlineRecord record;
  record.id = id;
  record.kind = kind;
  record.due_on = due_on;
  record.state = state;
  return record;
}

}  // namespace

TEST_CASE("deadlines that are planned anew are kept, replaced, met or missed") {
  Date const today(2031, 3, 1);
  auto const old = a_deadline("1", "reply_standard", Date(2031, 3, 2));

  SUBCASE("the same day is kept and nothing is written") {
    auto const changes = compare_deadlines({old}, {a_deadline("", "reply_standard", Date(2031, 3, 2))}, {}, today, Instant{});
    CHECK(changes.added.empty());
    CHECK(changes.ended.empty());
    CHECK(changes.open.size() == 1);
  }
  SUBCASE("another day replaces it") {
    auto const changes = compare_deadlines({old}, {a_deadline("", "reply_standard", Date(2031, 4, 2))}, {}, today, Instant{});
    REQUIRE(changes.ended.size() == 1);
    CHECK(changes.ended[0].state == "replaced");
    REQUIRE(changes.added.size() == 1);
    CHECK(changes.added[0].due_on == Date(2031, 4, 2));
    CHECK_FALSE(changes.added[0].id.empty());
  }
  SUBCASE("a pause is another state of the same day") {
    auto const changes =
        compare_deadlines({old}, {a_deadline("", "reply_standard", Date(2031, 3, 2), "paused")}, {}, today, Instant{});
    CHECK(changes.ended.size() == 1);
    CHECK(changes.added.size() == 1);
  }
  SUBCASE("no longer planned and still in time: met") {
    auto const changes = compare_deadlines({old}, {}, {}, today, Instant{});
    REQUIRE(changes.ended.size() == 1);
    CHECK(changes.ended[0].state == "met");
    CHECK(changes.open.empty());
  }
  SUBCASE("no longer planned and past its day: missed") {
    auto const changes = compare_deadlines({old}, {}, {}, Date(2031, 3, 3), Instant{});
    REQUIRE(changes.ended.size() == 1);
    CHECK(changes.ended[0].state == "missed");
  }
  SUBCASE("what has ended is left alone") {
    auto const changes =
        compare_deadlines({a_deadline("1", "reply_standard", Date(2031, 3, 2), "met")}, {}, {}, today, Instant{});
    CHECK(changes.ended.empty());
  }
  SUBCASE("a term that is over is missed and does not open again") {
    auto const again = a_deadline("", "reply_standard", Date(2031, 3, 2));
    auto const changes = compare_deadlines({old}, {again}, {"reply_standard"}, Date(2031, 3, 3), Instant{});
    REQUIRE(changes.ended.size() == 1);
    CHECK(changes.ended[0].state == "missed");
    CHECK(changes.added.empty());
    REQUIRE(changes.overdue.size() == 1);
    CHECK(changes.overdue[0].due_on == Date(2031, 3, 2));
    auto const later = compare_deadlines({a_deadline("1", "reply_standard", Date(2031, 3, 2), "missed")}, {again}, {},
                                         Date(2031, 3, 4), Instant{});
    CHECK(later.added.empty());
  }
}
