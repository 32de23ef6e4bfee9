// A report in the words of one language: the tables that the screen, the PDF, the workbook and the CSV all show.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "capabilities/statistics/context.hpp"
#include "capabilities/statistics/monthly_report.hpp"

namespace rcms::statistics {

enum class Measure { text, count, percent, days, hours };

struct DocumentCell {
  std::variant<std::monostate, std::string, double> value;  ///< nothing: insufficient data; numbers are rounded to one decimal
  Measure measure = Measure::text;
};

struct DocumentColumn {
  std::string id;
  std::string title;
  std::string definition;
};

struct DocumentTable {
  std::string id;  ///< figures, trend, replies, durations, partner, agreement, age_group, sex, ages, refusals
  std::string title;
  std::vector<DocumentColumn> columns;  ///< the first names the rows
  std::vector<std::string> keys;        ///< of the rows: codes, months, ids
  std::vector<std::vector<DocumentCell>> rows;
};

struct DefinitionLine {
  std::string name;
  std::string definition;
};

struct ReportDocument {
  std::string language;
  std::string title;         ///< "Monthly report"
  std::string subject;       ///< "Readmission applications received"
  std::string state;
  std::string state_code;
  std::string partner;       ///< "All partners" or the name
  std::string month;         ///< yyyy-mm
  std::string month_text;    ///< "October 2026"
  std::string period;        ///< "1 October 2026 to 31 October 2026"
  std::string source;        ///< "RCMS Utopia"
  std::string extracted;     ///< in words, UTC
  Instant extracted_at;
  std::int64_t revision = 0;
  std::string notice;        ///< provisional or no data; or empty
  std::string demo_label;    ///< empty outside the demo
  std::vector<std::string> headlines;  ///< ids of figures
  std::vector<DocumentTable> tables;
  std::vector<DefinitionLine> definitions;

  /// Throws std::out_of_range.
  DocumentTable const& table(std::string_view id) const;
};

/// Names that are not in the data files: States by id.
using StateNames = std::map<std::string, access::Party, std::less<>>;

ReportDocument make_document(Context const& context, MonthlyReport const& report, StateNames const& states,
                             std::string_view language);

/// A number in the way of the language: "1,234.5", "12 %", or "insufficient data".
std::string show(Labels const& labels, std::string_view language, DocumentCell const& cell);
/// With a point and without marks between thousands, at most one decimal, for files that machines read.
std::string plain_number(double value);
std::string month_words(Labels const& labels, std::string_view language, std::string_view month, std::string_view form = "month");

}  // namespace rcms::statistics
