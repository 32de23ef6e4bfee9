// Views of transports in the language of the viewer.
#pragma once

#include "capabilities/transfers/actions.hpp"
#include "capabilities/transfers/view.hpp"
#include "foundation/base/sentences.hpp"

namespace rcms::transfers {

CrossingPointView present_point(Context const& context, access::Viewer const& viewer, CrossingPoint const& point);
TransportView present_transport(Context const& context, access::Viewer const& viewer, Transport const& transport,
                                std::vector<CrossingPoint> const& points);
std::vector<EscortView> present_staff(Context const& context, access::Viewer const& viewer, Transport const& transport);
PassengersView present_passengers(Context const& context, access::Viewer const& viewer, Transport const& transport);
/// `transport` null: of somebody who has no seat.
TravellerView present_traveller(Context const& context, access::Viewer const& viewer, Traveller const& traveller,
                                Transport const* transport);
ProposalView present_proposal(Context const& context, access::Viewer const& viewer, ProposedAllocation const& proposed);
std::vector<DepartureRowView> present_departures(Context const& context, access::Viewer const& viewer,
                                                 Sentences const& sentences, std::vector<Departed> const& departed);

}  // namespace rcms::transfers
