// Routes of the ledger of blanks: boxes, sheets set aside and lost, destruction, the closing of a day, alarms.
#include "capabilities/travel_documents/api.hpp"
#include "capabilities/travel_documents/life_view.hpp"

namespace rcms::travel_documents {

using http::Reply;
using http::Request;
using DeskPointer = std::shared_ptr<Desk>;

namespace {

constexpr int days_listed = 60;


http::Items<BoxView> present_boxes(Desk const& desk, Request const& request) {
  http::Items<BoxView> view;
  for (auto const& line : list_boxes(desk.context.database, request.viewer.party))
    view.items.push_back(present_box(desk, request.viewer, line));
  return view;
}

Result<http::Items<BoxView>> boxes_after(Desk const& desk, Request const& request, Result<void> const& done) {
  if (!done) return tl::unexpected(done.error());
  return present_boxes(desk, request);
}

void add_box_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/blank-boxes")
                 .named("list_blank_boxes")
                 .saying("What stands in which box of which office")
                 .permission("document.stock")
                 .output<http::Items<BoxView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<BoxView>> {
                   return present_boxes(*desk, request);
                 }));
  routes.add(http::get("/api/blank-alarms")
                 .named("list_blank_alarms")
                 .saying("What is wrong with the stock: gaps, sheets left behind, days not closed")
                 .permission("document.stock")
                 .output<http::Items<StockAlarmView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<StockAlarmView>> {
                   http::Items<StockAlarmView> view;
                   for (auto const& alarm : list_alarms(*desk, request.viewer))
                     view.items.push_back(present_alarm(*desk, request.viewer, alarm));
                   return view;
                 }));
  routes.add(http::post("/api/blank-moves")
                 .named("move_blanks")
                 .saying("Put sheets in stock into a box of one's office, or send them to another office")
                 .permission("document.stock")
                 .refuses({Why::field_invalid, Why::not_found, Why::limit_reached})
                 .input<MoveBlanksInput>()
                 .output<MovedView>()
                 .handler([desk](MoveBlanksInput const& input, Request const& request) -> Result<MovedView> {
                   MoveInput const move{input.first.value, input.last.value, input.box.value,
                                        OrganisationId{input.office ? input.office->value : std::string()}};
                   auto const moved = move_sheets(*desk, request.viewer, move);
                   if (!moved) return tl::unexpected(moved.error());
                   return MovedView{*moved};
                 }));
  routes.add(http::post("/api/blanks/{number}/assignment")
                 .named("assign_blank")
                 .saying("Set a sheet aside for an accepted application")
                 .permission("document.issue")
                 .refuses({Why::wrong_step})
                 .input<AssignBlankInput>()
                 .output<http::Items<BoxView>>()
                 .handler([desk](AssignBlankInput const& input, Request const& request) -> Result<http::Items<BoxView>> {
                   return boxes_after(*desk, request,
                                      assign_blank(*desk, request.viewer, request.path_value("number"),
                                                   CaseId{input.application.value}));
                 }));
  routes.add(http::post("/api/blanks/{number}/loss")
                 .named("lose_blank")
                 .saying("Note that a sheet that was not issued is missing")
                 .permission("document.stock")
                 .refuses({Why::wrong_step, Why::reason_missing})
                 .input<DocumentActInput>()
                 .output<http::Items<BoxView>>()
                 .handler([desk](DocumentActInput const& input, Request const& request) -> Result<http::Items<BoxView>> {
                   return boxes_after(
                       *desk, request, lose_blank(*desk, request.viewer, request.path_value("number"), text_of(input.reason)));
                 }));
  routes.add(http::post("/api/blanks/{number}/find")
                 .named("find_blank_again")
                 .saying("Note that a lost sheet turned up; it is void and never used")
                 .permission("document.stock")
                 .refuses({Why::wrong_step, Why::reason_missing})
                 .input<DocumentActInput>()
                 .output<http::Items<BoxView>>()
                 .handler([desk](DocumentActInput const& input, Request const& request) -> Result<http::Items<BoxView>> {
                   return boxes_after(*desk, request,
                                      find_blank_again(*desk, request.viewer, request.path_value("number"),
                                                       text_of(input.reason)));
                 }));
}

Result<Reply<DestructionView>> shown(Desk const& desk, Request const& request, Result<Destruction> const& destruction) {
  if (!destruction) return tl::unexpected(destruction.error());
  return Reply<DestructionView>(present_destruction(desk, request.viewer, *destruction), 0, destruction->revision);
}

