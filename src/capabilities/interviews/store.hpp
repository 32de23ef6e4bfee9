// SQL of the interviews of the requested State. Every function takes the State in whose data space it works.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/interviews/interview.hpp"
#include "foundation/db/database.hpp"

namespace rcms::interviews {

std::optional<Place> find_place(db::Database& database, PartyId const& party, PlaceId const& id);
/// By name; at most 200.
std::vector<Place> list_places(db::Database& database, PartyId const& party);
/// Adds the place, or replaces the revision that it names.
void save_place(db::Command& command, Place const& place);

/// An interview with what a list shows beside it.
struct InterviewRow {
  Interview interview;
  std::string reference;    ///< of the file of this State
  std::string person;       ///< "Surname, Given names"
  std::string term_on;      ///< last day of the interview term, or empty
  std::string task_due_on;
  std::string task_state;
  OrganisationId task_organisation;
  std::string task_outcome;  ///< empty while the task is open
  PartyId partner;           ///< the requesting State
};

std::optional<InterviewRow> find_interview(db::Database& database, PartyId const& party, InterviewId const& id);
/// Those that begin from `from` until before `to`, in the order of time; at most 500.
std::vector<InterviewRow> list_interviews(db::Database& database, PartyId const& party, Instant from, Instant to);
std::vector<InterviewRow> list_interviews_of_case(db::Database& database, PartyId const& party, CaseId const& id);

/// Of a mission, in the order of time; at most 2,000.
std::vector<InterviewRow> list_interviews_of_mission(db::Database& database, PartyId const& party, MissionId const& id);

/// An open task for an interview that has no date yet, or whose date came to nothing.
struct WaitingTask {
  TaskId task;
  CaseId case_id;
  OrganisationId organisation;
  UserId assignee;
  std::string reference;
  std::string person;
  std::string task_due_on;
  std::string term_on;  ///< or empty
  int missed = 0;       ///< dates that came to nothing
  PartyId partner;      ///< the requesting State
  bool is_on_hold = false;  ///< the file was laid aside
};
/// By the day until which the interview must be, at most 200.
std::vector<WaitingTask> list_waiting(db::Database& database, PartyId const& party);

/// The interview with all that it takes. A quarter that is taken makes the command fail as already_exists.
void insert_interview(db::Command& command, Interview const& interview);
/// Replaces the revision that `after` names; what it takes is given free, and taken anew while it is booked.
void save_interview(db::Command& command, Interview const& after);
/// The same without touching what it takes.
void save_interview_record(db::Command& command, Interview const& after);

/// The quarters of `resources` from `from` until before `to`.
std::vector<Quarter> list_taken(db::Database& database, PartyId const& party, std::vector<std::string> const& resources,
                                Instant from, Instant to);

}  // namespace rcms::interviews
