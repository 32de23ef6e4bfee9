#include "capabilities/interviews/store.hpp"

#include <boost/json.hpp>

#include "capabilities/interviews/rules.hpp"
#include "foundation/base/json_read.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

#define PLACE_COLUMNS \
  "id, party, organisation, name, mode, address, time_zone, hours, slot_minutes, rooms, accessibility, active, revision"
#define INTERVIEW_COLUMNS                                                                                                     \
  "i.id, i.party, i.case_id, i.task, i.mission, i.place, i.room, i.starts_at, i.length_minutes, i.language, i.interpreter,"   \
  " i.interpreter_user, i.interviewers, i.state, i.reason, i.presence, i.invited_on, i.attendance, i.minutes_state,"          \
  " i.booked_by, i.changed_at, i.revision, f.reference, f.person_name, t.due_on, t.state, t.organisation,"                    \
  " (SELECT MIN(d.due_on) FROM deadlines d WHERE d.party = i.party AND d.case_id = i.case_id"                                 \
  " AND d.kind = 'interview_deadline' AND d.state = 'open'), t.outcome, f.partner"
#define INTERVIEW_TABLES                                                                                                \
  " FROM interviews i JOIN case_files f ON f.party = i.party AND f.case_id = i.case_id"                                  \
  " JOIN verification_tasks t ON t.id = i.task"

db::Sql const select_place{"interviews.place",
                           "SELECT " PLACE_COLUMNS " FROM interview_places WHERE id = $1 AND party = $2"};
db::Sql const select_places{"interviews.places",
                            "SELECT " PLACE_COLUMNS " FROM interview_places WHERE party = $1 ORDER BY name, id LIMIT 200"};
db::Sql const insert_place{"interviews.insert_place",
                           "INSERT INTO interview_places (" PLACE_COLUMNS
                           ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)"};
db::Sql const update_place{"interviews.save_place",
                           "UPDATE interview_places SET organisation = $3, name = $4, mode = $5, address = $6, time_zone = $7,"
                           " hours = $8, slot_minutes = $9, rooms = $10, accessibility = $11, active = $12,"
                           " revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $13"};

db::Sql const select_one{"interviews.find",
                         "SELECT " INTERVIEW_COLUMNS INTERVIEW_TABLES " WHERE i.id = $1 AND i.party = $2"};
db::Sql const select_in_time{
    "interviews.in_time", "SELECT " INTERVIEW_COLUMNS INTERVIEW_TABLES
                          " WHERE i.party = $1 AND i.starts_at >= $2 AND i.starts_at < $3 ORDER BY i.starts_at, i.id LIMIT 500"};
db::Sql const select_of_case{"interviews.of_case",
                             "SELECT " INTERVIEW_COLUMNS INTERVIEW_TABLES
                             " WHERE i.party = $1 AND i.case_id = $2 ORDER BY i.starts_at, i.id LIMIT 200"};
db::Sql const select_of_mission{"interviews.of_mission",
                                "SELECT " INTERVIEW_COLUMNS INTERVIEW_TABLES
                                " WHERE i.mission = $2 AND i.party = $1 ORDER BY i.starts_at, i.id LIMIT 2000"};
db::Sql const select_waiting{
    "interviews.waiting",
    "SELECT t.id, t.case_id, t.organisation, t.assignee, f.reference, f.person_name, t.due_on,"
    " (SELECT MIN(d.due_on) FROM deadlines d WHERE d.party = t.party AND d.case_id = t.case_id"
    " AND d.kind = 'interview_deadline' AND d.state = 'open') AS term_on,"
    " (SELECT COUNT(i.id) FROM interviews i WHERE i.task = t.id AND i.state <> 'booked') AS missed, f.partner, f.held_until"
    " FROM verification_tasks t JOIN case_files f ON f.party = t.party AND f.case_id = t.case_id"
    " WHERE t.party = $1 AND t.kind = 'interview' AND t.state = 'open'"
    " AND f.state IN ('completeness', 'documents_requested', 'verification', 'interview')"
    " AND NOT EXISTS (SELECT i.id FROM interviews i WHERE i.task = t.id AND i.state IN ('booked', 'held'))"
    " ORDER BY term_on ASC NULLS LAST, t.due_on, t.id LIMIT 200"};
db::Sql const insert_row{
    "interviews.insert",
    "INSERT INTO interviews (id, party, case_id, task, mission, place, room, starts_at, length_minutes, language, interpreter,"
    " interpreter_user, interviewers, state, reason, presence, invited_on, attendance, minutes_state, booked_by, changed_at,"
    " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)"};