void add_destruction_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/blank-destructions")
                 .named("list_blank_destructions")
                 .saying("Destructions of sheets, newest first")
                 .permission("document.stock")
                 .output<http::Items<DestructionView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<DestructionView>> {
                   http::Items<DestructionView> view;
                   for (auto const& one : list_destructions(desk->context.database, request.viewer.party, days_listed))
                     view.items.push_back(present_destruction(*desk, request.viewer, one));
                   return view;
                 }));
  routes.add(http::post("/api/blank-destructions")
                 .named("propose_blank_destruction")
                 .saying("Propose to destroy spoilt, void or returned sheets; another person has to confirm")
                 .permission("document.stock")
                 .refuses({Why::field_missing, Why::field_invalid, Why::limit_reached})
                 .status(201)
                 .input<DestroyBlanksInput>()
                 .output<DestructionView>()
                 .handler([desk](DestroyBlanksInput const& input, Request const& request) -> Result<Reply<DestructionView>> {
                   std::vector<std::string> numbers;
                   for (auto const& number : input.numbers) numbers.push_back(number.value);
                   return shown(*desk, request, propose_destruction(*desk, request.viewer, numbers, input.method.value));
                 }));
  routes.add(http::post("/api/blank-destructions/{id}/decision")
                 .named("decide_blank_destruction")
                 .saying("Confirm as the second person that the sheets were destroyed, or refuse")
                 .permission("document.stock")
                 .refuses({Why::stale_revision, Why::wrong_step, Why::same_person, Why::reason_missing})
                 .input<DecisionInput>()
                 .output<DestructionView>()
                 .handler([desk](DecisionInput const& input, Request const& request) -> Result<Reply<DestructionView>> {
                   return shown(*desk, request,
                                answer_destruction(*desk, request.viewer, request.path_value("id"), input.agrees,
                                                   text_of(input.reason), request.if_match));
                 }));
}

Result<Reply<ClosingView>> shown(Desk const& desk, Request const& request, Result<Closing> const& closing) {
  if (!closing) return tl::unexpected(closing.error());
  return Reply<ClosingView>(present_closing(desk, request.viewer, *closing), 0, closing->revision);
}

std::vector<BoxCount> counts_of(CloseDayInput const& input) {
  std::vector<BoxCount> counts;
  for (auto const& one : input.boxes) counts.push_back({one.box ? one.box->value : std::string(), one.unused, one.dead});
  return counts;
}

void add_closing_routes(http::Routes& routes, DeskPointer const& desk) {
  routes.add(http::get("/api/stock-closings")
                 .named("list_stock_closings")
                 .saying("The closings of days, newest first")
                 .permission("document.stock")
                 .output<http::Items<ClosingView>>()
                 .handler([desk](Request const& request) -> Result<http::Items<ClosingView>> {
                   http::Items<ClosingView> view;
                   for (auto const& one : list_closings(desk->context.database, request.viewer.party, {}, days_listed))
                     view.items.push_back(present_closing(*desk, request.viewer, one));
                   return view;
                 }));
  routes.add(http::post("/api/stock-closings")
                 .named("close_stock_day")
                 .saying("Close the day at one's office with what was counted in each box")
                 .permission("document.stock")
                 .refuses({Why::field_missing, Why::field_invalid, Why::already_exists, Why::reason_missing})
                 .status(201)
                 .input<CloseDayInput>()
                 .output<ClosingView>()
                 .handler([desk](CloseDayInput const& input, Request const& request) -> Result<Reply<ClosingView>> {
                   return shown(*desk, request, close_day(*desk, request.viewer, counts_of(input), text_of(input.reason)));
                 }));
  routes.add(http::post("/api/stock-closings/{id}/confirmation")
                 .named("confirm_stock_closing")
                 .saying("Stand by the difference of a closing as the second person")
                 .permission("document.stock")
                 .refuses({Why::stale_revision, Why::wrong_step, Why::same_person})
                 .output<ClosingView>()
                 .handler([desk](Request const& request) -> Result<Reply<ClosingView>> {
                   return shown(*desk, request,
                                confirm_closing(*desk, request.viewer, request.path_value("id"), request.if_match));
                 }));
}

}  // namespace

void add_stock_ledger_routes(http::Routes& routes, DeskPointer const& desk) {
  add_box_routes(routes, desk);
  add_destruction_routes(routes, desk);
  add_closing_routes(routes, desk);
}

}  // namespace rcms::travel_documents
