#include "capabilities/casework/api.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/desks.hpp"
#include "capabilities/casework/error_answer.hpp"
#include "capabilities/casework/gates.hpp"
#include "capabilities/casework/held_document.hpp"
#include "capabilities/casework/release.hpp"
#include "capabilities/casework/view.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::casework {

using case_files::CaseFileView;
using case_files::Side;
using http::Answer;
using http::Reply;
using http::Request;

namespace {

constexpr std::size_t attachment_limit = 20 << 20;

/// An act that safeguards guard is not allowed while one of them is open, as the act itself would say.
void hold_back_actions(Context const& context, access::Viewer const& viewer, CaseFile const& file, CaseFileView& view) {
  for (auto& shown : view.actions) {
    auto const* action = workflow::find_action(context.norms.process, workflow::Side::requesting, shown.action);
    if (!shown.allowed || action == nullptr || action->gates.empty()) continue;
    if (list_open_gates(context, file, action->gates).empty()) continue;
    shown.allowed = false;
    shown.refused_why = context.labels.text(viewer.language, "refused.gate_open");
  }
}

CaseFileView present(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  auto const parts = case_files::read_parts(context.database, file);
  auto view = case_files::present_file(context, viewer, file, parts);
  view.gates = present_gates(context, viewer, file, parts.gates);
  hold_back_actions(context, viewer, file, view);
  return view;
}

/// What one sees who acts on a case without reading files: monitors, courts, guardians and bodies outside.
CaseFileView present_outline(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  auto const& party = context.directory.get_party(file.party);
  auto const& partner = context.directory.get_party(file.partner);
  CaseFileView view;
  view.id = file.id.value;
  view.side = case_files::name_of(file.side);
  view.reference = file.reference;
  view.party = {party.code, party.names.in(viewer.language)};
  view.partner = {partner.code, partner.names.in(viewer.language)};
  view.agreement = file.agreement;
  view.state = file.state;
  view.stage = file.stage;
  view.ball = case_files::ball_of(context.norms.process, file);
  view.revision = file.revision;
  view.created_at = file.created_at;
  view.changed_at = file.changed_at;
  view.content = boost::json::object();
  return view;
}

Reply<CaseFileView> reply_with(Context const& context, Request const& request, CaseFile const& file) {
  if (!request.viewer.may("case.read")) return {present_outline(context, request.viewer, file), 0, file.revision};
  return {present(context, request.viewer, file), 0, file.revision};
}

Answer<Reply<CaseFileView>> answer_with(Context const& context, Request const& request, Result<CaseFile> const& file) {
  if (!file) return tl::unexpected(http::Problem(file.error()));
  return reply_with(context, request, *file);
}

Answer<Reply<CaseFileView>> answer_with(Context const& context, Request const& request, tl::expected<CaseFile, Findings> file) {
  if (!file) return http::refuse_all(std::move(file.error()));
  return reply_with(context, request, *file);
}

boost::json::object object_of(http::Json const& value) {
  return value.is_object() ? value.get_object() : boost::json::object();
}

std::string text_of(std::optional<http::TextBlock<2000>> const& block) { return block ? block->value : std::string(); }

std::string read_upload(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Why one of several was not done: the reason, and where, in words.
std::string words_of(Context const& context, Sentences const& sentences, std::string_view language, Refused const& refused) {
  auto const gate = "gates." + refused.field;
  if (refused.why == Why::gate_open && context.labels.has(gate))
    return context.labels.text(language, "refused.gate_open") + " " + context.labels.text(language, gate);
  if (refused.field.find('.') == std::string::npos)
    return case_files::refusal_words(context.labels, sentences, language, refused);
  return forms::render_finding(context.norms.application_form, context.labels, language, refused);
}

/// Each of several cases on its own: what is refused does not hold back the others.
BulkView release_several(Context const& context, Sentences const& sentences, Request const& request,
                         std::vector<std::string> const& ids) {
  BulkView view;
  for (auto const& text : ids) {
    auto const id = CaseId::parse(text).value_or(CaseId{});
    auto const preview = preview_release(context, request.viewer, id);
    auto const released = preview ? release(context, request.viewer, id, preview->hash, std::nullopt)
                                  : tl::expected<CaseFile, Findings>(tl::unexpected(Findings{preview.error()}));
    if (released) {
      view.done.push_back(text);
      continue;
    }
    auto const file = case_files::find_case_file(context.database, request.viewer.party, Side::requesting, id);
    std::string const why(name_of(released.error().front().why));
    view.refused.push_back({text, file ? file->reference : std::string(), why,
                            words_of(context, sentences, request.viewer.language, released.error().front())});
  }
  return view;
}

/// Acts that need no more than a reason, each a noun of the file.
struct PlainRoute {
  char const* noun;
  char const* action;
  char const* permission;
  char const* summary;
};
constexpr PlainRoute plain_routes[] = {
    {"return-to-draft", "return_to_draft", "case.screen", "Send a case back to its author"},
    {"block", "block", "case.screen", "Block a case whose safeguards fail"},
    {"resumption", "resume_screening", "case.screen", "Resume the screening of a blocked case"},
    {"cancellation", "cancel", "case.withdraw", "Cancel a case that has not been released"},
    {"suspension", "suspend", "case.suspend", "Suspend a case"},
    {"lifting", "lift_suspension", "case.suspend", "Lift a suspension, by another person"},
    {"waiting", "decline_silence", "case.confirm", "Do not rely on silence"},
    {"reopening", "reopen", "case.edit", "Reopen a refused case with new evidence"},
    {"closure", "close", "case.edit", "Close a case"},
};

void add_plain_routes(http::Routes& routes, Context const& context) {
  for (auto const& plain : plain_routes) {
    std::string const action = plain.action;
    routes.add(http::post("/api/cases/{id}/" + std::string(plain.noun))
                   .named(action + "_case")
                   .saying(plain.summary)
                   .permission(plain.permission)
                   .refuses({Why::wrong_step, Why::same_person, Why::reason_missing, Why::stale_revision})
                   .input<ReasonInput>()
                   .output<CaseFileView>()
                   .handler([&context, action](ReasonInput const& input, Request const& request) -> Answer<Reply<CaseFileView>> {
                     auto const id = request.id<CaseId>("id");
                     if (!id) return tl::unexpected(http::Problem(id.error()));
                     return answer_with(
                         context, request,
                         do_plain_step(context, request.viewer, *id, action, input.reason.value, request.if_match));
                   }));
  }
}

void add_draft_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/cases")
                 .named("create_case")
                 .saying("Open a draft")
                 .permission("case.create")
                 .refuses({Why::agreement_does_not_apply, Why::field_invalid})
                 .status(201)
                 .input<CreateCaseInput>()
                 .output<CaseFileView>()
                 .handler([&context](CreateCaseInput const& input, Request const& request) {
                   auto content = input.content ? object_of(*input.content) : boost::json::object();
                   return answer_with(context, request,
                                      create_case(context, request.viewer, {input.agreement.value, std::move(content)}));
                 }));
  routes.add(http::get("/api/cases/{id}")
                 .named("read_case")
                 .saying("One case with everything the viewer may see")
                 .permission("case.read")
                 .reads_personal_data()
                 .output<CaseFileView>()
                 .handler([&context](Request const& request) {
                   return answer_with(context, request, case_files::load_requested(context, request, Side::requesting));
                 }));
  routes.add(http::put("/api/cases/{id}/content")
                 .named("save_case_content")
                 .saying("Replace the content of a draft")
                 .permission("case.edit")
                 .refuses({Why::wrong_step, Why::stale_revision, Why::field_invalid, Why::field_unknown})
                 .input<ContentInput>()
                 .output<CaseFileView>()
                 .handler([&context](ContentInput const& input, Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request,
                                      edit_case(context, request.viewer, *id, request.if_match, object_of(input.content)));
                 }));
  routes.add(http::post("/api/cases/{id}/screening")
                 .named("send_case_to_screening")
                 .saying("Send a complete draft to the safeguards officer")
                 .permission("case.edit")
                 .refuses({Why::wrong_step, Why::field_missing, Why::stale_revision})
                 .output<CaseFileView>()
                 .handler([&context](Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request, send_to_screening(context, request.viewer, *id, request.if_match));
                 }));
}

