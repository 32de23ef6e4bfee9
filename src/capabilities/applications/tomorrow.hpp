// Who has a verification task is told on the working day before its last day, once.
#pragma once

#include <cstddef>

#include "capabilities/case_files/context.hpp"

namespace rcms::applications {

/// Writes "task_tomorrow" into the file of each open task whose day is tomorrow. Returns how many were told.
std::size_t tell_tasks_of_tomorrow(case_files::Context const& context);

}  // namespace rcms::applications
