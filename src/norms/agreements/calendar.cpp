#include "norms/agreements/calendar.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/data_folder.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/base/lists.hpp"
#include "norms/agreements/calendar_check.hpp"

namespace rcms::agreements {

namespace {

constexpr int first_indexed = 2000;
constexpr int last_indexed = 2050;

Date read_day(std::string const& text, std::string const& place) {
  auto const day = Date::parse(text);
  if (!day) throw std::runtime_error(fmt::format("{}: {} is not a day that exists", place, text));
  return *day;
}

Observed read_observed(boost::json::value const& item) {
  Observed observed;
  for (auto const& day : list_at(item, "on")) observed.on.push_back(static_cast<int>(day.as_int64()));
  observed.next = static_cast<int>(whole_at(item, "next"));
  observed.previous = static_cast<int>(whole_at(item, "previous"));
  observed.next_working = flag_at(item, "next_working");
  observed.also = flag_at(item, "also");
  return observed;
}

/// A holiday has exactly one way of being found.
void check_holiday(Holiday const& holiday, std::string const& place) {
  bool const nth = holiday.weekday != 0;
  bool const fixed = holiday.month != 0 && !nth;
  if (fixed && !Date::find(2024, holiday.month, holiday.day)) throw std::runtime_error(place + ": a fixed day that no year has");
  if (nth && (holiday.month == 0 || holiday.nth == 0)) throw std::runtime_error(place + ": weekday needs month and nth");
  int const ways = int(fixed) + int(nth) + int(!holiday.dates.empty()) + int(holiday.days_after_easter.has_value()) +
                   int(holiday.days_after_orthodox_easter.has_value());
  if (ways != 1) {
    throw std::runtime_error(place + ": it has exactly one of month and day, month with weekday and nth, date or dates, "
                                     "days_after_easter, days_after_orthodox_easter");
  }
}

Holiday read_holiday(boost::json::value const& item, std::string const& place) {
  Holiday holiday;
  if (auto const* names = find_member(item, "name")) {
    for (auto const& [language, name] : names->as_object()) holiday.names[std::string(language)] = std::string(name.as_string());
  }
  holiday.month = static_cast<int>(whole_at(item, "month"));
  holiday.day = static_cast<int>(whole_at(item, "day"));
  if (auto const text = text_at(item, "date"); !text.empty()) holiday.dates.push_back(read_day(text, place));
  for (auto const& text : texts_at(item, "dates")) holiday.dates.push_back(read_day(text, place));
  if (auto const offset = find_whole(item, "days_after_easter")) holiday.days_after_easter = static_cast<int>(*offset);
  if (auto const offset = find_whole(item, "days_after_orthodox_easter"))
    holiday.days_after_orthodox_easter = static_cast<int>(*offset);
  holiday.weekday = static_cast<int>(whole_at(item, "weekday"));
  holiday.nth = static_cast<int>(whole_at(item, "nth"));
  holiday.add_days = static_cast<int>(whole_at(item, "add_days"));
  holiday.from_year = static_cast<int>(whole_at(item, "from_year"));
  holiday.until_year = static_cast<int>(whole_at(item, "until_year"));
  for (auto const& each : list_at(item, "observed")) holiday.observed.push_back(read_observed(each));
  holiday.regions = texts_at(item, "regions");
  holiday.verified = text_at(item, "confidence") != "unverified";
  check_holiday(holiday, place);
  return holiday;
}

Calendar read_calendar(boost::json::value const& file, std::string const& place) {
  Calendar calendar;
  calendar.code = text_at(file, "calendar");
  calendar.source = text_at(file, "source");
  calendar.confidence = text_at(file, "confidence", "P");
  calendar.weekend_source = text_at(file, "weekend_source");
  calendar.known_from = static_cast<int>(whole_at(file, "known_from"));
  calendar.known_until = static_cast<int>(whole_at(file, "known_until"));
  for (auto const& day : list_at(file, "weekend")) calendar.weekend.push_back(static_cast<int>(day.as_int64()));
  for (auto const& item : list_at(file, "holiday"))
    calendar.holidays.push_back(read_holiday(item, fmt::format("{}: holiday {}", place, calendar.holidays.size() + 1)));
  index_days(calendar);
  return calendar;
}

/// The nth weekday of a month; empty when the month has no such day.
std::optional<Date> find_nth(int year, int month, int weekday, int nth) {
  Date const first(year, month, 1);
  if (nth < 0) {
    Date const last = first.plus_months(1).plus_days(-1);
    return last.plus_days(-((last.weekday() - weekday + 7) % 7) + 7 * (nth + 1));
  }
  Date const day = first.plus_days((weekday - first.weekday() + 7) % 7 + 7 * (nth - 1));
  if (day.month() != month) return std::nullopt;
  return day;
}

std::vector<Date> days_in(Holiday const& holiday, int year) {
  if ((holiday.from_year != 0 && year < holiday.from_year) || (holiday.until_year != 0 && year > holiday.until_year)) return {};
  std::vector<Date> days;
  for (auto const day : holiday.dates) {
    if (day.year() == year) days.push_back(day);
  }
  if (holiday.days_after_easter) days.push_back(easter_sunday(year).plus_days(*holiday.days_after_easter));
  if (holiday.days_after_orthodox_easter)
    days.push_back(orthodox_easter_sunday(year).plus_days(*holiday.days_after_orthodox_easter));
  if (holiday.weekday != 0) {
    if (auto const day = find_nth(year, holiday.month, holiday.weekday, holiday.nth))
      days.push_back(day->plus_days(holiday.add_days));
  } else if (holiday.month != 0) {
    if (auto const day = Date::find(year, holiday.month, holiday.day)) days.push_back(*day);
  }
  return days;
}

Date move_to_weekday(Date day, Observed const& observed) {
  int const step = observed.next != 0 ? 1 : -1;
  int const wanted = observed.next != 0 ? observed.next : observed.previous;
  do day = day.plus_days(step);
  while (day.weekday() != wanted);
  return day;
}

/// What one holiday makes free on and after `day`; days that go to the next working day are left in `waiting`.
void add_free(Holiday const& holiday, std::uint16_t index, Date day, std::vector<FreeDay>& free, std::vector<FreeDay>& waiting) {
  bool stays = true;
  for (auto const& observed : holiday.observed) {
    if (!contains(observed.on, day.weekday())) continue;
    if (observed.next_working) waiting.push_back({day, index});
    else free.push_back({move_to_weekday(day, observed), index});
    stays = stays && observed.also;
  }
  if (stays) free.push_back({day, index});
}

bool earlier(FreeDay const& left, FreeDay const& right) { return left.day < right.day; }

/// What can be read and is wrong all the same, without the file's name.
std::vector<std::string> list_calendar_defects(Calendar const& calendar, std::string const& stem) {
  std::vector<std::string> found;
  if (calendar.code != stem) found.push_back(fmt::format("the calendar {} stands in a file of another name", calendar.code));
  bool const has_years = calendar.known_from != 0 && calendar.known_until != 0;
  if (has_years && calendar.known_until < calendar.known_from)
    found.push_back(fmt::format("known_until {} is before known_from {}", calendar.known_until, calendar.known_from));
  std::set<std::string> seen;
  for (std::size_t i = 0; i < calendar.holidays.size(); ++i) {
    auto const& holiday = calendar.holidays[i];
    auto const english = holiday.names.find("en");
    auto const name = english == holiday.names.end() ? std::string("without a name") : english->second;
    if (holiday.until_year != 0 && holiday.until_year < holiday.from_year)
      found.push_back(fmt::format("holiday {} ({}): until_year {} is before from_year {}", i + 1, name, holiday.until_year,
                                  holiday.from_year));
    for (auto const day : holiday.dates) {
      if (has_years && (day.year() < calendar.known_from || day.year() > calendar.known_until))
        found.push_back(fmt::format("holiday {} ({}): {} lies outside the years that are known", i + 1, name, day.text()));
      std::string where;
      for (auto const& region : holiday.regions) where += " " + region;
      if (!seen.insert(fmt::format("{} {}{}", day.text(), name, where)).second)
        found.push_back(fmt::format("holiday {} ({}): {} stands there twice", i + 1, name, day.text()));
    }
  }
  return found;
}

}  // namespace

bool is_calendar_file(std::filesystem::path const& file) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("calendar =") || line.starts_with("calendar=")) return true;
    if (line.starts_with("[")) return false;
  }
  return false;
}

