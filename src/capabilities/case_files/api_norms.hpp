// The law as the screens need it: agreements, forms, codes, the process.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// GET /api/agreements, /api/agreements/{code}, /api/forms/{code}, /api/organisations-for-tasks, /api/officers.
void add_norms_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::case_files
