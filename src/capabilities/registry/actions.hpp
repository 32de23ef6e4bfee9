// The search of a verifier in the population registry of their own State.
#pragma once

#include "capabilities/registry/citizen.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "foundation/db/database.hpp"

namespace rcms::registry {

/// Up to 20 candidates of the viewer's State, best first.
/// Refuses: not_permitted, field_missing, field_invalid, field_too_long (the first of `check_query`).
Result<Found> search_citizens(db::Database& database, access::Viewer const& viewer, CitizenQuery const& query);

}  // namespace rcms::registry
