// Routes of missions: of the State that sends them, and of the one that was told of them.
#include <algorithm>

#include "capabilities/interviews/api_parts.hpp"
#include "capabilities/interviews/day_sheet.hpp"
#include "capabilities/interviews/holidays.hpp"
#include "capabilities/interviews/present.hpp"
#include "capabilities/interviews/present_missions.hpp"

namespace rcms::interviews {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

int small(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, -1, 10'000)); }

MissionMember read_member(MissionMemberInput const& input) {
  MissionMember one;
  one.user = input.user.value_or(UserId{});
  if (input.name) one.name = input.name->value;
  if (input.sex) one.sex = input.sex->value;
  for (auto const& language : input.languages) one.languages.push_back(language.value);
  return one;
}

Answer<Mission> read_mission(MissionInput const& input) {
  Mission mission;
  mission.name = input.name.value;
  mission.partner = PartyId{input.partner};
  auto const from = Date::parse(input.from);
  auto const to = Date::parse(input.to);
  if (!from) return tl::unexpected(wrong(Why::field_invalid, "from", "a day as 2031-03-04"));
  if (!to) return tl::unexpected(wrong(Why::field_invalid, "to", "a day as 2031-03-04"));
  mission.from = *from;
  mission.to = *to;
  for (auto const& id : input.places) mission.places.push_back(PlaceId{id});
  mission.length_minutes = small(input.length_minutes);
  mission.pause_minutes = small(input.pause_minutes);
  mission.daily_limit = small(input.daily_limit);
  for (auto const& one : input.experts) {
    mission.experts.push_back(read_member(one));
    mission.experts.back().name.clear();
  }
  for (auto const& one : input.interpreters) mission.interpreters.push_back(read_member(one));
  return mission;
}

Answer<Reply<MissionView>> answer_with(Context const& context, Request const& request, Result<Mission> const& mission) {
  if (!mission) return tl::unexpected(http::Problem(mission.error()));
  return Reply<MissionView>(present_mission(context, request.viewer, *mission), 0, mission->revision);
}

template <class View, class Act>
Answer<View> on_mission(Context const& context, Request const& request, Act act) {
  auto const id = request.id<MissionId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  auto const mission = find_mission(context.database, request.viewer.party, *id);
  if (!mission) return tl::unexpected(wrong(Why::not_found, ""));
  return act(*mission);
}

Answer<Reply<MissionView>> keep(Context const& context, Request const& request, MissionInput const& input,
                                Mission const* before) {
  auto mission = read_mission(input);
  if (!mission) return tl::unexpected(mission.error());
  if (before != nullptr) {
    mission->id = before->id;
    mission->revision = request.if_match.value_or(before->revision);
  }
  return answer_with(context, request, keep_mission(context, request.viewer, std::move(*mission)));
}

std::vector<NamedView> list_partners(Context const& context, access::Viewer const& viewer) {
  auto const& own = context.directory.get_party(viewer.party).code;
  std::vector<NamedView> partners;
  for (auto const& party : context.directory.parties()) {
    if (party.id == viewer.party || !has_agreement(context, own, party.code)) continue;
    partners.push_back({party.id.value, party.names.in(viewer.language)});
  }
  return partners;
}

std::vector<Wish> read_wishes(Request const& request) {
  std::vector<Wish> wishes;
  auto const women = request.list("women");
  auto const men = request.list("men");
  auto const has = [](auto const& list, std::string const& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
  };
  for (auto const& task : request.list("tasks")) {
    if (auto const id = TaskId::parse(task)) wishes.push_back({*id, has(women, task) ? "F" : has(men, task) ? "M" : ""});
  }
  return wishes;
}

Answer<std::vector<PlacementInput>> read_placements(MissionBatchInput const& input) {
  std::vector<PlacementInput> placements;
  for (auto const& one : input.placements) {
    auto const task = TaskId::parse(one.task);
    auto const place = PlaceId::parse(one.place);
    if (!task) return tl::unexpected(wrong(Why::field_invalid, "placements.task"));
    if (!place) return tl::unexpected(wrong(Why::field_invalid, "placements.place", "choose a place of the list"));
    PlacementInput placement;
    placement.task = *task;
    placement.booking.place = *place;
    placement.booking.starts_at = one.starts_at;
    placement.booking.language = one.language.value;
    placement.booking.interviewers = {one.interviewer};
    if (one.interpreter) placement.booking.interpreter = one.interpreter->value;
    placement.booking.interpreter_user = one.interpreter_user.value_or(UserId{});
    placements.push_back(std::move(placement));
  }
  return placements;
}

Answer<MissionBatchView> place_all(Context const& context, Request const& request, Mission const& mission,
                                   MissionBatchInput const& input) {
  auto const placements = read_placements(input);
  if (!placements) return tl::unexpected(placements.error());
  auto const candidates = list_candidates(context, request.viewer, mission);
  auto const done = place_batch(context, request.viewer, mission.id, *placements);
  if (!done) return tl::unexpected(http::Problem(done.error()));
  MissionBatchView view;
  view.placed = done->placed;
  for (auto const& one : done->not_placed) {
    auto const row =
        std::find_if(candidates.begin(), candidates.end(), [&](auto const& known) { return known.waiting.task == one.task; });
    bool const is_known = row != candidates.end();
    view.not_placed.push_back(
        {one.task.value, is_known ? row->waiting.reference : "", is_known ? row->waiting.person : "", one.why});
  }
  return view;
}

std::vector<InterviewRow> visible_rows(Context const& context, Request const& request, Mission const& mission,
                                       std::optional<Date> day) {
  auto const places = list_places(context.database, request.viewer.party);
  auto rows = list_interviews_of_mission(context.database, request.viewer.party, mission.id);
  std::erase_if(rows, [&](auto const& row) {
    if (!may_see(request.viewer, row.task_organisation)) return true;
    if (!day) return false;
    auto const place = std::find_if(places.begin(), places.end(), [&](auto const& one) { return one.id == row.interview.place; });
    return place == places.end() || date_in_zone(row.interview.starts_at, place->time_zone) != *day;
  });
  return rows;
}

Result<http::Response> send_day_sheet(Context const& context, Request const& request) {
  auto const id = request.id<MissionId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const mission = find_mission(context.database, request.viewer.party, *id);
  if (!mission) return refuse(Why::not_found);
  auto const day = request.date("day").value_or(mission->from);
  if (day < mission->from || day > mission->to) return refuse(Why::field_invalid, "day", "not a day of the mission");
  http::Response response;
  response.content_type = "application/pdf";
  auto const sheet = render_day_sheet(context, request.viewer, *mission, day, visible_rows(context, request, *mission, day));
  response.body.assign(as_text(sheet));
  return response;
}

void add_reading_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interview-missions")
                 .named("list_interview_missions")
                 .saying("Expert missions of the State with what became of their interviews, the latest first")
                 .permission("interview.read")
                 .output<http::Items<MissionView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<MissionView>> {
                   http::Items<MissionView> view;
                   for (auto const& mission : list_missions(context.database, request.viewer.party))
                     view.items.push_back(present_mission(context, request.viewer, mission));
                   return view;
                 }));
  routes.add(http::get("/api/interview-missions/partners")
                 .named("list_mission_partners")
                 .saying("States that a mission can visit: those with which an agreement is in force")
                 .permission("interview.read")
                 .output<http::Items<NamedView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<NamedView>> {
                   http::Items<NamedView> view;
                   view.items = list_partners(context, request.viewer);
                   return view;
                 }));
  routes.add(http::get("/api/interview-missions/{id}")
                 .named("read_interview_mission")
                 .saying("One mission")
                 .permission("interview.read")
                 .output<MissionView>()
                 .handler([&context](Request const& request) {
                   return on_mission<Reply<MissionView>>(
                       context, request, [&](Mission const& mission) { return answer_with(context, request, mission); });
                 }));
  routes.add(http::get("/api/interview-missions/{id}/interviews")
                 .named("list_mission_interviews")
                 .saying("Interviews that were placed within the mission, in the order of time")
                 .permission("interview.read")
                 .query(http::date_parameter("day", "Only of this day at the place."))
                 .reads_personal_data()
                 .output<http::Items<InterviewView>>()
                 .handler([&context](Request const& request) {
                   return on_mission<http::Items<InterviewView>>(context, request, [&](Mission const& mission) {
                     auto const places = list_places(context.database, request.viewer.party);
                     http::Items<InterviewView> view;
                     for (auto const& row : visible_rows(context, request, mission, request.date("day")))
                       view.items.push_back(present_interview(context, request.viewer, row, places));
                     return Answer<http::Items<InterviewView>>(std::move(view));
                   });
                 }));
  routes.add(http::get("/api/interview-missions/{id}/day-sheet")
                 .named("read_mission_day_sheet")
                 .saying("One day of the mission on paper: who, when, where, in which language, with whom")
                 .permission("interview.read")
                 .query(http::date_parameter("day", "The first day of the mission when not given."))
                 .refuses({Why::field_invalid})
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([&context](Request const& request) { return send_day_sheet(context, request); }));
}

