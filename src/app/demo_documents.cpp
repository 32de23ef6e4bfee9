#include "app/demo_documents.hpp"

#include "app/demo_acts.hpp"
#include "capabilities/case_files/acting.hpp"
#include "capabilities/travel_documents/life.hpp"
#include "capabilities/travel_documents/stock_actions.hpp"
#include "capabilities/travel_documents/store.hpp"

namespace rcms::app {

namespace td = travel_documents;

namespace {

access::Viewer const& carmen(DemoStage& stage) { return stage.officers.by_login("carmen.uto"); }
access::Viewer const& elena(DemoStage& stage) { return stage.officers.by_login("elena.uto"); }

/// Of the valid documents every third is handed over, and of these every second is used; the first two stay as they are.
void hand_over_and_use(DemoStage& stage, std::vector<td::TravelDocument> const& valid) {
  auto const& oscar = stage.officers.by_login("oscar.uto");
  auto const act = [&](access::Viewer const& who, td::TravelDocument const& one, td::LifeAct what) {
    must("life of a document", td::act_on_document(stage.desk, who, one.number, what, {}, std::nullopt));
  };
  for (std::size_t at = 2; at < valid.size(); at += 3) {
    act(carmen(stage), valid[at], td::LifeAct::hand_over);
    if (at % 2 != 0) continue;
    act(oscar, valid[at], td::LifeAct::use);
    if (at % 4 == 0) act(oscar, valid[at], td::LifeAct::take_back);
  }
}

/// Of those that ran out one is renewed, for one the renewal waits, one came back and one is lost.
void end_expired(DemoStage& stage, std::vector<td::TravelDocument> const& expired) {
  if (expired.size() < 4) return;
  auto const ask = [&](td::TravelDocument const& one, char const* reason) {
    return must("renewal", td::request_renewal(stage.desk, carmen(stage), one.number, reason));
  };
  auto const asked = ask(expired[0], "El vuelo se canceló y el documento caducó.");
  must("approval", td::answer_renewal(stage.desk, elena(stage), asked->id, true, "La aceptación sigue en pie.", std::nullopt));
  td::IssueInput input;
  input.valid_days = 30;
  input.place_of_issue = "Consulado de Utopía en Arcadia";
  must("renewed document", td::issue_renewal(stage.desk, carmen(stage), asked->id, input));
  ask(expired[1], "La persona estuvo en el hospital hasta ayer.");
  must("return", td::act_on_document(stage.desk, carmen(stage), expired[2].number, td::LifeAct::take_back, {}, std::nullopt));
  must("loss", td::act_on_document(stage.desk, carmen(stage), expired[3].number, td::LifeAct::report_loss,
                                   "La escolta lo dejó en el autobús.", std::nullopt));
}

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

void live_documents(DemoStage& stage) {
  auto const& viewer = carmen(stage);
  auto const today = case_files::today_of(stage.node.context(), viewer.party);
  std::vector<td::TravelDocument> valid;
  std::vector<td::TravelDocument> expired;
  auto const page = must("register", td::list_documents(stage.node.database(), viewer.party, {}, today, "", 100));
  for (auto const& one : page->rows) {
    auto const file =
        case_files::find_case_file(stage.node.database(), viewer.party, case_files::Side::requested, one.case_id);
    bool const goes_on = file && file->state == "document_issued";
    if (goes_on && one.state_on(today) == "issued") valid.push_back(one);
    if (goes_on && one.state_on(today) == "expired") expired.push_back(one);
  }
  end_expired(stage, expired);
  hand_over_and_use(stage, valid);
}

}  // namespace rcms::app
