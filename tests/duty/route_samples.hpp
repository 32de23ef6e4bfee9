// One good request for every route that changes something and is in no story.
#pragma once

#include "duty/sample_world.hpp"

namespace rcms::duty {

/// Sends them, each as the person who may. Throws std::runtime_error with the answer when one is refused.
void ask_other_routes(SampleWorld& world);

}  // namespace rcms::duty
