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

void live(DemoStage& stage, char const* login, td::TravelDocument const& one, td::LifeAct act, char const* reason = "") {
  must("life of a document",
       td::act_on_document(stage.desk, stage.officers.by_login(login), one.number, act, reason, std::nullopt));
}

/// People who have arrived: the document was used at the border, and every second sheet came back.
void arrive(DemoStage& stage, std::vector<td::TravelDocument> const& travelled) {
  for (std::size_t at = 0; at < travelled.size(); ++at) {
    live(stage, "carmen.uto", travelled[at], td::LifeAct::hand_over);
    live(stage, "oscar.uto", travelled[at], td::LifeAct::use);
    if (at % 2 == 0) live(stage, "oscar.uto", travelled[at], td::LifeAct::take_back);
  }
}

/// Documents of people who wait for their journey, those under an agreement that knows a renewal (`renewable` of them) first. One
/// of these is renewed and for one the renewal waits; one is lost, two stay as they are, and of the others every second is handed
/// over.
void await_journey(DemoStage& stage, std::vector<td::TravelDocument> const& waiting, std::size_t renewable) {
  if (renewable < 2 || waiting.size() < 5) return;
  auto const ask = [&](td::TravelDocument const& one, char const* reason) {
    return must("renewal", td::request_renewal(stage.desk, carmen(stage), one.number, reason));
  };
  auto const asked = ask(waiting[0], "El vuelo se canceló y el siguiente sale cuando el documento ya haya caducado.");
  must("approval", td::answer_renewal(stage.desk, elena(stage), asked->id, true, "La aceptación sigue en pie.", std::nullopt));
  td::IssueInput input;
  input.valid_days = 30;
  input.place_of_issue = "Consulado de Utopía en Arcadia";
  must("renewed document", td::issue_renewal(stage.desk, carmen(stage), asked->id, input));
  ask(waiting[1], "La persona está en el hospital y viajará más tarde.");
  live(stage, "carmen.uto", waiting[2], td::LifeAct::report_loss, "La escolta lo dejó en el autobús.");
  for (std::size_t at = 5; at < waiting.size(); at += 2) live(stage, "carmen.uto", waiting[at], td::LifeAct::hand_over);
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
  std::vector<td::TravelDocument> travelled;
  std::vector<td::TravelDocument> waiting;
  std::size_t renewable = 0;
  auto const page =
      must("register", td::list_documents(stage.node.database(), viewer.party, {"issued", {}}, today, "", 100));
  for (auto const& one : page->rows) {
    auto const file =
        case_files::find_case_file(stage.node.database(), viewer.party, case_files::Side::requested, one.case_id);
    if (file && file->state == "departed") travelled.push_back(one);
    if (!file || file->state != "document_issued") continue;
    bool const may_be_renewed = file->agreement == "uto-xar-2019";
    waiting.insert(may_be_renewed ? waiting.begin() + static_cast<std::ptrdiff_t>(renewable) : waiting.end(), one);
    if (may_be_renewed) ++renewable;
  }
  arrive(stage, travelled);
  await_journey(stage, waiting, renewable);
}

}  // namespace rcms::app
