// Bar and line charts, drawn as vectors with a scale of round numbers. Only for the files of this folder.
#pragma once

#include "foundation/pages/flow.hpp"

namespace rcms {

enum class ChartKind { bars, lines };

/// What it wants on its page.
double chart_height(Report::Flow& flow, Chart const& chart);
void draw_chart(Report::Flow& flow, Chart const& chart, ChartKind kind);

/// The step of a scale from 0 to at least `largest` in at most `steps` steps: 1, 2 or 5 times a power of ten.
double round_step(double largest, int steps);

}  // namespace rcms
