// Routes of the requested State: received applications and verification tasks.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::applications {

void add_routes(http::Routes& routes, case_files::Context const& context);
void add_task_routes(http::Routes& routes, case_files::Context const& context);

}  // namespace rcms::applications
