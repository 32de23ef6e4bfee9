#include "capabilities/casework/imports_present.hpp"

#include "foundation/base/text.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::casework {

namespace {

constexpr std::size_t sample_length = 60;

std::string_view name_of(DayOrder order) { return order == DayOrder::month_first ? "month_first" : "day_first"; }

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// "CSV, UTF-8, comma" or "Excel workbook, sheet Applications".
std::string detected_words(Labels const& labels, std::string_view language, sheets::Report const& report) {
  if (report.format == sheets::Format::xlsx) return labels.text(language, "imports.detected_xlsx", {{"sheet", report.sheet}});
  std::string delimiter(1, report.delimiter);
  if (report.delimiter == '\t') delimiter = labels.text(language, "imports.tab");
  return labels.text(language, "imports.detected_csv",
                     {{"encoding", std::string(sheets::name_of(report.encoding))},
                      {"delimiter", delimiter}});
}

std::string heading_of(Context const& context, std::string_view language, Import const& import, ImportFinding const& finding) {
  if (finding.column >= 0 && static_cast<std::size_t>(finding.column) < import.headings.size()) {
    return import.headings[static_cast<std::size_t>(finding.column)];
  }
  if (finding.path.empty()) return {};
  return forms::field_label(context.norms.application_form, context.labels, language, finding.path);
}

}  // namespace

ImportView present_import(Context const& context, access::Viewer const& viewer, Import const& import,
                          std::vector<sheets::Row> const& first) {
  ImportView view;
  view.id = import.id.value;
  view.name = import.name;
  view.state = name_of(import.state);
  view.detected = detected_words(context.labels, viewer.language, import.detected);
  view.format = sheets::name_of(import.detected.format);
  for (std::size_t i = 0; i < import.headings.size(); ++i) {
    ImportColumnView column{import.headings[i], {}};
    for (auto const& row : first)
      column.sample.push_back(i < row.cells.size() ? cut(row.cells[i].text, sample_length) : std::string());
    view.columns.push_back(std::move(column));
  }
  for (auto const& heading : import.headings) {
    auto const found = import.profile.mapping.find(heading);
    view.mapping[heading] = found == import.profile.mapping.end() ? std::string() : found->second;
  }
  view.day_order = name_of(import.profile.day_order);
  view.constants = import.profile.constants;
  if (!import.agreement.empty()) view.agreement = import.agreement;
  if (!import.profile_guess.empty()) view.profile_guess = import.profile_guess;
  view.rows = whole(import.row_count + import.bad_rows);
  for (auto const& defect : import.detected.defects) {
    view.defects.push_back({whole(defect.line), static_cast<std::int64_t>(defect.column),
                            std::string(sheets::name_of(defect.problem)), defect_words(context.labels, viewer.language, defect),
                            sheets::costs_the_row(defect.problem)});
  }
  view.loaded = whole(import.loaded);
  view.refused = whole(import.refused + import.bad_rows);
  view.uploaded_at = import.uploaded_at;
  return view;
}

ImportReportView present_report(Context const& context, access::Viewer const& viewer, Import const& import,
                                ImportReport const& report) {
  auto const& labels = context.labels;
  auto const& language = viewer.language;
  ImportReportView view;
  view.rows = whole(report.rows + import.bad_rows);
  view.ready = whole(report.ready);
  view.cut = report.is_cut;
  for (auto const& defect : import.detected.defects) {
    if (!sheets::costs_the_row(defect.problem)) continue;
    view.errors.push_back({whole(defect.line),
                           {},
                           std::string(sheets::name_of(defect.problem)),
                           defect_words(labels, language, defect),
                           cut(defect.detail, sample_length),
                           labels.text(language, "imports.remedy.row_left_out")});
  }
  for (auto const& finding : report.findings) {
    std::string const problem(name_of(finding.problem));
    LabelArguments const arguments{{"value", finding.value}};
    view.errors.push_back({whole(finding.line), heading_of(context, language, import, finding), problem,
                           labels.text(language, "imports.why." + problem, arguments), finding.value,
                           labels.text(language, "imports.remedy." + problem, arguments)});
  }
  for (auto const& duplicate : report.duplicates) {
    ImportDuplicateView line;
    line.row = whole(duplicate.line);
    line.why = labels.text(language, "imports.duplicate." + std::string(name_of(duplicate.likeness)));
    if (duplicate.earlier_line != 0) {
      line.of = labels.text(language, "imports.row", {{"row", std::to_string(duplicate.earlier_line)}});
    } else {
      line.of = duplicate.known.reference;
      line.case_id = duplicate.known.id;
    }
    view.duplicates.push_back(std::move(line));
  }
  for (auto const& [path, rows] : report.lacking) {
    view.lacking.push_back({path, forms::field_label(context.norms.application_form, labels, language, path), whole(rows)});
  }
  return view;
}

ImportProfileView present_profile(SavedProfile const& saved) {
  return {saved.id, saved.name, saved.agreement, saved.profile.mapping, std::string(name_of(saved.profile.day_order)),
          saved.profile.constants};
}

}  // namespace rcms::casework
