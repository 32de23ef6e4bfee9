// Which person of a batch is interviewed when, where, by whom and with which interpreter, and who cannot be placed and why. Pure:
// the same batch always gives the same plan. Those whose term ends first come first.
// Source: docs/decisions/0018-interviews-cross-as-appointments.md.
#pragma once

#include <string>
#include <vector>

#include "capabilities/interviews/mission.hpp"

namespace rcms::interviews {

inline constexpr std::size_t batch_limit = 100;

struct Candidate {
  TaskId task;
  CaseId case_id;
  std::string language;         ///< of the person; empty: not known, the first language of the team is taken
  std::string last_day;         ///< of the term, yyyy-mm-dd; may be empty
  std::string interviewer_sex;  ///< F or M: the person asked for it; empty: did not
};

struct Placement {
  Interview interview;  ///< without id, with its room
  bool is_late = false;  ///< after the last day of the term
};

struct NotPlaced {
  TaskId task;
  std::string why;  ///< language (nobody of the mission speaks or interprets it), interviewer (no expert of that sex), full
};

struct Plan {
  std::vector<Placement> placed;
  std::vector<NotPlaced> not_placed;
};

/// `places` are those of the mission with their holidays; `taken` the quarters of everybody and everything on its days. An
/// interview that is in `kept` counts for the daily limit of its experts.
Plan plan_batch(Mission const& mission, std::vector<Place> const& places, std::vector<Candidate> candidates,
                std::vector<Quarter> const& taken, std::vector<Interview> const& kept, Instant now);

/// Interviews that the days, rooms and experts of the mission allow. `places` are those of the mission with their holidays.
int capacity_of(Mission const& mission, std::vector<Place> const& places);
/// Whether somebody of the mission speaks the language or interprets from it.
bool is_covered(Mission const& mission, std::string const& language);

/// What must be read before: rooms, experts and interpreters of the mission, and the persons.
std::vector<std::string> resources_of_batch(Mission const& mission, std::vector<Place> const& places,
                                            std::vector<CaseId> const& persons);

}  // namespace rcms::interviews
