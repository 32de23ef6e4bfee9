// How long a file waits in its step, who is told of it, and what is laid aside until a day. Pure; legal terms know nothing of it.
// Source: data/workflow/queues.toml; the days are the practice of each State.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/queues.hpp"
#include "capabilities/case_files/step.hpp"
#include "norms/agreements/calendar.hpp"

namespace rcms::case_files {

/// What the desks of one State go by.
struct Desks {
  std::vector<Queue> const& queues;
  agreements::Calendar const* calendar = nullptr;  ///< of the own State; null: only Saturdays and Sundays are free
  std::string time_zone;
  Instant now;
  std::string own_code;  ///< three letters of the own State

  Date today() const { return date_in_zone(now, time_zone); }
};

/// The `days`-th working day after `from`.
Date add_working_days(agreements::Calendar const* calendar, Date from, int days);

/// Sets `step_since`, `told`, `tell_on` and `hold` of `after`: a file that came into another state begins to wait anew and is on
/// hold no longer; one that ended waits no more. `before` is null for a new file.
void keep_waiting(Desks const& desks, CaseFile const* before, CaseFile& after);

/// What was open before anybody counted begins to wait now.
inline constexpr std::string_view begins_to_wait = "1970-01-01";

/// Who is told of a file that waits too long.
struct Answerable {
  UserId officer;     ///< in charge, or the author where nobody is; empty: those who act next are told
  UserId cover;       ///< of the officer today, or empty
  UserId supervisor;  ///< of the officer, or empty: the supervisors are told
};

/// The file waits too long: "waiting_too_long" tells the officer, later "waiting_escalated" the supervisor, each once in a step.
/// Refuses: too_early (not due on this day), wrong_step (nobody is told any more).
Result<Decision> decide_telling(Desks const& desks, CaseFile const& before, Answerable const& answerable);

struct HoldInput {
  std::string until;  ///< yyyy-mm-dd
  std::string reason;
};

/// How many days a hold may last.
inline constexpr int hold_days_limit = 180;

/// Lays a file aside until a day, or until another than before. Refuses: as take_step; field_invalid (`until`: no day, not after
/// today, too far, or after the next deadline of the file).
Result<Decision> decide_hold(workflow::Process const& process, Desks const& desks, CaseFile const& before, HoldInput const& input,
                             access::Viewer const& viewer);
/// A person takes it up before the day. Refuses: as take_step; wrong_step (not on hold).
Result<Decision> decide_end_of_hold(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                    Instant now);
/// The day has come. Refuses: wrong_step (not on hold), too_early.
Result<Decision> decide_return(Desks const& desks, CaseFile const& before);

/// Another officer is in charge. Refuses: as take_step; field_missing (user).
Result<Decision> decide_assignment(workflow::Process const& process, CaseFile const& before, UserId const& owner,
                                   access::Viewer const& viewer, Instant now);

}  // namespace rcms::case_files
