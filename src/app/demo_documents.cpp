#include "app/demo_documents.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "capabilities/travel_documents/stock_actions.hpp"
#include "capabilities/travel_documents/stock_store.hpp"

namespace rcms::app {

namespace td = travel_documents;

namespace {

template <class Answer>
Answer must(char const* what, Answer answer) {
  if (!answer) throw std::runtime_error(fmt::format("The demo's {} is refused: {}", what, answer.error().detail));
  return answer;
}

access::Viewer const& carmen(DemoStage& stage) { return stage.officers.by_login("carmen.uto"); }
access::Viewer const& elena(DemoStage& stage) { return stage.officers.by_login("elena.uto"); }

}  // namespace

void box_blanks(DemoStage& stage) {
  must("box", td::move_sheets(stage.desk, carmen(stage), {"UE0000400", "UE0000499", "Caja fuerte 2", {}}));
}

void destroy_blank(DemoStage& stage, char const* number, bool confirmed) {
  auto const proposed = must("destruction", td::propose_destruction(stage.desk, carmen(stage), {number}, "Trituradora"));
  if (confirmed) must("destruction", td::answer_destruction(stage.desk, elena(stage), proposed->id, true, {}, std::nullopt));
}

void close_stock_day(DemoStage& stage, DemoCount count) {
  auto const& viewer = carmen(stage);
  std::vector<td::BoxCount> counted;
  for (auto const& line : td::list_boxes(stage.node.database(), viewer.party, viewer.organisation))
    counted.push_back({line.box, line.unused(), line.dead()});
  if (counted.empty()) return;
  bool const differs = count != DemoCount::right;
  if (differs) --counted.back().unused;
  auto const closed = must("closing", td::close_day(stage.desk, viewer, counted,
                                                    differs ? "Falta una hoja en la caja; se busca en la imprenta." : ""));
  if (count == DemoCount::one_missing_confirmed)
    must("closing", td::confirm_closing(stage.desk, elena(stage), closed->id, std::nullopt));
}

}  // namespace rcms::app
