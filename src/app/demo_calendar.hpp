// Working hours of the officers of the demo: from Monday to Friday, 08:00 to 17:00 at UTC-6, and not on the holidays of either
// State.
#pragma once

#include "foundation/base/date.hpp"
#include "norms/agreements/calendar.hpp"

namespace rcms::app {

inline constexpr std::int64_t demo_minute_ms = 60'000;
inline constexpr std::int64_t demo_day_begins_ms = (8 + 6) * 60 * demo_minute_ms;  ///< 08:00 at UTC-6, from midnight UTC

class DemoCalendar {
 public:
  /// `calendars` outlive it.
  explicit DemoCalendar(agreements::Calendars const& calendars)
      : requested_(calendars.at("UTO")), requesting_(calendars.at("XAR")) {}

  bool is_working(Date day) const { return is_working(requested_, day) && is_working(requesting_, day); }
  /// `day` itself, when it is one.
  Date next_working_day(Date day) const {
    while (!is_working(day)) day = day.plus_days(1);
    return day;
  }
  Date add_working_days(Date day, int days) const {
    for (; days > 0; --days) day = next_working_day(day.plus_days(1));
    return next_working_day(day);
  }
  /// `minute` of the working day, 0 to 539, of the day or the next working one.
  Instant working_instant(Date day, int minute) const {
    return Instant{std::int64_t{next_working_day(day).days()} * 86'400'000 + demo_day_begins_ms + minute * demo_minute_ms};
  }

 private:
  static bool is_working(agreements::Calendar const& calendar, Date day) {
    return !agreements::is_weekend(calendar, day) && agreements::find_holiday(calendar, day) == nullptr;
  }

  agreements::Calendar const& requested_;
  agreements::Calendar const& requesting_;
};

/// The working day in which the instant lies.
inline Date day_of_work(Instant at) {
  return Date::from_days(static_cast<std::int32_t>((at.ms - 6 * 60 * demo_minute_ms) / 86'400'000));
}

/// `minutes` later; the evening is long enough.
inline Instant later_that_day(Instant at, int minutes) { return at.plus_ms(minutes * demo_minute_ms + at.ms % 7'919); }

}  // namespace rcms::app