void add_attachment_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/cases/{id}/attachments")
                 .named("add_case_attachment")
                 .saying("Attach a file; the body is the file itself")
                 .permission("case.edit")
                 .query(http::required(http::text_parameter("name", "Name of the file.", 255)))
                 .query(http::required(http::text_parameter("kind", "What it shows: a type of document, `photo`, `answer`.", 60)))
                 .refuses({Why::wrong_step, Why::too_large, Why::unsupported_type, Why::limit_reached})
                 .status(201)
                 .upload(attachment_limit)
                 .output<case_files::AttachmentView>()
                 .handler([&context](Request const& request) -> Answer<Reply<case_files::AttachmentView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   auto const content = read_upload(request.upload_file);
                   auto const record =
                       attach(context, request.viewer, *id, *request.text("name"), *request.text("kind"), as_bytes(content));
                   if (!record) return tl::unexpected(http::Problem(record.error()));
                   return Reply<case_files::AttachmentView>(case_files::present_attachment(context, request.viewer, *record));
                 }));
  routes.add(http::delete_("/api/cases/{id}/attachments/{file}")
                 .named("remove_case_attachment")
                 .saying("Take an attachment out of a draft")
                 .permission("case.edit")
                 .refuses({Why::wrong_step})
                 .output<CaseFileView>()
                 .handler([&context](Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   auto const file = request.id<FileId>("file");
                   if (!id || !file) return tl::unexpected(http::Problem(Refused{Why::not_found, {}, {}, {}}));
                   return answer_with(context, request, detach(context, request.viewer, *id, *file));
                 }));
}

