// Routes of reports and their schedules.
#pragma once

#include "capabilities/statistics/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::statistics {

/// `context` outlives the routes.
void add_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::statistics
