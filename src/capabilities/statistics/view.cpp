#include "capabilities/statistics/view.hpp"

#include <algorithm>

namespace rcms::statistics {

namespace {

std::optional<double> number_of(DocumentCell const& cell) {
  auto const* number = std::get_if<double>(&cell.value);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::string name_of_row(DocumentTable const& table, std::size_t row) { return std::get<std::string>(table.rows[row][0].value); }

std::string definition_of(ReportDocument const& document, std::string const& name) {
  auto const line =
      std::find_if(document.definitions.begin(), document.definitions.end(), [&](auto const& one) { return one.name == name; });
  return line == document.definitions.end() ? std::string() : line->definition;
}

/// The first column of numbers.
std::vector<AmountView> amounts_of(DocumentTable const& table) {
  std::vector<AmountView> amounts;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    amounts.push_back({table.keys[row], name_of_row(table, row), number_of(table.rows[row].at(1))});
  }
  return amounts;
}

ReportTableView view_of(DocumentTable const& table) {
  ReportTableView view{table.id, table.title, {}, {}};
  for (std::size_t column = 1; column < table.columns.size(); ++column) {
    view.columns.push_back({table.columns[column].id, table.columns[column].title, table.columns[column].definition});
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    ReportRowView line{table.keys[row], name_of_row(table, row), {}};
    for (std::size_t column = 1; column < table.rows[row].size(); ++column)
      line.values.push_back(number_of(table.rows[row][column]));
    view.rows.push_back(std::move(line));
  }
  return view;
}

void add_durations(MonthlyReportView& view, ReportDocument const& document) {
  auto const& table = document.table("durations");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    auto const& cells = table.rows[row];
    DurationView duration;
    duration.step = table.keys[row];
    duration.name = name_of_row(table, row);
    duration.definition = definition_of(document, duration.name);
    duration.count = static_cast<std::int64_t>(number_of(cells[1]).value_or(0));
    duration.median = number_of(cells[2]);
    duration.median_hours = number_of(cells[3]);
    duration.p90 = number_of(cells[4]);
    duration.p90_hours = number_of(cells[5]);
    if (auto const limit = number_of(cells[6])) duration.limit = static_cast<int>(*limit);
    view.durations.push_back(std::move(duration));
  }
}

}  // namespace

MonthlyReportView view_of(Context const& context, MonthlyReport const& report, ReportDocument const& document) {
  MonthlyReportView view;
  view.month = report.month;
  view.party = document.state_code;
  view.side = report.side;
  if (!report.partner.empty()) view.partner = document.partner;
  view.provisional = report.is_provisional;
  if (!document.notice.empty()) view.notice = document.notice;
  view.source = document.source;
  view.made_at = report.extracted_at;
  view.revision = report.revision;
  auto const& figures = document.table("figures");
  for (std::size_t row = 0; row < figures.rows.size(); ++row) {
    auto const& figure = context.definitions.figure(report.side, figures.keys[row]);
    view.figures.push_back({figure.id, name_of_row(figures, row), number_of(figures.rows[row][1]),
                            figure.unit.empty() ? std::nullopt : std::optional(figure.unit),
                            figure.definition.in(document.language), figure.is_headline});
  }
  view.received_by_month = amounts_of(document.table("trend"));
  view.answers = amounts_of(document.table("replies"));
  for (auto const& row : report.ages) view.sex_age.push_back({row.age_group, row.female, row.male, row.other});
  add_durations(view, document);
  if (report.side == "requested") view.refusals = amounts_of(document.table("refusals"));
  for (auto const* id : {"trend", "partner", "agreement", "sex", "age_group"}) view.tables.push_back(view_of(document.table(id)));
  for (auto const& line : document.definitions) view.definitions.push_back({line.name, line.definition});
  return view;
}

ReportScheduleView view_of(Context const& context, Schedule const& schedule, std::vector<Delivery> const& deliveries,
                           std::string_view language) {
  ReportScheduleView view{schedule.id,       schedule.report,    schedule.day_of_month, schedule.format,
                          schedule.language, schedule.receivers, schedule.created_at,   {}};
  for (auto const& delivery : deliveries) {
    if (delivery.schedule != schedule.id) continue;
    ReportDeliveryView one;
    one.month = delivery.period;
    one.recipient = delivery.receiver;
    one.status = delivery.status;
    one.status_name = context.labels.text(language, "reports.schedule.status." + delivery.status);
    one.attempts = delivery.attempts;
    one.at = delivery.changed_at;
    if (delivery.status == "retry") one.next_at = delivery.next_at;
    if (!delivery.detail.empty()) one.detail = delivery.detail;
    view.deliveries.push_back(std::move(one));
  }
  return view;
}

}  // namespace rcms::statistics
