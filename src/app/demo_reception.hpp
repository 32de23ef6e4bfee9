// Reception in the demo: two centres, a charter that has arrived this morning, flights of the coming days, and the people who
// were received in the past weeks.
#pragma once

#include "app/demo_story.hpp"

namespace rcms::app {

/// The centres of the requested State; done before anybody arrives.
void make_reception_centres(DemoStage& stage);
/// A flight whose list is told now, `arrives_on` at the minute of the wall at UTC-6. The list is told as an envelope tells it:
/// Arcadia's own plan of it is not among the demo's transports, because most people come back without an application.
void announce_flight(DemoStage& stage, char const* name, Date arrives_on, int minute, std::size_t persons, std::uint64_t seed);
/// Everybody of the flight of that name is received, family by family, at several desks; most go on at once.
void receive_flight(DemoStage& stage, std::string const& name);

}  // namespace rcms::app
