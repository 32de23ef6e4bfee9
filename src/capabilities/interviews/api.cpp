#include "capabilities/interviews/api.hpp"

#include <algorithm>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/api_parts.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "capabilities/interviews/present.hpp"

namespace rcms::interviews {

using http::Answer;
using http::Reply;
using http::Request;

namespace {



Answer<Place> read_place(PlaceInput const& input) {
  Place place;
  place.organisation = input.organisation;
  place.name = input.name.value;
  place.mode = input.mode.value;
  place.address = input.address.value;
  place.time_zone = input.time_zone.value;
  for (auto const& hours : input.hours) {
    auto const from = parse_minute(hours.from);
    auto const to = parse_minute(hours.to);
    if (!from || !to) return tl::unexpected(wrong(Why::field_invalid, "hours", "hours and minutes as 09:00"));
    place.hours.push_back({static_cast<int>(hours.weekday), *from, *to});
  }
  place.slot_minutes = static_cast<int>(std::clamp<std::int64_t>(input.slot_minutes, 0, 10'000));
  place.rooms = static_cast<int>(std::clamp<std::int64_t>(input.rooms, 0, 10'000));
  if (input.accessibility) place.accessibility = input.accessibility->value;
  place.active = input.active.value_or(true);
  return place;
}

Answer<Reply<PlaceView>> keep(Context const& context, Request const& request, PlaceInput const& input, PlaceId const& id) {
  auto place = read_place(input);
  if (!place) return tl::unexpected(place.error());
  if (!id.empty()) {
    auto const before = find_place(context.database, request.viewer.party, id);
    if (!before) return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
    place->id = id;
    place->revision = request.if_match.value_or(before->revision);
  }
  auto const kept = keep_place(context, request.viewer, std::move(*place));
  if (!kept) return tl::unexpected(http::Problem(kept.error()));
  return Reply<PlaceView>(present_place(context, request.viewer, *kept), 0, kept->revision);
}

Answer<BookingInput> read_booking(BookingBody const& body) {
  auto const place = PlaceId::parse(body.place);
  if (!place) return tl::unexpected(wrong(Why::field_invalid, "place", "choose a place of the list"));
  BookingInput input;
  input.place = *place;
  input.starts_at = body.starts_at;
  input.length_minutes = static_cast<int>(std::clamp<std::int64_t>(body.length_minutes, 0, 10'000));
  input.language = body.language.value;
  if (body.interpreter) input.interpreter = body.interpreter->value;
  input.interpreter_user = body.interpreter_user.value_or(UserId{});
  input.interviewers.assign(body.interviewers.begin(), body.interviewers.end());
  return input;
}

Answer<Reply<InterviewView>> answer_with(Context const& context, Request const& request, Result<InterviewRow> const& row) {
  if (!row) return tl::unexpected(http::Problem(row.error()));
  auto const places = list_places(context.database, request.viewer.party);
  return Reply<InterviewView>(present_interview(context, request.viewer, *row, places), 0, row->interview.revision);
}

/// The act of the handler on the interview of the path.
template <class Act>
Answer<Reply<InterviewView>> on_interview(Context const& context, Request const& request, Act act) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  return answer_with(context, request, act(*id));
}

Answer<Reply<InterviewView>> book_task(Context const& context, Request const& request, BookingBody const& body) {
  auto const task = request.id<TaskId>("id");
  if (!task) return tl::unexpected(http::Problem(task.error()));
  if (!applications::find_task(context, request.viewer, *task))
    return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
  auto const input = read_booking(body);
  if (!input) return tl::unexpected(input.error());
  return answer_with(context, request, book(context, request.viewer, *task, *input));
}

Answer<Reply<InterviewView>> move_interview(Context const& context, Request const& request, BookingBody const& body) {
  auto const id = request.id<InterviewId>("id");
  if (!id || !find_visible(context, request.viewer, *id))
    return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
  auto const input = read_booking(body);
  if (!input) return tl::unexpected(input.error());
  return answer_with(context, request, move(context, request.viewer, *id, *input, request.if_match));
}

/// The span that a calendar asks for; days begin at midnight of the viewer's State.
Answer<std::pair<Instant, Instant>> read_span(Context const& context, Request const& request) {
  auto const zone = context.directory.get_party(request.viewer.party).time_zone;
  auto const from = request.date("from").value_or(case_files::today_of(context, request.viewer.party));
  auto const to = request.date("to").value_or(from.plus_days(6));
  if (to < from || days_between(from, to) > longest_days)
    return tl::unexpected(wrong(Why::field_invalid, "to", "at most 62 days after the first"));
  return std::pair(start_of_day(from, zone), start_of_day(to.plus_days(1), zone));
}

Answer<http::Items<InterviewView>> answer_list(Context const& context, Request const& request) {
  auto const& viewer = request.viewer;
  auto const places = list_places(context.database, viewer.party);
  std::vector<InterviewRow> rows;
  if (auto const task = request.text("task")) {
    auto const id = TaskId::parse(*task);
    auto const found = id ? applications::find_task(context, viewer, *id) : std::nullopt;
    if (found) rows = list_interviews_of_case(context.database, viewer.party, found->case_id);
  } else if (auto const application = request.text("application")) {
    auto const id = CaseId::parse(*application);
    if (id) rows = list_interviews_of_case(context.database, viewer.party, *id);
  } else {
    auto const span = read_span(context, request);
    if (!span) return tl::unexpected(span.error());
    rows = list_interviews(context.database, viewer.party, span->first, span->second);
  }
  http::Items<InterviewView> view;
  for (auto const& row : rows) {
    if (may_see(viewer, row.task_organisation)) view.items.push_back(present_interview(context, viewer, row, places));
  }
  return view;
}

http::Items<WaitingInterviewView> list_without_date(Context const& context, Request const& request) {
  http::Items<WaitingInterviewView> view;
  for (auto const& waiting : list_waiting(context.database, request.viewer.party)) {
    if (may_see(request.viewer, waiting.organisation))
      view.items.push_back(present_waiting(context, request.viewer, waiting));
  }
  return view;
}

/// The last day of the interview of a task, as it is known.
std::string term_of(Context const& context, access::Viewer const& viewer, TaskId const& id) {
  auto const task = applications::find_task(context, viewer, id);
  if (!task) return {};
  for (auto const& deadline : case_files::list_deadlines(context.database, viewer.party, task->case_id)) {
    if (deadline.kind == "interview_deadline" && deadline.state == "open" && deadline.due_on) return deadline.due_on->text();
  }
  return task->due_on.text();
}

Answer<http::Items<FreeTimeView>> list_times_of(Context const& context, Request const& request) {
  auto const task = TaskId::parse(request.text("task").value_or(""));
  auto const place_id = PlaceId::parse(request.text("place").value_or(""));
  auto const place = place_id ? find_place(context.database, request.viewer.party, *place_id) : std::nullopt;
  if (!task || !place) return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
  BookingInput input;
  input.place = *place_id;
  input.length_minutes = static_cast<int>(request.integer("minutes").value_or(place->slot_minutes));
  for (auto const& user : request.list("interviewers")) {
    if (auto const id = UserId::parse(user)) input.interviewers.push_back(*id);
  }
  input.interpreter = request.text("interpreter").value_or("");
  if (auto const user = UserId::parse(request.text("interpreter_user").value_or(""))) input.interpreter_user = *user;
  auto const moved = InterviewId::parse(request.text("interview").value_or("")).value_or(InterviewId{});
  auto const from = request.date("from").value_or(case_files::today_of(context, request.viewer.party));
  auto const days = static_cast<int>(request.integer("days").value_or(7));
  auto const times = list_free_times(context, request.viewer, *task, input, moved, from, days);
  if (!times) return tl::unexpected(http::Problem(times.error()));
  auto const term = term_of(context, request.viewer, *task);
  http::Items<FreeTimeView> view;
  for (auto const& time : *times)
    view.items.push_back(present_free_time(time, input.length_minutes, place->time_zone, term));
  return view;
}

std::vector<Attendant> read_people(Context const& context, Request const& request, AttendanceInput const& input) {
  std::vector<Attendant> people;
  for (auto const& one : input.people) {
    Attendant attendant;
    attendant.role = one.role.value;
    attendant.user = one.user.value_or(UserId{});
    attendant.name = one.name ? one.name->value : std::string();
    if (!attendant.user.empty()) attendant.name = context.directory.user_name(request.viewer.party, attendant.user);
    attendant.attendance = one.attendance.value;
    if (one.reason) attendant.reason = one.reason->value;
    people.push_back(std::move(attendant));
  }
  return people;
}

void add_time_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interviews/times")
                 .named("list_interview_times")
                 .saying("Times at a place for a task, and what keeps each from being free")
                 .permission("interview.book")
                 .query(http::required(http::text_parameter("task", "The task.", 40)))
                 .query(http::required(http::text_parameter("place", "The place.", 40)))
                 .query(http::list_parameter("interviewers", "Ids of those who would hold it."))
                 .query(http::text_parameter("interpreter", "Name of the interpreter.", 150))
                 .query(http::text_parameter("interpreter_user", "Id of an interpreter of the State.", 40))
                 .query(http::text_parameter("interview", "The interview that would be moved.", 40))
                 .query(http::integer_parameter("minutes", "Length; that of the place when not given.", 15, longest_minutes))
                 .query(http::date_parameter("from", "First day; today when not given."))
                 .query(http::integer_parameter("days", "How many days; 7 when not given.", 1, 31))
                 .refuses({Why::field_invalid})
                 .output<http::Items<FreeTimeView>>()
                 .handler([&context](Request const& request) { return list_times_of(context, request); }));
  routes.add(http::get("/api/interviews/interviewers")
                 .named("list_interviewers")
                 .saying("Who may hold interviews")
                 .permission("interview.read")
                 .output<http::Items<InterviewerView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<InterviewerView>> {
                   http::Items<InterviewerView> view;
                   for (auto const& user : list_interviewers(context, request.viewer)) {
                     view.items.push_back({user.id.value, user.name,
                                           context.directory.organisation_name(request.viewer.party, user.organisation,
                                                                               request.viewer.language)});
                   }
                   return view;
                 }));
  routes.add(
      http::post("/api/tasks/{id}/interviews")
          .named("book_interview")
          .saying("Give a task for an interview its date; the requesting State is told")
          .permission("interview.book")
          .refuses({Why::wrong_step, Why::already_exists, Why::field_invalid, Why::field_missing})
          .status(201)
          .input<BookingBody>()
          .output<InterviewView>()
          .handler([&context](BookingBody const& body, Request const& request) { return book_task(context, request, body); }));
  routes.add(http::get("/api/interviews/{id}")
                 .named("read_interview")
                 .saying("One interview")
                 .permission("interview.read")
                 .reads_personal_data()
                 .output<InterviewView>()
                 .handler([&context](Request const& request) {
                   return on_interview(context, request, [&](InterviewId const& id) -> Result<InterviewRow> {
                     auto row = find_visible(context, request.viewer, id);
                     if (!row) return refuse(Why::not_found);
                     return std::move(*row);
                   });
                 }));
}

void add_act_routes(http::Routes& routes, Context const& context) {
  routes.add(http::put("/api/interviews/{id}")
                 .named("move_interview")
                 .saying("Another time, place or team; the requesting State is asked again")
                 .permission("interview.book")
                 .refuses({Why::wrong_step, Why::already_exists, Why::field_invalid, Why::field_missing, Why::stale_revision})
                 .input<BookingBody>()
                 .output<InterviewView>()
                 .handler([&context](BookingBody const& body, Request const& request) {
                   return move_interview(context, request, body);
                 }));
  routes.add(http::post("/api/interviews/{id}/cancellation")
                 .named("cancel_interview")
                 .saying("The date does not stand any more; the reason stays in the State")
                 .permission("interview.book")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .input<InterviewReasonInput>()
                 .output<InterviewView>()
                 .handler([&context](InterviewReasonInput const& input, Request const& request) {
                   return on_interview(context, request, [&](InterviewId const& id) {
                     return cancel(context, request.viewer, id, input.reason.value, request.if_match);
                   });
                 }));
  routes.add(http::put("/api/interviews/{id}/attendance")
                 .named("record_attendance")
                 .saying("Who came; an absence is never a refusal, a new date follows")
                 .permission("interview.conduct")
                 .refuses({Why::wrong_step, Why::too_early, Why::field_missing, Why::field_invalid, Why::reason_missing,
                           Why::stale_revision})
                 .input<AttendanceInput>()
                 .output<InterviewView>()
                 .handler([&context](AttendanceInput const& input, Request const& request) {
                   return on_interview(context, request, [&](InterviewId const& id) {
                     return record_attendance(context, request.viewer, id, read_people(context, request, input),
                                              request.if_match);
                   });
                 }));
}

}  // namespace

void add_place_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interview-places")
                 .named("list_interview_places")
                 .saying("Rooms, video lines and telephones of the State for interviews")
                 .permission("interview.read")
                 .output<http::Items<PlaceView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<PlaceView>> {
                   http::Items<PlaceView> view;
                   for (auto const& place : list_places(context.database, request.viewer.party))
                     view.items.push_back(present_place(context, request.viewer, place));
                   return view;
                 }));
  routes.add(http::post("/api/interview-places")
                 .named("create_interview_place")
                 .saying("A new place for interviews")
                 .permission("interview.places")
                 .refuses({Why::field_invalid, Why::field_missing})
                 .status(201)
                 .input<PlaceInput>()
                 .output<PlaceView>()
                 .handler([&context](PlaceInput const& input, Request const& request) {
                   return keep(context, request, input, PlaceId{});
                 }));
  routes.add(http::put("/api/interview-places/{id}")
                 .named("change_interview_place")
                 .saying("Hours, rooms and the rest of a place; one that is not used any more keeps its interviews")
                 .permission("interview.places")
                 .refuses({Why::field_invalid, Why::field_missing, Why::stale_revision})
                 .input<PlaceInput>()
                 .output<PlaceView>()
                 .handler([&context](PlaceInput const& input, Request const& request) -> Answer<Reply<PlaceView>> {
                   auto const id = request.id<PlaceId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return keep(context, request, input, *id);
                 }));
}

