// What a viewer sees of the safeguards of a case, in their language.
#pragma once

#include "capabilities/safeguards/actions.hpp"
#include "capabilities/safeguards/view.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::safeguarding {

SafeguardFileView present_safeguards(Context const& context, access::Viewer const& viewer, CaseFile const& file);
SafeguardRowView present_row(Context const& context, access::Viewer const& viewer, QueueRow const& row);
QueueCountsView present_counts(Context const& context, access::Viewer const& viewer);
GateHistoryView present_history(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                safeguards::Gate const& gate);
/// An empty field of the paper of a gate, with the words of its options; required when it always is.
case_files::PaperFieldView present_paper_field(Context const& context, access::Viewer const& viewer,
                                               safeguards::EvidenceField const& field);
/// A role or a body outside, in words.
std::string decider_label(Labels const& labels, std::string_view language, std::string const& decider);
RegisterView present_register(Context const& context, StatusRegister const* asked);

}  // namespace rcms::safeguarding
