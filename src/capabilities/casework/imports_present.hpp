// Imports in words of the viewer's language.
#pragma once

#include "capabilities/casework/imports_actions.hpp"
#include "capabilities/casework/imports_view.hpp"

namespace rcms::casework {

/// `first` are the first rows, for samples; may be empty.
ImportView present_import(Context const& context, access::Viewer const& viewer, Import const& import,
                          std::vector<sheets::Row> const& first);
ImportReportView present_report(Context const& context, access::Viewer const& viewer, Import const& import,
                                ImportReport const& report);
ImportProfileView present_profile(SavedProfile const& saved);

}  // namespace rcms::casework
