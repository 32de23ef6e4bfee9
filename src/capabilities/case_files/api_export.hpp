// Routes that take files out: lists as tables, complete packages.
#pragma once

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/case_files/context.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// GET /api/<noun>/export, GET /api/<noun>/{id}/package, POST /api/<noun>/packages.
void add_export_routes(http::Routes& routes, Context const& context, Side side);

}  // namespace rcms::case_files
