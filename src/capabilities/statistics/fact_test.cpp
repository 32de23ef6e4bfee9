#include "capabilities/statistics/fact.hpp"

#include <doctest/doctest.h>

using namespace rcms;
using statistics::age_group_of;

TEST_CASE("the age group is the one on the day, and the younger one when the birth date is partial") {
  struct Row { char const* birth; Date on; char const* group; };
  Row const rows[] = {
      {"2000-06-15", Date(2018, 6, 14), "12-17"}, {"2000-06-15", Date(2018, 6, 15), "18-29"},
      {"2000", Date(2018, 6, 15), "12-17"},       {"2000-06", Date(2018, 6, 15), "12-17"},
      {"1960-01-01", Date(2026, 1, 1), "60+"},    {"2026-01-01", Date(2026, 1, 1), "0-5"},
      {"", Date(2026, 1, 1), "unknown"},          {"2027-01-01", Date(2026, 1, 1), "unknown"},
      {"2004-02-29", Date(2022, 2, 28), "12-17"}, {"2004-02-29", Date(2022, 3, 1), "18-29"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.birth);
    CHECK(age_group_of(row.birth, row.on) == row.group);
  }
}
