#include "capabilities/statistics/report_document.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace rcms::statistics {

namespace {

double rounded(double value) { return std::round(value * 10) / 10; }

DocumentCell cell_of(Amount const& amount, Measure measure) {
  if (!amount) return {std::monostate(), measure};
  return {rounded(*amount), measure};
}

DocumentCell count_cell(std::int64_t count) { return {static_cast<double>(count), Measure::count}; }
DocumentCell text_cell(std::string text) { return {std::move(text), Measure::text}; }

class Writing {
 public:
  Writing(Context const& context, MonthlyReport const& report, StateNames const& states, std::string_view language)
      : context_(context), report_(report), states_(states), language_(language) {}

  ReportDocument run() {
    head();
    figures();
    trend();
    replies();
    durations();
    for (auto const& breakdown : report_.breakdowns) add_breakdown(breakdown);
    ages();
    refusals();
    definitions();
    return std::move(document_);
  }

 private:
  std::string text(std::string const& key, LabelArguments const& arguments = {}) const {
    return context_.labels.text(language_, "reports." + key, arguments);
  }
  std::string label_or(std::string const& key, std::string const& otherwise) const {
    return context_.labels.has(key) ? context_.labels.text(language_, key) : otherwise;
  }
  std::string state_name(std::string const& id) const {
    auto const found = states_.find(id);
    return found == states_.end() ? text("not_given") : found->second.names.in(language_);
  }
  DocumentColumn column(std::string const& id) const { return {id, text("column." + id), {}}; }
  FigureDefinition const& figure_of(std::string const& id) const { return context_.definitions.figure(report_.side, id); }
  DocumentColumn figure_column(std::string const& id) const {
    return {id, figure_of(id).short_name.in(language_), figure_of(id).definition.in(language_)};
  }
  Measure measure_of(std::string const& id) const {
    return figure_of(id).unit == "percent" ? Measure::percent : Measure::count;
  }
  DocumentTable& add_table(std::string const& id, std::vector<DocumentColumn> columns) {
    document_.tables.push_back({id, text("table." + id), std::move(columns), {}, {}});
    return document_.tables.back();
  }

  void head() {
    auto const first = first_day(report_.month);
    document_.language = language_;
    document_.title = text("monthly");
    document_.subject = text("side." + report_.side);
    document_.state = state_name(report_.party.value);
    if (auto const found = states_.find(report_.party.value); found != states_.end()) document_.state_code = found->second.code;
    document_.partner = report_.partner.empty() ? text("all_partners") : state_name(report_.partner);
    document_.month = report_.month;
    document_.month_text = month_words(context_.labels, language_, report_.month);
    document_.period = text("period", {{"from", first.text()}, {"to", first.plus_months(1).plus_days(-1).text()}});
    document_.source = text("source_of", {{"state", document_.state}});
    auto const instant = report_.extracted_at.text();
    document_.extracted = text("instant", {{"day", instant.substr(0, 10)}, {"time", instant.substr(11, 5)}});
    document_.extracted_at = report_.extracted_at;
    document_.revision = report_.revision;
    bool const has_data = !report_.figures.empty() && report_.figures.front().value.has_value();
    if (!has_data) document_.notice = text("nothing_before");
    else if (report_.is_provisional) document_.notice = text("provisional");
    if (context_.demo) document_.demo_label = text("demo");
    for (auto const& figure : context_.definitions.figures) {
      if (figure.side == report_.side && figure.is_headline) document_.headlines.push_back(figure.id);
    }
  }

  void figures() {
    auto& table = add_table("figures", {column("figure"), column("value")});
    for (auto const& figure : report_.figures) {
      table.keys.push_back(figure.id);
      table.rows.push_back({text_cell(figure_of(figure.id).name.in(language_)), cell_of(figure.value, measure_of(figure.id))});
    }
  }

  void add_rows(DocumentTable& table, std::vector<BreakdownRow> const& rows, std::vector<std::string> const& figures,
                std::string_view by) {
    for (auto const& row : rows) {
      std::vector<DocumentCell> cells{text_cell(name_of_key(by, row.key))};
      for (std::size_t i = 0; i < row.values.size(); ++i) cells.push_back(cell_of(row.values[i], measure_of(figures[i])));
      table.keys.push_back(row.key);
      table.rows.push_back(std::move(cells));
    }
  }

  void trend() {
    std::vector<DocumentColumn> columns{column("month")};
    for (auto const& id : report_.trend_figures)
      columns.push_back({id, figure_of(id).name.in(language_), figure_of(id).definition.in(language_)});
    add_rows(add_table("trend", std::move(columns)), report_.trend, report_.trend_figures, "month");
  }

  void replies() {
    auto& table = add_table("replies", {column("outcome"), column("value")});
    for (auto const& figure : context_.definitions.figures) {
      if (figure.side != report_.side || !figure.is_reply) continue;
      table.keys.push_back(figure.id);
      table.rows.push_back({text_cell(figure.name.in(language_)), cell_of(report_.value(figure.id), Measure::count)});
    }
  }

