// The safeguards of a case on its page and at its release; what is decided and open is in capabilities/safeguards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/present.hpp"
#include "capabilities/casework/actions.hpp"
#include "capabilities/safeguards/actions.hpp"

namespace rcms::casework {

/// The stage at which an application leaves.
inline constexpr std::string_view release_stage = "application";

/// The gates that block the stage, in the order of the file.
std::vector<std::string> list_open_gates(Context const& context, CaseFile const& file, std::string_view stage);

/// All gates of the stage that comes next (before the application: of its release) that apply to the case.
std::vector<case_files::GateView> present_gates(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                                std::vector<case_files::GateDecision> const& stored);

}  // namespace rcms::casework
