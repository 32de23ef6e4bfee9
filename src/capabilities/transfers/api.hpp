// Routes of transports.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::transfers {

void add_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences);

}  // namespace rcms::transfers
