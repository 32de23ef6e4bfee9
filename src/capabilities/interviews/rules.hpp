// What may be booked, moved and cancelled, who must have come for an interview to be one, and which times are free. Pure.
// Source: data/safeguards/gates.toml (G12, G13), docs/decisions/0018-interviews-cross-as-appointments.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/interviews/interview.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::interviews {

inline constexpr int longest_minutes = 480;
inline constexpr std::size_t interviewers_limit = 6;

/// A moment as the clock on the wall of a place shows it.
struct WallTime {
  Date day;
  int minute = 0;  ///< of the day
};
/// Counted back from the midnight that follows: right also on a day on which the clocks were changed in the night.
WallTime wall_time(Instant at, std::string_view zone);
Instant instant_of(WallTime const& time, std::string_view zone);
/// "09:30".
std::string text_of_minute(int minute);
/// Reads "09:30"; empty unless it is a minute of a day.
std::optional<int> parse_minute(std::string_view text);

/// Every quarter that the interview takes: its room, the person, each interviewer, the interpreter.
std::vector<Quarter> quarters_of(Interview const& interview);
/// What the interview needs but for the room, and all rooms of the place: whose quarters must be read before it is booked.
std::vector<std::string> resources_of(Interview const& interview, Place const& place);

/// Refuses: field_missing, field_invalid (mode, hours, slot, rooms, time zone that is unknown).
Result<void> check_place(Place const& place, forms::Codes const& codes);

/// Whether a file in this state waits for an interview.
bool waits_for_interview(case_files::CaseFile const& file);

/// Gives the interview a free room. `taken` are quarters of `resources_of`; those of the interview itself do not count.
/// Refuses: already_exists (field person, interviewers, interpreter or starts_at when every room is taken).
Result<Interview> take_room(Interview wanted, Place const& place, std::vector<Quarter> const& taken);

/// Refuses: not_permitted; wrong_step (task or file waits for none); field_missing (interviewers, language); field_invalid
/// (length, place, a beginning in the past, off the quarter, outside the hours or on a holiday, which is named); as take_room.
Result<Interview> decide_booking(Interview wanted, Place const& place, applications::VerificationTask const& task,
                                 case_files::CaseFile const& file, std::vector<Quarter> const& taken, forms::Codes const& codes,
                                 access::Viewer const& viewer, Instant now);
/// The same interview at another time or place, of the mission that `wanted` names; the requesting State is asked again. Refuses
/// also: wrong_step (not booked).
Result<Interview> decide_move(Interview const& before, Interview wanted, Place const& place,
                              applications::VerificationTask const& task, case_files::CaseFile const& file,
                              std::vector<Quarter> const& taken, forms::Codes const& codes, access::Viewer const& viewer,
                              Instant now);
/// Refuses: not_permitted, wrong_step (not booked), reason_missing.
Result<Interview> decide_cancellation(Interview const& before, std::string_view reason, access::Viewer const& viewer,
                                      Instant now);

/// Who came. Held when the person, an interviewer and the interpreter who was booked were there; else not held, which is never a
/// refusal: a new date follows. Refuses: not_permitted; wrong_step (not booked; the requesting State has not told that the person
/// is presented, so its safeguards may be open); too_early; field_missing (somebody who was expected); field_invalid;
/// reason_missing (of late and absent).
Result<Interview> decide_attendance(Interview const& before, std::vector<Attendant> people, access::Viewer const& viewer,
                                    Instant now);

/// A time at which something may begin, and what keeps it from being free: holiday, past, person, interviewers, interpreter,
/// room; empty when it is free.
struct FreeTime {
  Instant starts_at;
  WallTime at;
  std::vector<std::string> taken_by;
  std::string holiday;  ///< its name
};
/// Every beginning within the hours of the place on `days` days from `from`. `taken` as for take_room.
std::vector<FreeTime> list_times(Interview const& wanted, Place const& place, Date from, int days,
                                 std::vector<Quarter> const& taken, Instant now);

}  // namespace rcms::interviews
