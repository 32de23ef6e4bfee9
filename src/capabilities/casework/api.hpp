// Routes of the requesting State's files.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::casework {

/// `sentences` says why one of several files was refused.
void add_routes(http::Routes& routes, case_files::Context const& context, Sentences const& sentences);

}  // namespace rcms::casework
