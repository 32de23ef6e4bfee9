// An interview as the requested State keeps it, and what is taken by it.
#pragma once

#include <string>
#include <vector>

#include "capabilities/applications/task.hpp"
#include "capabilities/interviews/place.hpp"

namespace rcms::interviews {

using applications::TaskId;
using InterviewId = Id<struct InterviewTag>;
using MissionId = Id<struct MissionTag>;

/// Rooms and people are taken by the quarter of an hour, counted from 1970: zones of the world differ by whole quarters.
inline constexpr int quarter_minutes = 15;
inline constexpr std::int64_t minute_ms = 60'000;
inline constexpr std::int64_t quarter_ms = quarter_minutes * minute_ms;

/// Somebody who was expected, and whether they came.
struct Attendant {
  std::string role;  ///< person, interviewer, interpreter, companion
  UserId user;       ///< of an official
  std::string name;
  std::string attendance;  ///< present, late, absent
  std::string reason;      ///< of late and absent
  friend bool operator==(Attendant const&, Attendant const&) = default;
};

struct Interview {
  InterviewId id;
  PartyId party;
  CaseId case_id;
  TaskId task;
  MissionId mission;  ///< empty when it belongs to none
  PlaceId place;
  int room = 1;  ///< which of the rooms of the place
  Instant starts_at;
  int length_minutes = 60;
  std::string language;      ///< in which it is held; data/codes/lists/language.toml
  std::string interpreter;   ///< name; empty: none is needed
  UserId interpreter_user;   ///< when the interpreter signs in here
  std::vector<UserId> interviewers;
  std::string state = "booked";  ///< booked, held, not_held, cancelled
  std::string reason;            ///< of cancelled and not_held
  std::string presence = "asked";  ///< what the requesting State has told: asked, arranged, other_time, not_presented
  std::string invited_on;          ///< day on which the person got the invitation, as the requesting State told; may be empty
  std::vector<Attendant> attendance;
  std::string minutes_state = "none";  ///< none, signing, closed
  UserId booked_by;
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved

  Instant ends_at() const { return starts_at.plus_ms(length_minutes * minute_ms); }
};

/// A quarter of an hour of somebody or something. `resource`: "room:<place>:<number>", "user:<id>", "interpreter:<name>",
/// "person:<case>".
struct Quarter {
  std::string resource;
  std::int64_t number = 0;
  InterviewId interview;  ///< who has taken it
};

}  // namespace rcms::interviews