/// An act that returns the file.
template <class In, class Act>
http::Route act_route(Context const& context, std::string noun, std::string name, std::string summary, std::string permission,
                      std::vector<Why> refusals, Act act) {
  return case_files::act_route<In>(
      Side::requesting,
      {std::move(noun), std::move(name), std::move(summary), std::move(permission), std::move(refusals)}, std::move(act),
      [&context](Request const& request, auto const& file) { return answer_with(context, request, file); });
}

void add_release_routes(http::Routes& routes, Context const& context, Sentences const& sentences) {
  routes.add(http::put("/api/cases/{id}/gates/{gate}")
                 .named("decide_gate")
                 .saying("Decide a safeguard")
                 .permission("safeguard.read")
                 .refuses({Why::wrong_step, Why::same_person, Why::reason_missing, Why::field_missing, Why::stale_revision})
                 .input<GateDecisionInput>()
                 .output<CaseFileView>()
                 .handler([&context](GateDecisionInput const& input, Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   safeguarding::GateInput const gate{request.path_value("gate"), input.status.value, input.evidence,
                                                      text_of(input.reason)};
                   return answer_with(context, request,
                                      safeguarding::decide_gate(context, request.viewer, *id, gate, request.if_match));
                 }));
  routes.add(act_route<ReleaseInput>(
      context, "release", "release_case", "Release the package that was previewed", "case.release",
      {Why::same_person, Why::field_missing, Why::gate_open, Why::must_not_leave},
      [&context](CaseId const& id, ReleaseInput const& input, Request const& request) {
        return release(context, request.viewer, id, input.preview_hash.value, request.if_match);
      }));
  routes.add(http::post("/api/cases/releases")
                 .named("release_cases")
                 .saying("Release several; what is refused does not hold back the others")
                 .permission("case.release")
                 .input<BulkInput>()
                 .output<BulkView>()
                 .handler([&context, &sentences](BulkInput const& input, Request const& request) -> Result<BulkView> {
                   return release_several(context, sentences, request, input.ids);
                 }));
}

void add_desk_routes(http::Routes& routes, Context const& context) {
  routes.add(act_route<case_files::AssignFileInput>(
      context, "assignment", "assign_case", "Give the case to another officer", "case.assign", {Why::field_invalid},
      [&context](CaseId const& id, case_files::AssignFileInput const& input, Request const& request) {
        return case_files::assign(context, request.viewer, Side::requesting, id, input.user, request.if_match);
      }));
  routes.add(act_route<case_files::HoldFileInput>(
      context, "hold", "hold_case", "Lay a case aside until a day; no term stops", "case.hold",
      {Why::reason_missing, Why::field_invalid},
      [&context](CaseId const& id, case_files::HoldFileInput const& input, Request const& request) {
        return case_files::hold(context, request.viewer, Side::requesting, id, {input.until.text(), input.reason.value},
                                request.if_match);
      }));
  routes.add(http::post("/api/cases/{id}/hold-end")
                 .named("end_hold_of_case")
                 .saying("Take a case up again before the day")
                 .permission("case.hold")
                 .refuses({Why::wrong_step, Why::stale_revision})
                 .output<CaseFileView>()
                 .handler([&context](Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   return answer_with(context, request,
                                      case_files::end_hold(context, request.viewer, Side::requesting, *id, request.if_match));
                 }));
}

