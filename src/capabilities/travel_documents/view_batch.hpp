// What is shown and sent of documents for a flight.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/batch.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::travel_documents {

struct BatchTransportView {
  std::string id;
  std::string name;
  Instant departs_at;
  std::int64_t persons = 0;
};
RCMS_VIEW(BatchTransportView, id, name, departs_at, persons)

struct BatchCandidateView {
  std::optional<std::string> application;  ///< null with not_yet, and so are reference and name
  std::optional<std::string> reference;
  std::optional<std::string> name;
  std::string due;  ///< due, held, not_yet
  std::optional<std::string> number;  ///< of the document that is held
  bool has_portrait = false;
};
RCMS_VIEW(BatchCandidateView, application, reference, name, due, number, has_portrait)

struct BatchInput {
  std::vector<CaseId> applications;  ///< in the order in which they are numbered, at most 100
  std::optional<std::int64_t> valid_days;
  std::optional<http::Text<3>> series;
};
RCMS_INPUT(BatchInput, applications, valid_days, series)

struct BatchRefusalView {
  std::string why;
  std::string title;
  std::optional<std::string> detail;
  std::optional<std::string> field;
};
RCMS_VIEW(BatchRefusalView, why, title, detail, field)

struct BatchItemView {
  std::string application;
  std::optional<std::string> number;  ///< of the document that was issued
  std::optional<BatchRefusalView> refused;
};
RCMS_VIEW(BatchItemView, application, number, refused)

}  // namespace rcms::travel_documents
