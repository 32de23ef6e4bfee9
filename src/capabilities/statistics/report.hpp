// The monthly report of a State: for a viewer, for a schedule, for the command line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "capabilities/statistics/report_document.hpp"
#include "capabilities/statistics/report_file.hpp"
#include "foundation/access/viewer.hpp"

namespace rcms::statistics {

/// What is asked of a report. Empty: the month before this one, all partners, the side on which the State works (the requested
/// side when it works on both).
struct ReportRequest {
  std::string month;
  std::string partner;  ///< code of the State: "XAR"
  std::string side;     ///< requesting, requested
};

StateNames load_states(Context const& context);

/// Refuses: not_permitted (report.read), field_invalid (month, partner, side), too_early (a month that has not begun).
Result<MonthlyReport> load_monthly_report(Context const& context, access::Viewer const& viewer, ReportRequest const& request);
/// The same for background work and the command line, which act for a State and no viewer. Refuses: as above, not_found.
Result<MonthlyReport> load_monthly_report(Context const& context, PartyId const& party, ReportRequest const& request);

/// Writes the report of a month to `path`; `party` is the code of a State of this node. Refuses: not_found (no such State),
/// field_invalid (month, format, language), too_early, unavailable (the file cannot be written).
Result<void> write_monthly_report(Context const& context, std::string_view party, std::string_view month, std::string_view format,
                                  std::string_view language, std::filesystem::path const& path);

}  // namespace rcms::statistics
