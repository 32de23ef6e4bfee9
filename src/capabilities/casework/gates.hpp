// The safeguards of a case: which gates apply, who decided them, which are open; and words that must not leave.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/present.hpp"
#include "capabilities/casework/actions.hpp"

namespace rcms::casework {

/// The decisions in force, as norms/safeguards wants them.
std::vector<safeguards::Decision> list_decisions(Context const& context, CaseFile const& file);

/// The first blocking gate of the stage, with all of them in `detail`; empty when none is open.
std::vector<std::string> list_open_gates(Context const& context, CaseFile const& file, std::string_view stage);

/// All gates of the stages before application that apply to the case, for the page of the safeguards officer. `content` is that
/// of the file, `stored` are its decisions in force.
std::vector<case_files::GateView> present_gates(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                                boost::json::value const& content,
                                                std::vector<case_files::GateDecision> const& stored);

struct GateInput {
  std::string gate;
  std::string status;
  std::map<std::string, std::string> evidence;
  std::string reason;
};
/// A gate is decided by the viewer. Refuses: not_found (no such gate), field_invalid (status); as decide_gate, with all defects.
tl::expected<CaseFile, Findings> decide_gate_of_case(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                                     GateInput const& input, std::optional<std::int64_t> if_match);

}  // namespace rcms::casework
