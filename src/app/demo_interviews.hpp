// The places of the demo's interviews; the interviews themselves are acts of a story.
#pragma once

#include "app/demo_story.hpp"

namespace rcms::app {

/// A room with two places, a video line and a telephone of Utopia's consulate. Throws std::runtime_error when one is refused.
void make_interview_places(DemoStage& stage);

/// Interviews of the coming days, for applications that are being verified; some tasks still wait for a date.
void set_coming_interviews(DemoStage& stage, int wanted);

}  // namespace rcms::app