void add_batch_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/interview-missions/{id}/candidates")
                 .named("list_mission_candidates")
                 .saying("Persons of the visited State who wait for a date and could be placed")
                 .permission("interview.book")
                 .reads_personal_data()
                 .output<http::Items<MissionCandidateView>>()
                 .handler([&context](Request const& request) {
                   return on_mission<http::Items<MissionCandidateView>>(context, request, [&](Mission const& mission) {
                     http::Items<MissionCandidateView> view;
                     for (auto const& row : list_candidates(context, request.viewer, mission))
                       view.items.push_back(present_candidate(context, request.viewer, mission, row));
                     return Answer<http::Items<MissionCandidateView>>(std::move(view));
                   });
                 }));
  routes.add(http::get("/api/interview-missions/{id}/plan")
                 .named("plan_interview_mission")
                 .saying("Who of a batch would be placed when, and who could not be and why; nothing is written")
                 .permission("interview.book")
                 .query(http::required(http::list_parameter("tasks", "Ids of the tasks.")))
                 .query(http::list_parameter("women", "Tasks of persons who asked for a woman as interviewer."))
                 .query(http::list_parameter("men", "Tasks of persons who asked for a man as interviewer."))
                 .refuses({Why::limit_reached})
                 .reads_personal_data()
                 .output<MissionPlanView>()
                 .handler([&context](Request const& request) {
                   return on_mission<MissionPlanView>(context, request, [&](Mission const& mission) -> Answer<MissionPlanView> {
                     auto const plan = plan_mission(context, request.viewer, mission.id, read_wishes(request));
                     if (!plan) return tl::unexpected(http::Problem(plan.error()));
                     return present_plan(context, request.viewer, *plan);
                   });
                 }));
  routes.add(http::post("/api/interview-missions/{id}/placements")
                 .named("place_mission_interviews")
                 .saying("Set the interviews of a batch; each is one of its own, and the requesting State is told of each")
                 .permission("interview.book")
                 .refuses({Why::wrong_step, Why::limit_reached, Why::field_invalid})
                 .takes_long()
                 .input<MissionBatchInput>()
                 .output<MissionBatchView>()
                 .handler([&context](MissionBatchInput const& input, Request const& request) {
                   return on_mission<MissionBatchView>(
                       context, request, [&](Mission const& mission) { return place_all(context, request, mission, input); });
                 }));
}

