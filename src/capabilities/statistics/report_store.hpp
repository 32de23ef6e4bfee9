// Counts of facts by index (party, month, kind), and the balances that keep a report from counting older months again.
#pragma once

#include "capabilities/statistics/monthly_report.hpp"
#include "foundation/db/database.hpp"

namespace rcms::statistics {

/// Which report: `partner` empty means all.
struct Scope {
  PartyId party;
  std::string month;
  std::string side;
  std::string partner;
};

/// Reads what a report of the scope is made of, but for `limits`. The cost is that of the month, of the months of the trend and
/// of those since the last balance.
MonthInput load_month(db::Database& database, Scope const& scope, int trend_months, Instant now, Date today);

/// Writes the balances of the months that have been over for two days and have none yet; returns how many months.
int close_months(db::Database& database, PartyId const& party, Date today);

/// The statements whose plans are tested.
std::vector<db::Sql const*> report_statements();

}  // namespace rcms::statistics
