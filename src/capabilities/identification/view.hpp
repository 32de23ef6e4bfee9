// What is received and shown of identifications.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/identification/actions.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::identification {

struct QuestionInput {
  std::optional<http::Text<200>> given;
  std::optional<http::Text<200>> surname;
  std::optional<http::Text<10>> birth;
  std::optional<http::Text<1>> sex;
  std::optional<http::Text<200>> place;
  std::optional<http::Text<200>> father_given;
  std::optional<http::Text<200>> father_surname;
  std::optional<http::Text<200>> mother_given;
  std::optional<http::Text<200>> mother_surname;
  std::optional<http::Text<40>> document;
};
RCMS_INPUT(QuestionInput, given, surname, birth, sex, place, father_given, father_surname, mother_given, mother_surname, document)

struct SearchSeenInput {
  QuestionInput question;
  http::Text<64> fingerprint;  ///< of the answer that was seen
  std::optional<bool> prints;  ///< the prints of the applicant were compared with the candidates
};
RCMS_INPUT(SearchSeenInput, question, fingerprint, prints)

/// The prints of the applicant, as far as a person may know of them: never the template.
struct TaskPrintsView {
  std::string state;  ///< none, kept, deleted
  std::int64_t fingers = 0;
  std::string basis;  ///< consent, law
  std::string reference;
  std::optional<std::string> given_on;
  std::optional<Instant> added_at;
  std::optional<std::string> delete_on;
  std::optional<Instant> deleted_at;
  std::optional<std::string> deleted_why;  ///< answered, retention, removed
};
RCMS_VIEW(TaskPrintsView, state, fingers, basis, reference, given_on, added_at, delete_on, deleted_at, deleted_why)

struct IdentificationInput {
  http::Text<30> outcome;  ///< confirmed, not_confirmed, inconclusive
  std::optional<http::Text<300>> citizen;
  std::optional<http::TextBlock<4000>> reason;
  http::List<SearchSeenInput, 20> searches;  ///< in the order in which they were made
};
RCMS_INPUT(IdentificationInput, outcome, citizen, reason, searches)

struct SecondOpinionInput {
  bool agrees = false;
  http::TextBlock<4000> reason;
};
RCMS_INPUT(SecondOpinionInput, agrees, reason)

struct IdentificationView {
  IdentificationId id;
  std::string state;  ///< waiting, final, disagreed
  std::string outcome;
  std::optional<std::string> citizen;
  std::string reason;
  http::Json answers;  ///< every question with its candidates, as it was seen
  std::string model;
  std::string first_by;  ///< name
  Instant first_at;
  std::optional<std::string> second_by;
  std::optional<Instant> second_at;
  std::string second_reason;
  bool may_second = false;  ///< the viewer is another person than the first, and it waits
};
RCMS_VIEW(IdentificationView, id, state, outcome, citizen, reason, answers, model, first_by, first_at, second_by, second_at,
          second_reason, may_second)

/// A negative of the viewer's office that waits for a second person.
struct WaitingOpinionView {
  TaskId task;
  std::string first_by;  ///< name
  Instant first_at;
  bool may_second = false;
};
RCMS_VIEW(WaitingOpinionView, task, first_by, first_at, may_second)

OpinionInput opinion_of(IdentificationInput const& input);
std::vector<SearchSeen> searches_of(IdentificationInput const& input);
IdentificationView view_of(Context const& context, access::Viewer const& viewer, Identification const& one);

}  // namespace rcms::identification
