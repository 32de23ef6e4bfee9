// The interviews of the demo: places of Utopia in Arcadia, dates, invitations, who came, minutes that everybody signed. Every act
// is the one that the pages of the application call.
#include "app/demo_interviews.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/demo_acts.hpp"
#include "capabilities/case_files/list.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "capabilities/interviews/minutes_actions.hpp"
#include "capabilities/interviews/missions.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

constexpr char const* interpreters[] = {"Ixchel Caal Tzoc", "Mateo Quej Pop"};

std::vector<interviews::OpeningHours> office_hours(int from_hour, int to_hour) {
  std::vector<interviews::OpeningHours> hours;
  for (int weekday = 1; weekday <= 5; ++weekday) hours.push_back({weekday, from_hour * 60, to_hour * 60});
  return hours;
}

json::object minutes_of(Date day, Instant held_at) {
  json::object content;
  content["interview"] =
      json::object{{"held_at", held_at.text()},
                   {"place", "Consulado de Utopía en Arcadia"},
                   {"mode", "in_person"},
                   {"language", "es"},
                   {"attendants", json::array{json::object{{"name", "Carmen Villalobos"}, {"function", "Cónsul"}}}}};
  content["rights"] = json::object{{"invited_on", day.plus_days(-3).text()},
                                   {"informed_of_purpose", true},
                                   {"informed_of_silence", true},
                                   {"companion_offered", true},
                                   {"refused_on_protection_grounds", false}};
  content["minutes"] = json::object{{"summary", "La persona describe su municipio, la escuela y a su familia."},
                                    {"result", "recognised"},
                                    {"result_reason", "Conoce el lugar y nombra a familiares que constan en el registro."}};
  return content;
}

}  // namespace

void make_interview_places(DemoStage& stage) {
  auto const consulate = stage.officers.organisation("uto-consulate");
  auto const keep = [&](char const* name, char const* mode, char const* address, int rooms, int from, int to,
                        char const* access) {
    interviews::Place place;
    place.organisation = consulate;
    place.name = name;
    place.mode = mode;
    place.address = address;
    place.time_zone = "Europe/Zurich";
    place.hours = office_hours(from, to);
    place.rooms = rooms;
    place.accessibility = access;
    auto const kept = interviews::keep_place(stage.node.context(), stage.officers.by_login("elena.uto"), place);
    if (!kept) throw std::runtime_error("The world of the demo cannot be made: place: " + kept.error().detail);
  };
  keep("Consulado de Utopía, sala 2", "in_person", "Hafenstrasse 4, 3000 Puerto Norte, Arcadia", 2, 8, 18,
       "Ascensor; entrada sin gradas; bucle magnético");
  keep("Videollamada del consulado", "video", "Enlace en la citación; sala de la Oficina de Migración, North Region", 1, 9, 17,
       "");
  keep("Teléfono del consulado", "telephone", "+00 31 555 0144", 1, 9, 12, "");
}

