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

/// An act for which no reason is asked.
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

/// A field that is filled in: does it leave, and if not, which rule keeps it.
struct SharingLineView {
  std::string path;
  std::string label;
  bool leaves = false;
  std::string rule;  ///< yes, agreement, consent, never
  std::vector<std::string> values;
};
RCMS_VIEW(SharingLineView, path, label, leaves, rule, values)

struct WordFoundView {
  std::string place;
  std::string label;
  std::string word;
};
RCMS_VIEW(WordFoundView, place, label, word)

struct LeavingFileView {
  std::string id;
  std::string name;
  std::string kind;
  std::string type;
  std::int64_t size = 0;
  std::string sha256;
};
RCMS_VIEW(LeavingFileView, id, name, kind, type, size, sha256)

/// A field that the form demands at release and that is empty or wrong.
struct MissingFieldView {
  std::string path;
  std::string label;
};
RCMS_VIEW(MissingFieldView, path, label)

/// What the envelope will carry, and what stays at home.
struct PreviewView {
  std::string hash;  ///< release names it
  case_files::NamedView receiver;
  std::vector<SharingLineView> lines;
  std::vector<LeavingFileView> files;
  std::vector<std::string> kept_files;
  std::vector<WordFoundView> words;
  std::vector<MissingFieldView> missing;  ///< keeps the application back, as open gates do
  std::vector<std::string> open_gates;
  http::Json form;  ///< exactly the form that leaves
};
RCMS_VIEW(PreviewView, hash, receiver, lines, files, kept_files, words, missing, open_gates, form)

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
