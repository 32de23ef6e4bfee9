// The password or token with which the registry of a State is asked; it lies in the State's folder and nowhere else.
#pragma once

#include <filesystem>
#include <string>

namespace rcms::registry {

/// The first line of the file `secret`; empty when there is none.
std::string read_secret(std::filesystem::path const& folder);

}  // namespace rcms::registry
