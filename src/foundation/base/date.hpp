// Calendar days, days known in part, and instants. No clock here: what day it is now is asked of base/clock.hpp.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rcms {

/// A calendar day of the proleptic Gregorian calendar. Default is 1970-01-01.
class Date {
 public:
  constexpr Date() = default;
  /// Throws std::out_of_range unless the day exists; use `find` for input.
  Date(int year, int month, int day);
  /// Empty unless the day exists and lies in the years 1 to 9999.
  static std::optional<Date> find(int year, int month, int day);
  /// Reads exactly `yyyy-mm-dd`.
  static std::optional<Date> parse(std::string_view text);
  static constexpr Date from_days(std::int32_t days) { Date date; date.days_ = days; return date; }

  /// Days since 1970-01-01.
  constexpr std::int32_t days() const { return days_; }
  int year() const;
  int month() const;
  int day() const;
  /// 1 Monday to 7 Sunday.
  int weekday() const;
  /// `yyyy-mm-dd`.
  std::string text() const;

  constexpr Date plus_days(int days) const { return from_days(days_ + days); }
  /// The same day of a later month; the last day of that month when it has no such day.
  Date plus_months(int months) const;

  friend constexpr auto operator<=>(Date const&, Date const&) = default;

 private:
  std::int32_t days_ = 0;
};

/// Days from `from` to `to`.
constexpr int days_between(Date from, Date to) { return to.days() - from.days(); }

/// A day of which month or day may be unknown: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`.
struct PartialDate {
  int year = 0;
  int month = 0;  ///< 0 when unknown
  int day = 0;    ///< 0 when unknown

  static std::optional<PartialDate> parse(std::string_view text);
  std::string text() const;
  bool is_complete() const { return month != 0 && day != 0; }
  /// The first and the last day it can mean.
  Date first() const;
  Date last() const;

  friend auto operator<=>(PartialDate const&, PartialDate const&) = default;
};

/// A point in time, UTC, in milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;

  /// Reads `yyyy-mm-ddThh:mm:ss[.sss]Z`.
  static std::optional<Instant> parse(std::string_view text);
  /// `yyyy-mm-ddThh:mm:ss.sssZ`.
  std::string text() const;
  constexpr Instant plus_ms(std::int64_t more) const { return Instant{ms + more}; }

  friend constexpr auto operator<=>(Instant const&, Instant const&) = default;
};

/// The calendar day at `instant` in an IANA time zone ("America/Guatemala").
/// Throws std::runtime_error when the zone is unknown; zones come from checked data files.
Date date_in_zone(Instant instant, std::string_view zone);
/// The instant at which `day` begins in the zone.
Instant start_of_day(Date day, std::string_view zone);

}  // namespace rcms