  void durations() {
    auto& table = add_table("durations", {column("step"), column("count"), column("median_days"), column("median_hours"),
                                          column("p90_days"), column("p90_hours"), column("limit_days")});
    for (auto& one : table.columns) {
      for (auto const* measure : {"median", "p90"}) {
        if (one.id.starts_with(measure)) one.definition = context_.definitions.measure(measure).definition.in(language_);
      }
    }
    auto const in_days = [](Amount const& hours) { return hours ? Amount(*hours / 24) : Amount(); };
    for (auto const& duration : report_.durations) {
      auto const& spread = duration.spread;
      table.keys.push_back(duration.step);
      std::vector<DocumentCell> cells{
          text_cell(step_of(duration.step).name.in(language_)), count_cell(spread.count),
          cell_of(in_days(spread.median_hours), Measure::days), cell_of(spread.median_hours, Measure::hours),
          cell_of(in_days(spread.p90_hours), Measure::days),    cell_of(spread.p90_hours, Measure::hours)};
      if (duration.limit_days) cells.push_back({static_cast<double>(*duration.limit_days), Measure::days});
      else cells.push_back(text_cell("–"));
      table.rows.push_back(std::move(cells));
    }
  }

  StepDefinition const& step_of(std::string const& id) const {
    for (auto const& step : context_.definitions.steps) {
      if (step.id == id && step.side == report_.side) return step;
    }
    throw std::out_of_range("no step " + id);
  }

  std::string name_of_key(std::string_view by, std::string const& key) const {
    if (by == "month") return month_words(context_.labels, language_, key);
    if (by == "partner") return state_name(key);
    if (by == "sex") return key.empty() ? text("not_given") : label_or("codes.sex." + key, key);
    if (by == "age_group") return key == "unknown" ? text("age.unknown") : key;
    if (by == "refusals") return label_or("codes.refusal_reason." + key, key);
    auto const* agreement = agreements::find_agreement(context_.agreements, key);
    return agreement == nullptr ? (key.empty() ? text("not_given") : key) : agreement->cited;
  }

  void add_breakdown(Breakdown const& breakdown) {
    std::vector<DocumentColumn> columns{column(breakdown.by)};
    for (auto const& id : report_.breakdown_figures) columns.push_back(figure_column(id));
    add_rows(add_table(breakdown.by, std::move(columns)), breakdown.rows, report_.breakdown_figures, breakdown.by);
  }

  void ages() {
    auto& table = add_table("ages", {column("age_group"), column("female"), column("male"), column("other")});
    for (auto const& row : report_.ages) {
      table.keys.push_back(row.age_group);
      table.rows.push_back({text_cell(name_of_key("age_group", row.age_group)), count_cell(row.female), count_cell(row.male),
                            count_cell(row.other)});
    }
  }

  void refusals() {
    if (report_.side != "requested") return;
    auto& table = add_table("refusals", {column("reason"), column("value")});
    for (auto const& reason : report_.refusals) {
      table.keys.push_back(reason.code);
      table.rows.push_back({text_cell(name_of_key("refusals", reason.code)), count_cell(reason.count)});
    }
  }

  void definitions() {
    auto const add = [&](Names const& name, Names const& definition) {
      document_.definitions.push_back({name.in(language_), definition.in(language_)});
    };
    for (auto const& figure : context_.definitions.figures) {
      if (figure.side == report_.side) add(figure.name, figure.definition);
    }
    for (auto const& step : context_.definitions.steps) {
      if (step.side == report_.side) add(step.name, step.definition);
    }
    for (auto const& measure : context_.definitions.measures) add(measure.name, measure.definition);
  }

  Context const& context_;
  MonthlyReport const& report_;
  StateNames const& states_;
  std::string language_;
  ReportDocument document_;
};

}  // namespace

DocumentTable const& ReportDocument::table(std::string_view id) const {
  for (auto const& table : tables) {
    if (table.id == id) return table;
  }
  throw std::out_of_range(fmt::format("the report has no table \"{}\"", id));
}

ReportDocument make_document(Context const& context, MonthlyReport const& report, StateNames const& states,
                             std::string_view language) {
  return Writing(context, report, states, language).run();
}

std::string plain_number(double value) {
  auto text = fmt::format("{:.1f}", rounded(value));
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text;
}

std::string show(Labels const& labels, std::string_view language, DocumentCell const& cell) {
  if (auto const* text = std::get_if<std::string>(&cell.value)) return *text;
  auto const* number = std::get_if<double>(&cell.value);
  if (number == nullptr) return labels.text(language, "reports.insufficient");
  return labels.text(language, cell.measure == Measure::percent ? "reports.percent" : "reports.number",
                     {{"n", plain_number(*number)}});
}

std::string month_words(Labels const& labels, std::string_view language, std::string_view month, std::string_view form) {
  auto const year = form == "month" ? month.substr(0, 4) : month.substr(2, 2);
  return labels.text(language, fmt::format("reports.{}.{}", form, month.substr(5, 2)), {{"year", std::string(year)}});
}

}  // namespace rcms::statistics
