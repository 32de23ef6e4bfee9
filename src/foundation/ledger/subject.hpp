// Names of the things that have a chain in the ledger.
#pragma once

#include <string>
#include <string_view>

#include "foundation/base/ids.hpp"

namespace rcms::ledger {

/// The file of the requesting State.
inline std::string case_subject(CaseId const& id) { return "case:" + id.value; }
/// The file of the requested State for the same case.
inline std::string application_subject(CaseId const& id) { return "application:" + id.value; }
inline std::string user_subject(UserId const& id) { return "user:" + id.value; }
inline std::string organisation_subject(OrganisationId const& id) { return "organisation:" + id.value; }
/// Any other noun: `document`, `task`, `import`, `blanks`, …
inline std::string subject_of(std::string_view noun, std::string_view id) { return std::string(noun).append(":").append(id); }

}  // namespace rcms::ledger
