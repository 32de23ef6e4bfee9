// Who of a list that another State announced was received at the border: for those who receive them afterwards.
#pragma once

#include <optional>
#include <vector>

#include "capabilities/transfers/announcement.hpp"
#include "foundation/db/database.hpp"

namespace rcms::transfers {

/// One of an announced list as the border of the requested State ticked them.
struct HandedOver {
  ListedTraveller listed;    ///< as the other State announced them
  std::string value;         ///< "arrived", "not_arrived"; empty: not ticked, or two devices say different things
  bool is_clash = false;     ///< two devices say different things and nobody has settled it
  std::optional<Instant> at;  ///< of the tick, by the clock of the server; none: not ticked
};

/// Of the list in force, in its order; empty when the State was told of no such transport. One that is ticked on an earlier list
/// and stands no more in the one in force is not here.
std::vector<HandedOver> list_handed_over(db::Database& database, PartyId const& party, TransportId const& id);

}  // namespace rcms::transfers
