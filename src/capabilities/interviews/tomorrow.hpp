// Who holds an interview, and who presents the person, is told on the working day before, once for each day.
#pragma once

#include <cstddef>

#include "capabilities/case_files/context.hpp"

namespace rcms::interviews {

/// Writes "interview_tomorrow" into the file of the requested State and "appointment_tomorrow" into that of the requesting State.
/// An interview that is moved within the same day is not told again; one that is moved to another day is, for that day. Returns
/// how many were told.
std::size_t tell_interviews_of_tomorrow(case_files::Context const& context);

}  // namespace rcms::interviews
