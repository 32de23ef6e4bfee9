// What a viewer sees of missions, in their language.
#pragma once

#include "capabilities/interviews/mission_view.hpp"
#include "capabilities/interviews/missions.hpp"

namespace rcms::interviews {

MissionView present_mission(Context const& context, access::Viewer const& viewer, Mission const& mission);
MissionCandidateView present_candidate(Context const& context, access::Viewer const& viewer, Mission const& mission,
                                       CandidateRow const& row);
MissionPlanView present_plan(Context const& context, access::Viewer const& viewer, PlanRow const& row);
MissionMovedView present_moved(Context const& context, access::Viewer const& viewer, MovedMission const& moved);
/// In the State that is visited.
MissionNoticeView present_notice(Context const& context, access::Viewer const& viewer, MissionNotice const& notice);

}  // namespace rcms::interviews
