// Routes of the desks of the safeguards.
#pragma once

#include "capabilities/safeguards/actions.hpp"
#include "foundation/http/route.hpp"

namespace rcms::safeguarding {

void add_routes(http::Routes& routes, Context const& context, Registers const& registers);

}  // namespace rcms::safeguarding