namespace {

/// The first free times at the places of the State from a day on, of the consul.
std::optional<interviews::BookingInput> find_time(DemoStage& stage, applications::TaskId const& task, Date from,
                                                  std::size_t number) {
  auto const& context = stage.node.context();
  auto const& carmen = stage.officers.by_login("carmen.uto");
  auto const places = interviews::list_places(context.database, carmen.party);
  interviews::BookingInput input;
  input.place = places.at(number % 3 == 2 ? places.size() - 1 : 0).id;
  input.language = "es";
  if (number % 3 == 1) input.interpreter = interpreters[number % 2];
  input.interviewers = {number % 2 == 1 ? stage.officers.by_login("jorge.uto").user : carmen.user};
  auto const times = must("times", interviews::list_free_times(context, carmen, task, input, {}, from, 5)).value();
  std::size_t seen = 0;
  for (auto const& time : times) {
    if (!time.taken_by.empty() || seen++ < number % 4) continue;
    input.starts_at = time.starts_at;
    return input;
  }
  return std::nullopt;
}

/// Arcadia invites the person and tells that they will be there.
void present_person(DemoStage& stage, interviews::InterviewRow const& row, Date today) {
  auto const& context = stage.node.context();
  auto const& anna = stage.officers.by_login("anna.xar");
  context.exchange.deliver_due();
  auto const& id = row.interview.id;
  must("invitation", interviews::make_invitation(context, stage.rights, anna, id, "es", {}));
  must("service", interviews::serve_invitation(context, anna, id, today.text(), "handed", {}));
  auto const close = [&](char const* login, char const* gate, std::map<std::string, std::string> evidence) {
    must(gate, safeguarding::decide_gate(context, stage.officers.by_login(login), row.interview.case_id,
                                         {gate, "closed", std::move(evidence), {}}, std::nullopt));
  };
  close("anna.xar", "G12",
        {{"invitation_date", today.text()}, {"interpreter", row.interview.interpreter.empty() ? "not needed" : "yes"}});
  close("dora.xar", "G02", {{"status_token", "ST-4711"}, {"checked_on", today.text()}});
  must("presence", interviews::arrange_presence(context, anna, id, {}));
}

/// Officials of Utopia will stay two days in Arcadia; the first of those who wait for a date are placed, the others wait.
void set_mission(DemoStage& stage) {
  constexpr int working_days_ahead = 12;
  constexpr std::size_t placed_at_most = 3;
  auto const& context = stage.node.context();
  auto const& jorge = stage.officers.by_login("jorge.uto");
  auto const& carmen = stage.officers.by_login("carmen.uto");
  auto const today = case_files::today_of(context, jorge.party);
  interviews::Mission mission;
  mission.partner = stage.officers.by_login("anna.xar").party;
  mission.name = "Misión de identificación, Puerto Norte";
  mission.places = {interviews::list_places(context.database, jorge.party).at(0).id};
  mission.from = stage.calendar.add_working_days(today, working_days_ahead);
  mission.to = stage.calendar.add_working_days(today, working_days_ahead + 1);
  mission.experts = {{carmen.user, "", "F", {"es"}}, {jorge.user, "", "M", {"es"}}};
  mission.interpreters = {{{}, interpreters[0], "", {"quc"}}};
  auto const kept = must("mission", interviews::keep_mission(context, jorge, mission)).value();
  must("announce mission", interviews::announce_mission(context, jorge, kept.id, kept.revision));
  std::vector<interviews::Wish> wishes;
  for (auto const& candidate : interviews::list_candidates(context, jorge, kept)) {
    if (wishes.size() < placed_at_most) wishes.push_back({candidate.waiting.task, ""});
  }
  auto const plan = must("plan mission", interviews::plan_mission(context, jorge, kept.id, wishes)).value();
  std::vector<interviews::PlacementInput> placements;
  for (auto const& [interview, is_late] : plan.plan.placed) {
    placements.push_back({interview.task,
                          {interview.place, interview.starts_at, interview.length_minutes, interview.language, "", {},
                           interview.interviewers, kept.id, ""}});
  }
  must("place mission", interviews::place_batch(context, jorge, kept.id, placements));
}

}  // namespace

void set_coming_interviews(DemoStage& stage, int wanted) {
  auto const& context = stage.node.context();
  auto const& jorge = stage.officers.by_login("jorge.uto");
  auto const today = case_files::today_of(context, jorge.party);
  case_files::ListFilter filter;
  filter.states = {"verification"};
  auto const page = must("list", case_files::list_case_files(context.database, jorge.party, case_files::Side::requested, filter,
                                                             case_files::Sort::newest, {}, wanted)).value();
  std::size_t number = 0;
  for (auto const& row : page.rows) {
    applications::NewTask task;
    task.kind = "interview";
    task.organisation = stage.officers.organisation("uto-consulate");
    task.due_on = stage.calendar.add_working_days(today, 8);
    task.note = "Entrevista consular; acta firmada.";
    auto const opened = must("open interview", applications::open_task(context, jorge, CaseId{row.id}, task)).value();
    if (++number % 4 == 0) continue;  // waits for a date
    auto const input =
        find_time(stage, opened.id, stage.calendar.add_working_days(today, static_cast<int>(1 + number % 5)), number);
    if (!input) continue;
    auto const& carmen = stage.officers.by_login("carmen.uto");
    auto const booked = must("book", interviews::book(context, carmen, opened.id, *input)).value();
    if (number % 3 != 2) present_person(stage, booked, case_files::today_of(context, stage.officers.by_login("anna.xar").party));
  }
  set_mission(stage);
}

