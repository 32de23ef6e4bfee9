// Views and inputs of the requested State's routes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/evidence.hpp"
#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::applications {

struct AssignmentInput {
  UserId user;
};
RCMS_INPUT(AssignmentInput, user)

struct AssessmentInput {
  http::Text<20> purpose;      ///< nationality, third_country: the list in which the document stands
  std::int64_t document = 0;   ///< its place in the list, from 0
  http::Text<20> finding;      ///< false, genuine
  http::TextBlock<2000> reason;
};
RCMS_INPUT(AssessmentInput, purpose, document, finding, reason)

/// A document that would do: a type of the list evidence_type, a form of the list document_form.
struct WantedDocumentInput {
  http::Text<60> type;
  std::optional<http::Text<30>> form;
};
RCMS_INPUT(WantedDocumentInput, type, form)

struct RequestedItemInput {
  http::Text<60> item;  ///< an item of the checklist, a type of document, or `other`
  std::optional<http::Text<10>> language;
  std::optional<http::TextBlock<1000>> note;
  std::optional<http::List<WantedDocumentInput, 30>> any_of;  ///< of nationality_evidence, third_country_evidence
  std::optional<std::int64_t> count;                          ///< so many of them
};
RCMS_INPUT(RequestedItemInput, item, language, note, any_of, count)

struct RequestDocumentsInput {
  http::List<RequestedItemInput, 30> items;
  std::optional<Date> due_on;
};
RCMS_INPUT(RequestDocumentsInput, items, due_on)

struct ExtensionInput {
  std::int64_t days = 0;  ///< in total or added, as the agreement counts
  http::TextBlock<2000> reason;
};
RCMS_INPUT(ExtensionInput, days, reason)

struct ReplyReasonInput {
  http::Text<60> code;
  std::optional<http::TextBlock<2000>> text;
};
RCMS_INPUT(ReplyReasonInput, code, text)

struct SendReplyInput {
  http::Text<20> kind;  ///< accepted, refused, interview, more_information
  std::optional<http::List<ReplyReasonInput, 10>> reasons;
  std::optional<http::TextBlock<4000>> note;
  std::optional<http::List<RequestedItemInput, 30>> items;  ///< of more_information
};
RCMS_INPUT(SendReplyInput, kind, reasons, note, items)

struct ErrorClaimInput {
  http::Text<60> ground;  ///< of the list error_ground
  http::TextBlock<4000> reason;
};
RCMS_INPUT(ErrorClaimInput, ground, reason)

struct NoteInput {
  http::TextBlock<4000> body;
};
RCMS_INPUT(NoteInput, body)

struct StepReasonInput {
  http::TextBlock<2000> reason;
};
RCMS_INPUT(StepReasonInput, reason)

struct NewTaskInput {
  http::Text<30> kind;
  OrganisationId organisation;
  std::optional<UserId> user;
  Date due_on;
  std::optional<http::TextBlock<2000>> note;
};
RCMS_INPUT(NewTaskInput, kind, organisation, user, due_on, note)

struct TaskResultInput {
  http::Text<30> outcome;
  std::optional<http::TextBlock<4000>> note;
  std::optional<http::Text<36>> citizen;
};
RCMS_INPUT(TaskResultInput, outcome, note, citizen)

/// A field of the card with its label.
struct CardLineView {
  std::string path;
  std::string label;
  std::vector<std::string> values;
};
RCMS_VIEW(CardLineView, path, label, values)

/// What a verifier sees: the card, the question, the day.
struct TaskView {
  std::string id;
  std::string kind;
  std::string label;
  std::string state;
  std::string reference;
  case_files::NamedView organisation;
  std::optional<case_files::NamedView> assignee;
  Instant created_at;
  std::string due_on;
  std::int64_t days_left = 0;
  std::optional<std::string> note;
  std::string person;
  std::optional<std::string> portrait_file;
  std::vector<CardLineView> lines;
  std::vector<std::string> files;
  http::Json content;
  std::optional<std::string> outcome;
  std::optional<http::Json> result;
  std::optional<Instant> done_at;
  bool may_complete = false;
  std::optional<std::string> application;  ///< id, only for those who work on applications
  std::vector<case_files::EvidenceOfPurposeView> evidence;  ///< of the card, where the task looks at documents
};
RCMS_VIEW(TaskView, id, kind, label, state, reference, organisation, assignee, created_at, due_on, days_left, note, person,
          portrait_file, lines, files, content, outcome, result, done_at, may_complete, application, evidence)

}  // namespace rcms::applications
