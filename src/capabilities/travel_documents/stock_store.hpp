// SQL of the ledger of blanks: the history of numbers, boxes, closings, destructions, and requests for renewal.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/life_rules.hpp"
#include "capabilities/travel_documents/stock_ledger.hpp"
#include "foundation/db/database.hpp"

namespace rcms::travel_documents {

/// One line of the history of a number. `event` is received, boxed, sent, a state of the sheet or of the document,
/// renewal_requested, renewal_approved, renewal_refused, destruction_proposed, destruction_refused or destroyed.
struct NumberEvent {
  std::string event;
  Instant at;
  UserId by;
  OrganisationId organisation;  ///< empty: that of the sheet
  std::string note;
};
void add_number_event(db::Command& command, PartyId const& party, std::string const& number, NumberEvent const& event);
/// From the receipt of the sheet on; empty when the State never received it.
std::vector<NumberEvent> list_number_events(db::Database& database, PartyId const& party, std::string const& number);

/// What stands in which box, by office and box; without `organisation` of the whole State.
std::vector<BoxLine> list_boxes(db::Database& database, PartyId const& party, OrganisationId const& organisation = {});
/// Sheets in stock at `from_office` with numbers from `first` to `last` go into `box` of `to_office`, each with its line in the
/// history; the command is superseded unless they are exactly `count`.
struct BoxMove {
  OrganisationId from_office;
  OrganisationId to_office;
  std::string box;
  std::string first;
  std::string last;
  std::int64_t count = 0;
};
std::int64_t count_in_stock(db::Database& database, PartyId const& party, BoxMove const& move);
void move_to_box(db::Command& command, PartyId const& party, BoxMove const& move, UserId const& by, Instant at);
/// Sets a sheet aside for a case.
void assign_blank_row(db::Command& command, PartyId const& party, std::string const& number, CaseId const& id);
/// The sheet that is set aside for a case, at an office.
std::optional<std::string> find_assigned(db::Database& database, PartyId const& party, OrganisationId const& organisation,
                                         CaseId const& id);
/// Sheets in stock although a later one of their range was used.
std::vector<StockAlarm> list_left_behind(db::Database& database, PartyId const& party);
/// Days since `from` on which sheets changed at an office and that were not closed, but for `today`.
std::vector<StockAlarm> list_not_closed(db::Database& database, PartyId const& party, std::string const& zone, Date from,
                                        Date today);

void insert_closing(db::Command& command, Closing const& closing);
void save_closing(db::Command& command, Closing const& before, Closing const& after);
std::optional<Closing> find_closing(db::Database& database, PartyId const& party, std::string const& id);
/// Newest first; without `organisation` of the whole State.
std::vector<Closing> list_closings(db::Database& database, PartyId const& party, OrganisationId const& organisation, int limit);

void insert_destruction(db::Command& command, Destruction const& destruction);
void save_destruction(db::Command& command, Destruction const& before, Destruction const& after);
std::optional<Destruction> find_destruction(db::Database& database, PartyId const& party, std::string const& id);
std::vector<Destruction> list_destructions(db::Database& database, PartyId const& party, int limit);

void insert_renewal(db::Command& command, Renewal const& renewal);
void save_renewal(db::Command& command, Renewal const& before, Renewal const& after);
std::optional<Renewal> find_renewal(db::Database& database, PartyId const& party, std::string const& id);
/// The approved or requested one of a document.
std::optional<Renewal> find_open_renewal(db::Database& database, PartyId const& party, std::string const& number);
std::vector<Renewal> list_renewals(db::Database& database, PartyId const& party, int limit);

}  // namespace rcms::travel_documents
