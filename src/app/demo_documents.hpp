// What happens to the demo's travel documents and blanks after the issue: boxes, closings, destruction, renewal, loss, use.
#pragma once

#include "app/demo_story.hpp"

namespace rcms::app {

/// The upper hundred sheets of the consulate go into the second safe.
void box_blanks(DemoStage& stage);
/// Two persons destroy a spoilt sheet; another proposal waits.
void destroy_blank(DemoStage& stage, char const* number, bool confirmed);
/// The consulate counts its boxes: as the ledger says, or one sheet fewer; `confirmed`: the supervisor stands by the difference.
enum class DemoCount { right, one_missing, one_missing_confirmed };
void close_stock_day(DemoStage& stage, DemoCount count);
/// Documents are handed over, used and given back, renewed and lost; in a small world only those of people who have left.
void live_documents(DemoStage& stage);

}  // namespace rcms::app
