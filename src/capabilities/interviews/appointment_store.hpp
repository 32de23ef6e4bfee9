// SQL of the appointments of the requesting State.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/interviews/appointment.hpp"
#include "foundation/db/database.hpp"

namespace rcms::interviews {

struct AppointmentRow {
  Appointment appointment;
  std::string reference;  ///< of the file of this State
  std::string person;
  std::string case_state;
  std::string term_on;  ///< last day of the interview term, or empty
};

std::optional<AppointmentRow> find_appointment(db::Database& database, PartyId const& party, InterviewId const& id);
/// Those that begin from `from` until before `to`, in the order of time; at most 500.
std::vector<AppointmentRow> list_appointments(db::Database& database, PartyId const& party, Instant from, Instant to);
std::vector<AppointmentRow> list_appointments_of_case(db::Database& database, PartyId const& party, CaseId const& id);
/// Those that were placed within a mission, in the order of time; at most 2,000.
std::vector<AppointmentRow> list_appointments_of_mission(db::Database& database, PartyId const& party, MissionId const& id);
/// Adds the appointment, or replaces the revision that it names.
void save_appointment(db::Command& command, Appointment const& appointment);

}  // namespace rcms::interviews
