// Taking one file out of a folder store at once, where a law does not allow to wait for the next sweep.
#pragma once

#include <filesystem>
#include <string_view>

namespace rcms::files {

/// Removes the file `storage` of the store in `folder`; nothing when it is not there. Throws db::Fault when it cannot be removed.
void erase_from_folder(std::filesystem::path const& folder, std::string_view storage);

}  // namespace rcms::files
