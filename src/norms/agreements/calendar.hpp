// Holidays of a State (data/holidays/<code>.toml): fixed days, days that move with Easter, "nth Monday of", single days, and what
// is free instead of a holiday that falls on a weekend; by region where a holiday is not kept in the whole State.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms::agreements {

using Names = std::map<std::string, std::string>;  ///< by language

/// What is free when a holiday falls on one of the weekdays `on`: the next or previous weekday (1 Monday to 7 Sunday), or the
/// next day that is neither weekend nor holiday.
struct Observed {
  std::vector<int> on;
  int next = 0;
  int previous = 0;
  bool next_working = false;
  bool also = false;  ///< the holiday itself stays free too
};

struct Holiday {
  Names names;
  int month = 0;           ///< fixed: every year on this month and day; with `weekday`: the month
  int day = 0;
  std::vector<Date> dates;               ///< or these days only
  std::optional<int> days_after_easter;  ///< or so many days after Easter Sunday (Gregorian)
  std::optional<int> days_after_orthodox_easter;  ///< or after Easter Sunday of the Julian calendar
  int weekday = 0;         ///< or the `nth` weekday of the month (-1 the last), `add_days` later
  int nth = 0;
  int add_days = 0;
  int from_year = 0;       ///< first and last year in which it is kept; 0: no limit
  int until_year = 0;
  std::vector<Observed> observed;
  std::vector<std::string> regions;  ///< only there; empty: in the whole State
  bool verified = true;    ///< false: as a lunar day that follows a sighting
};

/// One free day of one year.
struct FreeDay {
  Date day;
  std::uint16_t holiday = 0;  ///< index in the holidays of the calendar
};

struct Calendar {
  std::string code;              ///< "UTO"
  std::string source;
  std::string confidence = "P";  ///< "P", "S" or "unverified"
  std::vector<int> weekend;      ///< 1 Monday to 7 Sunday
  std::string weekend_source;
  int known_from = 0;            ///< first and last year whose holidays are known; 0: no limit
  int known_until = 0;
  std::vector<Holiday> holidays;
  std::vector<FreeDay> days;     ///< of the years `indexed_from` to `indexed_until`, by day; made by `index_days`
  int indexed_from = 0;
  int indexed_until = -1;
};

using Calendars = std::map<std::string, Calendar, std::less<>>;

/// Reads every file of `data`/holidays. Throws std::runtime_error.
Calendars load_calendars(std::filesystem::path const& data);

/// Easter Sunday of the Gregorian calendar. Source: anonymous algorithm, Nature 13 (1876) 487; J. Meeus, Astronomical Algorithms
/// (1991), chapter 8.
Date easter_sunday(int year);
/// Easter Sunday of the Julian calendar, as a Gregorian day. Source: J. Meeus, Astronomical Algorithms (1991), chapter 8.
Date orthodox_easter_sunday(int year);

/// The free days of a year in the order of the days, with those that are free instead.
std::vector<FreeDay> list_free_days(Calendar const& calendar, int year);
/// Makes `find_holiday` fast for the years 2000 to 2050.
void index_days(Calendar& calendar);

bool is_weekend(Calendar const& calendar, Date day);
/// The holiday on `day` in a region (empty: only those of the whole State), nullptr when it is none.
Holiday const* find_holiday(Calendar const& calendar, Date day, std::string_view region = {});
/// Whether the holidays of that year are known: without them only weekends can be left out.
bool knows_year(Calendar const& calendar, int year);

}  // namespace rcms::agreements
