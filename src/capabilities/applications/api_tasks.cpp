// Routes of verification tasks.
#include <algorithm>

#include "capabilities/applications/api.hpp"
#include "capabilities/applications/present.hpp"

namespace rcms::applications {

using http::Answer;
using http::Reply;
using http::Request;

namespace {

Result<VerificationTask> load_task(Context const& context, Request const& request) {
  auto const id = request.id<TaskId>("id");
  if (!id) return tl::unexpected(id.error());
  auto task = find_task(context, request.viewer, *id);
  if (!task) return refuse(Why::not_found);
  return std::move(*task);
}

Answer<Reply<TaskView>> answer_with(Context const& context, Request const& request, Result<VerificationTask> const& task) {
  if (!task) return tl::unexpected(http::Problem(task.error()));
  return Reply<TaskView>(present_task(context, request.viewer, *task), 0, task->revision);
}

Answer<Reply<TaskView>> answer_with(Context const& context, Request const& request,
                                    tl::expected<VerificationTask, Findings> task) {
  if (!task) return http::refuse_all(std::move(task.error()));
  return Reply<TaskView>(present_task(context, request.viewer, *task), 0, task->revision);
}

Answer<Reply<TaskView>> create_task(Context const& context, NewTaskInput const& input, Request const& request) {
  auto const id = request.id<CaseId>("id");
  if (!id) return tl::unexpected(http::Problem(id.error()));
  NewTask task{input.kind.value, input.organisation, input.user.value_or(UserId{}), input.due_on,
               input.note ? input.note->value : std::string()};
  return answer_with(context, request, open_task(context, request.viewer, *id, task));
}

/// A file of the card, and no other of the application.
Result<http::Response> send_card_file(Context const& context, Request const& request) {
  auto const task = load_task(context, request);
  if (!task) return tl::unexpected(task.error());
  auto const& wanted = request.path_value("file");
  auto const& files = task->card.at("files").as_array();
  auto const is_on_card = std::any_of(files.begin(), files.end(), [&](auto const& file) { return file.as_string() == wanted; });
  if (!is_on_card) return refuse(Why::not_found);
  auto const record =
      context.attachments.find(case_files::subject_of(case_files::Side::requested, task->case_id), FileId{wanted});
  if (!record || record->removed_at) return refuse(Why::not_found);
  auto const content = context.attachments.read(*record);
  if (!content) return tl::unexpected(content.error());
  http::Response response;
  response.content_type = files::media_type_of(record->type);
  response.body.assign(as_text(*content));
  return response;
}

}  // namespace

void add_task_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/applications/{id}/tasks")
                 .named("create_task")
                 .saying("Give a verification task to a body of the State")
                 .permission("application.open_task")
                 .refuses({Why::wrong_step, Why::field_invalid, Why::field_missing})
                 .status(201)
                 .input<NewTaskInput>()
                 .output<TaskView>()
                 .handler([&context](NewTaskInput const& input, Request const& request) {
                   return create_task(context, input, request);
                 }));
  routes.add(http::get("/api/tasks")
                 .named("list_tasks")
                 .saying("Verification tasks of one's own office")
                 .permission("task.read")
                 .query(http::choice_parameter("state", "Open or done.", {"open", "done"}))
                 .reads_personal_data()
                 .output<http::Items<TaskView>>()
                 .handler([&context](Request const& request) -> Result<http::Items<TaskView>> {
                   http::Items<TaskView> view;
                   for (auto const& task : list_own_tasks(context, request.viewer, request.text("state") == "done")) {
                     view.items.push_back(present_task(context, request.viewer, task));
                   }
                   return view;
                 }));
  routes.add(
      http::get("/api/tasks/{id}")
          .named("read_task")
          .saying("One task: only what its verifier may see")
          .permission("task.read")
          .reads_personal_data()
          .output<TaskView>()
          .handler([&context](Request const& request) { return answer_with(context, request, load_task(context, request)); }));
  routes.add(http::get("/api/tasks/{id}/attachments/{file}")
                 .named("read_task_attachment")
                 .saying("A file that belongs to the task")
                 .permission("task.read")
                 .reads_personal_data()
                 .file("application/octet-stream")
                 .handler([&context](Request const& request) { return send_card_file(context, request); }));
  routes.add(http::post("/api/tasks/{id}/result")
                 .named("complete_task")
                 .saying("Give the result of a task")
                 .permission("task.complete")
                 .refuses({Why::wrong_step, Why::field_missing, Why::field_invalid, Why::reason_missing})
                 .input<TaskResultInput>()
                 .output<TaskView>()
                 .handler([&context](TaskResultInput const& input, Request const& request) -> Answer<Reply<TaskView>> {
                   auto const id = request.id<TaskId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   TaskResult result;
                   result.outcome = input.outcome.value;
                   if (input.note) result.note = input.note->value;
                   if (input.citizen) result.citizen = input.citizen->value;
                   return answer_with(context, request, complete_task(context, request.viewer, *id, result));
                 }));
}

}  // namespace rcms::applications
