#include "capabilities/identification/api.hpp"

#include "capabilities/identification/store.hpp"
#include "capabilities/identification/view.hpp"

namespace rcms::identification {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

Answer<Reply<IdentificationView>> answer_with(Context const& context, Request const& request,
                                              Result<Identification> const& one) {
  if (!one) return tl::unexpected(http::Problem(one.error()));
  return Reply<IdentificationView>(view_of(context, request.viewer, *one));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context, registry::Registries& registries) {
  routes.add(http::get("/api/tasks/{id}/identifications")
                 .named("list_identifications")
                 .saying("Opinions on who the applicant of a registry search is, with what they rest on; the newest first")
                 .permission("task.read")
                 .reads_personal_data()
                 .output<http::Items<IdentificationView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<IdentificationView>> {
                   auto const id = request.id<TaskId>("id");
                   if (!id) return tl::unexpected(id.error());
                   auto const opinions = list_opinions(context, request.viewer, *id);
                   if (!opinions) return refuse(Why::not_found);
                   http::Items<IdentificationView> view;
                   for (auto const& one : *opinions) view.items.push_back(view_of(context, request.viewer, one));
                   return view;
                 }));
  routes.add(http::get("/api/identifications")
                 .named("list_waiting_identifications")
                 .saying("Negatives of one's own office that wait for a second person")
                 .permission("task.complete")
                 .output<http::Items<WaitingOpinionView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<WaitingOpinionView>> {
                   http::Items<WaitingOpinionView> view;
                   auto const& viewer = request.viewer;
                   for (auto const& one : list_waiting(context.database, viewer.party, viewer.organisation)) {
                     view.items.push_back({one.task, context.directory.user_name(viewer.party, one.first_by), one.first_at,
                                           one.first_by != viewer.user});
                   }
                   return view;
                 }));
  routes.add(http::post("/api/tasks/{id}/identifications")
                 .named("identify")
                 .saying("Say who the applicant is, or that nobody of the registry is; a negative waits for a second person")
                 .permission("task.complete")
                 .refuses({Why::wrong_step, Why::field_missing, Why::field_invalid, Why::reason_missing, Why::stale_revision,
                           Why::limit_reached, Why::unavailable})
                 .input<IdentificationInput>()
                 .output<IdentificationView>()
                 .handler([&context, &registries](IdentificationInput const& input,
                                                  Request const& request) -> Answer<Reply<IdentificationView>> {
                   auto const id = request.id<TaskId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request, identify(context, registries, request.viewer, *id, opinion_of(input),
                                                                 searches_of(input)));
                 }));
  routes.add(http::post("/api/tasks/{id}/identifications/second")
                 .named("second_identification")
                 .saying("Agree as the second person that nobody of the registry is the applicant, or give the task back")
                 .permission("task.complete")
                 .refuses({Why::wrong_step, Why::same_person, Why::reason_missing})
                 .input<SecondOpinionInput>()
                 .output<IdentificationView>()
                 .handler([&context](SecondOpinionInput const& input,
                                     Request const& request) -> Answer<Reply<IdentificationView>> {
                   auto const id = request.id<TaskId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request, second(context, request.viewer, *id, input.agrees, input.reason.value));
                 }));
  add_print_routes(routes, context, registries);
}

}  // namespace rcms::identification
