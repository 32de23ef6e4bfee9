// Invented fingerprints of the demo: what Arcadia takes of some applicants, and what Utopia's registry holds of them, of their
// families and of a few others. Nobody's fingers.
#pragma once

#include <vector>

#include "app/demo_content.hpp"
#include "engines/fingerprints/template.hpp"

namespace rcms::app {

class Node;

/// Whether Arcadia took prints of this applicant: every second who says to be of Utopia.
bool has_demo_prints(DemoCase const& one);
/// As they were taken for the case: two fingers, of every fourth only one.
fingerprints::Template demo_prints(DemoCase const& one);

/// Drops the table of prints where Utopia's registry looks for it, and has it taken.
void make_demo_prints(Node& node, std::vector<registry::Citizen> const& citizens, std::vector<DemoCase> const& cases);

}  // namespace rcms::app
