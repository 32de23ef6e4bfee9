// An expert mission: officials of the requested State stay some days in the requesting State and interview many persons there.
// What may be planned, announced, changed, called off and closed. Pure.
// Source: docs/decisions/0018-interviews-cross-as-appointments.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/interviews/interview.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::interviews {

inline constexpr int longest_mission_days = 31;
inline constexpr std::size_t mission_people_limit = 20;
inline constexpr std::size_t mission_places_limit = 10;

/// One who travels: an expert, who asks, or an interpreter.
struct MissionMember {
  UserId user;       ///< of an expert always; of an interpreter when they sign in here
  std::string name;  ///< of an interpreter
  std::string sex;   ///< of an expert, when it is known: a person may ask for an interviewer of their own sex
  std::vector<std::string> languages;  ///< in which an expert asks, or from which an interpreter interprets
  friend bool operator==(MissionMember const&, MissionMember const&) = default;
};

struct Mission {
  MissionId id;
  PartyId party;
  PartyId partner;  ///< the State that is visited
  std::string name;
  std::vector<PlaceId> places;
  Date from;
  Date to;
  int length_minutes = 60;  ///< of one interview
  int pause_minutes = 15;   ///< between two of the same expert
  int daily_limit = 6;      ///< interviews of one expert on one day
  std::vector<MissionMember> experts;
  std::vector<MissionMember> interpreters;
  std::string state = "planned";  ///< planned, announced, closed, cancelled
  std::string reason;             ///< of a change of the days and of cancelled
  UserId made_by;
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

/// planned, announced, running (announced, and its days have begun), closed, cancelled.
std::string state_on(Mission const& mission, Date today);

/// Refuses: field_missing; field_invalid (days, length, pause, limit, a place that is not in use, sex, language, somebody named
/// twice); limit_reached.
Result<void> check_mission(Mission const& mission, std::vector<Place> const& places, forms::Codes const& codes);

/// A mission is planned, or what was planned is changed. What was announced keeps its State and its days: those are moved.
/// Refuses: not_permitted; wrong_step (closed or cancelled; other days or another State once it is announced; an expert or a
/// place left out who has interviews that are booked); as check_mission; field_invalid (days that have passed).
Result<Mission> decide_mission(Mission const* before, Mission wanted, std::vector<Place> const& places,
                               std::vector<Interview> const& booked, forms::Codes const& codes, access::Viewer const& viewer,
                               Date today, Instant now);
/// The State that is visited is told. Refuses: not_permitted; wrong_step (announced already); field_invalid (its days have
/// passed).
Result<Mission> decide_announcement(Mission const& before, access::Viewer const& viewer, Date today, Instant now);
/// The same days elsewhere in time: its first day becomes `from`. Refuses: not_permitted; wrong_step (not planned or announced);
/// reason_missing; field_invalid (the same day, a day that has passed).
Result<Mission> decide_mission_move(Mission const& before, Date from, std::string_view reason, access::Viewer const& viewer,
                                    Date today, Instant now);
/// Refuses: not_permitted; wrong_step; reason_missing.
Result<Mission> decide_mission_cancellation(Mission const& before, std::string_view reason, access::Viewer const& viewer,
                                            Instant now);
/// Everything has come to an end. Refuses: not_permitted; wrong_step (not announced; an interview is still booked).
Result<Mission> decide_closure(Mission const& before, std::vector<Interview> const& booked, access::Viewer const& viewer,
                               Instant now);

/// An interview that is placed within a mission is held by its experts, at its places, on its days. Refuses: wrong_step (not
/// announced); field_invalid (starts_at, place, interviewers, interpreter, language).
Result<void> check_within(Mission const& mission, Interview const& interview, Place const& place);

/// What became of the interviews of a mission. No reason why somebody was not presented is known here.
struct MissionFigures {
  int placed = 0;         ///< all that were ever given a time
  int to_come = 0;        ///< booked
  int arranged = 0;       ///< of those, the person will be there
  int held = 0;
  int not_held = 0;       ///< somebody who was needed was absent
  int not_presented = 0;  ///< told by the other State
  int called_off = 0;     ///< cancelled otherwise
  int minutes_closed = 0;
  int identified = 0;      ///< the task says: confirmed
  int not_identified = 0;  ///< not confirmed
  int not_yet = 0;         ///< held, and the task says nothing yet or nothing certain
};
/// `outcome` of the task of each interview, in the same order; empty while it is open.
MissionFigures count_figures(std::vector<Interview> const& interviews, std::vector<std::string> const& outcomes);

}  // namespace rcms::interviews
