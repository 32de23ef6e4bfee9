// SQL of the hand-over: lists that were taken, who took them, ticks, what was told and explained. Of one State only.
#pragma once

#include <vector>

#include "capabilities/transfers/handover.hpp"
#include "foundation/db/database.hpp"

namespace rcms::transfers {

/// The first taken first.
std::vector<HandoverList> list_handover_lists(db::Database& database, PartyId const& party, TransportId const& id);
/// A list with this number is the same list: the first stays.
void insert_handover_list(db::Command& command, PartyId const& party, TransportId const& id, HandoverList const& list);

std::vector<Taking> list_takings(db::Database& database, PartyId const& party, TransportId const& id);
void insert_taking(db::Command& command, PartyId const& party, TransportId const& id, Taking const& taking);

/// In the order in which they were received.
std::vector<Tick> list_ticks(db::Database& database, PartyId const& party, TransportId const& id);
/// Fails the command (already_exists) when the State has a tick of this id.
void insert_tick(db::Command& command, PartyId const& party, TransportId const& id, Tick const& tick);

/// In the order in which they were told.
std::vector<HandoverReport> list_reports(db::Database& database, PartyId const& party, TransportId const& id, Side side);
void insert_report(db::Command& command, PartyId const& party, TransportId const& id, HandoverReport const& report);

/// The oldest first.
std::vector<Explanation> list_explanations(db::Database& database, PartyId const& party, TransportId const& id);
void insert_explanation(db::Command& command, PartyId const& party, TransportId const& id, Explanation const& one);

}  // namespace rcms::transfers
