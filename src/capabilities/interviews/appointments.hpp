// The acts of the requesting State on the appointments it was told of, and what arrives about them on both sides.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/interviews/appointment_store.hpp"
#include "capabilities/interviews/rights.hpp"

namespace rcms::interviews {

using case_files::Context;
using IfMatch = std::optional<std::int64_t>;

/// The person will be there: their rights were told and the safeguards before an interview are closed. Tells the requested State.
/// Refuses: not_found; not_permitted; stale_revision; wrong_step (nothing is asked any more, or the date has passed); gate_open.
Result<AppointmentRow> arrange_presence(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                        IfMatch if_match);
/// Another time is wanted; the reason stays here. Refuses: as above but gate_open; reason_missing.
Result<AppointmentRow> want_other_time(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                       std::string_view reason, IfMatch if_match);

/// Draws the invitation in this language and keeps it as a document of the case. Refuses: not_found; not_permitted; wrong_step
/// (the date does not stand); stale_revision.
Result<AppointmentRow> make_invitation(Context const& context, std::vector<Right> const& rights, access::Viewer const& viewer,
                                       InterviewId const& id, std::string const& language, IfMatch if_match);
/// The person got the invitation. Refuses: not_found; not_permitted; wrong_step (no invitation was made); field_invalid (a day in
/// the future or after the interview, how); stale_revision.
Result<AppointmentRow> serve_invitation(Context const& context, access::Viewer const& viewer, InterviewId const& id,
                                        std::string const& served_on, std::string const& how, IfMatch if_match);

/// Registers what arrives about interviews, and stops them together with a file that stops. Nothing is ever stopped in silence:
/// the other State is told that the person is not presented, never why.
void connect(Context& context);
/// From then on an invitation that was drawn is drawn anew, in the same language, when its interview is moved.
void redraw_with(Context const& context, std::shared_ptr<std::vector<Right> const> const& rights);

}  // namespace rcms::interviews
