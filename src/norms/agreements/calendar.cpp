#include "norms/agreements/calendar.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::agreements {

namespace {

Holiday read_holiday(boost::json::value const& item, std::string const& place) {
  Holiday holiday;
  if (auto const* names = find_member(item, "name")) {
    for (auto const& [language, name] : names->as_object()) holiday.names[std::string(language)] = std::string(name.as_string());
  }
  holiday.month = static_cast<int>(whole_at(item, "month"));
  holiday.day = static_cast<int>(whole_at(item, "day"));
  if (auto const text = text_at(item, "date"); !text.empty()) {
    holiday.once = Date::parse(text);
    if (!holiday.once) throw std::runtime_error(fmt::format("{}: {} is not a day that exists", place, text));
  }
  if (auto const offset = find_whole(item, "days_after_easter")) holiday.days_after_easter = static_cast<int>(*offset);
  holiday.from_year = static_cast<int>(whole_at(item, "from_year"));
  holiday.until_year = static_cast<int>(whole_at(item, "until_year"));
  bool const fixed = holiday.month != 0;
  if (fixed && !Date::find(2024, holiday.month, holiday.day)) throw std::runtime_error(place + ": a fixed day that no year has");
  if (int(fixed) + int(holiday.once.has_value()) + int(holiday.days_after_easter.has_value()) != 1) {
    throw std::runtime_error(place + ": a holiday has exactly one of month and day, date, days_after_easter");
  }
  return holiday;
}

bool falls_on(Holiday const& holiday, Date day, int year) {
  if ((holiday.from_year != 0 && year < holiday.from_year) || (holiday.until_year != 0 && year > holiday.until_year))
    return false;
  if (holiday.once) return *holiday.once == day;
  if (holiday.days_after_easter) return easter_sunday(year).plus_days(*holiday.days_after_easter) == day;
  return holiday.month == day.month() && holiday.day == day.day();
}

}  // namespace

Calendars load_calendars(std::filesystem::path const& data) {
  Calendars calendars;
  for (auto const& entry : std::filesystem::directory_iterator(data / "holidays")) {
    if (entry.path().extension() != ".toml") continue;
    auto const file = read_data_file(entry.path(), data / "schema/holidays.schema.json");
    Calendar calendar;
    calendar.code = text_at(file, "calendar");
    for (auto const& day : list_at(file, "weekend")) calendar.weekend.push_back(static_cast<int>(day.as_int64()));
    for (auto const& item : list_at(file, "holiday")) calendar.holidays.push_back(read_holiday(item, entry.path().string()));
    calendars[calendar.code] = std::move(calendar);
  }
  return calendars;
}

Date easter_sunday(int year) {
  int const a = year % 19;
  int const b = year / 100;
  int const c = year % 100;
  int const d = b / 4;
  int const e = b % 4;
  int const f = (b + 8) / 25;
  int const g = (b - f + 1) / 3;
  int const h = (19 * a + b - d - g + 15) % 30;
  int const i = c / 4;
  int const k = c % 4;
  int const l = (32 + 2 * e + 2 * i - h - k) % 7;
  int const m = (a + 11 * h + 22 * l) / 451;
  int const n = h + l - 7 * m + 114;
  return Date(year, n / 31, n % 31 + 1);
}

bool is_weekend(Calendar const& calendar, Date day) {
  return std::find(calendar.weekend.begin(), calendar.weekend.end(), day.weekday()) != calendar.weekend.end();
}

Holiday const* find_holiday(Calendar const& calendar, Date day) {
  int const year = day.year();
  for (auto const& holiday : calendar.holidays) {
    if (falls_on(holiday, day, year)) return &holiday;
  }
  return nullptr;
}

}  // namespace rcms::agreements
