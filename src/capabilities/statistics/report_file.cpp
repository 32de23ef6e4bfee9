#include "capabilities/statistics/report_file.hpp"

#include <fstream>

#include <fmt/format.h>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/xlsx_writer.hpp"

namespace rcms::statistics {

namespace {

std::string unit_key(Measure measure) {
  switch (measure) {
    case Measure::count: return "reports.unit.count";
    case Measure::percent: return "reports.unit.percent";
    case Measure::days: return "reports.unit.days";
    case Measure::hours: return "reports.unit.hours";
    case Measure::text: break;
  }
  return "reports.unit.text";
}

/// The definition of one value: of its column, or of the figure that its row names.
std::string definition_of(ReportDocument const& document, DocumentTable const& table, std::size_t row, std::size_t column) {
  if (!table.columns[column].definition.empty()) return table.columns[column].definition;
  auto const& name = std::get<std::string>(table.rows[row][0].value);
  for (auto const& line : document.definitions) {
    if (line.name == name) return line.definition;
  }
  return {};
}

struct TemporaryFile {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("rcms-report-" + to_hex(random_bytes(8)) + ".xlsx");
  TemporaryFile() = default;
  TemporaryFile(TemporaryFile const&) = delete;
  TemporaryFile& operator=(TemporaryFile const&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
};

}  // namespace

bool is_format(std::string_view format) { return format == "pdf" || format == "xlsx" || format == "csv"; }

Result<ReportFile> make_report_file(Context const& context, ReportDocument const& document, std::string_view format) {
  if (!is_format(format)) return refuse(Why::field_invalid, "format", "pdf, xlsx or csv");
  ReportFile file;
  file.name = fmt::format("rcms-{}-{}.{}", lower_ascii(document.state_code), document.month, format);
  if (format == "pdf") {
    file.media_type = "application/pdf";
    file.content = detail::render_pdf(context.labels, document, context.definitions.p90_at_least);
  } else if (format == "csv") {
    file.media_type = "text/csv; charset=utf-8";
    file.content = detail::render_csv(context.labels, document);
  } else {
    file.media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    TemporaryFile const temporary;
    if (auto written = detail::write_xlsx(context.labels, document, temporary.path); !written)
      return tl::unexpected(written.error());
    std::ifstream in(temporary.path, std::ios::binary);
    file.content.assign(std::istreambuf_iterator<char>(in), {});
    if (!in || file.content.empty()) return refuse(Why::unavailable, {}, "the workbook could not be read back; check free space");
  }
  return file;
}

namespace detail {

std::string render_csv(Labels const& labels, ReportDocument const& document) {
  auto const text = [&](std::string const& key) { return labels.text(document.language, "reports." + key); };
  std::string out;
  sheets::CsvWriter writer([&](std::string_view part) { out.append(part); });
  writer.row({text("state"), text("month"), text("partner"), text("column.table"), text("column.row"), text("column.figure"),
              text("column.value"), text("column.unit"), text("column.status"), text("column.definition"), text("source"),
              text("extracted"), text("revision")});
  for (auto const& table : document.tables) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (std::size_t column = 1; column < table.columns.size(); ++column) {
        auto const& cell = table.rows[row][column];
        auto const* number = std::get_if<double>(&cell.value);
        if (std::holds_alternative<std::string>(cell.value)) continue;  // a dash where there is nothing to tell
        writer.row({document.state, document.month, document.partner, table.title,
                    std::get<std::string>(table.rows[row][0].value), table.columns[column].title,
                    number == nullptr ? std::string() : plain_number(*number),
                    labels.text(document.language, unit_key(cell.measure)),
                    number == nullptr ? text("insufficient") : std::string(), definition_of(document, table, row, column),
                    document.source, document.extracted_at.text(), std::to_string(document.revision)});
      }
    }
  }
  return out;
}

namespace {

sheets::OutCell xlsx_cell(Labels const& labels, std::string_view language, DocumentCell const& cell) {
  if (auto const* text = std::get_if<std::string>(&cell.value)) return {*text};
  auto const* number = std::get_if<double>(&cell.value);
  if (number == nullptr) return {labels.text(language, "reports.insufficient")};
  if (cell.measure == Measure::count) return {static_cast<std::int64_t>(*number)};
  return {*number};
}

}  // namespace

Result<void> write_xlsx(Labels const& labels, ReportDocument const& document, std::filesystem::path const& path) {
  auto const text = [&](std::string const& key) { return labels.text(document.language, "reports." + key); };
  sheets::XlsxWriter writer(path);
  writer.add_sheet({text("about"), {{text("column.key"), 24}, {text("column.value"), 60}}, false});
  writer.row({{document.title}, {document.subject}});
  writer.row({{text("state")}, {document.state}});
  writer.row({{text("partner")}, {document.partner}});
  writer.row({{text("month")}, {document.period}});
  writer.row({{text("source")}, {document.source}});
  writer.row({{text("extracted")}, {document.extracted_at}});
  writer.row({{text("revision")}, {document.revision}});
  if (!document.notice.empty()) writer.row({{text("column.status")}, {document.notice}});
  if (!document.demo_label.empty()) writer.row({{text("column.status")}, {document.demo_label}});
  for (auto const& table : document.tables) {
    bool const is_single = table.columns.size() == 2;
    sheets::OutSheet sheet{table.title, {}, true};
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      sheet.columns.push_back({table.columns[i].title, i == 0 ? 34.0 : 18.0});
    if (is_single) sheet.columns.push_back({text("column.unit"), 12}), sheet.columns.push_back({text("column.definition"), 90});
    writer.add_sheet(sheet);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      std::vector<sheets::OutCell> cells;
      for (auto const& cell : table.rows[row]) cells.push_back(xlsx_cell(labels, document.language, cell));
      if (is_single) {
        cells.push_back({labels.text(document.language, unit_key(table.rows[row][1].measure))});
        cells.push_back({definition_of(document, table, row, 1)});
      }
      writer.row(cells);
    }
  }
  writer.add_sheet({text("table.definitions"), {{text("column.figure"), 34}, {text("column.definition"), 110}}, false});
  for (auto const& line : document.definitions) writer.row({{line.name}, {line.definition}});
  if (auto finished = writer.finish(); !finished) return tl::unexpected(finished.error());
  return {};
}

}  // namespace detail

}  // namespace rcms::statistics