void DemoStory::set_interview(applications::TaskId const& task) {
  if (index_ % 7 == 6) return;  // waits for a date
  auto const& carmen = officer("carmen.uto");
  auto const places = interviews::list_places(context().database, carmen.party);
  if (places.empty()) return;
  interviews::BookingInput input;
  input.place = places[index_ % 3 == 0 ? 2 % places.size() : 0].id;
  input.language = "es";
  if (index_ % 3 == 1) input.interpreter = interpreters[index_ % 2];
  input.interviewers = {index_ % 4 == 2 ? officer("jorge.uto").user : carmen.user};
  auto const from = stage_.calendar.add_working_days(today(), dice_.between(3, 6));
  auto const times = interviews::list_free_times(context(), carmen, task, input, {}, from, 7);
  if (!done("free times", times)) return;
  auto const wanted = static_cast<std::size_t>(dice_.between(0, 6));
  std::size_t seen = 0;
  for (auto const& time : *times) {
    if (!time.taken_by.empty() || seen++ < wanted) continue;
    input.starts_at = time.starts_at;
    auto const booked = interviews::book(context(), carmen, task, input);
    if (!done("book interview", booked)) return;
    interview_ = booked->interview.id;
    interview_at_ = booked->interview.starts_at;
    return;
  }
}

/// Arcadia invites the person, closes the safeguards and tells that they will be there; of some cases it has not come to it.
void DemoStory::arrange_interview() {
  if (interview_.empty()) return;
  wait_until(interview_at_.plus_ms(75 * demo_minute_ms));
  if (index_ % 5 == 4) return;
  auto const& anna = case_officer();
  auto const known = interviews::find_appointment(context().database, anna.party, interview_);
  if (!known) return;
  if (!done("invitation", interviews::make_invitation(context(), stage_.rights, anna, interview_, "es", {}))) return;
  if (!done("service", interviews::serve_invitation(context(), anna, interview_, today().text(), "read_aloud", {}))) return;
  decide_gate(anna, "G12",
              {{"invitation_date", today().text()}, {"interpreter", known->appointment.interpreter ? "yes" : "not needed"}});
  check_status();
  if (overtaken_) return;
  done("presence", interviews::arrange_presence(context(), anna, interview_, {}));
}

/// Everybody who came signs; the person of some cases did not come, which is no refusal.
bool DemoStory::hold_booked_interview() {
  if (interview_.empty()) return false;
  auto const row = interviews::find_interview(context().database, officer("carmen.uto").party, interview_);
  if (!row || row->interview.state != "booked") return false;
  auto const& one = row->interview;
  auto const& host = one.interviewers.front() == officer("jorge.uto").user ? officer("jorge.uto") : officer("carmen.uto");
  bool const came = one.presence == "arranged";
  std::vector<interviews::Attendant> people{
      {"person", {}, row->person, came ? "present" : "absent", came ? "" : "No se presentó; no se conoce el motivo."},
      {"interviewer", host.user, host.name, "present", ""}};
  if (!one.interpreter.empty()) people.push_back({"interpreter", {}, one.interpreter, "present", ""});
  if (!done("attendance", interviews::record_attendance(context(), host, interview_, people, {})) || !came) return false;
  if (!done("minutes", interviews::write_minutes(context(), host, interview_, minutes_of(today(), one.starts_at)))) return false;
  bool const refuses = index_ % 6 == 1;
  interviews::MarkInput const person{1, "person", {}, refuses ? "refused" : "signed_on_paper",
                                     refuses ? "Quiere hablar antes con su abogada." : ""};
  if (!done("mark", interviews::mark_minutes(context(), host, interview_, person))) return false;
  if (!one.interpreter.empty() &&
      !done("mark", interviews::mark_minutes(context(), host, interview_, {1, "interpreter", {}, "signed_on_paper", ""})))
    return false;
  if (!done("sign", interviews::mark_minutes(context(), host, interview_, {1, "interviewer", {}, "signed", ""}))) return false;
  auto const given =
      interviews::give_result(context(), officer("carmen.uto"), interview_, "confirmed", "Reconocida como nacional.");
  return done("result", given);
}

}  // namespace rcms::app
