// The acts of an announcement: the requesting State sends what it was shown before, the requested State keeps what it was told.
#pragma once

#include "capabilities/transfers/announcement_store.hpp"

namespace rcms::transfers {

/// Sends the list with this number, or refuses because it is another by now; the notice of the transport is given with it when
/// none was given before. Refuses: not_found; stale_revision (another list than the one that was shown); as decide_announcement.
Result<Transport> announce_transport(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                     ManifestCopy const& copy, std::string_view fingerprint);
/// Adds to the write that calls a transport off what the requested State must know, when it was told of it.
void tell_cancelled(Context const& context, access::Viewer const& viewer, db::Command& command, Transport const& transport);

/// What an envelope of a transport does to the requested State's row. Refuses: not_found (of another State); as
/// take_announcement.
Result<void> receive_announcement(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                                  db::Command const& inbox);

}  // namespace rcms::transfers
