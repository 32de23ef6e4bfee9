// Routes of what leaves: the preview, its files, words that a person answers for, the copy for the person.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::casework {

void add_leaving_routes(http::Routes& routes, case_files::Context const& context);

}  // namespace rcms::casework
