// The transports of the demo: crossing points of both States, a flight and a charter to come with the people who have a seat.
#pragma once

#include "app/demo_story.hpp"

namespace rcms::app {

/// At the end of the history: who waits with a travel document gets a seat as the planner proposes, some stay.
void set_coming_transports(DemoStage& stage);

}  // namespace rcms::app