void add_document_routes(http::Routes& routes, Context const& context) {
  routes.add(act_route<HeldDocumentInput>(
      context, "held-document", "record_held_document",
      "Record the passport, the residence title or the own document with which the person travels", "case.document",
      {Why::field_missing, Why::field_invalid, Why::already_exists, Why::agreement_does_not_apply, Why::too_early},
      [&context](CaseId const& id, HeldDocumentInput const& input, Request const& request) {
        HeldInput const held{input.kind.value, input.number.value, input.issuer.value, input.issued_on, input.expires_on};
        return record_held_document(context, request.viewer, id, held, request.if_match);
      }));
  routes.add(act_route<ReasonInput>(
      context, "held-document-removal", "take_back_held_document", "Take back the document that was recorded", "case.document",
      {Why::reason_missing}, [&context](CaseId const& id, ReasonInput const& input, Request const& request) {
        return take_back_held_document(context, request.viewer, id, input.reason.value, request.if_match);
      }));
}

void add_error_routes(http::Routes& routes, Context const& context) {
  routes.add(act_route<ReasonInput>(
      context, "taking-back", "take_person_back", "Take back a person who was handed over in error", "case.confirm",
      {Why::reason_missing, Why::same_person}, [&context](CaseId const& id, ReasonInput const& input, Request const& request) {
        return take_back(context, request.viewer, id, input.reason.value, request.if_match);
      }));
  routes.add(act_route<ReasonInput>(context, "error-rejection", "reject_error_claim",
                                    "Reject the claim that a person was handed over in error; the reason leaves", "case.confirm",
                                    {Why::reason_missing, Why::same_person, Why::must_not_leave},
                                    [&context](CaseId const& id, ReasonInput const& input, Request const& request) {
                                      return reject_error_claim(context, request.viewer, id, input.reason.value,
                                                                request.if_match);
                                    }));
  routes.add(act_route<ReturnInput>(
      context, "return", "record_return", "Record that a person who is taken back is here again", "case.edit",
      {Why::field_invalid}, [&context](CaseId const& id, ReturnInput const& input, Request const& request) {
        return record_return(context, request.viewer, id, input.returned_on, request.if_match);
      }));
}

void add_later_routes(http::Routes& routes, Context const& context) {
  routes.add(http::post("/api/cases/{id}/requests/{request}/answer")
                 .named("answer_document_request")
                 .saying("Answer a request for documents, item by item")
                 .permission("case.answer")
                 .refuses({Why::wrong_step, Why::field_missing, Why::must_not_leave, Why::stale_revision})
                 .input<AnswerRequestInput>()
                 .output<CaseFileView>()
                 .handler([&context](AnswerRequestInput const& input, Request const& request) -> Answer<Reply<CaseFileView>> {
                   auto const id = request.id<CaseId>("id");
                   if (!id) return tl::unexpected(http::Problem(id.error()));
                   AnswerInput answer{request.path_value("request"), {}};
                   for (auto const& item : input.items) answer.items.push_back({item.item.value, text_of(item.text), item.files});
                   return answer_with(context, request, answer_request(context, request.viewer, *id, answer, request.if_match));
                 }));
  routes.add(act_route<CorrectApplicationInput>(
      context, "corrections", "correct_application",
      "Correct what was released; the other State is told which fields changed", "case.answer",
      {Why::reason_missing, Why::field_missing, Why::field_invalid, Why::field_unknown, Why::must_not_leave},
      [&context](CaseId const& id, CorrectApplicationInput const& input, Request const& request) {
        return correct(context, request.viewer, id, {object_of(input.content), input.reason.value}, request.if_match);
      }));
  routes.add(act_route<ReasonInput>(
      context, "withdrawal", "withdraw_case", "Withdraw the application; the other State sees only that", "case.withdraw",
      {Why::reason_missing}, [&context](CaseId const& id, ReasonInput const& input, Request const& request) {
        return withdraw(context, request.viewer, id, input.reason.value, request.if_match);
      }));
  routes.add(act_route<ReasonInput>(
      context, "confirmation", "confirm_silence", "Confirm that silence is consent under the agreement", "case.confirm",
      {Why::same_person, Why::reason_missing}, [&context](CaseId const& id, ReasonInput const& input, Request const& request) {
        return confirm_silence(context, request.viewer, id, input.reason.value, request.if_match);
      }));
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context, Sentences const& sentences) {
  case_files::add_side_routes(routes, context, Side::requesting);
  add_draft_routes(routes, context);
  add_attachment_routes(routes, context);
  add_release_routes(routes, context, sentences);
  add_later_routes(routes, context);
  add_plain_routes(routes, context);
  add_desk_routes(routes, context);
  add_document_routes(routes, context);
  add_error_routes(routes, context);
}

}  // namespace rcms::casework