void add_keeping_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/interview-missions")
                 .named("create_interview_mission")
                 .saying("Plan a mission: the State that is visited, days, places, experts, interpreters")
                 .permission("interview.missions")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached})
                 .status(201)
                 .input<MissionInput>()
                 .output<MissionView>()
                 .handler([&context](MissionInput const& input, Request const& request) {
                   return keep(context, request, input, nullptr);
                 }));
  routes.add(http::put("/api/interview-missions/{id}")
                 .named("change_interview_mission")
                 .saying("Change what was planned; the days of a mission that was announced are moved instead")
                 .permission("interview.missions")
                 .refuses({Why::field_invalid, Why::field_missing, Why::limit_reached, Why::wrong_step, Why::stale_revision})
                 .input<MissionInput>()
                 .output<MissionView>()
                 .handler([&context](MissionInput const& input, Request const& request) {
                   return on_mission<Reply<MissionView>>(
                       context, request, [&](Mission const& mission) { return keep(context, request, input, &mission); });
                 }));
  routes.add(http::post("/api/interview-missions/{id}/announcement")
                 .named("announce_interview_mission")
                 .saying("Tell the visited State days and places; no name is told")
                 .permission("interview.missions")
                 .refuses({Why::wrong_step, Why::field_invalid, Why::stale_revision})
                 .output<MissionView>()
                 .handler([&context](Request const& request) {
                   return on_mission<Reply<MissionView>>(context, request, [&](Mission const& mission) {
                     return answer_with(context, request,
                                        announce_mission(context, request.viewer, mission.id, request.if_match));
                   });
                 }));
  routes.add(http::post("/api/interview-missions/{id}/closure")
                 .named("close_interview_mission")
                 .saying("The mission has come to its end: none of its interviews is still booked")
                 .permission("interview.missions")
                 .refuses({Why::wrong_step, Why::stale_revision})
                 .output<MissionView>()
                 .handler([&context](Request const& request) {
                   return on_mission<Reply<MissionView>>(context, request, [&](Mission const& mission) {
                     return answer_with(context, request, close_mission(context, request.viewer, mission.id, request.if_match));
                   });
                 }));
}

