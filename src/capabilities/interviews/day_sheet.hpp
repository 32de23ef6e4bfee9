// The sheet of one day of a mission, for those who hold its interviews: who, when, where, in which language, with whom.
#pragma once

#include "capabilities/interviews/missions.hpp"

namespace rcms::interviews {

/// A4, one table for each place. `rows` are the interviews that the viewer may see; what was called off is left out.
/// Throws std::runtime_error when the PDF cannot be drawn.
Bytes render_day_sheet(Context const& context, access::Viewer const& viewer, Mission const& mission, Date day,
                       std::vector<InterviewRow> const& rows);

}  // namespace rcms::interviews
