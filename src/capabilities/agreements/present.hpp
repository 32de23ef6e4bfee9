// Acts and states in the language of who reads them.
#pragma once

#include "capabilities/agreements/actions.hpp"
#include "capabilities/agreements/view.hpp"
#include "norms/agreements/difference.hpp"

namespace rcms::agreement_desk {

/// The name of a user of the viewer's State; empty for others.
std::string user_name(Context const& context, access::Viewer const& viewer, UserId const& id);
/// None when it is empty.
std::optional<std::string> optional_text(std::string text);

ConfirmationView present_confirmation(Context const& context, access::Viewer const& viewer, StoredConfirmation const& stored);
VersionView present_version(Context const& context, access::Viewer const& viewer, StoredVersion const& version);
LawStateView present_state(Context const& context, access::Viewer const& viewer, LawState const& state);
EffectView present_effect(Labels const& labels, std::string_view language, Effect const& effect);
DifferenceView present_difference(Labels const& labels, std::string_view language, agreements::Agreement const& left,
                                  agreements::Agreement const& right, Date on);

}  // namespace rcms::agreement_desk
