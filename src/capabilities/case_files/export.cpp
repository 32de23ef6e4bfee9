#include "capabilities/case_files/export.hpp"

#include <fstream>

#include <boost/describe.hpp>
#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/xlsx_writer.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::case_files {

namespace {

/// Columns that come from the header of a file, before those of the form.
struct HeaderColumn {
  char const* key;  ///< label "packages.column.<key>"
  double width;
};
constexpr HeaderColumn header_columns[] = {
    {"reference", 18}, {"partner_reference", 18}, {"partner", 16},      {"agreement", 24}, {"state", 24},
    {"stage", 16},     {"submitted_on", 14},      {"next_due_on", 14},  {"next_due", 24},  {"owner", 22},
    {"created_on", 14}, {"changed_on", 14},
};

/// Fields of the form that are one value: a table has no room for groups, files and long texts.
std::vector<std::string> form_columns(forms::Form const& form) {
  std::vector<std::string> paths;
  for (auto const& section : form.sections) {
    if (section.code != "A_person") continue;
    for (auto const& field : section.fields) {
      bool const single = field.parts.empty() && field.type != forms::Type::file && field.type != forms::Type::files &&
                          field.type != forms::Type::text_block;
      if (single && !field.restricted) paths.push_back(section.code + "." + field.code);
    }
  }
  return paths;
}

sheets::OutValue day_or_nothing(std::string const& text) {
  if (auto const day = Date::parse(text)) return *day;
  return std::monostate{};
}

class Exporter {
 public:
  Exporter(Context const& context, access::Viewer const& viewer, Side side)
      : context_(context), viewer_(viewer), side_(side), paths_(form_columns(context.norms.application_form)) {}

  std::vector<sheets::OutColumn> columns() const {
    std::vector<sheets::OutColumn> columns;
    for (auto const& column : header_columns)
      columns.push_back({say(std::string("packages.column.") + column.key), column.width});
    for (auto const& path : paths_) {
      columns.push_back({forms::field_label(context_.norms.application_form, context_.labels, viewer_.language, path), 20});
    }
    return columns;
  }

  std::vector<sheets::OutValue> values(ListRow const& row) const {
    auto const zone = context_.directory.get_party(viewer_.party).time_zone;
    auto const& partner = context_.directory.get_party(PartyId{row.partner});
    std::vector<sheets::OutValue> values{
        row.reference,
        row.partner_reference,
        partner.names.in(viewer_.language),
        agreement_title(row.agreement),
        say("workflow.state." + row.state),
        say("workflow.stage." + row.stage),
        day_or_nothing(row.submitted_on),
        day_or_nothing(row.next_due_on),
        row.next_due_kind.empty() ? std::string() : say("agreements.rule." + row.next_due_kind),
        context_.directory.user_name(viewer_.party, UserId{row.owner}),
        date_in_zone(Instant{row.created_at}, zone),
        date_in_zone(Instant{row.changed_at}, zone),
    };
    add_form_values(row, values);
    return values;
  }

 private:
  std::string say(std::string const& key) const { return context_.labels.text(viewer_.language, key); }

  std::string agreement_title(std::string const& code) const {
    auto const* agreement = context_.norms.find_agreement(code);
    if (agreement == nullptr) return code;
    auto const title = agreement->titles.find(viewer_.language);
    return title == agreement->titles.end() ? agreement->cited : title->second;
  }

  void add_form_values(ListRow const& row, std::vector<sheets::OutValue>& values) const {
    auto const file = find_case_file(context_.database, viewer_.party, side_, CaseId{row.id});
    std::map<std::string, std::string> shown;
    if (file) {
      boost::json::value const content(file->content);
      for (auto const& section :
           forms::present_content(context_.norms.application_form, context_.labels, viewer_.language, content)) {
        if (section.code != "A_person") continue;
        for (auto const& field : section.fields) shown[field.path] = join(field.lines, "; ");
      }
      // Days stay days, so that the table can be sorted by them.
      if (auto const birth = Date::parse(file->person.birth)) shown["A_person.dob"] = birth->text();
    }
    for (auto const& path : paths_) {
      auto const found = shown.find(path);
      auto const text = found == shown.end() ? std::string() : found->second;
      values.push_back(path == "A_person.dob" && Date::parse(text) ? sheets::OutValue(*Date::parse(text))
                                                                   : sheets::OutValue(text));
    }
  }

  Context const& context_;
  access::Viewer const& viewer_;
  Side side_;
  std::vector<std::string> paths_;
};

std::string text_of(sheets::OutValue const& value) {
  if (auto const* day = std::get_if<Date>(&value)) return day->text();
  if (auto const* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

/// Rows to one of the two kinds of table.
class TableFile {
 public:
  TableFile(sheets::Format format, std::filesystem::path const& path, std::string sheet, std::vector<sheets::OutColumn> columns)
      : out_(format == sheets::Format::csv ? std::make_unique<std::ofstream>(path, std::ios::binary) : nullptr) {
    if (out_) {
      csv_ = std::make_unique<sheets::CsvWriter>([this](std::string_view text) { *out_ << text; });
      std::vector<std::string> titles;
      for (auto const& column : columns) titles.push_back(column.title);
      csv_->row(titles);
    } else {
      workbook_ = std::make_unique<sheets::XlsxWriter>(path);
      workbook_->add_sheet({std::move(sheet), std::move(columns)});
    }
  }

  void row(std::vector<sheets::OutValue> values) {
    if (csv_) {
      std::vector<std::string> cells;
      for (auto const& value : values) cells.push_back(text_of(value));
      csv_->row(cells);
      return;
    }
    std::vector<sheets::OutCell> cells;
    for (auto& value : values) cells.push_back({std::move(value)});
    workbook_->row(cells);
  }

  Result<void> finish() {
    if (workbook_) {
      if (auto finished = workbook_->finish(); !finished) return tl::unexpected(finished.error());
      return {};
    }
    out_->close();
    if (!*out_) return refuse(Why::unavailable, "file", "the table cannot be written");
    return {};
  }

 private:
  std::unique_ptr<std::ofstream> out_;
  std::unique_ptr<sheets::CsvWriter> csv_;
  std::unique_ptr<sheets::XlsxWriter> workbook_;
};

}  // namespace

Result<std::int64_t> write_export(Context const& context, access::Viewer const& viewer, Side side, ListFilter const& filter,
                                  sheets::Format format, std::filesystem::path const& path) {
  Exporter const exporter(context, viewer, side);
  TableFile table(format, path, context.labels.text(viewer.language, "packages.sheet." + name_of(side)), exporter.columns());
  std::int64_t rows = 0;
  each_case_file(context.database, viewer.party, side, filter, [&](ListRow const& row) {
    if (rows == export_rows_limit) return ++rows, false;
    table.row(exporter.values(row));
    return ++rows, true;
  });
  if (rows > export_rows_limit)
    return refuse(Why::limit_reached, "rows", context.labels.text(viewer.language, "packages.too_many_rows"));
  if (auto finished = table.finish(); !finished) return tl::unexpected(finished.error());
  return rows;
}

}  // namespace rcms::case_files
