// What happens in the world of the demo beside the cases: sheets are spoilt, reports go out, spreadsheets are imported.
#pragma once

#include <functional>
#include <vector>

#include "app/demo_story.hpp"

namespace rcms::app {

struct DemoErrand {
  Instant at;
  std::function<void()> run;  ///< throws std::runtime_error when it is refused
};

/// The errands of the year that ends on `options.today`, in their order. `stage` outlives them.
std::vector<DemoErrand> make_demo_errands(DemoStage& stage, DemoWorldOptions const& options);

}  // namespace rcms::app
