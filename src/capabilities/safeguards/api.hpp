// Routes of the desks of the safeguards.
#pragma once

#include "capabilities/safeguards/actions.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::safeguarding {

/// `sentences` says why one of several files was refused.
void add_routes(http::Routes& routes, Context const& context, Registers const& registers, Sentences const& sentences);

}  // namespace rcms::safeguarding
