// The count at the end of a day, gaps in the numbers, and what stands in which box of which office. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/travel_documents/stock.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::travel_documents {

/// Sheets of one box by state. What is `dead` lies there until it is destroyed: spoilt, void and returned.
struct BoxLine {
  OrganisationId organisation;
  std::string box;  ///< empty: none was named
  std::int64_t in_stock = 0;
  std::int64_t assigned = 0;
  std::int64_t issued = 0;
  std::int64_t spoilt = 0;
  std::int64_t voided = 0;
  std::int64_t lost = 0;
  std::int64_t returned = 0;
  std::int64_t destroyed = 0;  ///< of spoilt, void and returned

  std::int64_t unused() const { return in_stock + assigned; }
  std::int64_t dead() const { return spoilt + voided + returned - destroyed; }
  void add(BlankState state, bool is_destroyed, std::int64_t count);
};

/// What was counted by hand in a box.
struct BoxCount {
  std::string box;
  std::int64_t unused = 0;
  std::int64_t dead = 0;
};

struct ClosingLine {
  std::string box;
  std::int64_t expected_unused = 0;
  std::int64_t counted_unused = 0;
  std::int64_t expected_dead = 0;
  std::int64_t counted_dead = 0;

  bool balances() const { return expected_unused == counted_unused && expected_dead == counted_dead; }
};

/// The closing of a day at an office. balanced: the count is what the ledger says; open: it is not, and a second person has to
/// look; confirmed: they did.
struct Closing {
  std::string id;
  PartyId party;
  OrganisationId organisation;
  Date day;
  std::string state;
  std::vector<ClosingLine> lines;
  std::string reason;  ///< of a difference
  UserId closed_by;
  Instant closed_at;
  UserId confirmed_by;
  std::optional<Instant> confirmed_at;
  std::string digest_before;  ///< of the closing before at this office, 64 hexadecimal digits; empty for the first
  std::string digest;
  std::int64_t revision = 1;
};

/// The closing of `closing.day` from what the ledger expects in each box and what was counted there.
/// Refuses, in this order: field_missing (a box with sheets was not counted), field_invalid (a box that the office does not have,
/// or counted twice; less than none), reason_missing (the count differs).
Result<Closing> decide_closing(Closing closing, std::vector<BoxLine> const& expected, std::vector<BoxCount> const& counted,
                               std::string_view reason);

/// A second person stands by a difference. Refuses, in this order: stale_revision, wrong_step (nothing is open), same_person.
Result<Closing> decide_confirmation(Closing const& before, access::Viewer const& viewer, std::optional<std::int64_t> if_match,
                                    Instant now);

/// SHA-256 over everything that the one who closed has signed for, and over the digest before; hexadecimal.
std::string digest_of(Closing const& closing);
std::string lines_text(std::vector<ClosingLine> const& lines);               ///< as JSON
std::vector<ClosingLine> read_lines(std::string_view text);                  ///< of lines_text

/// What is wrong with the stock.
///   gap              numbers between two ranges of one series that nobody ever received
///   no_balance       the sheets of a range do not add up to what was received
///   left_behind      sheets in stock although a later one of their range was used
///   open_difference  a closing waits for a second person
///   not_closed       sheets were moved at an office on a day that was never closed
struct StockAlarm {
  std::string kind;
  std::string from;  ///< first number; empty where the alarm has none
  std::string to;
  std::int64_t sheets = 0;
  OrganisationId organisation;  ///< empty: of the State
  std::optional<Date> day;
};
/// Alarms of the kinds gap and no_balance; `stock` in the order of list_stock.
std::vector<StockAlarm> find_gaps(std::vector<StockLine> const& stock);

/// Sheets that two persons destroy. proposed, confirmed or refused.
struct Destruction {
  std::string id;
  PartyId party;
  OrganisationId organisation;
  std::string state;
  std::int64_t sheets = 0;
  std::string method;
  UserId proposed_by;
  Instant proposed_at;
  UserId decided_by;
  std::optional<Instant> decided_at;
  std::string reason;
  std::int64_t revision = 1;
  std::vector<std::string> numbers;
};

/// Another person confirms that the sheets were destroyed before their eyes, or refuses.
/// Refuses, in this order: stale_revision, wrong_step (decided already), same_person, reason_missing (of a refusal).
Result<Destruction> decide_destruction(Destruction const& before, access::Viewer const& viewer, bool confirms,
                                       std::string_view reason, std::optional<std::int64_t> if_match, Instant now);

}  // namespace rcms::travel_documents
