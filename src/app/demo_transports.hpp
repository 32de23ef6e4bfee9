// The transports of the demo: crossing points of both States, a charter that was handed over with two tablets at the gate, a
// flight and a charter to come with the people who have a seat.
#pragma once

#include "app/demo_story.hpp"
#include "capabilities/transfers/handing_over.hpp"

namespace rcms::app {

/// What the errands of one hand-over know of each other.
struct DemoHandover {
  transfers::TransportId transport;  ///< empty: nobody waited for a seat
  std::optional<transfers::Taking> gate;
  std::optional<transfers::Taking> bus;
  std::optional<transfers::Taking> border;
};

/// Some weeks before the end of the history: who waits gets a seat and leaves as their story goes.
void set_past_transport(DemoStage& stage, DemoHandover& handover);
/// On the day before the flight two tablets at the gate and one at the border take the list; one of them has a wrong clock.
void take_lists(DemoStage& stage, DemoHandover& handover);
/// On the day after the flight the gate and the border send their ticks and tell each other.
void send_ticks(DemoStage& stage, DemoHandover const& handover);
/// Days later the second tablet comes back with another answer for one person.
void send_late_ticks(DemoStage& stage, DemoHandover const& handover);

/// At the end of the history: who waits with a travel document gets a seat as the planner proposes, some stay.
void set_coming_transports(DemoStage& stage);

}  // namespace rcms::app
