// Where files that leave are made before they are sent: a folder that only this process may enter.
#pragma once

#include <filesystem>
#include <string_view>

#include "foundation/base/date.hpp"

namespace rcms::case_files {

/// A path that nobody has used. The folder is made (mode 0700) at the first call. Throws std::runtime_error when it cannot be.
std::filesystem::path new_private_file(std::string_view what, Instant now);

}  // namespace rcms::case_files
