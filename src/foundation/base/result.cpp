#include "foundation/base/result.hpp"

namespace rcms {

std::string_view name_of(Why why) {
  switch (why) {
    case Why::not_signed_in: return "not_signed_in";
    case Why::not_found: return "not_found";
    case Why::not_permitted: return "not_permitted";
    case Why::too_many_requests: return "too_many_requests";
    case Why::malformed: return "malformed";
    case Why::too_large: return "too_large";
    case Why::unsupported_type: return "unsupported_type";
    case Why::field_unknown: return "field_unknown";
    case Why::field_missing: return "field_missing";
    case Why::field_invalid: return "field_invalid";
    case Why::field_too_long: return "field_too_long";
    case Why::already_exists: return "already_exists";
    case Why::stale_revision: return "stale_revision";
    case Why::wrong_step: return "wrong_step";
    case Why::same_person: return "same_person";
    case Why::gate_open: return "gate_open";
    case Why::must_not_leave: return "must_not_leave";
    case Why::reason_missing: return "reason_missing";
    case Why::too_early: return "too_early";
    case Why::too_late: return "too_late";
    case Why::agreement_does_not_apply: return "agreement_does_not_apply";
    case Why::limit_reached: return "limit_reached";
    case Why::does_not_verify: return "does_not_verify";
    case Why::unavailable: return "unavailable";
  }
  return "malformed";
}

}  // namespace rcms