std::vector<std::string> check_calendar_file(std::filesystem::path const& file, std::filesystem::path const& data) {
  std::vector<std::string> found;
  try {
    auto const calendar = read_calendar(read_data_file(file, data / "schema/holidays.schema.json"), file.string());
    for (auto const& defect : list_calendar_defects(calendar, file.stem().string()))
      found.push_back(fmt::format("{}: {}", file.string(), defect));
  } catch (std::exception const& error) {
    found.emplace_back(error.what());
  }
  return found;
}

Calendars load_calendars(std::filesystem::path const& data) {
  Calendars calendars;
  for (auto const& [path, file] : read_data_folder(data / "holidays", data / "schema/holidays.schema.json")) {
    auto calendar = read_calendar(file, path.string());
    auto code = calendar.code;
    calendars[std::move(code)] = std::move(calendar);
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

Date orthodox_easter_sunday(int year) {
  int const d = (19 * (year % 19) + 15) % 30;
  int const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  int const n = d + e + 114;
  int const ahead = year / 100 - year / 400 - 2;  // days of the Gregorian calendar before the Julian one
  return Date(year, n / 31, n % 31 + 1).plus_days(ahead);
}

std::vector<FreeDay> list_free_days(Calendar const& calendar, int year) {
  std::vector<FreeDay> free;
  std::vector<FreeDay> waiting;
  for (std::size_t i = 0; i < calendar.holidays.size(); ++i) {
    for (auto const day : days_in(calendar.holidays[i], year))
      add_free(calendar.holidays[i], static_cast<std::uint16_t>(i), day, free, waiting);
  }
  std::stable_sort(waiting.begin(), waiting.end(), earlier);
  for (auto const& each : waiting) {
    auto const is_taken = [&](Date day) {
      return is_weekend(calendar, day) || std::any_of(free.begin(), free.end(), [&](auto const& one) { return one.day == day; });
    };
    Date day = each.day.plus_days(1);
    while (is_taken(day)) day = day.plus_days(1);
    free.push_back({day, each.holiday});
  }
  std::stable_sort(free.begin(), free.end(), earlier);
  return free;
}

void index_days(Calendar& calendar) {
  calendar.days.clear();
  for (int year = first_indexed; year <= last_indexed; ++year) {
    auto const free = list_free_days(calendar, year);
    calendar.days.insert(calendar.days.end(), free.begin(), free.end());
  }
  std::stable_sort(calendar.days.begin(), calendar.days.end(), earlier);  // a day may be moved into the next year
  calendar.indexed_from = first_indexed + 1;
  calendar.indexed_until = last_indexed;
}

bool is_weekend(Calendar const& calendar, Date day) { return contains(calendar.weekend, day.weekday()); }

namespace {

Holiday const* find_among(Calendar const& calendar, std::vector<FreeDay> const& days, Date day, std::string_view region) {
  auto found = std::lower_bound(days.begin(), days.end(), FreeDay{day, 0}, earlier);
  for (; found != days.end() && found->day == day; ++found) {
    auto const& holiday = calendar.holidays[found->holiday];
    auto const& regions = holiday.regions;
    if (regions.empty() || std::find(regions.begin(), regions.end(), region) != regions.end()) return &holiday;
  }
  return nullptr;
}

}  // namespace

Holiday const* find_holiday(Calendar const& calendar, Date day, std::string_view region) {
  int const year = day.year();
  if (year >= calendar.indexed_from && year <= calendar.indexed_until) return find_among(calendar, calendar.days, day, region);
  for (int const near : {year, year - 1}) {  // a day of December may be moved into January
    if (auto const* holiday = find_among(calendar, list_free_days(calendar, near), day, region)) return holiday;
  }
  return nullptr;
}

bool knows_year(Calendar const& calendar, int year) {
  if (calendar.confidence == "unverified" && calendar.holidays.empty()) return false;
  return (calendar.known_from == 0 || year >= calendar.known_from) && (calendar.known_until == 0 || year <= calendar.known_until);
}

}  // namespace rcms::agreements
