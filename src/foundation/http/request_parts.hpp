// Reading and writing of single header fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "foundation/http/request.hpp"

namespace rcms::http {

/// HEAD is GET.
std::optional<Method> find_method(std::string_view name);
std::string cookie_value(std::string_view cookies, std::string_view name);
/// `application/json` of `Application/JSON; charset=utf-8`.
std::string media_type(std::string_view content_type);
/// 7 of `"7"`, `"7.1f0c"` or `W/"7"`.
std::optional<std::int64_t> revision_of_etag(std::string_view etag);
/// Whether the list of an If-None-Match names the ETag.
bool has_etag(std::string_view list, std::string_view etag);
std::optional<std::int64_t> whole_number(std::string_view text);
/// `attachment` with the name, in ASCII and (RFC 8187) in full.
std::string content_disposition(std::string_view name);
/// SHA-256 over operation, path values, query and body or uploaded file, in hexadecimal.
std::string hash_of_request(Request const& request, std::string_view operation);
/// Whether an Accept-Encoding names the coding and does not refuse it.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace rcms::http
