// What a viewer is shown of renewals, the history of numbers, boxes, closings and destructions, and what they may send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/stock_actions.hpp"
#include "capabilities/travel_documents/stock_store.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::travel_documents {

/// What was typed into a box of text; empty when nothing was.
inline std::string text_of(std::optional<http::TextBlock<1000>> const& text) { return text ? text->value : std::string(); }

struct NumberEventView {
  std::string event;  ///< label "web.number_event.<event>"
  Instant at;
  std::optional<std::string> by;
  std::string office;
  std::optional<std::string> note;
};
RCMS_VIEW(NumberEventView, event, at, by, office, note)

/// All that happened to one number, from the receipt of its sheet on.
struct NumberHistoryView {
  std::string number;
  std::string sheet;  ///< state of the sheet
  std::string office;
  bool is_own = false;  ///< the sheet is at the viewer's office
  std::optional<std::string> box;
  bool is_destroyed = false;
  bool has_document = false;  ///< the register has a document of this number
  std::vector<NumberEventView> events;
};
RCMS_VIEW(NumberHistoryView, number, sheet, office, is_own, box, is_destroyed, has_document, events)

struct RenewalView {
  std::string id;
  std::string number;
  std::string name;
  std::string state;  ///< requested, approved, refused, issued
  std::string reason;
  std::string requested_by;
  Instant requested_at;
  bool is_mine = false;  ///< the viewer asked for it: another person decides
  std::optional<std::string> due_on;
  std::string source;
  std::optional<std::string> decided_by;
  std::optional<Instant> decided_at;
  std::optional<std::string> decision_reason;
  std::optional<std::string> renewed_as;
  std::int64_t revision = 0;
};
RCMS_VIEW(RenewalView, id, number, name, state, reason, requested_by, requested_at, is_mine, due_on, source, decided_by,
          decided_at, decision_reason, renewed_as, revision)

struct BoxView {
  std::string office;
  std::string office_id;
  bool is_own = false;  ///< of the viewer's office
  std::string box;      ///< empty: none was named
  std::int64_t in_stock = 0;
  std::int64_t assigned = 0;
  std::int64_t issued = 0;
  std::int64_t spoilt = 0;
  std::int64_t void_ = 0;
  std::int64_t lost = 0;
  std::int64_t returned = 0;
  std::int64_t destroyed = 0;  ///< of spoilt, void and returned
  std::int64_t unused = 0;     ///< to be counted: in stock or set aside
  std::int64_t dead = 0;       ///< to be counted: spoilt, void or returned, not destroyed
};
RCMS_VIEW(BoxView, office, office_id, is_own, box, in_stock, assigned, issued, spoilt, void_, lost, returned, destroyed, unused,
          dead)

struct StockAlarmView {
  std::string kind;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::int64_t sheets = 0;
  std::optional<std::string> office;
  std::optional<std::string> day;
};
RCMS_VIEW(StockAlarmView, kind, from, to, sheets, office, day)

struct ClosingLineView {
  std::string box;
  std::int64_t expected_unused = 0;
  std::int64_t counted_unused = 0;
  std::int64_t expected_dead = 0;
  std::int64_t counted_dead = 0;
};
RCMS_VIEW(ClosingLineView, box, expected_unused, counted_unused, expected_dead, counted_dead)

struct ClosingView {
  std::string id;
  std::string day;
  std::string office;
  std::string state;  ///< balanced, open, confirmed
  std::vector<ClosingLineView> lines;
  std::optional<std::string> reason;
  std::string closed_by;
  Instant closed_at;
  bool is_mine = false;  ///< the viewer counted: another person confirms
  std::optional<std::string> confirmed_by;
  std::optional<Instant> confirmed_at;
  std::string digest;  ///< SHA-256 over the closing and the one before it
  std::int64_t revision = 0;
};
RCMS_VIEW(ClosingView, id, day, office, state, lines, reason, closed_by, closed_at, is_mine, confirmed_by, confirmed_at, digest,
          revision)

struct DestructionView {
  std::string id;
  std::string state;  ///< proposed, confirmed, refused
  std::string office;
  std::int64_t sheets = 0;
  std::vector<std::string> numbers;
  std::string method;
  std::string proposed_by;
  Instant proposed_at;
  bool is_mine = false;  ///< the viewer proposed it: another person decides
  std::optional<std::string> decided_by;
  std::optional<Instant> decided_at;
  std::optional<std::string> reason;
  std::int64_t revision = 0;
};
RCMS_VIEW(DestructionView, id, state, office, sheets, numbers, method, proposed_by, proposed_at, is_mine, decided_by, decided_at,
          reason, revision)

struct MovedView {
  std::int64_t sheets = 0;
};
RCMS_VIEW(MovedView, sheets)

struct DocumentActInput {
  std::optional<http::TextBlock<1000>> reason;
};
RCMS_INPUT(DocumentActInput, reason)

struct DecisionInput {
  bool agrees = false;
  std::optional<http::TextBlock<1000>> reason;
};
RCMS_INPUT(DecisionInput, agrees, reason)

struct MoveBlanksInput {
  http::Text<9> first;
  http::Text<9> last;
  http::Text<40> box;
  std::optional<http::Text<60>> office;
};
RCMS_INPUT(MoveBlanksInput, first, last, box, office)

struct AssignBlankInput {
  http::Text<60> application;
};
RCMS_INPUT(AssignBlankInput, application)

struct BoxCountInput {
  std::optional<http::Text<40>> box;
  std::int64_t unused = 0;
  std::int64_t dead = 0;
};
RCMS_INPUT(BoxCountInput, box, unused, dead)

struct CloseDayInput {
  http::List<BoxCountInput, 200> boxes;
  std::optional<http::TextBlock<1000>> reason;
};
RCMS_INPUT(CloseDayInput, boxes, reason)

struct DestroyBlanksInput {
  http::List<http::Text<9>, 500> numbers;
  http::Text<200> method;
};
RCMS_INPUT(DestroyBlanksInput, numbers, method)

/// Refuses: not_found (the State never received the sheet).
Result<NumberHistoryView> present_history(Desk const& desk, access::Viewer const& viewer, std::string const& number);
RenewalView present_renewal(Desk const& desk, access::Viewer const& viewer, Renewal const& renewal);
BoxView present_box(Desk const& desk, access::Viewer const& viewer, BoxLine const& line);
StockAlarmView present_alarm(Desk const& desk, access::Viewer const& viewer, StockAlarm const& alarm);
ClosingView present_closing(Desk const& desk, access::Viewer const& viewer, Closing const& closing);
DestructionView present_destruction(Desk const& desk, access::Viewer const& viewer, Destruction const& destruction);

}  // namespace rcms::travel_documents
