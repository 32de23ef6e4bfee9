// The travel document that the requested State does not issue: what the requesting State records of a passport, a residence title
// or a document of its own, and takes back. The rules are pure; the acts load, decide and write.
#pragma once

#include <optional>
#include <string>

#include "capabilities/casework/actions.hpp"
#include "norms/agreements/held_document.hpp"

namespace rcms::casework {

struct HeldInput {
  std::string kind;    ///< of the list held_document_type
  std::string number;  ///< as printed: letters, digits, spaces, "-" and "/"; at most 40
  std::string issuer;  ///< three letters of a State
  Date issued_on;
  Date expires_on;
};

/// The document is recorded, the case may travel under the same gates, the other State is told. `permitted` is what
/// agreements::check_held_document says. Refuses, in this order: as take_step; field_missing, field_invalid (number);
/// already_exists (the same document stands); what `permitted` refuses.
Result<Decision> decide_held_document(workflow::Process const& process, CaseFile const& before, HeldInput const& input,
                                      Result<void> const& permitted, access::Viewer const& viewer, Instant now);

/// The newest document that was recorded is taken back: it was wrong, lost or is not recognised. With another valid one the case
/// stays where it is. Refuses: as take_step; not_found (the requesting State has recorded none that stands).
Result<Decision> decide_held_document_back(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                           std::string_view reason, Instant now);

Result<CaseFile> record_held_document(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                      HeldInput const& input, std::optional<std::int64_t> if_match);
Result<CaseFile> take_back_held_document(Context const& context, access::Viewer const& viewer, CaseId const& id,
                                         std::string_view reason, std::optional<std::int64_t> if_match);

}  // namespace rcms::casework
