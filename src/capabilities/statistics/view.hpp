// What a viewer sees of a report and of the schedules, in their language. Empty amounts are insufficient data, never zero.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/statistics/report_document.hpp"
#include "capabilities/statistics/schedule.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::statistics {

struct FigureView {
  std::string id;
  std::string name;
  std::optional<double> value;
  std::optional<std::string> unit;  ///< percent
  std::string definition;
  bool headline = false;
};
RCMS_VIEW(FigureView, id, name, value, unit, definition, headline)

struct AmountView {
  std::string label;  ///< code or month
  std::string name;
  std::optional<double> value;
};
RCMS_VIEW(AmountView, label, name, value)

struct SexAgeView {
  std::string age;
  std::int64_t female = 0;
  std::int64_t male = 0;
  std::int64_t other = 0;
};
RCMS_VIEW(SexAgeView, age, female, male, other)

/// `median`, `p90` and `limit` in days.
struct DurationView {
  std::string step;
  std::string name;
  std::string definition;
  std::int64_t count = 0;
  std::optional<double> median;
  std::optional<double> p90;
  std::optional<double> median_hours;
  std::optional<double> p90_hours;
  std::optional<int> limit;
};
RCMS_VIEW(DurationView, step, name, definition, count, median, p90, median_hours, p90_hours, limit)

struct ReportColumnView {
  std::string id;
  std::string title;
  std::string definition;
};
RCMS_VIEW(ReportColumnView, id, title, definition)

struct ReportRowView {
  std::string key;
  std::string name;
  std::vector<std::optional<double>> values;  ///< one for each column
};
RCMS_VIEW(ReportRowView, key, name, values)

/// A table whose rows are partners, agreements, sexes, age groups or months.
struct ReportTableView {
  std::string id;
  std::string title;
  std::vector<ReportColumnView> columns;
  std::vector<ReportRowView> rows;
};
RCMS_VIEW(ReportTableView, id, title, columns, rows)

struct DefinitionView {
  std::string name;
  std::string definition;
};
RCMS_VIEW(DefinitionView, name, definition)

struct MonthlyReportView {
  std::string month;
  std::string party;  ///< code of the State
  std::string side;
  std::optional<std::string> partner;
  bool provisional = false;
  std::optional<std::string> notice;
  std::string source;
  Instant made_at;
  std::int64_t revision = 0;
  std::vector<FigureView> figures;
  std::vector<AmountView> received_by_month;  ///< sent, for the requesting State
  std::vector<AmountView> answers;
  std::vector<SexAgeView> sex_age;
  std::vector<DurationView> durations;
  std::vector<AmountView> refusals;
  std::vector<ReportTableView> tables;  ///< trend, partner, agreement, sex, age_group
  std::vector<DefinitionView> definitions;
};
RCMS_VIEW(MonthlyReportView, month, party, side, partner, provisional, notice, source, made_at, revision, figures,
          received_by_month, answers, sex_age, durations, refusals, tables, definitions)

struct ReportDeliveryView {
  std::string month;
  std::string recipient;
  std::string status;  ///< sending, retry, sent, failed
  std::string status_name;
  int attempts = 0;
  Instant at;
  std::optional<Instant> next_at;
  std::optional<std::string> detail;
};
RCMS_VIEW(ReportDeliveryView, month, recipient, status, status_name, attempts, at, next_at, detail)

struct ReportScheduleView {
  ScheduleId id;
  std::string report;
  int day = 1;
  std::string format;
  std::string language;
  std::vector<std::string> recipients;
  Instant created_at;
  std::vector<ReportDeliveryView> deliveries;  ///< newest first
};
RCMS_VIEW(ReportScheduleView, id, report, day, format, language, recipients, created_at, deliveries)

MonthlyReportView view_of(Context const& context, MonthlyReport const& report, ReportDocument const& document);
ReportScheduleView view_of(Context const& context, Schedule const& schedule, std::vector<Delivery> const& deliveries,
                           std::string_view language);

}  // namespace rcms::statistics
