// A list of files as a table: the same filters as on the screen, titles in the viewer's language, never a formula.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/list.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::case_files {

inline constexpr std::int64_t export_rows_limit = 100'000;

/// Writes every file of the filter that the viewer's State has, row by row, without holding them all. Returns how many.
/// Refuses: limit_reached (more than 100,000: narrow the filter), unavailable (the table cannot be written).
Result<std::int64_t> write_export(Context const& context, access::Viewer const& viewer, Side side, ListFilter const& filter,
                                  sheets::Format format, std::filesystem::path const& path);

}  // namespace rcms::case_files