db::Sql const update_row{
    "interviews.save",
    "UPDATE interviews SET task = $4, mission = $5, place = $6, room = $7, starts_at = $8, length_minutes = $9, language = $10,"
    " interpreter = $11, interpreter_user = $12, interviewers = $13, state = $14, reason = $15, presence = $16,"
    " invited_on = $17, attendance = $18, minutes_state = $19, booked_by = $20, changed_at = $21, revision = revision + 1"
    " WHERE id = $1 AND party = $2 AND case_id = $3 AND revision = $22"};

db::Sql const select_quarters{"interviews.quarters",
                              "SELECT resource, quarter, interview FROM interview_quarters"
                              " WHERE party = $1 AND resource = $2 AND quarter >= $3 AND quarter < $4"};
db::Sql const insert_quarter{
    "interviews.take", "INSERT INTO interview_quarters (party, resource, quarter, interview) VALUES ($1, $2, $3, $4)"};
db::Sql const delete_quarters{"interviews.give_free", "DELETE FROM interview_quarters WHERE interview = $1"};

#undef PLACE_COLUMNS
#undef INTERVIEW_COLUMNS
#undef INTERVIEW_TABLES

std::string render_hours(std::vector<OpeningHours> const& hours) {
  json::array list;
  for (auto const& one : hours)
    list.push_back(json::object{{"weekday", one.weekday}, {"from", one.from_minute}, {"to", one.to_minute}});
  return json::serialize(list);
}

std::vector<OpeningHours> read_hours(std::string const& text) {
  std::vector<OpeningHours> hours;
  auto const list = json::parse(text);
  for (auto const& one : list.as_array()) {
    hours.push_back({static_cast<int>(whole_at(one, "weekday")), static_cast<int>(whole_at(one, "from")),
                     static_cast<int>(whole_at(one, "to"))});
  }
  return hours;
}

Place read_place(db::Row const& row) {
  Place place;
  place.id = PlaceId{row.text(0)};
  place.party = PartyId{row.text(1)};
  place.organisation = OrganisationId{row.text(2)};
  place.name = row.text(3);
  place.mode = row.text(4);
  place.address = row.text(5);
  place.time_zone = row.text(6);
  place.hours = read_hours(row.text(7));
  place.slot_minutes = static_cast<int>(row.integer(8));
  place.rooms = static_cast<int>(row.integer(9));
  place.accessibility = row.text(10);
  place.active = row.integer(11) != 0;
  place.revision = row.integer(12);
  return place;
}

std::string render_users(std::vector<UserId> const& users) {
  json::array list;
  for (auto const& user : users) list.push_back(json::string(user.value));
  return json::serialize(list);
}

std::string render_attendance(std::vector<Attendant> const& people) {
  json::array list;
  for (auto const& one : people) {
    list.push_back(json::object{{"role", one.role},
                                {"user", one.user.value},
                                {"name", one.name},
                                {"attendance", one.attendance},
                                {"reason", one.reason}});
  }
  return json::serialize(list);
}

std::vector<Attendant> read_attendance(std::string const& text) {
  std::vector<Attendant> people;
  auto const list = json::parse(text);
  for (auto const& one : list.as_array()) {
    people.push_back({text_at(one, "role"), UserId{text_at(one, "user")}, text_at(one, "name"), text_at(one, "attendance"),
                      text_at(one, "reason")});
  }
  return people;
}

InterviewRow read_interview(db::Row const& row) {
  InterviewRow out;
  auto& interview = out.interview;
  interview.id = InterviewId{row.text(0)};
  interview.party = PartyId{row.text(1)};
  interview.case_id = CaseId{row.text(2)};
  interview.task = TaskId{row.text(3)};
  interview.mission = MissionId{row.find_text(4).value_or("")};
  interview.place = PlaceId{row.text(5)};
  interview.room = static_cast<int>(row.integer(6));
  interview.starts_at = Instant{row.integer(7)};
  interview.length_minutes = static_cast<int>(row.integer(8));
  interview.language = row.text(9);
  interview.interpreter = row.text(10);
  interview.interpreter_user = UserId{row.text(11)};
  auto const interviewers = json::parse(row.text(12));
  for (auto const& user : interviewers.as_array())
    interview.interviewers.push_back(UserId{std::string(user.as_string())});
  interview.state = row.text(13);
  interview.reason = row.text(14);
  interview.presence = row.text(15);
  interview.invited_on = row.text(16);
  interview.attendance = read_attendance(row.text(17));
  interview.minutes_state = row.text(18);
  interview.booked_by = UserId{row.text(19)};
  interview.changed_at = Instant{row.integer(20)};
  interview.revision = row.integer(21);
  out.reference = row.text(22);
  out.person = row.text(23);
  out.task_due_on = row.text(24);
  out.task_state = row.text(25);
  out.task_organisation = OrganisationId{row.text(26)};
  out.term_on = row.find_text(27).value_or("");
  out.task_outcome = row.find_text(28).value_or("");
  out.partner = PartyId{row.text(29)};
  return out;
}

