// Working hours of the officers of the demo. Both States work from Monday to Friday, 08:00 to 17:00 at UTC-6.
#pragma once

#include "foundation/base/date.hpp"

namespace rcms::app {

inline constexpr std::int64_t demo_minute_ms = 60'000;
inline constexpr std::int64_t demo_day_begins_ms = (8 + 6) * 60 * demo_minute_ms;  ///< 08:00 at UTC-6, from midnight UTC
inline constexpr int demo_day_minutes = 9 * 60;

inline Date next_working_day(Date day) {
  while (day.weekday() > 5) day = day.plus_days(1);
  return day;
}

inline Date add_working_days(Date day, int days) {
  for (; days > 0; --days) day = next_working_day(day.plus_days(1));
  return next_working_day(day);
}

/// `minute` of the working day, 0 to 539.
inline Instant working_instant(Date day, int minute) {
  return Instant{std::int64_t{next_working_day(day).days()} * 86'400'000 + demo_day_begins_ms + minute * demo_minute_ms};
}

/// The working day in which the instant lies.
inline Date day_of_work(Instant at) {
  return Date::from_days(static_cast<std::int32_t>((at.ms - 6 * 60 * demo_minute_ms) / 86'400'000));
}

/// `minutes` later; the evening is long enough.
inline Instant later_that_day(Instant at, int minutes) { return at.plus_ms(minutes * demo_minute_ms + at.ms % 7'919); }

}  // namespace rcms::app
