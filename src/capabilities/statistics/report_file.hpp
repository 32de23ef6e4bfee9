// The monthly report as a file: PDF, XLSX or CSV, all from the same tables.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "capabilities/statistics/report_document.hpp"
#include "foundation/base/result.hpp"

namespace rcms::statistics {

struct ReportFile {
  std::string name;        ///< "rcms-uto-2026-10.pdf"
  std::string media_type;
  std::string content;
};

bool is_format(std::string_view format);

/// `format` pdf, xlsx or csv. Refuses: field_invalid for another; unavailable when a temporary file cannot be written.
/// Throws std::runtime_error when the page library reports an error.
Result<ReportFile> make_report_file(Context const& context, ReportDocument const& document, std::string_view format);

namespace detail {
std::string render_pdf(Labels const& labels, ReportDocument const& document, int p90_at_least);
std::string render_csv(Labels const& labels, ReportDocument const& document);
/// Writes the workbook to `path`.
Result<void> write_xlsx(Labels const& labels, ReportDocument const& document, std::filesystem::path const& path);
}  // namespace detail

}  // namespace rcms::statistics
