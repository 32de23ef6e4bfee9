// Writing of facts.
#pragma once

#include "capabilities/statistics/fact.hpp"
#include "foundation/db/database.hpp"

namespace rcms::statistics {

/// Adds the fact to the command of the event. A fact that was wrong is not changed: the same fact with `count` -1 takes it back.
void add_fact(db::Command& command, Fact const& fact, int count = 1);

}  // namespace rcms::statistics
