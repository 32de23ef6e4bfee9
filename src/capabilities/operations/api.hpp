// Routes of health, for administrators, and of what everybody is told in the banner.
#pragma once

#include "capabilities/operations/monitor.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/http/route.hpp"

namespace rcms::operations {

/// `monitor` and `labels` outlive the routes.
void add_routes(http::Routes& routes, Monitor& monitor, Labels const& labels);

}  // namespace rcms::operations
