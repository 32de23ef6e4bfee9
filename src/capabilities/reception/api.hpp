// Routes of reception.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::reception {

/// `data`: the folder with reception/arrivals.toml. Throws std::runtime_error that names the file at fault.
void add_routes(http::Routes& routes, case_files::Context const& context, std::filesystem::path const& data);

}  // namespace rcms::reception
