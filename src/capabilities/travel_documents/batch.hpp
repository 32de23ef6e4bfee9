// Documents for a flight: who of a list waits for one, the issue of many in turn, and their pages as one file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/actions.hpp"

namespace rcms::travel_documents {

constexpr std::size_t batch_at_most = 100;

/// What a person of a list has or lacks.
enum class Due {
  due,      ///< the application is accepted: a document may be issued
  held,     ///< a document that is valid today is there
  not_yet,  ///< the application is not accepted, or this State has none
};
std::string_view name_of(Due due);

struct BatchCandidate {
  CaseId application;
  std::string reference;  ///< empty with `not_yet`: the counter learns nothing of files that do not wait for it
  std::string name;
  Due due = Due::not_yet;
  std::string number;  ///< of the document that is held
  bool has_portrait = false;
};

/// A flight or voyage that was announced to the viewer's State and has not departed.
struct BatchTransport {
  std::string id;
  std::string name;
  Instant departs_at;
  std::size_t persons = 0;
};

/// The next departure first. Refuses: not_permitted.
Result<std::vector<BatchTransport>> list_batch_transports(Desk const& desk, access::Viewer const& viewer);
/// In the order of the announced list. Refuses: not_permitted, not_found.
Result<std::vector<BatchCandidate>> list_batch_candidates(Desk const& desk, access::Viewer const& viewer,
                                                          std::string const& transport);

struct BatchItem {
  CaseId application;
  std::optional<TravelDocument> document;
  std::optional<Refused> refused;
};
/// Issues a document for each application, one write each, in the order given, so that the numbers follow it. What one refuses
/// leaves the others as they are. Refuses: not_permitted; field_invalid (none, too many, one named twice).
Result<std::vector<BatchItem>> issue_batch(Desk& desk, access::Viewer const& viewer, std::vector<CaseId> const& applications,
                                           IssueInput const& input);

/// The stored pages of these documents in the order of their numbers, for a printer when one is named.
/// Refuses: not_found (one of them), field_invalid (none, too many); as render_print_copy.
Result<Bytes> render_sheets(Desk& desk, access::Viewer const& viewer, std::vector<std::string> numbers,
                            std::optional<std::string> const& printer);

}  // namespace rcms::travel_documents
