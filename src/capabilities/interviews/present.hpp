// What a viewer sees of places, interviews and appointments, in their language.
#pragma once

#include "capabilities/interviews/actions.hpp"
#include "capabilities/interviews/appointment_store.hpp"
#include "capabilities/interviews/view.hpp"

namespace rcms::interviews {

WhenView present_when(Instant at, int length_minutes, std::string const& zone);
PlaceView present_place(Context const& context, access::Viewer const& viewer, Place const& place);
/// `places` are those of the State.
InterviewView present_interview(Context const& context, access::Viewer const& viewer, InterviewRow const& row,
                                std::vector<Place> const& places);
WaitingInterviewView present_waiting(Context const& context, access::Viewer const& viewer, WaitingTask const& waiting);
FreeTimeView present_free_time(FreeTime const& time, int length_minutes, std::string const& time_zone,
                               std::string const& term_on);
AppointmentView present_appointment(Context const& context, access::Viewer const& viewer, AppointmentRow const& row);

}  // namespace rcms::interviews
