// A State narrows what leaves under an agreement: who may, with which reason, and who signs second. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/agreements/agreement.hpp"
#include "norms/forms/form.hpp"

namespace rcms::agreement_desk {

struct Narrowing {
  std::string id;
  PartyId party;
  std::string agreement;
  std::string field;   ///< "F_other.observations"
  std::string reason;
  std::string state;   ///< proposed, in_force, lifting (leaves again once countersigned), lifted, withdrawn (never in force)
  UserId proposed_by;
  Instant proposed_at;
  UserId countersigned_by;
  std::optional<Instant> countersigned_at;
  int number = 0;      ///< version of the State's whitelist that it began; 0: none
  std::string lift_reason;
  UserId lift_proposed_by;
  std::optional<Instant> lift_proposed_at;
  UserId lifted_by;
  std::optional<Instant> lifted_at;
  int lifted_number = 0;
  std::int64_t revision = 1;
};

/// Whether the field stays at home because of it.
bool holds_back(Narrowing const& narrowing);
/// The version of the State's whitelist for the agreement: 1 is that of the agreement itself. `known`: all of the State and this
/// agreement.
int whitelist_version(std::vector<Narrowing> const& known);

/// Whether the field leaves under the agreement and an application is complete without it.
bool may_be_narrowed(agreements::Agreement const& agreement, forms::Form const& form, std::string_view field);

/// An administrator of a State that is party keeps a field at home. `known` are the State's narrowings of the agreement.
/// Refuses: not_permitted; agreement_does_not_apply (the State is no party); field_invalid (no such field, or every application
/// needs it); wrong_step (it stays at home already by form or agreement); reason_missing; already_exists.
/// Source: docs/agreements.md, what leaves.
Result<Narrowing> decide_narrowing(access::Viewer const& viewer, agreements::Agreement const& agreement, forms::Form const& form,
                                   std::string_view field, std::string_view reason, std::vector<Narrowing> const& known,
                                   Instant now);

/// A second administrator of the same State: from now on the field stays at home, or leaves again. `known` as there.
/// Refuses: not_permitted; wrong_step (nothing waits for a signature); same_person. Source: docs/agreements.md, what leaves.
Result<Narrowing> decide_narrowing_countersignature(access::Viewer const& viewer, Narrowing const& before,
                                                    std::vector<Narrowing> const& known, Instant now);

/// What was only proposed is withdrawn at once: a narrowing, or its lifting. To lift one that is in force a second administrator
/// has to sign, since more leaves then. Refuses: not_permitted; wrong_step (over); reason_missing.
/// Source: docs/agreements.md, what leaves.
Result<Narrowing> decide_narrowing_end(access::Viewer const& viewer, Narrowing const& before, std::string_view reason,
                                       Instant now);

}  // namespace rcms::agreement_desk
