// Problem details (RFC 9457) in the language of the caller.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "foundation/base/labels.hpp"
#include "foundation/http/request.hpp"

namespace rcms::http {

/// The label of a key in a language; empty when there is none.
using Words = std::function<std::string(std::string_view language, std::string_view key, LabelArguments const& arguments)>;

/// The problem as JSON. Titles are the labels `refused.<why>`, for problems of the transport `http.<name>`.
std::string problem_json(Problem const& problem, int status, Words const& words, std::string_view language,
                         std::string_view request_id);

/// A problem of the transport that no rule of the work can give: method_not_allowed, request_timeout, header_too_large,
/// not_from_here (CSRF), too_busy, unavailable, fault. Each has a label in data/languages/http.*.json.
Problem transport_problem(std::string name, int status, Why why, std::string detail);

}  // namespace rcms::http
