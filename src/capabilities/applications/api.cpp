#include "capabilities/applications/api.hpp"

#include <algorithm>

#include "capabilities/applications/actions.hpp"
#include "capabilities/applications/error_claim.hpp"
#include "capabilities/applications/present.hpp"
#include "capabilities/case_files/api.hpp"
#include "capabilities/case_files/desks.hpp"

namespace rcms::applications {

using case_files::CaseFileView;
using http::Answer;
using http::Reply;
using http::Request;

namespace {

using Side = case_files::Side;
using FileAnswer = Answer<Reply<CaseFileView>>;

FileAnswer answer_with(Context const& context, Request const& request, Result<CaseFile> const& file) {
  if (!file) return tl::unexpected(http::Problem(file.error()));
  return Reply<CaseFileView>(present_application(context, request.viewer, *file), 0, file->revision);
}

template <class Block>
std::string block_text(std::optional<Block> const& block) {
  return block ? block->value : std::string();
}

std::vector<case_files::RequestItem> items_of(std::vector<RequestedItemInput> const& input) {
  std::vector<case_files::RequestItem> items;
  for (auto const& one : input) {
    case_files::RequestItem item;
    item.item = one.item.value;
    item.language = block_text(one.language);
    item.note = block_text(one.note);
    if (one.any_of) {
      for (auto const& wanted : *one.any_of)
        item.any_of.push_back({wanted.type.value, wanted.form ? wanted.form->value : std::string()});
    }
    item.count = static_cast<int>(std::clamp<std::int64_t>(one.count.value_or(0), -1, 100));
    items.push_back(std::move(item));
  }
  return items;
}

/// A POST on an application: `act` is called with context, viewer, id, input and the revision of If-Match.
template <class In, class Act>
http::Route act_route(Context const& context, std::string noun, std::string name, std::string summary, std::string permission,
                      std::vector<Why> refusals, Act act) {
  return case_files::act_route<In>(
      Side::requested,
      {std::move(noun), std::move(name), std::move(summary), std::move(permission), std::move(refusals)},
      [&context, act](CaseId const& id, In const& input, Request const& request) {
        return act(context, request.viewer, id, input, request.if_match);
      },
      [&context](Request const& request, Result<CaseFile> const& file) { return answer_with(context, request, file); });
}

/// The same without input.
template <class Act>
http::Route bare_route(Context const& context, std::string noun, std::string name, std::string summary, std::string permission,
                       Act act) {
  return http::post("/api/applications/{id}/" + std::move(noun))
      .named(std::move(name))
      .saying(std::move(summary))
      .permission(std::move(permission))
      .refuses({Why::wrong_step, Why::stale_revision})
      .output<CaseFileView>()
      .handler([&context, act](Request const& request) -> FileAnswer {
        auto const id = request.id<CaseId>("id");
        if (!id) return tl::unexpected(http::Problem(id.error()));
        return answer_with(context, request, act(context, request.viewer, *id, request.if_match));
      });
}

void add_intake_routes(http::Routes& routes, Context const& context) {
  routes.add(http::get("/api/applications/{id}")
                 .named("read_application")
                 .saying("One application with everything the viewer may see")
                 .permission("application.read")
                 .reads_personal_data()
                 .output<CaseFileView>()
                 .handler([&context](Request const& request) {
                   return answer_with(context, request, case_files::load_requested(context, request, Side::requested));
                 }));
  routes.add(bare_route(
      context, "acknowledgement", "acknowledge_application", "Acknowledge receipt", "application.acknowledge",
      [](auto const& c, auto const& viewer, auto const& id, auto match) { return acknowledge(c, viewer, id, match); }));
  routes.add(act_route<AssignmentInput>(context, "assignment", "assign_application", "Give the application to an officer",
                                        "application.assign", {Why::field_invalid},
                                        [](auto const& c, auto const& viewer, auto const& id, AssignmentInput const& input,
                                           auto match) { return assign(c, viewer, id, input.user, match); }));
  routes.add(bare_route(
      context, "completeness", "declare_application_complete", "Declare the application complete", "application.assess",
      [](auto const& c, auto const& viewer, auto const& id, auto match) { return declare_complete(c, viewer, id, match); }));
  routes.add(act_route<AssessmentInput>(
      context, "assessments", "assess_document", "Say that a document was found false, or genuine after all",
      "application.assess", {Why::reason_missing, Why::field_invalid},
      [](auto const& c, auto const& viewer, auto const& id, AssessmentInput const& input, auto match) -> Result<CaseFile> {
        auto const& word = input.finding.value;
        if (word != "false" && word != "genuine") return refuse(Why::field_invalid, "finding", "false or genuine");
        if (input.document < 0) return refuse(Why::field_invalid, "document", "0 or more");
        EvidenceFinding const finding{input.purpose.value, static_cast<std::size_t>(input.document), word == "false"};
        return assess(c, viewer, id, finding, input.reason.value, match);
      }));
  routes.add(act_route<RequestDocumentsInput>(
      context, "requests", "request_documents", "Ask for more documents, item by item", "application.request_documents",
      {Why::field_missing, Why::field_invalid, Why::limit_reached},
      [](auto const& c, auto const& viewer, auto const& id, RequestDocumentsInput const& input, auto match) {
        return request_documents(c, viewer, id, {items_of(input.items), input.due_on ? input.due_on->text() : std::string()},
                                 match);
      }));
  routes.add(act_route<case_files::HoldFileInput>(
      context, "hold", "hold_application", "Lay an application aside until a day; no term stops", "application.hold",
      {Why::reason_missing, Why::field_invalid},
      [](auto const& c, auto const& viewer, auto const& id, case_files::HoldFileInput const& input, auto match) {
        return case_files::hold(c, viewer, Side::requested, id, {input.until.text(), input.reason.value}, match);
      }));
  routes.add(bare_route(
      context, "hold-end", "end_hold_of_application", "Take an application up again before the day", "application.hold",
      [](auto const& c, auto const& viewer, auto const& id, auto match) {
        return case_files::end_hold(c, viewer, Side::requested, id, match);
      }));
  routes.add(act_route<NoteInput>(context, "notes", "add_application_note", "Write an internal note", "application.assess", {},
                                  [](auto const& c, auto const& viewer, auto const& id, NoteInput const& input, auto) {
                                    return add_note(c, viewer, id, input.body.value);
                                  }));
}

void add_reply_routes(http::Routes& routes, Context const& context) {
  routes.add(act_route<ExtensionInput>(
      context, "extension", "extend_reply", "Extend the term of the reply", "application.extend",
      {Why::reason_missing, Why::limit_reached, Why::too_late, Why::field_invalid},
      [](auto const& c, auto const& viewer, auto const& id, ExtensionInput const& input, auto match) -> Result<CaseFile> {
        if (input.days < 1 || input.days > 365) return refuse(Why::field_invalid, "days", "1 to 365");
        return extend(c, viewer, id, static_cast<int>(input.days), input.reason.value, match);
      }));
  routes.add(act_route<SendReplyInput>(
      context, "reply", "reply_to_application", "Answer the application", "application.reply",
      {Why::reason_missing, Why::field_invalid, Why::field_missing},
      [](auto const& c, auto const& viewer, auto const& id, SendReplyInput const& input, auto match) {
        ReplyInput answer;
        answer.kind = input.kind.value;
        answer.note = block_text(input.note);
        if (input.reasons) {
          for (auto const& reason : *input.reasons) answer.reasons.push_back({reason.code.value, block_text(reason.text)});
        }
        if (input.items) answer.items = items_of(*input.items);
        return reply(c, viewer, id, std::move(answer), match);
      }));
  routes.add(act_route<ErrorClaimInput>(
      context, "error-claim", "claim_readmission_error", "Claim that the person was handed over in error", "application.reply",
      {Why::reason_missing, Why::field_invalid, Why::too_late},
      [](auto const& c, auto const& viewer, auto const& id, ErrorClaimInput const& input, auto match) {
        return claim_error(c, viewer, id, input.ground.value, input.reason.value, match);
      }));
  struct Plain {
    char const* noun;
    char const* action;
    char const* permission;
    char const* summary;
  };
  static constexpr Plain plain_routes[] = {
      {"suspension", "suspend", "application.suspend", "Suspend an application"},
      {"lifting", "lift_suspension", "application.suspend", "Lift a suspension, by another person"},
      {"closure", "close", "application.assign", "Close an application"},
  };
  for (auto const& plain : plain_routes) {
    std::string const action = plain.action;
    routes.add(act_route<StepReasonInput>(
        context, plain.noun, action + "_application", plain.summary, plain.permission, {Why::reason_missing, Why::same_person},
        [action](auto const& c, auto const& viewer, auto const& id, StepReasonInput const& input, auto match) {
          return do_plain_step(c, viewer, id, action, input.reason.value, match);
        }));
  }
}

}  // namespace

void add_routes(http::Routes& routes, Context const& context) {
  case_files::add_side_routes(routes, context, Side::requested);
  add_intake_routes(routes, context);
  add_reply_routes(routes, context);
  add_task_routes(routes, context);
}

}  // namespace rcms::applications
