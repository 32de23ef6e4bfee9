// An opinion on who an applicant is, and the rules by which one or two people make it the result of a task. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/applications/task.hpp"
#include "capabilities/registry/answer.hpp"

namespace rcms::identification {

using applications::TaskId;
using IdentificationId = Id<struct IdentificationTag>;

struct Identification {
  IdentificationId id;
  PartyId party;
  CaseId case_id;
  TaskId task;
  std::string state;    ///< waiting (for the second person), final, disagreed
  std::string outcome;  ///< confirmed, not_confirmed, inconclusive
  std::string citizen;  ///< id in the registry; of confirmed
  std::string reason;
  std::string answers;  ///< JSON: every question with its answer, the last one last
  std::string model;    ///< version of the weights
  UserId first_by;
  Instant first_at;
  UserId second_by;  ///< empty: nobody yet, or none was needed
  std::optional<Instant> second_at;
  std::string second_reason;
  std::int64_t revision = 0;
};

/// A question with the answer that was decided on.
struct Looked {
  registry::Question question;
  registry::Found found;
};

struct OpinionInput {
  std::string outcome;
  std::string citizen;
  std::string reason;
};

/// The first opinion on an open registry search. `before`: the opinions on the task so far. A negative waits for a second person,
/// as does a confirmation that rests on prints more than on names; what else there is becomes final at once. Refuses:
/// not_permitted, not_found, wrong_step (closed, or one waits), field_invalid (outcome; a citizen who was in no answer),
/// field_missing (citizen, searches), reason_missing (all but a proposed candidate).
Result<Identification> decide_opinion(applications::VerificationTask const& task, std::vector<Identification> const& before,
                                      OpinionInput const& input, std::vector<Looked> const& looked, forms::Codes const& codes,
                                      access::Viewer const& viewer, Instant now);

/// What the second person says. Who agrees makes it final; who does not gives the task back, with both reasons.
/// Refuses: not_permitted, wrong_step (nothing waits), same_person, reason_missing.
Result<Identification> decide_second(Identification const& before, bool agrees, std::string const& reason,
                                     access::Viewer const& viewer, Instant now);

/// The result of the task that follows from a final identification.
applications::TaskResult result_of(Identification const& final);

}  // namespace rcms::identification