void add_calendar_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interviews")
                 .named("list_interviews")
                 .saying("Interviews of some days, of a task or of an application, in the order of time")
                 .permission("interview.read")
                 .query(http::date_parameter("from", "First day; today when not given."))
                 .query(http::date_parameter("to", "Last day; six days after the first when not given."))
                 .query(http::text_parameter("task", "Only of the application of this task.", 40))
                 .query(http::text_parameter("application", "Only of this application.", 40))
                 .refuses({Why::field_invalid})
                 .reads_personal_data()
                 .output<http::Items<InterviewView>>()
                 .handler([&context](Request const& request) { return answer_list(context, request); }));
  routes.add(http::get("/api/interviews/waiting")
                 .named("list_waiting_interviews")
                 .saying("Tasks for an interview that have no date, by the last day of their term")
                 .permission("interview.read")
                 .reads_personal_data()
                 .output<http::Items<WaitingInterviewView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<WaitingInterviewView>> {
                   return list_without_date(context, request);
                 }));
  add_time_routes(routes, context);
  add_act_routes(routes, context);
}

void add_routes(http::Routes& routes, Context const& context, std::filesystem::path const& data) {
  add_place_routes(routes, context);
  add_calendar_routes(routes, context);
  add_mission_routes(routes, context);
  add_minutes_routes(routes, context);
  auto const rights = std::make_shared<std::vector<Right> const>(load_rights(data));
  redraw_with(context, rights);
  add_appointment_routes(routes, context, rights);
}

}  // namespace rcms::interviews
