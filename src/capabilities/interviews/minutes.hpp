// The minutes of an interview: versions, who has to sign them, and when they are closed. Pure.
// Source: CH-GM 2021 art. 7(3): signed minutes; gate G12 (data/safeguards/gates.toml).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/interviews/interview.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::interviews {

/// One who was present, and the mark under the minutes.
struct Signature {
  std::string role;  ///< person, interviewer, interpreter, companion
  UserId user;       ///< signs with their own session; empty: the mark is recorded by an interviewer
  std::string name;
  std::string mark;    ///< empty: not yet; signed (own session), signed_on_paper, refused
  std::string reason;  ///< of refused
  UserId recorded_by;
  std::optional<Instant> at;
};

struct Minutes {
  InterviewId interview;
  PartyId party;
  int version = 1;
  std::string state = "signing";  ///< signing, closed, replaced
  boost::json::object content;    ///< data/forms/interview_minutes.toml without its section of signatures
  std::string content_hash;       ///< SHA-256, hexadecimal
  std::vector<Signature> signatures;
  UserId written_by;
  Instant written_at;
  std::optional<Instant> closed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

/// SHA-256 of the content as JSON, hexadecimal.
std::string hash_of_content(boost::json::object const& content);

/// Who has to sign: everybody who was present or late.
std::vector<Signature> signatures_wanted(Interview const& interview, std::string const& person_name);

/// What is signed of a content: the form without who signed and when, which follow from the signatures.
boost::json::object signed_part(boost::json::object content);
/// The content as the task keeps it: `signed_by` names the first interviewer who signed, `signed_on` the day on which it was
/// closed.
boost::json::object with_signatures(Minutes const& minutes, Date closed_on);

/// The begin that minutes say, held against the booking: not before the booked hour, on the same day at the place, and not after
/// `now`. Empty when it is none of these, or is not there (the form says that). `zone`: of the place.
Findings check_held_at(Interview const& interview, boost::json::object const& content, std::string_view zone, Instant now);

/// Minutes are written, or written anew: what somebody has signed becomes an older version and everybody signs the new one.
/// `before` is the newest version. Refuses: not_permitted; wrong_step (not held; the task is closed); the first of `defects`.
Result<Minutes> decide_minutes(Interview const& interview, std::optional<Minutes> const& before, boost::json::object content,
                               Findings const& defects, bool is_task_open, std::string const& person_name,
                               access::Viewer const& viewer, Instant now);

struct MarkInput {
  int version = 0;
  std::string role;    ///< whose mark
  std::string name;    ///< of a companion, or of the person or interpreter as they are listed
  std::string mark;    ///< signed, signed_on_paper, refused
  std::string reason;
};
/// A mark under this version. Officials sign with their own session; for the others an interviewer records what they did on
/// paper. With the last mark the minutes are closed. Refuses: not_permitted; not_found (nobody of that name has to sign);
/// wrong_step (closed, or another version is the newest); already_exists (has signed); field_invalid; reason_missing.
Result<Minutes> decide_mark(Interview const& interview, Minutes const& before, MarkInput const& input,
                            access::Viewer const& viewer, Instant now);

}  // namespace rcms::interviews
