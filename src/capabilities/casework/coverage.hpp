// Whether the agreement of a case covers it: kind of person and day of entry.
#pragma once

#include "capabilities/case_files/context.hpp"
#include "norms/forms/content.hpp"

namespace rcms::casework {

/// What the agreement itself demands of the content, in the version for `submitted_on` (empty: today). Refuses:
/// agreement_does_not_apply at the field that decides it; with Demand::complete also field_missing, where the agreement cannot be
/// judged without the field. Nothing when the agreement is not known.
Findings check_coverage(case_files::Norms const& norms, std::string_view agreement, std::string_view submitted_on,
                        std::string_view requesting, std::string_view requested, boost::json::value const& content,
                        forms::Demand demand, Date today);

}  // namespace rcms::casework
