// Routes of those who watch over the authorities.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::oversight {

using case_files::Context;

void add_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::oversight
