// Routes of the prints of an applicant at the requested State: what is kept of them, and a search that compares them.
#include "capabilities/applications/tasks.hpp"
#include "capabilities/case_files/prints_view.hpp"
#include "capabilities/identification/api.hpp"
#include "capabilities/identification/view.hpp"
#include "capabilities/registry/api.hpp"
#include "capabilities/registry/view.hpp"

namespace rcms::identification {

using http::Request;

namespace {

Result<TaskPrintsView> read_task_prints(Context const& context, access::Viewer const& viewer, TaskId const& id) {
  auto const task = applications::find_task(context, viewer, id);
  if (!task) return refuse(Why::not_found);
  auto prints = case_files::find_last_prints(context.database, viewer.party, task->case_id);
  if (prints && prints->side != case_files::Side::requested) prints.reset();
  TaskPrintsView view;
  case_files::tell_prints(view, prints);
  return view;
}

}  // namespace

void add_print_routes(http::Routes& routes, Context const& context, registry::Registries& registries) {
  routes.add(http::get("/api/tasks/{id}/prints")
                 .named("read_task_prints")
                 .saying("Whether prints of the applicant are kept, on which basis, and when they were deleted; never the prints")
                 .permission(std::string(case_files::compare_prints_permission))
                 .reads_personal_data()
                 .output<TaskPrintsView>()
                 .handler([&context](Request const& request) -> Result<TaskPrintsView> {
                   auto const id = request.id<TaskId>("id");
                   if (!id) return tl::unexpected(id.error());
                   return read_task_prints(context, request.viewer, *id);
                 }));
  auto search = http::get("/api/tasks/{id}/candidates")
                    .named("search_with_prints")
                    .saying("Find the applicant of a registry search by names, and compare their prints with the candidates'")
                    .permission(std::string(case_files::compare_prints_permission))
                    .refuses({Why::field_missing, Why::field_invalid, Why::field_too_long, Why::unavailable, Why::wrong_step})
                    .reads_personal_data()
                    .output<registry::CitizenSearchView>()
                    .handler([&context, &registries](Request const& request) -> Result<registry::CitizenSearchView> {
                      auto const id = request.id<TaskId>("id");
                      if (!id) return tl::unexpected(id.error());
                      auto const question = registry::question_of(request);
                      auto const found = search_with_prints(context, registries, request.viewer, *id, question);
                      if (!found) return tl::unexpected<Refused>(found.error());
                      return registry::view_of(question, *found, *registries.places(request.viewer.party));
                    });
  search.query = registry::question_parameters();
  routes.add(std::move(search));
}

}  // namespace rcms::identification
