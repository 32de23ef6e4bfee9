// Views and inputs of minutes.
#pragma once

#include "capabilities/interviews/view.hpp"

namespace rcms::interviews {

struct MinutesSignatureView {
  std::string role;
  std::string name;
  bool is_official = false;
  std::optional<std::string> mark;  ///< signed, signed_on_paper, refused; null: not yet
  std::optional<std::string> reason;
  std::optional<Instant> at;
  bool may_sign = false;    ///< it is the viewer who signs
  bool may_record = false;  ///< the viewer may record what was done on paper
};
RCMS_VIEW(MinutesSignatureView, role, name, is_official, mark, reason, at, may_sign, may_record)

struct InterviewMinutesView {
  std::string interview;
  std::int64_t version = 0;  ///< 0: nothing is written
  std::string state;         ///< none, signing, closed
  http::Json content;
  std::optional<std::string> content_hash;
  std::vector<MinutesSignatureView> signatures;
  std::optional<NamedView> written_by;
  std::optional<Instant> written_at;
  std::optional<Instant> closed_at;
  std::int64_t older_versions = 0;
  bool may_write = false;
  bool may_give_result = false;
};
RCMS_VIEW(InterviewMinutesView, interview, version, state, content, content_hash, signatures, written_by, written_at, closed_at,
          older_versions, may_write, may_give_result)

struct MinutesInput {
  http::Json content;
};
RCMS_INPUT(MinutesInput, content)

struct SignatureInput {
  std::int64_t version = 0;
  http::Text<20> role;
  std::optional<http::Text<200>> name;
  http::Text<20> mark;
  std::optional<http::TextBlock<500>> reason;
};
RCMS_INPUT(SignatureInput, version, role, name, mark, reason)

struct InterviewResultInput {
  http::Text<30> outcome;
  std::optional<http::TextBlock<2000>> note;
};
RCMS_INPUT(InterviewResultInput, outcome, note)

}  // namespace rcms::interviews
