// Which weights are in force for a State: who proposes them, who signs second, what is put back. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/registry/weights_file.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/clock.hpp"

namespace rcms::registry {

/// One turn of weights: from the proposal until others take their place. The same weights may have several.
struct WeightsEdition {
  std::string id;
  PartyId party;
  std::string version;
  std::string content;     ///< the file; empty: the weights that come with RCMS
  bool goes_back = false;  ///< they were in force before
  std::string reason;
  std::string state;  ///< proposed, in_force, replaced, withdrawn (never in force)
  UserId proposed_by;
  std::string proposed_by_name;
  Instant proposed_at;
  UserId put_in_force_by;
  std::string put_in_force_by_name;
  std::optional<Instant> put_in_force_at;
  UserId ended_by;  ///< of replaced: who put the next in force
  std::optional<Instant> ended_at;
  std::string end_reason;  ///< of withdrawn
  std::int64_t revision = 1;
};

/// The version in force; that of the weights that come with RCMS when none was put in force. `known`: all of the State.
std::string version_in_force(std::vector<WeightsEdition> const& known);
/// What was in force once, may be put back and is not in force now; the version that comes with RCMS among them.
std::vector<std::string> versions_to_go_back_to(std::vector<WeightsEdition> const& known);

/// Learnt weights for the viewer's State. `file` is the text of one. Refuses: not_permitted; malformed, does_not_verify (no such
/// file, or altered); wrong_step (they did worse on held-out decisions or on too few; they were compared with others than those
/// in force; they are in force); already_exists (a proposal waits); reason_missing. Source: docs/decisions/0030.
Result<WeightsEdition> decide_weights(access::Viewer const& viewer, std::string_view file, std::string_view reason,
                                      std::vector<WeightsEdition> const& known, Instant now);

/// Weights that were in force before. Refuses: not_permitted; not_found (never in force); wrong_step (in force now);
/// already_exists; reason_missing. Source: docs/decisions/0030.
Result<WeightsEdition> decide_return(access::Viewer const& viewer, std::string_view version, std::string_view reason,
                                     std::vector<WeightsEdition> const& known, Instant now);

/// A second administrator puts in force what waits. `known` as there. Refuses: not_permitted; wrong_step (nothing waits; compared
/// with others than those in force now); same_person; malformed (another version of RCMS has other parts).
Result<WeightsEdition> decide_entry(access::Viewer const& viewer, WeightsEdition const& before,
                                    std::vector<WeightsEdition> const& known, Instant now);

/// Refuses: not_permitted; wrong_step (only a proposal can be withdrawn; put back other weights instead); reason_missing.
Result<WeightsEdition> decide_withdrawal(access::Viewer const& viewer, WeightsEdition const& before, std::string_view reason,
                                         Instant now);

}  // namespace rcms::registry
