// The days on which places of interviews are closed: holidays of both States of an agreement.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/context.hpp"
#include "capabilities/interviews/place.hpp"

namespace rcms::interviews {

/// Holidays at the seats of both authorities of this agreement, by day; each names its State. None for an unknown agreement.
std::vector<ClosedDay> list_holidays(case_files::Context const& context, std::string_view agreement, std::string_view language,
                                     Date from, Date to);
/// The same for the agreements between two States.
std::vector<ClosedDay> list_holidays_between(case_files::Context const& context, PartyId const& one, PartyId const& other,
                                             std::string_view language, Date from, Date to);

/// Whether an agreement names authorities of both States, by their codes.
bool has_agreement(case_files::Context const& context, std::string_view one, std::string_view other);

}  // namespace rcms::interviews
