// Schedules of reports: list, make, remove.
#pragma once

#include "capabilities/statistics/context.hpp"
#include "capabilities/statistics/schedule.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::statistics {

/// Refuses: not_permitted (report.schedule).
Result<std::vector<Schedule>> list_schedules(Context const& context, access::Viewer const& viewer);
/// What was sent and what failed, newest first. Refuses: not_permitted.
Result<std::vector<Delivery>> list_deliveries(Context const& context, access::Viewer const& viewer);

/// `wanted` without id, party and author. All defects at once.
tl::expected<Schedule, Findings> create_schedule(Context const& context, access::Viewer const& viewer, Schedule wanted);
/// Nothing more is sent; what was sent stays recorded. Refuses: not_permitted, not_found.
Result<void> erase_schedule(Context const& context, access::Viewer const& viewer, ScheduleId const& id);

}  // namespace rcms::statistics
