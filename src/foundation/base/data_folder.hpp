// Reading of a whole folder of data files under one schema, which is compiled once: many small files cost little at the start.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <boost/json/value.hpp>

namespace rcms {

using DataFolder = std::map<std::filesystem::path, boost::json::value>;

/// Every `.toml` file of a folder as `read_data_file` reads it, by path. Throws std::runtime_error at the first that does not
/// fit.
DataFolder read_data_folder(std::filesystem::path const& folder, std::filesystem::path const& schema);

/// The same for one text that is no file: `name` is said in the message.
boost::json::value read_data_text(std::string const& text, std::string const& name, std::filesystem::path const& schema);

}  // namespace rcms
