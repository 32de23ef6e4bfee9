#include "foundation/sheets/sheet.hpp"

#include <array>
#include <fstream>

#include <fmt/format.h>

namespace rcms::sheets {

namespace {

struct Words {
  std::string_view name;
  std::string_view sentence;  ///< {0} detail
  Why why;
};

/// In the order of Problem.
constexpr std::array<Words, 24> words = {{
    {"cannot_open", "The file cannot be opened: {0}.", Why::unavailable},
    {"empty_file", "The file is empty.", Why::malformed},
    {"file_too_large", "The file is larger than {0} bytes.", Why::too_large},
    {"not_a_table", "This is not a table; save it as XLSX or as CSV. It looks like: {0}.", Why::unsupported_type},
    {"old_excel", "This is a workbook of the old Excel format (XLS); save it as XLSX.", Why::unsupported_type},
    {"encrypted", "The workbook is protected by a password; remove the password and save it again.", Why::unsupported_type},
    {"open_document", "This is an OpenDocument file; save it as XLSX or CSV.", Why::unsupported_type},
    {"damaged", "The file is damaged: {0}.", Why::malformed},
    {"suspicious_archive", "The workbook unpacks to far more than it should: {0}.", Why::too_large},
    {"sheet_not_found", "The workbook has no sheet named {0}.", Why::not_found},
    {"too_many_rows", "The table has more than {0} rows; divide it.", Why::too_large},
    {"stopped_by_reader", "Reading was stopped.", Why::unavailable},
    {"line_too_long", "The line is longer than {0} bytes.", Why::too_large},
    {"cell_too_long", "A cell holds more than {0} bytes.", Why::too_large},
    {"too_many_columns", "The line has more than {0} columns.", Why::too_large},
    {"unclosed_quote", "A quotation mark is opened and never closed, near: {0}", Why::malformed},
    {"text_after_quote", "There is text after a closing quotation mark, near: {0}", Why::malformed},
    {"bad_encoding", "The line holds bytes that are not text in the encoding of the file ({0}).", Why::malformed},
    {"formula", "The cell holds a formula; the value it had when the file was saved is taken: {0}", Why::field_invalid},
    {"formula_without_value", "The cell holds a formula without a saved value; it is read as empty.", Why::field_invalid},
    {"cell_error", "The cell shows an error: {0}.", Why::field_invalid},
    {"one_column_only", "The table has only one column; check the character between the columns.", Why::field_invalid},
    {"macros_ignored", "The workbook holds macros; they are ignored.", Why::field_invalid},
    {"more_problems", "There are more problems than are listed.", Why::limit_reached},
}};

Words const& words_of(Problem problem) { return words.at(static_cast<std::size_t>(problem)); }

Report stopped_report(Format format, Problem problem, std::string detail = {}) {
  Report report;
  report.format = format;
  report.stopped = Defect{problem, 0, 0, std::move(detail)};
  return report;
}

bool starts(std::string_view content, std::string_view with) { return content.substr(0, with.size()) == with; }

/// The kind of a well-known file that is not a table, or empty.
std::string_view known_other_kind(std::string_view content) {
  if (starts(content, "%PDF-")) return "PDF";
  if (starts(content, "\xFF\xD8\xFF")) return "JPEG";
  if (starts(content, "\x89PNG")) return "PNG";
  if (starts(content, "\x7F" "ELF") || starts(content, "MZ")) return "program";
  if (starts(content, "GIF8")) return "GIF";
  if (starts(content, "{\\rtf")) return "RTF";
  if (starts(content, "\x1F\x8B") || starts(content, "7z\xBC\xAF") || starts(content, "Rar!")) return "archive";
  if (starts(content, "<!DOCTYPE") || starts(content, "<html") || starts(content, "<HTML")) return "HTML";
  if (starts(content, "<?xml")) return "XML";
  return {};
}

/// Name of a stream in the directory of an OLE file: UTF-16 little endian.
bool has_wide(std::string_view content, std::string_view ascii) {
  std::string wide;
  for (char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return content.find(wide) != std::string_view::npos;
}

}  // namespace

std::string_view name_of(Problem problem) { return words_of(problem).name; }
bool stops_reading(Problem problem) { return problem <= Problem::stopped_by_reader; }
bool costs_the_row(Problem problem) { return problem > Problem::stopped_by_reader && problem <= Problem::bad_encoding; }

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8: return "UTF-8";
    case Encoding::utf8_with_mark: return "UTF-8 (BOM)";
    case Encoding::utf16_little: return "UTF-16LE";
    case Encoding::utf16_big: return "UTF-16BE";
    case Encoding::windows_1252: return "Windows-1252";
  }
  return "";
}

std::string_view name_of(Format format) { return format == Format::csv ? "csv" : "xlsx"; }

std::string sentence_of(Defect const& defect) {
  auto sentence = fmt::format(fmt::runtime(words_of(defect.problem).sentence), defect.detail);
  if (defect.column != 0) return fmt::format("Line {}, column {}: {}", defect.line, defect.column, sentence);
  if (defect.line != 0) return fmt::format("Line {}: {}", defect.line, sentence);
  return sentence;
}

Refused refused_for(Defect const& defect) {
  return Refused{words_of(defect.problem).why, "file", sentence_of(defect), {}};
}

void add_defect(Report& report, Limits const& limits, Defect defect) {
  if (costs_the_row(defect.problem)) ++report.bad_rows;
  if (report.defects.size() < limits.defects) {
    report.defects.push_back(std::move(defect));
  } else if (report.defects.back().problem != Problem::more_problems) {
    report.defects.push_back(Defect{Problem::more_problems, defect.line, 0, {}});
  }
}

Report read_sheet(std::string_view content, ReadOptions const& options, EachRow const& each_row) {
  if (content.empty()) return stopped_report(Format::csv, Problem::empty_file);
  if (content.size() > options.limits.file_bytes) {
    return stopped_report(Format::csv, Problem::file_too_large, fmt::format("{}", options.limits.file_bytes));
  }
  if (starts(content, "PK\x03\x04") || starts(content, "PK\x05\x06")) return read_xlsx(content, options, each_row);
  if (starts(content, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    return stopped_report(Format::xlsx, has_wide(content, "EncryptedPackage") ? Problem::encrypted : Problem::old_excel);
  }
  if (auto kind = known_other_kind(content); !kind.empty()) {
    return stopped_report(Format::csv, Problem::not_a_table, std::string(kind));
  }
  return read_csv(content, options, each_row);
}

Report read_sheet(std::filesystem::path const& path, ReadOptions const& options, EachRow const& each_row) {
  std::error_code error;
  auto const size = std::filesystem::file_size(path, error);
  if (error) return stopped_report(Format::csv, Problem::cannot_open, error.message());
  if (size > options.limits.file_bytes) {
    return stopped_report(Format::csv, Problem::file_too_large, fmt::format("{}", options.limits.file_bytes));
  }
  std::string content(size, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(content.data(), static_cast<std::streamsize>(size));
  if (!in || static_cast<std::uint64_t>(in.gcount()) != size) {
    return stopped_report(Format::csv, Problem::cannot_open, "it cannot be read to its end");
  }
  return read_sheet(std::string_view(content), options, each_row);
}

Table read_table(std::string_view content, ReadOptions const& options) {
  Table table;
  table.report = read_sheet(content, options, [&](Row const& row) {
    table.rows.push_back(row);
    return true;
  });
  return table;
}

}  // namespace rcms::sheets
