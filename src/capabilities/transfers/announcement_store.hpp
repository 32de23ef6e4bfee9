// SQL of announcements: those that the requesting State has sent, and what the requested State was told.
#pragma once

#include <optional>
#include <vector>

#include "capabilities/transfers/announcement.hpp"
#include "foundation/db/database.hpp"

namespace rcms::transfers {

/// In the order in which they were sent.
std::vector<Announcement> list_announcements(db::Database& database, PartyId const& party, TransportId const& id);
void insert_announcement(db::Command& command, PartyId const& party, Announcement const& one);

std::optional<AnnouncedTransport> find_announced(db::Database& database, PartyId const& party, TransportId const& id);
/// The latest departure first; at most 200.
std::vector<AnnouncedTransport> list_announced(db::Database& database, PartyId const& party);
void save_announced(db::Command& command, AnnouncedTransport const& one);

}  // namespace rcms::transfers
