// Routes of the fingerprints of a draft.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::casework {

void add_print_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences);

}  // namespace rcms::casework
