// The spreadsheet of forty applications that a newcomer imports in the demo: people of the demo's own registry.
#pragma once

#include <filesystem>
#include <variant>

#include "foundation/base/result.hpp"

namespace rcms::app {

/// Writes the workbook; always the same people. Three rows show what the import finds: a day that does not exist, an unknown
/// word, a person twice. Throws std::runtime_error when the lists under `data` are not sound. Refuses: unavailable.
Result<std::monostate> write_forty_applications(std::filesystem::path const& path, std::filesystem::path const& data);

}  // namespace rcms::app
