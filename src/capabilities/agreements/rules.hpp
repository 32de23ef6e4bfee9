// What may be confirmed, countersigned and revoked, and how a version comes in force. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "capabilities/agreements/confirmation.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::agreement_desk {

inline constexpr std::string_view confirm_permission = "agreement.confirm";
/// Refuses: not_permitted.
Result<void> check_may(access::Viewer const& viewer);

struct NewConfirmation {
  std::string rule;
  std::string source;
  std::string place;
};

/// An administrator of a State that is party says where they read the rule. `known` are the State's confirmations of the
/// agreement. Refuses: not_permitted; agreement_does_not_apply (the State is no party); not_found (no such rule); wrong_step (the
/// rule is certain by its source); already_exists (proposed or confirmed already); field_missing (no source).
/// Source: docs/agreements.md, confidence.
Result<StoredConfirmation> decide_proposal(access::Viewer const& viewer, agreements::Agreement const& agreement, Date today,
                                           NewConfirmation const& input, std::vector<StoredConfirmation> const& known,
                                           Instant now);

/// A second administrator of the same State has read the same. Refuses: not_permitted; wrong_step (not proposed; the rule says
/// something else by now); same_person. Source: docs/agreements.md, confidence.
Result<StoredConfirmation> decide_countersignature(access::Viewer const& viewer, StoredConfirmation const& before,
                                                   agreements::Agreement const* agreement, Date today, Instant now);

/// Withdraws what was proposed or confirmed: one person is enough, dates become unverified again. Refuses: not_permitted;
/// wrong_step (revoked already); reason_missing. Source: docs/agreements.md, confidence.
Result<StoredConfirmation> decide_revocation(access::Viewer const& viewer, StoredConfirmation const& before,
                                             std::string_view reason, Instant now);

/// The next version comes in force for cases submitted from `from` on (empty: for all). `seen` is the effect that the
/// administrator has seen, `current` as it is now. Refuses: not_permitted; agreement_does_not_apply (the State is no party);
/// field_invalid (from lies before the version that it follows); stale_revision (the effect has changed since).
/// Source: docs/decisions/0014-last-good-version.md.
Result<StoredVersion> decide_entry_into_force(access::Viewer const& viewer, agreements::Agreement const& agreement,
                                              std::vector<StoredVersion> const& known, std::optional<Date> from,
                                              std::string_view seen, std::string_view current, StoredVersion waiting,
                                              Instant now);

}  // namespace rcms::agreement_desk
