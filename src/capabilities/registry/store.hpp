// The SQL of the sources of registries and of their health. The persons themselves are not in the database.
#pragma once

#include "capabilities/registry/source.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

/// As it was set; one of kind `none` and revision 0 when it never was.
Source get_source(db::Database& database, PartyId const& party);
/// Names the revision that it replaces.
void save_source(db::Command& command, Source const& source);

Health get_health(db::Database& database, PartyId const& party);
/// What a look found; the newest wins.
void write_health(db::Database& database, PartyId const& party, Health const& health);

}  // namespace rcms::registry
