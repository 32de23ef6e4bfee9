// The file of problems: the rows that were not loaded, with the same columns and one more that says what is wrong. Corrected, it
// is imported again with the same profile.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "capabilities/casework/import_rules.hpp"
#include "foundation/base/labels.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::casework {

struct ProblemRow {
  sheets::Row row;
  std::vector<ImportFinding> findings;
};

/// "Date of birth: this day does not exist (30/02/1990). Write …" in words of `language`.
std::string render_problem(ImportFinding const& finding, forms::Form const& form, Labels const& labels,
                           std::string_view language);

/// Writes the rows that `next` gives until it gives nothing more. The column of problems stands last; in an XLSX the cells at
/// fault are coloured and carry a comment. Refuses: unavailable (the file cannot be written).
Result<std::monostate> write_problem_file(std::filesystem::path const& path, sheets::Format format,
                                          std::vector<std::string> const& headings,
                                          std::function<std::optional<ProblemRow>()> const& next, forms::Form const& form,
                                          Labels const& labels, std::string_view language);

}  // namespace rcms::casework