Answer<MissionMovedView> answer_moved(Context const& context, Request const& request, Result<MovedMission> const& moved) {
  if (!moved) return tl::unexpected(http::Problem(moved.error()));
  return present_moved(context, request.viewer, *moved);
}

void add_moving_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/interview-missions/{id}/move")
                 .named("move_interview_mission")
                 .saying("Another first day: every interview goes with it, and the requesting State is asked again")
                 .permission("interview.missions")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::field_invalid, Why::stale_revision})
                 .takes_long()
                 .input<MissionMoveInput>()
                 .output<MissionMovedView>()
                 .handler([&context](MissionMoveInput const& input, Request const& request) {
                   return on_mission<MissionMovedView>(context, request, [&](Mission const& mission) -> Answer<MissionMovedView> {
                     auto const from = Date::parse(input.from);
                     if (!from) return tl::unexpected(wrong(Why::field_invalid, "from", "a day as 2031-03-04"));
                     return answer_moved(
                         context, request,
                         move_mission(context, request.viewer, mission.id, *from, input.reason.value, request.if_match));
                   });
                 }));
  routes.add(http::post("/api/interview-missions/{id}/cancellation")
                 .named("cancel_interview_mission")
                 .saying("The mission does not come: all its interviews are called off; the reason stays in the State")
                 .permission("interview.missions")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .takes_long()
                 .input<InterviewReasonInput>()
                 .output<MissionMovedView>()
                 .handler([&context](InterviewReasonInput const& input, Request const& request) {
                   return on_mission<MissionMovedView>(context, request, [&](Mission const& mission) {
                     return answer_moved(
                         context, request,
                         cancel_mission(context, request.viewer, mission.id, input.reason.value, request.if_match));
                   });
                 }));
  routes.add(http::get("/api/mission-notices")
                 .named("list_mission_notices")
                 .saying("Missions that another State has announced, with what became of their interviews here")
                 .permission("appointment.read")
                 .output<http::Items<MissionNoticeView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<MissionNoticeView>> {
                   http::Items<MissionNoticeView> view;
                   for (auto const& notice : list_mission_notices(context.database, request.viewer.party))
                     view.items.push_back(present_notice(context, request.viewer, notice));
                   return view;
                 }));
}

}  // namespace

void add_mission_routes(http::Routes& routes, Context const& context) {
  add_reading_routes(routes, context);
  add_batch_routes(routes, context);
  add_keeping_routes(routes, context);
  add_moving_routes(routes, context);
}

}  // namespace rcms::interviews
