#include "capabilities/applications/api_slip.hpp"

#include "capabilities/applications/slip.hpp"
#include "capabilities/applications/tasks.hpp"
#include "norms/forms/content.hpp"

namespace rcms::applications {

namespace {

/// The photograph of the card; empty when it has none.
Bytes photo_of(Context const& context, VerificationTask const& task) {
  auto const id = forms::text_in(task.card.at("content"), "A_person.photo");
  if (id.empty()) return {};
  auto const record = context.attachments.find(case_files::subject_of(case_files::Side::requested, task.case_id), FileId{id});
  if (!record || record->removed_at || !files::is_picture(record->type)) return {};
  auto content = context.attachments.read(*record);
  return content ? std::move(*content) : Bytes();
}

Result<http::Response> send_slip(Context const& context, http::Request const& request) {
  auto const id = request.id<TaskId>("id");
  if (!id) return tl::unexpected(id.error());
  auto const task = find_task(context, request.viewer, *id);
  if (!task) return refuse(Why::not_found);
  http::Response response;
  response.content_type = "application/pdf";
  response.body = as_text(render_slip(context, request.viewer, *task, photo_of(context, *task)));
  return response;
}

}  // namespace

void add_slip_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/tasks/{id}/slip")
                 .named("read_task_slip")
                 .saying("The task as a page to take along: only what its verifier may see")
                 .permission("task.read")
                 .reads_personal_data()
                 .file("application/pdf")
                 .handler([&context](http::Request const& request) { return send_slip(context, request); }));
}

}  // namespace rcms::applications
