// The stock of pre-printed blanks: ranges as they were received, and the state of every sheet. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

namespace rcms::travel_documents {

/// in_stock → assigned → issued → void or returned, and in_stock or assigned → spoilt. Whatever is not void may be lost; what was
/// lost and found again is void. Nothing comes back into the stock.
BOOST_DEFINE_ENUM_CLASS(BlankState, in_stock, assigned, issued, spoilt, void_, lost, returned)
inline constexpr BlankState all_blank_states[] = {BlankState::in_stock, BlankState::assigned, BlankState::issued,
                                                  BlankState::spoilt,   BlankState::void_,    BlankState::lost,
                                                  BlankState::returned};
/// "in_stock", …, "void".
std::string_view name_of(BlankState state);
std::optional<BlankState> find_blank_state(std::string_view name);

/// Whether a sheet may go from one state to the other.
bool may_become(BlankState from, BlankState to);

/// "UE0000100" to "UE0000199".
struct BlankRange {
  std::string id;
  OrganisationId organisation;
  std::string series;
  std::int64_t first = 0;
  std::int64_t last = 0;
  int digits = 0;
  Instant received_at;

  std::string box;  ///< where the office put it; may be empty

  std::int64_t received() const { return last - first + 1; }
  std::string number(std::int64_t one) const;  ///< as it is printed on the sheet
};

constexpr std::int64_t range_limit = 100'000;

/// A range from what stands on the first and the last sheet, both without the series.
/// Refuses: field_invalid (series not of 1 to 3 letters A-Z; not digits; last before first; numbers of other than 6 to 9
/// characters), limit_reached (100,000 sheets at once).
/// Source: Doc 9303-6 section 4.2.2, the number field of TD2 has nine characters.
Result<BlankRange> make_range(std::string_view series, std::string_view first, std::string_view last);

/// What became of the sheets of a range.
struct StockLine {
  BlankRange range;
  std::int64_t in_stock = 0;
  std::int64_t assigned = 0;
  std::int64_t issued = 0;
  std::int64_t spoilt = 0;
  std::int64_t voided = 0;
  std::int64_t lost = 0;
  std::int64_t returned = 0;

  bool balances() const {
    return in_stock + assigned + issued + spoilt + voided + lost + returned == range.received();
  }
};

}  // namespace rcms::travel_documents
