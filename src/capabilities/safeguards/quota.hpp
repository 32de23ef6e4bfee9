// How many may travel in a month or in one flight: whether a transfer that is planned has room beside those that are. The rule is
// pure; `check_quota` reads the plans of the State.
#pragma once

#include <string_view>
#include <vector>

#include "capabilities/case_files/acting.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::safeguarding {

struct PlannedTravel {
  Instant departs_at;
  bool charter = false;
};

/// Whether one more person may travel as `wanted` beside `others`. Months are those of the State in whose `zone` they depart;
/// those who depart by charter at the same instant are in one flight. Refuses: limit_reached (field departs_at), with the clause.
/// Source: max_returnees_per_charter_month, max_returnees_per_month and max_returnees_per_flight of the agreement.
Result<void> check_room(agreements::Agreement const& agreement, std::vector<PlannedTravel> const& others,
                        PlannedTravel const& wanted, std::string_view zone, Date version_on);

/// The same beside all that is planned or departed under the agreement of the case.
Result<void> check_quota(case_files::Context const& context, case_files::CaseFile const& file, PlannedTravel const& wanted);

}  // namespace rcms::safeguarding