std::vector<InterviewRow> read_interviews(db::Rows const& rows) {
  std::vector<InterviewRow> all;
  for (auto const& row : rows) all.push_back(read_interview(row));
  return all;
}

db::Values values_of(Interview const& one) {
  return {one.id.value,
          one.party.value,
          one.case_id.value,
          one.task.value,
          one.mission.empty() ? db::Value() : db::Value(one.mission.value),
          one.place.value,
          std::int64_t{one.room},
          one.starts_at.ms,
          std::int64_t{one.length_minutes},
          one.language,
          one.interpreter,
          one.interpreter_user.value,
          render_users(one.interviewers),
          one.state,
          one.reason,
          one.presence,
          one.invited_on,
          render_attendance(one.attendance),
          one.minutes_state,
          one.booked_by.value,
          one.changed_at.ms};
}

}  // namespace

std::optional<Place> find_place(db::Database& database, PartyId const& party, PlaceId const& id) {
  auto const row = database.find(select_place, {id.value, party.value});
  return row ? std::optional(read_place(*row)) : std::nullopt;
}

std::vector<Place> list_places(db::Database& database, PartyId const& party) {
  std::vector<Place> places;
  for (auto const& row : database.read(select_places, {party.value})) places.push_back(read_place(row));
  return places;
}

void save_place(db::Command& command, Place const& place) {
  db::Values values{place.id.value,   place.party.value, place.organisation.value,
                    place.name,       place.mode,        place.address,
                    place.time_zone,  render_hours(place.hours), std::int64_t{place.slot_minutes},
                    std::int64_t{place.rooms}, place.accessibility, std::int64_t{place.active ? 1 : 0}};
  if (place.revision == 0) {
    command.add(insert_place, std::move(values));
  } else {
    values.emplace_back(place.revision);
    command.add_expecting(update_place, std::move(values));
  }
}

std::optional<InterviewRow> find_interview(db::Database& database, PartyId const& party, InterviewId const& id) {
  auto const row = database.find(select_one, {id.value, party.value});
  return row ? std::optional(read_interview(*row)) : std::nullopt;
}

std::vector<InterviewRow> list_interviews(db::Database& database, PartyId const& party, Instant from, Instant to) {
  return read_interviews(database.read(select_in_time, {party.value, from.ms, to.ms}));
}

std::vector<InterviewRow> list_interviews_of_case(db::Database& database, PartyId const& party, CaseId const& id) {
  return read_interviews(database.read(select_of_case, {party.value, id.value}));
}

std::vector<InterviewRow> list_interviews_of_mission(db::Database& database, PartyId const& party, MissionId const& id) {
  return read_interviews(database.read(select_of_mission, {party.value, id.value}));
}

std::vector<WaitingTask> list_waiting(db::Database& database, PartyId const& party) {
  std::vector<WaitingTask> waiting;
  for (auto const& row : database.read(select_waiting, {party.value})) {
    waiting.push_back({TaskId{row.text(0)}, CaseId{row.text(1)}, OrganisationId{row.text(2)},
                       UserId{row.find_text(3).value_or("")}, row.text(4), row.text(5), row.text(6),
                       row.find_text(7).value_or(""), static_cast<int>(row.integer(8)), PartyId{row.text(9)},
                       row.find_text(10).has_value()});
  }
  return waiting;
}

void insert_interview(db::Command& command, Interview const& interview) {
  command.add(insert_row, values_of(interview));
  for (auto const& quarter : interviews::quarters_of(interview))
    command.add(insert_quarter, {interview.party.value, quarter.resource, quarter.number, interview.id.value});
}

void save_interview(db::Command& command, Interview const& after) {
  save_interview_record(command, after);
  command.add(delete_quarters, {after.id.value});
  if (after.state != "booked") return;
  for (auto const& quarter : interviews::quarters_of(after))
    command.add(insert_quarter, {after.party.value, quarter.resource, quarter.number, after.id.value});
}

void save_interview_record(db::Command& command, Interview const& after) {
  auto values = values_of(after);
  values.emplace_back(after.revision);
  command.add_expecting(update_row, std::move(values));
}

std::vector<Quarter> list_taken(db::Database& database, PartyId const& party, std::vector<std::string> const& resources,
                                Instant from, Instant to) {
  std::vector<Quarter> taken;
  auto const end = (to.ms + quarter_ms - 1) / quarter_ms;
  for (auto const& resource : resources) {
    for (auto const& row : database.read(select_quarters, {party.value, resource, from.ms / quarter_ms, end}))
      taken.push_back({row.text(0), row.integer(1), InterviewId{row.text(2)}});
  }
  return taken;
}

}  // namespace rcms::interviews
