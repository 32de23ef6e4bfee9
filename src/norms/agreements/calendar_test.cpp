#include "norms/agreements/calendar.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "norms/agreements/calendar_check.hpp"

using namespace rcms;
using namespace rcms::agreements;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

Calendars const& calendars() {
  static Calendars const loaded = load_calendars(data);
  return loaded;
}

bool is_free(char const* code, Date day, char const* region = "") {
  return find_holiday(calendars().at(code), day, region) != nullptr;
}

}  // namespace

TEST_CASE("the Easter of the Julian calendar is computed as the tables say") {
  // Source: calendar of the Ecumenical Patriarchate; J. Meeus, Astronomical Algorithms (1991), chapter 8.
  struct Row { int year; int month; int day; };
  Row const rows[] = {{2010, 4, 4}, {2015, 4, 12}, {2019, 4, 28}, {2021, 5, 2},
                      {2024, 5, 5}, {2025, 4, 20}, {2026, 4, 12}, {2027, 5, 2}};
  for (auto const& row : rows) {
    CAPTURE(row.year);
    CHECK(orthodox_easter_sunday(row.year) == Date(row.year, row.month, row.day));
  }
}

TEST_CASE("holidays of real States: fixed, movable, by region, and what is free instead") {
  struct Row { char const* name; char const* calendar; Date day; char const* region; bool free; };
  Row const rows[] = {
      {"Swiss national day", "CHE", Date(2027, 8, 1), "", true},
      {"Good Friday in Bern", "CHE", Date(2027, 3, 26), "BE", true},
      {"Good Friday is not kept in Valais", "CHE", Date(2027, 3, 26), "VS", false},
      {"without a region only days of the whole country", "CHE", Date(2027, 3, 26), "", false},
      {"Novruz", "AZE", Date(2027, 3, 23), "", true},
      {"a Sunday of Novruz is moved to the next working day", "AZE", Date(2027, 3, 26), "", true},
      {"the day after it is not", "AZE", Date(2027, 3, 29), "", false},
      {"Orthodox Easter Monday", "SRB", Date(2027, 5, 3), "", true},
      {"third Monday of November", "MEX", Date(2027, 11, 15), "", true},
      {"second Monday of November", "MEX", Date(2027, 11, 8), "", false},
      {"a day of 2026 only", "LKA", Date(2026, 1, 3), "", true},
      {"not in another year", "LKA", Date(2027, 1, 3), "", false},
      {"end of Ramadan by table", "TUN", Date(2027, 3, 9), "", true},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    CHECK(is_free(row.calendar, row.day, row.region) == row.free);
  }
}

TEST_CASE("weekends are those of the State, and what is not known is told") {
  CHECK(is_weekend(calendars().at("BGD"), Date(2027, 3, 5)));        // Friday
  CHECK_FALSE(is_weekend(calendars().at("BGD"), Date(2027, 3, 7)));  // Sunday
  CHECK(is_weekend(calendars().at("KWT"), Date(2027, 3, 6)));
  CHECK(is_weekend(calendars().at("AZE"), Date(2027, 3, 7)));
  CHECK_FALSE(knows_year(calendars().at("KWT"), 2027));
  CHECK_FALSE(knows_year(calendars().at("EUE"), 2027));
  CHECK_FALSE(knows_year(calendars().at("LKA"), 2027));
  CHECK(knows_year(calendars().at("LKA"), 2026));
  CHECK(knows_year(calendars().at("UTO"), 1900));
  CHECK_FALSE(find_holiday(calendars().at("TUN"), Date(2027, 3, 9))->verified);
}

TEST_CASE("the index finds what the rules say, in every year") {
  CHECK(rc::check("index", [] {
    auto const& calendar = std::next(calendars().begin(), *rc::gen::inRange<std::size_t>(0, calendars().size()))->second;
    auto without = calendar;
    without.days.clear();
    without.indexed_until = -1;
    Date const day = Date(2002, 1, 1).plus_days(*rc::gen::inRange(0, 17000));
    auto const* fast = find_holiday(calendar, day, "BE");
    auto const* slow = find_holiday(without, day, "BE");
    RC_ASSERT((fast == nullptr) == (slow == nullptr));
  }));
}

TEST_CASE("days that come only in some years are kept only then") {
  CHECK(is_free("MEX", Date(2024, 10, 1)) != is_free("MEX", Date(2024, 12, 1)));  // the change of government, every sixth year
  CHECK_FALSE(is_free("MEX", Date(2027, 12, 1)));
  CHECK(is_free("ETH", Date(2027, 9, 12)) != is_free("ETH", Date(2027, 9, 11)));  // before a leap year it is a day later
  CHECK(is_free("BWA", Date(2028, 10, 2)));
  CHECK_FALSE(is_free("BWA", Date(2027, 5, 2)));
}

TEST_CASE("a file of holidays is checked: each of these changes of a good one is told, with the file") {
  auto const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
  for (auto const& entry : std::filesystem::directory_iterator(data / "holidays")) {
    CHECK(is_calendar_file(entry.path()));
    auto const wrong = check_calendar_file(entry.path(), data);
    CHECK_MESSAGE(wrong.empty(), (wrong.empty() ? std::string() : wrong.front()));
  }
  CHECK_FALSE(is_calendar_file(data / "agreements/ch-az.toml"));
  CHECK_FALSE(is_calendar_file("/nowhere/XAR.toml"));
  CHECK_FALSE(check_calendar_file("/nowhere/XAR.toml", data).empty());

  std::string const head =
      "calendar = \"XAR\"\nsource = \"fictional\"\nweekend = [6, 7]\nknown_from = 2024\nknown_until = 2026\n";
  auto const named = [](std::string const& rest) {
    return "[[holiday]]\nname = { en = \"Feast\", es = \"Fiesta\" }\n" + rest;
  };
  struct Row {
    char const* name;
    std::string text;
    char const* says;
  };
  Row const rows[] = {
      {"no TOML", "calendar = = 1", "line"},
      {"unknown key", head + named("moth = 1\nday = 1\n"), "moth"},
      {"no such day", head + named("dates = [\"2025-02-30\"]\n"), "2025-02-30"},
      {"two ways", head + named("month = 1\nday = 1\ndays_after_easter = 1\n"), "exactly one of"},
      {"a day that no year has", head + named("month = 2\nday = 30\n"), "no year has"},
      {"outside the years", head + named("dates = [\"2027-03-01\"]\n"), "2027-03-01 lies outside the years"},
      {"twice", head + named("dates = [\"2025-03-01\"]\n") + named("dates = [\"2025-03-01\"]\n"),
       "2025-03-01 stands there twice"},
      {"ends before it begins", head + named("month = 1\nday = 1\nfrom_year = 2025\nuntil_year = 2024\n"), "until_year 2024"},
      {"another name", "calendar = \"XAS\"" + head.substr(16) + named("month = 1\nday = 1\n"), "another name"},
  };
  auto const file = std::filesystem::temp_directory_path() / "rcms_holidays" / "XAR.toml";
  std::filesystem::create_directories(file.parent_path());
  for (auto const& row : rows) {
    CAPTURE(row.name);
    std::ofstream(file) << row.text;
    auto const wrong = check_calendar_file(file, data);
    REQUIRE_FALSE(wrong.empty());
    CHECK_MESSAGE(wrong.front().find(row.says) != std::string::npos, wrong.front());
    CHECK(wrong.front().find("XAR.toml") != std::string::npos);
  }
  std::ofstream(file) << head + named("month = 1\nday = 1\n");
  CHECK(check_calendar_file(file, data).empty());
  std::filesystem::remove_all(file.parent_path());
}
