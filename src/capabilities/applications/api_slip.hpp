// The route of the slip of a verification task.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::applications {

/// GET /api/tasks/{id}/slip.
void add_slip_routes(http::Routes& routes, case_files::Context const& context);

}  // namespace rcms::applications
