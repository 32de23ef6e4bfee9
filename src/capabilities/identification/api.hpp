// Routes of identifications.
#pragma once

#include "capabilities/identification/actions.hpp"
#include "foundation/http/route.hpp"

namespace rcms::identification {

void add_routes(http::Routes& routes, Context const& context, registry::Registries& registries);

}  // namespace rcms::identification
