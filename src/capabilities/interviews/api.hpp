// Routes of interviews, of both sides.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::interviews {

/// `data`: the folder of the norms. Throws std::runtime_error when the rights of data/interviews cannot be read.
void add_routes(http::Routes& routes, case_files::Context const& context, std::filesystem::path const& data);

}  // namespace rcms::interviews
