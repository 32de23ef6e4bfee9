#include "foundation/http/request.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "foundation/base/text.hpp"

namespace rcms::http {

std::string const& Request::path_value(std::string_view name) const {
  auto const found = path_values.find(name);
  if (found == path_values.end()) throw std::logic_error("the path has no {" + std::string(name) + "}");
  return found->second;
}

std::optional<std::string> Request::text(std::string_view name) const {
  auto const found = query.find(name);
  if (found == query.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

std::optional<std::int64_t> Request::integer(std::string_view name) const {
  auto const given = text(name);
  if (!given) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(given->data(), given->data() + given->size(), number);
  return number;
}

std::optional<Date> Request::date(std::string_view name) const {
  auto const given = text(name);
  return given ? Date::parse(*given) : std::nullopt;
}

std::vector<std::string> Request::list(std::string_view name) const {
  auto const given = text(name);
  if (!given) return {};
  auto parts = split(*given, ',');
  parts.erase(std::remove(parts.begin(), parts.end(), std::string()), parts.end());
  return parts;
}

bool Request::flag(std::string_view name) const { return text(name) == "true"; }

Problem::Problem(Findings all) : findings(std::move(all)) {
  auto const first = std::min_element(findings.begin(), findings.end(),
                                      [](Refused const& left, Refused const& right) { return left.why < right.why; });
  if (first != findings.end()) refused = *first;
}

int status_of(Why why) {
  switch (why) {
    case Why::not_signed_in: return 401;
    case Why::not_found: return 404;
    case Why::not_permitted: case Why::same_person: return 403;
    case Why::too_many_requests: return 429;
    case Why::malformed: return 400;
    case Why::too_large: return 413;
    case Why::unsupported_type: return 415;
    case Why::already_exists: case Why::stale_revision: case Why::wrong_step: case Why::gate_open: case Why::must_not_leave:
    case Why::too_early: case Why::too_late:
      return 409;
    case Why::field_unknown: case Why::field_missing: case Why::field_invalid: case Why::field_too_long: case Why::reason_missing:
    case Why::agreement_does_not_apply: case Why::limit_reached: case Why::does_not_verify:
      return 422;
    case Why::unavailable: return 503;
  }
  return 400;
}

}  // namespace rcms::http
