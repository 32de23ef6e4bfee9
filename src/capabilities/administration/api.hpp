// Routes of organisations, users, roles, sessions and, in the demo, of choosing who to be.
#pragma once

#include <functional>
#include <vector>

#include "capabilities/administration/context.hpp"
#include "capabilities/administration/view.hpp"
#include "foundation/http/route.hpp"

namespace rcms::administration {

/// `context` outlives the routes.
void add_routes(http::Routes& routes, Context const& context);

/// `people(language)` are those whom a visitor may choose. Only where the demo runs.
void add_demo_routes(http::Routes& routes, Context const& context,
                     std::function<std::vector<DemoPersonView>(std::string_view language)> people);

}  // namespace rcms::administration
