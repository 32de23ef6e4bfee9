// Routes of the desks: who is away and who covers, who answers for whom, and files given to an officer together.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "foundation/base/sentences.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// `sentences` says why one of several files was refused.
void add_desk_routes(http::Routes& routes, Context const& context, Sentences const& sentences);

}  // namespace rcms::case_files
