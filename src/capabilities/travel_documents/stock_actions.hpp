// The acts on the stock of blanks: boxes, sheets set aside and lost, destruction by two persons, the closing of a day.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/desk.hpp"
#include "capabilities/travel_documents/stock_ledger.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

/// Sheets in stock at the viewer's office, from the number `first` to `last`, go into a box, there or at another office of the
/// State.
struct MoveInput {
  std::string first;
  std::string last;
  std::string box;
  OrganisationId office;  ///< empty: the viewer's own
};
/// Answers how many were moved. Refuses: not_permitted, field_invalid (last before first, no such office), not_found (none of
/// them is in stock here).
Result<std::int64_t> move_sheets(Desk& desk, access::Viewer const& viewer, MoveInput const& input);

/// Sets a sheet aside for an accepted application; it is then issued for that application alone.
/// Refuses: not_permitted, not_found (sheet or application), wrong_step (the sheet is not in stock; the application is not
/// accepted).
Result<void> assign_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, CaseId const& id);

/// A sheet that was not issued is missing, or one that was lost turned up: it is void then.
/// Refuses: not_permitted, not_found, wrong_step, reason_missing.
Result<void> lose_blank(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason);
Result<void> find_blank_again(Desk& desk, access::Viewer const& viewer, std::string const& number, std::string_view reason);

/// Proposes to destroy spoilt, void or returned sheets of the viewer's office.
/// Refuses: not_permitted, field_missing (no sheet, no method), field_invalid (a sheet that is not here, is not over or is
/// proposed already).
Result<Destruction> propose_destruction(Desk& desk, access::Viewer const& viewer, std::vector<std::string> const& numbers,
                                        std::string_view method);
/// Refuses: not_permitted, not_found; as decide_destruction.
Result<Destruction> answer_destruction(Desk& desk, access::Viewer const& viewer, std::string const& id, bool confirms,
                                       std::string_view reason, std::optional<std::int64_t> if_match);

/// Closes today at the viewer's office. Refuses: not_permitted, already_exists (closed already); as decide_closing.
Result<Closing> close_day(Desk& desk, access::Viewer const& viewer, std::vector<BoxCount> const& counted,
                          std::string_view reason);
/// Refuses: not_permitted, not_found; as decide_confirmation.
Result<Closing> confirm_closing(Desk& desk, access::Viewer const& viewer, std::string const& id,
                                std::optional<std::int64_t> if_match);

/// All that is wrong with the stock of the viewer's State today.
std::vector<StockAlarm> list_alarms(Desk const& desk, access::Viewer const& viewer);
/// Whether no closing was changed or left out since it was signed: every digest is that of its content and of the one before.
bool are_closings_whole(std::vector<Closing> const& newest_first);

}  // namespace rcms::travel_documents
