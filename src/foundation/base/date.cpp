#include "foundation/base/date.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <tuple>

#include <date/date.h>
#include <fmt/format.h>

namespace rcms {

namespace {

date::year_month_day civil(std::int32_t days) { return date::year_month_day{date::sys_days{date::days{days}}}; }

/// Exactly `width` decimal digits at the front of `text`; removes them.
std::optional<int> take_digits(std::string_view& text, std::size_t width) {
  if (text.size() < width) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(width);
  return value;
}

// OPTIMIZATION: an answer has dozens of days and instants; a format string costs ten times as much.
void put_digits(char*& out, int value, int width) {
  for (int at = width - 1; at >= 0; --at, value /= 10) out[at] = static_cast<char>('0' + value % 10);
  out += width;
}

void put_day(char*& out, date::year_month_day const& ymd) {
  put_digits(out, static_cast<int>(ymd.year()), 4);
  *out++ = '-';
  put_digits(out, static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  *out++ = '-';
  put_digits(out, static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
}

bool has_four_digits(date::year year) { return static_cast<int>(year) >= 0 && static_cast<int>(year) <= 9999; }

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<Date> Date::find(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  date::year_month_day const ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return from_days(date::sys_days{ymd}.time_since_epoch().count());
}

Date::Date(int year, int month, int day) {
  auto found = find(year, month, day);
  if (!found) throw std::out_of_range(fmt::format("no such day: {}-{}-{}", year, month, day));
  days_ = found->days_;
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  auto partial = PartialDate::parse(text);
  if (!partial || !partial->is_complete()) return std::nullopt;
  return find(partial->year, partial->month, partial->day);
}

int Date::year() const { return static_cast<int>(civil(days_).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }
int Date::weekday() const { return static_cast<int>(date::weekday{date::sys_days{date::days{days_}}}.iso_encoding()); }

std::string Date::text() const {
  auto const ymd = civil(days_);
  if (has_four_digits(ymd.year())) {
    std::array<char, 10> text;
    char* out = text.data();
    put_day(out, ymd);
    return {text.data(), text.size()};
  }
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

Date Date::plus_months(int months) const {
  auto ymd = civil(days_) + date::months{months};
  if (!ymd.ok()) ymd = ymd.year() / ymd.month() / date::last;
  return from_days(date::sys_days{ymd}.time_since_epoch().count());
}

std::optional<PartialDate> PartialDate::parse(std::string_view text) {
  PartialDate partial;
  auto year = take_digits(text, 4);
  if (!year || *year < 1) return std::nullopt;
  partial.year = *year;
  if (text.empty()) return partial;
  if (!take(text, '-')) return std::nullopt;
  auto month = take_digits(text, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  partial.month = *month;
  if (text.empty()) return partial;
  if (!take(text, '-')) return std::nullopt;
  auto day = take_digits(text, 2);
  if (!day || !text.empty() || !Date::find(partial.year, partial.month, *day)) return std::nullopt;
  partial.day = *day;
  return partial;
}

std::string PartialDate::text() const {
  if (month == 0) return fmt::format("{:04}", year);
  if (day == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

Date PartialDate::first() const { return Date(year, month == 0 ? 1 : month, day == 0 ? 1 : day); }

Date PartialDate::last() const {
  if (is_complete()) return first();
  Date const start = Date(year, month == 0 ? 12 : month, 1);
  return start.plus_months(1).plus_days(-1);
}

std::optional<Instant> Instant::parse(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  auto day = Date::parse(text.substr(0, 10));
  text.remove_prefix(10);
  if (!day || !take(text, 'T')) return std::nullopt;
  auto hour = take_digits(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  auto minute = take_digits(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
  auto second = take_digits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  int ms = 0;
  if (take(text, '.')) {
    auto fraction = take_digits(text, 3);
    if (!fraction) return std::nullopt;
    ms = *fraction;
  }
  if (text != "Z") return std::nullopt;
  std::int64_t const seconds = std::int64_t{day->days()} * 86400 + *hour * 3600 + *minute * 60 + *second;
  return Instant{seconds * 1000 + ms};
}

std::string Instant::text() const {
  std::int64_t days = ms / 86400000;
  std::int64_t rest = ms % 86400000;
  if (rest < 0) { rest += 86400000; --days; }
  auto const ymd = civil(static_cast<std::int32_t>(days));
  if (has_four_digits(ymd.year())) {
    std::array<char, 24> text;
    char* out = text.data();
    put_day(out, ymd);
    for (auto const& [before, value, width] : {std::tuple('T', rest / 3600000, 2), std::tuple(':', rest / 60000 % 60, 2),
                                               std::tuple(':', rest / 1000 % 60, 2), std::tuple('.', rest % 1000, 3)}) {
      *out++ = before;
      put_digits(out, static_cast<int>(value), width);
    }
    *out = 'Z';
    return {text.data(), text.size()};
  }
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", Date::from_days(static_cast<std::int32_t>(days)).text(), rest / 3600000,
                     rest / 60000 % 60, rest / 1000 % 60, rest % 1000);
}

}  // namespace rcms
