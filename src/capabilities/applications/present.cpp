#include "capabilities/applications/present.hpp"

#include <boost/json.hpp>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/evidence.hpp"
#include "capabilities/case_files/store.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::applications {

namespace json = boost::json;

namespace {

case_files::NamedView present_organisation(Context const& context, access::Viewer const& viewer, OrganisationId const& id) {
  return {id.value, context.directory.organisation_name(viewer.party, id, viewer.language)};
}

/// What the documents of the card count for. A card without documents, as that of a field verifier, has none.
std::vector<case_files::EvidenceOfPurposeView> present_card_evidence(Context const& context, access::Viewer const& viewer,
                                                                     VerificationTask const& task) {
  auto const file = case_files::find_case_file(context.database, task.party, case_files::Side::requested, task.case_id);
  if (!file) return {};
  return case_files::present_evidence(context, viewer.language, *file, task.card.at("content").as_object()).purposes;
}

}  // namespace

case_files::CaseFileView present_application(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  auto const parts = case_files::read_parts(context.database, file);
  auto view = case_files::present_file(context, viewer, file, parts);
  for (auto const& task : parts.tasks) {
    view.tasks.push_back({task.id, task.kind, task.state,
                          present_organisation(context, viewer, OrganisationId{task.organisation}),
                          case_files::present_user(context, viewer, UserId{task.assignee}), task.due_on,
                          case_files::optional_text(task.outcome), case_files::optional_text(task.note), task.done_at});
  }
  return view;
}

TaskView present_task(Context const& context, access::Viewer const& viewer, VerificationTask const& task) {
  auto const& language = viewer.language;
  TaskView view;
  view.id = task.id.value;
  view.kind = task.kind;
  view.label = context.labels.text(language, "codes.task_kind." + task.kind);
  view.state = task.state;
  view.reference = case_files::text_of(task.card, "reference");
  view.organisation = present_organisation(context, viewer, task.organisation);
  view.assignee = case_files::present_user(context, viewer, task.assignee);
  view.created_at = task.created_at;
  view.due_on = task.due_on.text();
  view.days_left = days_between(case_files::today_of(context, task.party), task.due_on);
  view.note = case_files::optional_text(task.note);
  auto const& content = task.card.at("content").as_object();
  view.person = case_files::summarise(content).name;
  view.content = content;
  auto const& form = task.kind == "field_check" ? context.norms.field_slip_form : context.norms.application_form;
  for (auto const& section : forms::present_content(form, context.labels, language, json::value(content))) {
    for (auto const& field : section.fields) {
      if (field.type != forms::Type::file) view.lines.push_back({field.path, field.label, field.lines});
    }
  }
  for (auto const& file : task.card.at("files").as_array()) view.files.emplace_back(file.as_string());
  if (auto const* person = content.if_contains("A_person"); person != nullptr && person->is_object()) {
    view.portrait_file = case_files::optional_text(case_files::text_of(person->get_object(), "photo"));
  }
  view.outcome = case_files::optional_text(task.outcome);
  if (!task.result.empty()) view.result = json::value(task.result);
  view.done_at = task.done_at;
  view.may_complete = task.state == "open" && viewer.may("task.complete");
  if (viewer.may("application.read")) view.application = task.case_id.value;
  if (content.contains("D_evidence")) view.evidence = present_card_evidence(context, viewer, task);
  return view;
}

}  // namespace rcms::applications
