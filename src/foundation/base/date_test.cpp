#include "foundation/base/date.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace rcms;

TEST_CASE("only days that exist are read") {
  CHECK(Date::parse("2024-02-29")->text() == "2024-02-29");
  for (char const* text :
       {"2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "2024-01-01 ", "0000-01-01", "2024-04-31", "", "abcd-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(Date::parse(text).has_value());
  }
  CHECK_THROWS_AS(Date(2023, 2, 29), std::out_of_range);
  CHECK(Date(2031, 3, 3).weekday() == 1);
}

TEST_CASE("a month later is the same day or the last of the month") {
  CHECK(Date(2024, 1, 31).plus_months(1) == Date(2024, 2, 29));
  CHECK(Date(2023, 1, 31).plus_months(1) == Date(2023, 2, 28));
  CHECK(Date(2024, 2, 29).plus_months(12) == Date(2025, 2, 28));
  CHECK(Date(2024, 11, 30).plus_months(3) == Date(2025, 2, 28));
}

TEST_CASE("partial dates know what they can mean") {
  auto const year = PartialDate::parse("1987");
  REQUIRE(year);
  CHECK(year->first() == Date(1987, 1, 1));
  CHECK(year->last() == Date(1987, 12, 31));
  auto const month = PartialDate::parse("1988-02");
  REQUIRE(month);
  CHECK(month->last() == Date(1988, 2, 29));
  CHECK_FALSE(month->is_complete());
  CHECK_FALSE(PartialDate::parse("1988-02-30").has_value());
  CHECK_FALSE(PartialDate::parse("1988-").has_value());
}

TEST_CASE("instants are read and written in UTC") {
  auto const instant = Instant::parse("2031-03-03T23:30:00Z");
  REQUIRE(instant);
  CHECK(instant->text() == "2031-03-03T23:30:00.000Z");
  CHECK_FALSE(Instant::parse("2031-03-03T24:00:00Z").has_value());
  CHECK_FALSE(Instant::parse("2031-03-03T23:30:00").has_value());
  CHECK(Instant{-1}.text() == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("the day depends on the zone, also where summer time begins at midnight") {
  auto const late = *Instant::parse("2031-03-03T23:30:00Z");
  CHECK(date_in_zone(late, "UTC") == Date(2031, 3, 3));
  CHECK(date_in_zone(late, "Europe/Zurich") == Date(2031, 3, 4));
  CHECK(date_in_zone(late, "America/Guatemala") == Date(2031, 3, 3));
  // Source: IANA time zone database; Havana moves its clocks at midnight, so 2024-03-10 began at 01:00.
  CHECK(start_of_day(Date(2024, 3, 10), "America/Havana").text() == "2024-03-10T05:00:00.000Z");
}

TEST_CASE("days and text are one") {
  CHECK(rc::check("parse undoes text", [] {
    auto const day = Date::from_days(*rc::gen::inRange(-200000, 2000000));
    RC_ASSERT(Date::parse(day.text()) == day);
    RC_ASSERT(date_in_zone(start_of_day(day, "America/Sao_Paulo"), "America/Sao_Paulo") == day);
  }));
}
