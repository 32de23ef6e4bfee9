// Routes of the law: confirmations, versions and their effect, summaries, differences, "what would the dates be".
#pragma once

#include "capabilities/agreements/actions.hpp"
#include "foundation/http/route.hpp"

namespace rcms::agreement_desk {

/// The list of agreements, one agreement, its versions; part of add_routes.
void add_law_routes(http::Routes& routes, Context const& context);
/// What a State keeps at home under an agreement; part of add_routes.
void add_narrowing_routes(http::Routes& routes, Context const& context);
void add_routes(http::Routes& routes, Context const& context);

}  // namespace rcms::agreement_desk
