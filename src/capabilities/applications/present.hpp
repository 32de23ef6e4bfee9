// Views of the requested State: an application with its tasks, and a task as its verifier sees it.
#pragma once

#include "capabilities/applications/tasks.hpp"
#include "capabilities/applications/view.hpp"
#include "capabilities/case_files/present.hpp"

namespace rcms::applications {

case_files::CaseFileView present_application(Context const& context, access::Viewer const& viewer, CaseFile const& file);
TaskView present_task(Context const& context, access::Viewer const& viewer, VerificationTask const& task);

}  // namespace rcms::applications
