// Routes of the requesting State's files.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::casework {

void add_routes(http::Routes& routes, case_files::Context const& context);

}  // namespace rcms::casework
