// Routes of identifications.
#pragma once

#include "capabilities/identification/actions.hpp"
#include "foundation/http/route.hpp"

namespace rcms::identification {

/// A part of `add_routes`.
void add_print_routes(http::Routes& routes, Context const& context, registry::Registries& registries);
void add_routes(http::Routes& routes, Context const& context, registry::Registries& registries);

}  // namespace rcms::identification
