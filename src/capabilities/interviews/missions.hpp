// The acts of the requested State on its missions, and what arrives about them in the visited State.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/interviews/actions.hpp"
#include "capabilities/interviews/mission_plan.hpp"
#include "capabilities/interviews/mission_store.hpp"

namespace rcms::interviews {

/// A mission is planned (revision 0) or changed. The visited State is told of what it knows already. Refuses: not_found,
/// stale_revision, field_invalid (partner; experts: who may not hold interviews; an interpreter who is no user of the State), as
/// decide_mission.
Result<Mission> keep_mission(Context const& context, access::Viewer const& viewer, Mission mission);
/// Refuses: not_found, stale_revision, as decide_announcement.
Result<Mission> announce_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match);
/// Refuses: not_found, stale_revision, as decide_closure.
Result<Mission> close_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, IfMatch if_match);

/// Somebody who could be placed: a task that waits for a date, of a file of the visited State that was not laid aside.
struct CandidateRow {
  WaitingTask waiting;
  std::string language;  ///< of the person; may be empty
  std::string sex;
};
std::vector<CandidateRow> list_candidates(Context const& context, access::Viewer const& viewer, Mission const& mission);

/// What the person asked for. Tasks that are no candidates are left out.
struct Wish {
  TaskId task;
  std::string interviewer_sex;
};
struct PlanRow {
  Plan plan;
  std::vector<CandidateRow> candidates;
  std::vector<ClosedDay> closed;
};
/// Nothing is written. Refuses: not_found, not_permitted, limit_reached.
Result<PlanRow> plan_mission(Context const& context, access::Viewer const& viewer, MissionId const& id,
                             std::vector<Wish> const& wishes);

struct PlacementInput {
  TaskId task;
  BookingInput booking;
};
/// What was not placed, in words of the label interviews.mission.why: taken, has_date, stopped, closed, refused.
struct Unplaced {
  TaskId task;
  std::string why;
};
struct BatchDone {
  int placed = 0;
  std::vector<Unplaced> not_placed;
};
/// Every placement is an interview of its own: what cannot be placed any more is told and keeps nobody else back. Refuses:
/// not_found, not_permitted, limit_reached, wrong_step (not announced).
Result<BatchDone> place_batch(Context const& context, access::Viewer const& viewer, MissionId const& id,
                              std::vector<PlacementInput> const& placements);

struct MovedMission {
  Mission mission;
  int moved = 0;       ///< to the same hour of the same day of the mission
  int replaced = 0;    ///< to another hour
  std::vector<InterviewId> called_off;  ///< no time was left: they wait for a date again
};
/// Its first day becomes `from`; every interview that is booked goes with it. Refuses: not_found, stale_revision, as
/// decide_mission_move.
Result<MovedMission> move_mission(Context const& context, access::Viewer const& viewer, MissionId const& id, Date from,
                                  std::string_view reason, IfMatch if_match);
/// With all its interviews. Refuses: not_found, stale_revision, as decide_mission_cancellation.
Result<MovedMission> cancel_mission(Context const& context, access::Viewer const& viewer, MissionId const& id,
                                    std::string_view reason, IfMatch if_match);

/// An envelope about a mission, in the State that is visited. Refuses: not_found, as take_mission_notice.
Result<void> receive_mission(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                             db::Command const& inbox);

}  // namespace rcms::interviews
