// Views and inputs of the requesting State's routes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::casework {

struct CreateCaseInput {
  http::Text<60> agreement;
  std::optional<http::Json> content;  ///< section → field → value; may be empty, a draft is filled in later
};
RCMS_INPUT(CreateCaseInput, agreement, content)

struct ContentInput {
  http::Json content;
};
RCMS_INPUT(ContentInput, content)

struct ReasonInput {
  http::TextBlock<2000> reason;
};
RCMS_INPUT(ReasonInput, reason)

struct CorrectApplicationInput {
  http::Json content;  ///< the whole form, as it is now
  http::TextBlock<2000> reason;
};
RCMS_INPUT(CorrectApplicationInput, content, reason)

/// The document with which a person travels, where the requested State issues none.
struct HeldDocumentInput {
  http::Text<30> kind;    ///< of the list held_document_type
  http::Text<60> number;  ///< as printed
  http::Text<3> issuer;   ///< State that issued it, three letters
  Date issued_on;
  Date expires_on;
};
RCMS_INPUT(HeldDocumentInput, kind, number, issuer, issued_on, expires_on)

/// An act for which no reason is asked.
struct ReturnInput {
  Date returned_on;
};
RCMS_INPUT(ReturnInput, returned_on)

struct OptionalReasonInput {
  std::optional<http::TextBlock<2000>> reason;
};
RCMS_INPUT(OptionalReasonInput, reason)

struct GateDecisionInput {
  http::Text<20> status;  ///< closed, failed, not_applicable
  std::map<std::string, std::string> evidence;
  std::optional<http::TextBlock<2000>> reason;
};
RCMS_INPUT(GateDecisionInput, status, evidence, reason)

struct ReleaseInput {
  http::Text<64> preview_hash;
};
RCMS_INPUT(ReleaseInput, preview_hash)

struct ItemAnswerInput {
  http::Text<60> item;
  std::optional<http::TextBlock<2000>> text;
  std::vector<std::string> files;
};
RCMS_INPUT(ItemAnswerInput, item, text, files)

struct AnswerRequestInput {
  http::List<ItemAnswerInput, 30> items;
};
RCMS_INPUT(AnswerRequestInput, items)

struct BulkInput {
  http::List<std::string, 200> ids;
};
RCMS_INPUT(BulkInput, ids)

/// One that was not done, with the reason in the viewer's language.
struct NotDoneView {
  std::string id;
  std::string reference;
  std::string why;
  std::string detail;
};
RCMS_VIEW(NotDoneView, id, reference, why, detail)

struct BulkView {
  std::vector<std::string> done;
  std::vector<NotDoneView> refused;
};
RCMS_VIEW(BulkView, done, refused)

}  // namespace rcms::casework
