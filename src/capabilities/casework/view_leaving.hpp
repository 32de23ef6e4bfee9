// Views and inputs of what leaves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/case_files/view.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::casework {

/// A field that is filled in: does it leave, and if not, which rule keeps it.
struct SharingLineView {
  std::string path;
  std::string label;
  bool leaves = false;
  std::string rule;  ///< yes, agreement, consent, never, withheld (the State has narrowed the whitelist)
  std::optional<std::string> reason;  ///< of the narrowing
  std::vector<std::string> values;
};
RCMS_VIEW(SharingLineView, path, label, leaves, rule, reason, values)

/// Who answers for a word, and why it may leave.
struct ClearedView {
  case_files::NamedView by;
  Instant at;
  std::string reason;
};
RCMS_VIEW(ClearedView, by, at, reason)

struct WordFoundView {
  std::string place;
  std::string label;
  std::string word;
  std::string category;  ///< in words
  std::string excerpt;   ///< what stands around it
  std::optional<ClearedView> cleared;
};
RCMS_VIEW(WordFoundView, place, label, word, category, excerpt, cleared)

struct LeavingFileView {
  std::string id;
  std::string name;      ///< under which the other State receives it
  std::string own_name;  ///< stays at home
  std::string kind;
  std::string type;
  std::int64_t size = 0;
  std::string sha256;
  bool has_text = false;  ///< could be searched for words; a picture must be looked at
};
RCMS_VIEW(LeavingFileView, id, name, own_name, kind, type, size, sha256, has_text)

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
  std::vector<std::string> kept_files;  ///< names of the attachments that stay
  std::vector<WordFoundView> words;
  bool may_answer = false;  ///< the viewer may answer for a word
  std::vector<MissingFieldView> missing;  ///< keeps the application back, as open gates do
  std::vector<std::string> open_gates;
  http::Json form;  ///< exactly the form that leaves
};
RCMS_VIEW(PreviewView, hash, receiver, lines, files, kept_files, words, may_answer, missing, open_gates, form)

struct WordClearanceInput {
  http::Text<200> place;
  http::Text<500> word;
  http::TextBlock<2000> reason;
};
RCMS_INPUT(WordClearanceInput, place, word, reason)

}  // namespace rcms::casework
