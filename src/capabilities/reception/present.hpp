// What a viewer sees of centres, arrivals and records, in their language.
#pragma once

#include "capabilities/reception/actions.hpp"
#include "capabilities/reception/view.hpp"

namespace rcms::reception {

/// `all`: the centres of the State.
CentreView present_centre(Context const& context, access::Viewer const& viewer, Centre const& centre,
                          std::vector<Centre> const& all);
std::vector<CentreView> present_centres(Context const& context, access::Viewer const& viewer);
/// Arrivals of `days` days from `from`, counted at each hour of the wall where they arrive; without names.
ArrivalsBoardView present_board(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules, Date from,
                                int days);
ExpectedListView present_expected(Context const& context, access::Viewer const& viewer, ArrivalRules const& rules,
                                  transfers::AnnouncedTransport const& transport);
ReceptionRowView present_row(Context const& context, access::Viewer const& viewer, Record const& record, Centre const& centre);
ReceptionRecordView present_record(Context const& context, access::Viewer const& viewer, Record const& record);

}  // namespace rcms::reception
