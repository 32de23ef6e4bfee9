// The safeguards of a case: which gates apply, who decided them, which are open; and words that must not leave.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/casework/actions.hpp"

namespace rcms::casework {

/// Codes of the gates that block at this stage, in the order of the data file.
std::vector<std::string> list_open_gates(Context const& context, CaseFile const& file, std::string_view stage);

/// Words of the list found in a text, as they stand there.
std::vector<std::string> find_forbidden_words(Context const& context, std::string_view text);

struct GateInput {
  std::string gate;
  std::string outcome;
  std::string paper;
  std::string note;
  std::string expires_on;
};
/// A gate is decided by the viewer. Refuses: not_found (no such gate), field_invalid (outcome, day), as decide_gate.
Result<CaseFile> decide_gate_of_case(Context const& context, access::Viewer const& viewer, CaseId const& id, GateInput const& input,
                                     std::optional<std::int64_t> if_match);

}  // namespace rcms::casework
