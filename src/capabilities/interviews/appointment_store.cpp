#include "capabilities/interviews/appointment_store.hpp"

namespace rcms::interviews {

namespace {

#define APPOINTMENT_COLUMNS                                                                                                \
  "a.party, a.id, a.case_id, a.state, a.starts_at, a.length_minutes, a.mode, a.place, a.address, a.time_zone,"             \
  " a.accessibility, a.language, a.interpreter, a.invitation, a.invitation_language, a.invited_on, a.invited_how,"         \
  " a.attendance, a.minutes_signed_on, a.minutes_hash, a.changed_at, a.revision, f.reference, f.person_name, f.state,"     \
  " (SELECT MIN(d.due_on) FROM deadlines d WHERE d.party = a.party AND d.case_id = a.case_id"                              \
  " AND d.kind = 'interview_deadline' AND d.state = 'open'), a.mission, a.invitation_version, a.invitation_drawn_on"        \
  " FROM interview_appointments a JOIN case_files f ON f.party = a.party AND f.case_id = a.case_id"

db::Sql const select_one{"appointments.find", "SELECT " APPOINTMENT_COLUMNS " WHERE a.party = $1 AND a.id = $2"};
db::Sql const select_in_time{
    "appointments.in_time",
    "SELECT " APPOINTMENT_COLUMNS
    " WHERE a.party = $1 AND a.starts_at >= $2 AND a.starts_at < $3 ORDER BY a.starts_at, a.id LIMIT 500"};
db::Sql const select_of_case{"appointments.of_case",
                             "SELECT " APPOINTMENT_COLUMNS
                             " WHERE a.party = $1 AND a.case_id = $2 ORDER BY a.starts_at, a.id LIMIT 200"};
db::Sql const insert_row{
    "appointments.insert",
    "INSERT INTO interview_appointments (party, id, case_id, state, starts_at, length_minutes, mode, place, address, time_zone,"
    " accessibility, language, interpreter, invitation, invitation_language, invited_on, invited_how, attendance,"
    " minutes_signed_on, minutes_hash, changed_at, mission, invitation_version, invitation_drawn_on, revision)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,"
    " 1)"};
db::Sql const update_row{
    "appointments.save",
    "UPDATE interview_appointments SET state = $4, starts_at = $5, length_minutes = $6, mode = $7, place = $8, address = $9,"
    " time_zone = $10, accessibility = $11, language = $12, interpreter = $13, invitation = $14, invitation_language = $15,"
    " invited_on = $16, invited_how = $17, attendance = $18, minutes_signed_on = $19, minutes_hash = $20, changed_at = $21,"
    " mission = $22, invitation_version = $23, invitation_drawn_on = $24, revision = revision + 1"
    " WHERE party = $1 AND id = $2 AND case_id = $3 AND revision = $25"};

db::Sql const select_of_mission{"appointments.of_mission",
                                "SELECT " APPOINTMENT_COLUMNS
                                " WHERE a.party = $1 AND a.mission = $2 ORDER BY a.starts_at, a.id LIMIT 2000"};

#undef APPOINTMENT_COLUMNS

AppointmentRow read_row(db::Row const& row) {
  AppointmentRow out;
  auto& one = out.appointment;
  one.party = PartyId{row.text(0)};
  one.id = InterviewId{row.text(1)};
  one.case_id = CaseId{row.text(2)};
  one.state = row.text(3);
  one.starts_at = Instant{row.integer(4)};
  one.length_minutes = static_cast<int>(row.integer(5));
  one.mode = row.text(6);
  one.place = row.text(7);
  one.address = row.text(8);
  one.time_zone = row.text(9);
  one.accessibility = row.text(10);
  one.language = row.text(11);
  one.interpreter = row.integer(12) != 0;
  one.invitation = FileId{row.text(13)};
  one.invitation_language = row.text(14);
  one.invited_on = row.text(15);
  one.invited_how = row.text(16);
  one.attendance = row.text(17);
  one.minutes_signed_on = row.text(18);
  one.minutes_hash = row.text(19);
  one.changed_at = Instant{row.integer(20)};
  one.revision = row.integer(21);
  out.reference = row.text(22);
  out.person = row.text(23);
  out.case_state = row.text(24);
  out.term_on = row.find_text(25).value_or("");
  one.mission = MissionId{row.text(26)};
  one.invitation_version = static_cast<int>(row.integer(27));
  one.invitation_drawn_on = row.text(28);
  return out;
}

std::vector<AppointmentRow> read_rows(db::Rows const& rows) {
  std::vector<AppointmentRow> all;
  for (auto const& row : rows) all.push_back(read_row(row));
  return all;
}

}  // namespace

std::optional<AppointmentRow> find_appointment(db::Database& database, PartyId const& party, InterviewId const& id) {
  auto const row = database.find(select_one, {party.value, id.value});
  return row ? std::optional(read_row(*row)) : std::nullopt;
}

std::vector<AppointmentRow> list_appointments(db::Database& database, PartyId const& party, Instant from, Instant to) {
  return read_rows(database.read(select_in_time, {party.value, from.ms, to.ms}));
}

std::vector<AppointmentRow> list_appointments_of_case(db::Database& database, PartyId const& party, CaseId const& id) {
  return read_rows(database.read(select_of_case, {party.value, id.value}));
}

std::vector<AppointmentRow> list_appointments_of_mission(db::Database& database, PartyId const& party, MissionId const& id) {
  return read_rows(database.read(select_of_mission, {party.value, id.value}));
}

void save_appointment(db::Command& command, Appointment const& one) {
  db::Values values{one.party.value, one.id.value, one.case_id.value, one.state, one.starts_at.ms,
                    std::int64_t{one.length_minutes}, one.mode, one.place, one.address, one.time_zone, one.accessibility,
                    one.language, std::int64_t{one.interpreter ? 1 : 0}, one.invitation.value, one.invitation_language,
                    one.invited_on, one.invited_how, one.attendance, one.minutes_signed_on, one.minutes_hash, one.changed_at.ms,
                    one.mission.value, std::int64_t{one.invitation_version}, one.invitation_drawn_on};
  if (one.revision == 0) {
    command.add(insert_row, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_row, std::move(values));
  }
}

}  // namespace rcms::interviews
