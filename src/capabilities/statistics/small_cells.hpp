// Small numbers in a report that leaves the authority: few people of one sex, age or reason can be recognised.
#pragma once

#include "capabilities/statistics/report_document.hpp"

namespace rcms::statistics {

/// Numbers of people from 1 to this are not told outside. No norm that we know names a number for these reports; official
/// statistics use 3 to 10 (unverified).
inline constexpr int small_cell = 4;

/// In the tables by partner, agreement, sex, age and reason, a count of 1 to `small_cell` becomes "fewer than 5", with the rates
/// and times of its row, and where one count of a column would follow from the total by difference, the next smallest is
/// withheld too. Zero and totals stay. Source: the reports of the product: "small cells suppressed".
void suppress_small_cells(ReportDocument& document, Labels const& labels);

}  // namespace rcms::statistics
