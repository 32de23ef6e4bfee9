// Time zones, apart from days: the verifier of the browser needs days without the zone database.
#include "foundation/base/date.hpp"

#include <date/tz.h>

namespace rcms {

Date date_in_zone(Instant instant, std::string_view zone) {
  // OPTIMIZATION: nearly all questions of a thread are about now in one zone; its offset holds for months.
  struct Known {
    std::string zone;
    date::sys_info info;
  };
  thread_local Known known;
  date::sys_time<std::chrono::milliseconds> const point{std::chrono::milliseconds{instant.ms}};
  if (known.zone != zone || point < known.info.begin || point >= known.info.end) {
    auto info = date::locate_zone(std::string(zone))->get_info(point);
    known = {std::string(zone), std::move(info)};
  }
  return Date::from_days(date::floor<date::days>(point + known.info.offset).time_since_epoch().count());
}

Instant start_of_day(Date day, std::string_view zone) {
  auto const local = date::local_days{date::days{day.days()}};
  auto const point = date::locate_zone(std::string(zone))->to_sys(local, date::choose::earliest);
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(point.time_since_epoch()).count()};
}

}  // namespace rcms
