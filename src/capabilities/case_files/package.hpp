// The complete package of a file: the form as PDF, attachments with readable names, a machine-readable file with hashes, a table
// of contents. It holds what the viewer's own State has and nothing else.
#pragma once

#include <filesystem>

#include "capabilities/case_files/context.hpp"
#include "capabilities/case_files/case_file.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"

namespace rcms::case_files {

inline constexpr std::size_t package_cases_limit = 100;

/// Writes a ZIP; with more than one file each has its own folder named by its reference.
/// Refuses: not_found (an attachment was erased), unavailable (the ZIP cannot be written).
Result<void> write_package(Context const& context, access::Viewer const& viewer, std::vector<CaseFile> const& files,
                           std::filesystem::path const& path);

/// "MORALES_XAR-2026-K7MQ-4B62.zip": what the package is saved as.
std::string package_name(CaseFile const& file);

}  // namespace rcms::case_files
