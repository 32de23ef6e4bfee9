// What the acts on a travel document share: how one is carried out on its file, and all of issuing and voiding but the writing.
#pragma once

#include <string_view>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/decision.hpp"
#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/db/database.hpp"

namespace rcms::travel_documents {

/// An act on the file of a document. `decide(application, more, made) -> Result<Decision>` fills in what is answered. Refuses: as
/// case_files::act and `decide`.
template <class Made, class Decide>
Result<Made> act_on_file(Desk& desk, access::Viewer const& viewer, CaseId const& id,
                         std::optional<std::int64_t> if_match, Decide const& decide) {
  Made made;
  auto const file = case_files::act(
      desk.context, viewer, case_files::Side::requested, id, if_match,
      [&](case_files::CaseFile const& application, db::Command& more) -> Result<case_files::Decision> {
        return decide(application, more, made);
      });
  if (!file) return tl::unexpected(file.error());
  return made;
}

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
