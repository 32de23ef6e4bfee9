// Routes of bulk imports.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::casework {

/// Reads the words of columns from `data`; throws std::runtime_error when they are not sound.
void add_import_routes(http::Routes& routes, case_files::Context const& context, std::filesystem::path const& data);

}  // namespace rcms::casework
