// The report on paper: first page at a glance, then tables, then what every figure means.
#include <algorithm>
#include <cmath>

#include "capabilities/statistics/report_file.hpp"
#include "foundation/pages/report.hpp"

namespace rcms::statistics::detail {

namespace {

class Setting {
 public:
  Setting(Labels const& labels, ReportDocument const& document, int p90_at_least)
      : labels_(labels), document_(document), p90_at_least_(p90_at_least), report_(options()) {}

  std::string run() {
    head();
    headlines();
    trend_chart();
    durations_chart();
    figures();
    beside({"replies", "refusals"});
    for (auto const* id : {"durations", "trend", "partner", "agreement", "age_group", "sex", "ages"}) table(id);
    definitions();
    auto const bytes = report_.finish();
    return std::string(bytes.begin(), bytes.end());
  }

 private:
  std::string text(std::string const& key, LabelArguments const& arguments = {}) const {
    return labels_.text(document_.language, "reports." + key, arguments);
  }
  std::string shown(DocumentCell const& cell) const { return show(labels_, document_.language, cell); }

  ReportOptions options() const {
    ReportOptions options;
    options.information = {document_.title + ": " + document_.state + ", " + document_.month_text, document_.source,
                           document_.subject, document_.language, document_.extracted_at};
    options.header = document_.state + "  ·  " + document_.title + "  ·  " + document_.month_text;
    options.footer = text("footer", {{"source", document_.source}, {"instant", document_.extracted},
                                     {"revision", std::to_string(document_.revision)}});
    options.page_label = text("page", {{"page", "{page}"}, {"pages", "{pages}"}});
    options.running_label = document_.demo_label;
    return options;
  }

  void head() {
    report_.heading(document_.title + " – " + document_.month_text, 1);
    report_.paragraph(document_.subject);
    report_.fields({{text("state"), document_.state},
                    {text("partner"), document_.partner},
                    {text("month"), document_.period},
                    {text("source"), document_.source},
                    {text("extracted"), document_.extracted},
                    {text("revision"), std::to_string(document_.revision)}},
                   2);
    if (!document_.notice.empty()) report_.notice(document_.notice, Notice::important);
  }

  void headlines() {
    std::vector<Headline> all;
    auto const& figures = document_.table("figures");
    for (auto const& id : document_.headlines) {
      auto const at = std::find(figures.keys.begin(), figures.keys.end(), id);
      if (at == figures.keys.end()) continue;
      auto const& row = figures.rows[static_cast<std::size_t>(at - figures.keys.begin())];
      all.push_back({shown(row[1]), shown(row[0]), {}, std::holds_alternative<double>(row[1].value)});
    }
    report_.heading(text("headline")).headlines(std::move(all), 3);
  }

  void trend_chart() {
    auto const& trend = document_.table("trend");
    if (trend.columns.size() < 2) return;
    Chart chart;
    chart.title = text("chart.trend", {{"figure", trend.columns[1].title}});
    chart.height_mm = 58;
    Series series{trend.columns[1].title, {}};
    for (std::size_t i = 0; i < trend.rows.size(); ++i) {
      chart.categories.push_back(month_words(labels_, document_.language, trend.keys[i], "month_short"));
      auto const* number = std::get_if<double>(&trend.rows[i][1].value);
      series.values.push_back(number == nullptr ? std::nan("") : *number);
    }
    chart.series.push_back(std::move(series));
    report_.bar_chart(std::move(chart));
  }

  static double number(DocumentCell const& cell) {
    auto const* value = std::get_if<double>(&cell.value);
    return value == nullptr ? 0 : *value;
  }

  void durations_chart() {
    auto const& durations = document_.table("durations");
    SpanChart chart;
    chart.title = text("chart.durations");
    for (auto const& row : durations.rows) {
      Span span;
      span.name = shown(row[0]);
      span.note = text("chart.values", {{"n", plain_number(number(row[1]))}});
      span.is_known = std::holds_alternative<double>(row[2].value);
      span.value = number(row[2]);
      span.far = std::max(span.value, number(row[4]));
      span.mark = number(row[6]);
      bool const has_p90 = std::holds_alternative<double>(row[4].value);
      span.words = span.is_known && has_p90 ? shown(row[2]) + "  ·  " + shown(row[4]) : shown(row[2]);
      if (span.mark > 0) chart.mark_name = text("chart.limit");
      chart.spans.push_back(std::move(span));
    }
    report_.span_chart(std::move(chart));
  }

  DocumentTable const* find(std::string const& id) const {
    auto const at = std::find_if(document_.tables.begin(), document_.tables.end(), [&](auto const& one) { return one.id == id; });
    return at == document_.tables.end() || at->rows.empty() ? nullptr : &*at;
  }

  Table table_of(DocumentTable const& from, std::size_t first = 0, std::size_t count = std::string::npos) const {
    bool const is_narrow = from.columns.size() == 2;
    Table table;
    table.size_pt = from.columns.size() > 5 ? 8 : 9;
    for (std::size_t i = 0; i < from.columns.size(); ++i) {
      bool const is_name = i == 0;
      table.columns.push_back({from.columns[i].title, is_name ? 1.7 : 1.0, is_name ? Align::start : Align::end,
                               is_narrow && !is_name});
    }
    for (auto i = first; i < from.rows.size() && i - first < count; ++i) {
      std::vector<std::string> cells;
      for (auto const& cell : from.rows[i]) cells.push_back(shown(cell));
      table.rows.push_back(std::move(cells));
    }
    return table;
  }

  /// The figures in two halves, so that a number stands close to its name.
  void figures() {
    auto const* from = find("figures");
    if (from == nullptr) return;
    auto const half = (from->rows.size() + 1) / 2;
    report_.heading(from->title).beside({table_of(*from, 0, half), table_of(*from, half)});
  }

  void beside(std::vector<std::string> const& ids) {
    std::vector<Table> tables;
    for (auto const& id : ids) {
      auto const* from = find(id);
      if (from == nullptr) continue;
      tables.push_back(table_of(*from));
      tables.back().title = from->title;
    }
    if (tables.size() == 1) report_.table(std::move(tables.front()));
    else if (!tables.empty()) report_.space(3).beside(std::move(tables));
  }

  void table(std::string const& id) {
    auto const* from = find(id);
    if (from == nullptr) return;
    report_.heading(from->title).table(table_of(*from));
    if (id == "durations") report_.small_print(text("durations_note", {{"n", std::to_string(p90_at_least_)}}));
  }

  void definitions() {
    Table table;
    table.size_pt = 8;
    table.columns = {{text("column.figure"), 1}, {text("column.definition"), 2.9}};
    for (auto const& line : document_.definitions) table.rows.push_back({line.name, line.definition});
    report_.heading(text("table.definitions")).table(std::move(table));
  }

  Labels const& labels_;
  ReportDocument const& document_;
  int p90_at_least_;
  rcms::Report report_;
};

}  // namespace

std::string render_pdf(Labels const& labels, ReportDocument const& document, int p90_at_least) {
  return Setting(labels, document, p90_at_least).run();
}

}  // namespace rcms::statistics::detail
