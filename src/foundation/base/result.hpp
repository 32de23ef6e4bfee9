// The answer of everything that can be refused: a value, or a Refused that names what, where and by which norm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace rcms {

/// Every reason for which RCMS refuses something, in order of precedence: when several apply, the first is told,
/// so that the same bad request always gets the same answer. `status_of` in foundation/http maps them to HTTP.
enum class Why {
  not_signed_in,
  not_found,
  not_permitted,
  too_many_requests,
  malformed,
  too_large,
  unsupported_type,
  field_unknown,
  field_missing,
  field_invalid,
  field_too_long,
  already_exists,
  stale_revision,
  wrong_step,
  same_person,
  gate_open,
  must_not_leave,
  reason_missing,
  too_early,
  too_late,
  agreement_does_not_apply,
  limit_reached,
  does_not_verify,
  unavailable,
};

/// The name used in JSON, labels ("refused.<name>") and stories.
std::string_view name_of(Why why);

/// Why something was refused. `field` is the JSON path of the field at fault, or empty. `detail` is one English
/// sentence for logs and for clients that have no labels. `source` is the norm, where there is one.
struct Refused {
  Why why = Why::malformed;
  std::string field;
  std::string detail;
  std::string source;

  friend bool operator==(Refused const&, Refused const&) = default;
};

/// Several defects of one input, told all at once.
using Findings = std::vector<Refused>;

template <class T>
using Result = tl::expected<T, Refused>;

/// `return refuse(Why::too_late, "reply", "…", "UTO-XAR 2031 art. 9(2)");`
inline tl::unexpected<Refused> refuse(Why why, std::string field = {}, std::string detail = {}, std::string source = {}) {
  return tl::unexpected<Refused>(Refused{why, std::move(field), std::move(detail), std::move(source)});
}

}  // namespace rcms
