// Views of files: everything a viewer of that State sees of one file, in their language.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/list.hpp"
#include "capabilities/case_files/parts.hpp"
#include "capabilities/case_files/view.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::case_files {

/// The parts that are the same for both sides. Gates, tasks and issued documents are added by the capability that owns them.
CaseFileView present_file(Context const& context, access::Viewer const& viewer, CaseFile const& file, CaseParts const& parts);
CaseFileView present_file(Context const& context, access::Viewer const& viewer, CaseFile const& file);

CaseRowView present_row(Context const& context, access::Viewer const& viewer, Side side, ListRow const& row);

/// What happened, what is today, what is to come.
TimelineView present_timeline(Context const& context, access::Viewer const& viewer, CaseFile const& file);

AttachmentView present_attachment(Context const& context, access::Viewer const& viewer, files::FileRecord const& record);
std::optional<NamedView> present_user(Context const& context, access::Viewer const& viewer, UserId const& user);

/// The word of the ledger in the language: "Application released and sent".
std::string ledger_label(Labels const& labels, std::string_view language, std::string_view action);

}  // namespace rcms::case_files
