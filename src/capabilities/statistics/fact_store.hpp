// Writing of facts.
#pragma once

#include "capabilities/statistics/fact.hpp"
#include "foundation/db/database.hpp"

namespace rcms::statistics {

/// Adds the fact to the command of the event.
void add_fact(db::Command& command, Fact const& fact);

}  // namespace rcms::statistics
