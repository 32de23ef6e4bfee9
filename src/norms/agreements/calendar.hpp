// Holidays of a State (data/holidays/<code>.toml): fixed days, single days, days that move with Easter.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "foundation/base/date.hpp"

namespace rcms::agreements {

using Names = std::map<std::string, std::string>;  ///< by language

struct Holiday {
  Names names;
  int month = 0;         ///< fixed: every year on this month and day
  int day = 0;
  std::optional<Date> once;              ///< or this day only
  std::optional<int> days_after_easter;  ///< or so many days after Easter Sunday
  int from_year = 0;     ///< first and last year in which it is kept; 0: no limit
  int until_year = 0;
};

struct Calendar {
  std::string code;              ///< "UTO"
  std::vector<int> weekend;      ///< 1 Monday to 7 Sunday
  std::vector<Holiday> holidays;
};

using Calendars = std::map<std::string, Calendar, std::less<>>;

/// Reads every file of `data`/holidays. Throws std::runtime_error.
Calendars load_calendars(std::filesystem::path const& data);

/// Easter Sunday of the Gregorian calendar. Source: anonymous algorithm, Nature 13 (1876) 487; J. Meeus, Astronomical Algorithms
/// (1991), chapter 8.
Date easter_sunday(int year);

bool is_weekend(Calendar const& calendar, Date day);
/// The holiday on `day`, nullptr when it is none.
Holiday const* find_holiday(Calendar const& calendar, Date day);

}  // namespace rcms::agreements
