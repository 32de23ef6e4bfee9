// What needs the viewer now: numbers, queues, stages, next deadlines; and search over everything by words.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// GET /api/home, GET /api/search.
void add_home_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::case_files
