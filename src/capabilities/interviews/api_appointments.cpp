// Routes of the requesting State: the appointments it was told of.
#include "capabilities/interviews/api_parts.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "capabilities/interviews/present.hpp"

namespace rcms::interviews {

using http::Answer;
using http::Reply;
using http::Request;

namespace {


Answer<Reply<AppointmentView>> answer_with(Context const& context, Request const& request, Result<AppointmentRow> const& row) {
  if (!row) return tl::unexpected(http::Problem(row.error()));
  return Reply<AppointmentView>(present_appointment(context, request.viewer, *row), 0, row->appointment.revision);
}

/// The act of the handler on the appointment of the path.
template <class Act>
Answer<Reply<AppointmentView>> on_appointment(Context const& context, Request const& request, Act act) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  return answer_with(context, request, act(*id));
}

Answer<http::Items<AppointmentView>> answer_appointments(Context const& context, Request const& request) {
  auto const& viewer = request.viewer;
  std::vector<AppointmentRow> rows;
  if (auto const wanted = request.text("case")) {
    auto const id = CaseId::parse(*wanted);
    if (id) rows = list_appointments_of_case(context.database, viewer.party, *id);
  } else if (auto const mission = request.text("mission")) {
    auto const id = MissionId::parse(*mission);
    if (id) rows = list_appointments_of_mission(context.database, viewer.party, *id);
  } else {
    auto const zone = context.directory.get_party(viewer.party).time_zone;
    auto const from = request.date("from").value_or(case_files::today_of(context, viewer.party));
    auto const to = request.date("to").value_or(from.plus_days(6));
    if (to < from || days_between(from, to) > longest_days)
      return tl::unexpected(http::Problem(Refused{Why::field_invalid, "to", "at most 62 days after the first", {}}));
    rows = list_appointments(context.database, viewer.party, start_of_day(from, zone), start_of_day(to.plus_days(1), zone));
  }
  http::Items<AppointmentView> view;
  for (auto const& row : rows) view.items.push_back(present_appointment(context, viewer, row));
  return view;
}

Result<http::Response> send_invitation(Context const& context, Request const& request) {
  auto const id = request.id<InterviewId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const row = find_appointment(context.database, request.viewer.party, *id);
  if (!row || row->appointment.invitation.empty()) return refuse(Why::not_found);
  auto const subject = case_files::subject_of(case_files::Side::requesting, row->appointment.case_id);
  auto const record = context.attachments.find(subject, row->appointment.invitation);
  if (!record || record->removed_at) return refuse(Why::not_found);
  auto const content = context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  http::Response response;
  response.content_type = "application/pdf";
  response.body.assign(as_text(*content));
  return response;
}

void add_invitation_routes(http::Routes& routes, Context const& context,
                           std::shared_ptr<std::vector<Right> const> const& rights) {
  routes.add(http::post("/api/appointments/{id}/invitation")
                 .named("make_invitation")
                 .saying("Draw the invitation with the person's rights and keep it as a document of the case")
                 .permission("appointment.arrange")
                 .refuses({Why::wrong_step, Why::field_invalid, Why::limit_reached, Why::stale_revision})
                 .status(201)
                 .input<InvitationInput>()
                 .output<AppointmentView>()
                 .handler([&context, rights](InvitationInput const& input, Request const& request) {
                   return on_appointment(context, request, [&](InterviewId const& id) {
                     return make_invitation(context, *rights, request.viewer, id, input.language.value, request.if_match);
                   });
                 }));
  routes.add(http::get("/api/appointments/{id}/invitation")
                 .named("read_invitation")
                 .saying("The invitation as it was drawn last")
                 .permission("appointment.read")
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([&context](Request const& request) { return send_invitation(context, request); }));
  routes.add(http::post("/api/appointments/{id}/service")
                 .named("serve_invitation")
                 .saying("Record when and how the person got the invitation")
                 .permission("appointment.arrange")
                 .refuses({Why::wrong_step, Why::field_invalid, Why::stale_revision})
                 .input<ServiceInput>()
                 .output<AppointmentView>()
                 .handler([&context](ServiceInput const& input, Request const& request) {
                   return on_appointment(context, request, [&](InterviewId const& id) {
                     return serve_invitation(context, request.viewer, id, input.served_on, input.how.value, request.if_match);
                   });
                 }));
}

}  // namespace

void add_appointment_routes(http::Routes& routes, Context const& context,
                            std::shared_ptr<std::vector<Right> const> const& rights) {
  routes.add(http::get("/api/appointments")
                 .named("list_appointments")
                 .saying("Interviews that the requested State has set, of some days or of a case")
                 .permission("appointment.read")
                 .query(http::date_parameter("from", "First day; today when not given."))
                 .query(http::date_parameter("to", "Last day; six days after the first when not given."))
                 .query(http::text_parameter("case", "Only of this case.", 40))
                 .query(http::text_parameter("mission", "Only of this mission.", 40))
                 .refuses({Why::field_invalid})
                 .reads_personal_data()
                 .output<http::Items<AppointmentView>>()
                 .handler([&context](Request const& request) { return answer_appointments(context, request); }));
  routes.add(http::post("/api/appointments/{id}/presence")
                 .named("arrange_presence")
                 .saying("Tell the requested State that the person will be there; the safeguards of an interview are closed")
                 .permission("appointment.arrange")
                 .refuses({Why::wrong_step, Why::gate_open, Why::stale_revision})
                 .output<AppointmentView>()
                 .handler([&context](Request const& request) {
                   return on_appointment(context, request, [&](InterviewId const& id) {
                     return arrange_presence(context, request.viewer, id, request.if_match);
                   });
                 }));
  routes.add(http::post("/api/appointments/{id}/other-time")
                 .named("want_other_time")
                 .saying("Ask the requested State for another date; the reason stays in the State")
                 .permission("appointment.arrange")
                 .refuses({Why::wrong_step, Why::reason_missing, Why::stale_revision})
                 .input<InterviewReasonInput>()
                 .output<AppointmentView>()
                 .handler([&context](InterviewReasonInput const& input, Request const& request) {
                   return on_appointment(context, request, [&](InterviewId const& id) {
                     return want_other_time(context, request.viewer, id, input.reason.value, request.if_match);
                   });
                 }));
  add_invitation_routes(routes, context, rights);
}

}  // namespace rcms::interviews
