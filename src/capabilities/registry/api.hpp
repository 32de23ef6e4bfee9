// Routes of the population registry.
#pragma once

#include "foundation/db/database.hpp"
#include "foundation/http/route.hpp"

namespace rcms::registry {

void add_routes(http::Routes& routes, db::Database& database);

}  // namespace rcms::registry
