// What a schedule must be, and when it is due. Pure.
// Source: the periodic report of the product's own table "paper against RCMS"; no treaty prescribes it (unverified).
#pragma once

#include <optional>
#include <string_view>

#include "capabilities/statistics/schedule.hpp"
#include "foundation/base/result.hpp"

namespace rcms::statistics {

inline constexpr std::size_t schedules_at_most = 50;  ///< of one State
inline constexpr std::size_t receivers_at_most = 20;
inline constexpr int attempts_at_most = 8;

/// All defects of a new schedule, each with its field. Receivers are tidied: lower case, each once; `is_address` is mail's.
/// Refuses: field_invalid, field_missing, limit_reached.
Findings check_schedule(Schedule& schedule, std::vector<std::string> const& languages, std::size_t existing,
                        bool (*is_address)(std::string_view));

/// The month whose report is due on `today`: the one before, from the day of the schedule on. Empty before that day, and for
/// months that were over when the schedule was made. Source: the schedule itself.
std::optional<std::string> decide_due_period(Schedule const& schedule, Date today, Date created_on);

/// What follows a sending that failed at `now`: tried again after 15 minutes, then twice as long each time, at most a day;
/// after `attempts_at_most` it has failed. A failure that is not temporary has failed at once. Source: ours.
void decide_failure(Delivery& delivery, bool is_temporary, std::string detail, Instant now);

}  // namespace rcms::statistics
