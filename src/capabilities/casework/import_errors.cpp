#include "capabilities/casework/import_errors.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "foundation/base/text.hpp"
#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/xlsx_writer.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::casework {

namespace {

std::string problems_of(ProblemRow const& problem, forms::Form const& form, Labels const& labels, std::string_view language) {
  std::vector<std::string> sentences;
  for (auto const& finding : problem.findings) sentences.push_back(render_problem(finding, form, labels, language));
  return join(sentences, "\n");
}

/// A cell as its type, so that a corrected file keeps days as days and numbers as numbers.
sheets::OutValue value_of(sheets::Cell const& cell) {
  bool const only_day = cell.kind == sheets::CellKind::day && cell.day && cell.text.size() == 10;
  if (only_day) return *cell.day;
  if (cell.kind == sheets::CellKind::number) return cell.number;
  if (cell.kind == sheets::CellKind::truth) return cell.number == 1;
  if (cell.kind == sheets::CellKind::empty) return std::monostate{};
  return cell.text;
}

std::vector<sheets::OutCell> cells_of(ProblemRow const& problem, std::size_t columns, forms::Form const& form,
                                      Labels const& labels, std::string_view language) {
  std::vector<sheets::OutCell> cells(columns + 1);
  for (std::size_t i = 0; i < columns && i < problem.row.cells.size(); ++i) cells[i].value = value_of(problem.row.cells[i]);
  for (auto const& finding : problem.findings) {
    if (finding.column < 0 || static_cast<std::size_t>(finding.column) >= columns) continue;
    auto& cell = cells[static_cast<std::size_t>(finding.column)];
    cell.emphasis = sheets::Emphasis::wrong;
    cell.comment += (cell.comment.empty() ? "" : "\n") + render_problem(finding, form, labels, language);
  }
  cells.back().value = problems_of(problem, form, labels, language);
  return cells;
}

Result<std::monostate> write_csv(std::filesystem::path const& path, std::vector<std::string> const& headings,
                                 std::function<std::optional<ProblemRow>()> const& next, forms::Form const& form,
                                 Labels const& labels, std::string_view language) {
  std::ofstream out(path, std::ios::binary);
  sheets::CsvWriter writer([&](std::string_view text) { out << text; });
  auto titles = headings;
  titles.push_back(labels.text(language, "imports.problem_column"));
  writer.row(titles);
  while (auto const problem = next()) {
    std::vector<std::string> cells(headings.size());
    for (std::size_t i = 0; i < cells.size() && i < problem->row.cells.size(); ++i) cells[i] = problem->row.cells[i].text;
    cells.push_back(problems_of(*problem, form, labels, language));
    writer.row(cells);
  }
  out.close();
  if (!out) return refuse(Why::unavailable, "file", "the file of problems cannot be written");
  return std::monostate{};
}

}  // namespace

std::string render_problem(ImportFinding const& finding, forms::Form const& form, Labels const& labels,
                           std::string_view language) {
  auto const problem = std::string(name_of(finding.problem));
  LabelArguments const arguments = {{"value", finding.value}};
  auto const why = labels.text(language, "imports.why." + problem, arguments);
  auto const remedy = labels.text(language, "imports.remedy." + problem, arguments);
  auto const field = finding.path.empty() ? std::string() : forms::field_label(form, labels, language, finding.path) + ": ";
  return fmt::format("{}{} {}", field, why, remedy);
}

Result<std::monostate> write_problem_file(std::filesystem::path const& path, sheets::Format format,
                                          std::vector<std::string> const& headings,
                                          std::function<std::optional<ProblemRow>()> const& next, forms::Form const& form,
                                          Labels const& labels, std::string_view language) {
  if (format == sheets::Format::csv) return write_csv(path, headings, next, form, labels, language);
  sheets::XlsxWriter writer(path);
  sheets::OutSheet sheet;
  sheet.name = labels.text(language, "imports.problem_sheet");
  for (auto const& heading : headings)
    sheet.columns.push_back({heading, std::clamp(static_cast<double>(length_of(heading)) + 4, 12.0, 40.0)});
  sheet.columns.push_back({labels.text(language, "imports.problem_column"), 80});
  writer.add_sheet(sheet);
  while (auto const problem = next()) writer.row(cells_of(*problem, headings.size(), form, labels, language));
  return writer.finish();
}

}  // namespace rcms::casework
