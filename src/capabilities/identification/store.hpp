// The SQL of identifications.
#pragma once

#include <vector>

#include "capabilities/identification/identification.hpp"
#include "foundation/db/database.hpp"

namespace rcms::identification {

/// The opinions on a task, the newest first.
std::vector<Identification> list_of_task(db::Database& database, PartyId const& party, TaskId const& task);
/// The opinions that wait for a second person on tasks of an organisation, the oldest first; at most 200.
std::vector<Identification> list_waiting(db::Database& database, PartyId const& party, OrganisationId const& organisation);
void insert(db::Command& command, Identification const& one);
/// Names the revision that it replaces.
void save(db::Command& command, Identification const& after);

}  // namespace rcms::identification
