// The figures of one month of one State, made from counts of facts. Pure: no database, no clock, no words but codes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/statistics/definitions.hpp"
#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

namespace rcms::statistics {

/// How many facts agree in all of this; corrections are subtracted already.
struct Tally {
  std::string month;  ///< yyyy-mm
  std::string kind;
  std::string partner;    ///< PartyId
  std::string agreement;
  std::string outcome;
  std::string sex;
  std::string age_group;
  std::optional<bool> in_time;
  std::int64_t count = 0;
};

/// How many facts of a kind took so many hours.
struct TimeTally {
  std::string kind;
  std::string outcome;
  std::int64_t hours = 0;
  std::int64_t count = 0;
};

/// All that a report is made of.
struct MonthInput {
  PartyId party;
  std::string month;           ///< yyyy-mm
  std::string side;            ///< requesting, requested
  std::string partner;         ///< PartyId; empty: all
  std::string first_month;     ///< of any fact of the State; empty when there is none: earlier months have no data, not zero
  std::vector<Tally> facts;    ///< of the month
  std::vector<TimeTally> times;
  std::vector<Tally> trend;    ///< of the months up to this one, this one included; without partner, agreement, sex, age
  std::int64_t open_at_end = 0;
  std::int64_t revision = 0;   ///< entries up to the end of the month
  Instant extracted_at;
  Date today;                  ///< at the seat of the State: a month that is not over is provisional
  std::map<std::string, int, std::less<>> limits;  ///< days of a step, where all agreements of the month agree
};

/// Empty: insufficient data.
using Amount = std::optional<double>;

struct Figure {
  std::string id;
  Amount value;
};

/// Hours; the count is that of the values.
struct Spread {
  std::int64_t count = 0;
  Amount median_hours;
  Amount p90_hours;
};

struct Duration {
  std::string step;
  Spread spread;
  std::optional<int> limit_days;
};

/// One line of a table; `values` in the order of the table's figures.
struct BreakdownRow {
  std::string key;
  std::vector<Amount> values;
};

struct Breakdown {
  std::string by;  ///< partner, agreement, sex, age_group
  std::vector<BreakdownRow> rows;
};

struct AgeAndSex {
  std::string age_group;
  std::int64_t female = 0;
  std::int64_t male = 0;
  std::int64_t other = 0;
};

struct Reason {
  std::string code;
  std::int64_t count = 0;
};

struct MonthlyReport {
  PartyId party;
  std::string month;
  std::string side;
  std::string partner;
  bool is_provisional = false;
  Instant extracted_at;
  std::int64_t revision = 0;
  std::vector<Figure> figures;  ///< of the side, in the order of the definitions
  std::vector<Duration> durations;
  std::vector<std::string> trend_figures;
  std::vector<BreakdownRow> trend;  ///< key: month
  std::vector<std::string> breakdown_figures;
  std::vector<Breakdown> breakdowns;
  std::vector<AgeAndSex> ages;  ///< of the applications received or sent
  std::vector<Reason> refusals;

  /// Throws std::out_of_range when the side has no such figure.
  Amount value(std::string_view figure) const;
};

/// Kinds that make an application wait and that end its waiting.
inline constexpr std::string_view opening_kinds[] = {"application_received", "application_sent"};
inline constexpr std::string_view ending_kind = "application_ended";

MonthlyReport make_monthly_report(MonthInput const& input, Definitions const& definitions);

/// Median (mean of the two in the middle) and P90 (nearest rank) of the values, each when there are enough of them.
Spread spread_of(std::map<std::int64_t, std::int64_t> const& count_by_hours, int median_at_least, int p90_at_least);

/// "yyyy-mm" of the years 2000 to 2999. Refuses: field_invalid.
Result<std::string> parse_month(std::string_view text);
std::string month_of(Date day);
Date first_day(std::string_view month);
/// `months` later, or earlier when negative.
std::string month_plus(std::string_view month, int months);

}  // namespace rcms::statistics
