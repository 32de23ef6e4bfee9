// What issuing, renewing and voiding share: everything of the act but the writing.
#pragma once

#include <string_view>

#include "capabilities/case_files/decision.hpp"
#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/db/database.hpp"

namespace rcms::travel_documents {

/// Whether this State issues the document under the agreement of the application, in the version of its submission.
/// Refuses: agreement_does_not_apply. Source: td_issuer of the agreement.
Result<void> check_issuer(Desk const& desk, case_files::CaseFile const& application);

/// A document for `before`, into `made`; blank, register and PDF are added to `more`. With `renewed` that document is over in the
/// same write. Refuses as issue_document.
Result<case_files::Decision> decide_issue(Desk& desk, access::Viewer const& viewer, case_files::CaseFile const& before,
                                          IssueInput const& input, TravelDocument const* renewed, db::Command& more,
                                          TravelDocument& made);

/// The notice that a document is void goes out while the process knows the document; afterwards the register alone changes.
/// Refuses as applications::decide_document_void.
Result<case_files::Decision> decide_voiding(Desk& desk, access::Viewer const& viewer, case_files::CaseFile const& file,
                                            TravelDocument const& document, std::string_view reason);

}  // namespace rcms::travel_documents
