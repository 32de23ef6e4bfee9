// Routes that both sides have in the same form: lists, counts, attachments, timeline, transmissions.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/list.hpp"
#include "foundation/http/route.hpp"

namespace rcms::case_files {

/// "cases" for the requesting State, "applications" for the requested State.
std::string noun_of(Side side);
std::string permission_to_read(Side side);

/// GET /api/<noun>, …/{id}/timeline, …/{id}/attachments/{file}.
void add_side_routes(http::Routes& routes, Context const& context, Side side);

/// The filter of a list from the query of a request. Refuses: field_invalid.
Result<ListFilter> read_filter(http::Request const& request);
/// The query parameters that read_filter knows.
std::vector<http::QueryParameter> filter_parameters(Context const& context, Side side);

/// The file of the request's `{id}`, in the space of its viewer. Refuses: not_found.
Result<CaseFile> load_requested(Context const& context, http::Request const& request, Side side);

}  // namespace rcms::case_files
