// Routes of pairs.
#pragma once

#include "capabilities/duplicates/actions.hpp"
#include "foundation/http/route.hpp"

namespace rcms::duplicates {

void add_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::duplicates
