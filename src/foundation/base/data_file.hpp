// Reading of the files under data/: TOML written by people, checked against its JSON Schema, as Boost.JSON values.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace rcms {

/// Reads a `.toml` or `.json` file and checks it against `schema` (a file in data/schema). TOML dates become strings.
/// Throws std::runtime_error that names file, line where known, path within the file, and what is expected.
boost::json::value read_data_file(std::filesystem::path const& file, std::filesystem::path const& schema);
/// The same without a schema: for languages, whose keys are checked against each other instead.
boost::json::value read_data_file(std::filesystem::path const& file);

/// Throws std::runtime_error with the first few defects when `value` does not satisfy `schema`; `name` is said in it.
void check_against_schema(boost::json::value const& value, boost::json::value const& schema, std::string_view name);

}  // namespace rcms
