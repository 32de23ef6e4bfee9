// A year of cases of the demo, acted by its officers on a clock that is set from act to act.
#pragma once

#include <vector>

#include "app/demo_world.hpp"

namespace rcms::app {

/// Plays `options.cases` cases until `options.today` and seals the ledger. The clock only goes forward.
void make_demo_history(Node& node, SetClock& clock, DemoPeople const& people, registry::Sources const& sources,
                       std::vector<registry::Citizen> const& citizens, DemoWorldOptions const& options);

}  // namespace rcms::app
