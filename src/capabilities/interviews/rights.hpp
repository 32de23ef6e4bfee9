// What a person is told of their rights before an interview: data, each with its source or marked as without one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rcms::interviews {

struct Right {
  std::string code;        ///< label "interviews.right.<code>"
  std::string basis;       ///< the source, as it is cited; may be empty
  std::string confidence;  ///< "P", "S" or "unverified"
};

/// Reads `data`/interviews/rights.toml. Throws std::runtime_error that names the file at fault.
std::vector<Right> load_rights(std::filesystem::path const& data);

}  // namespace rcms::interviews
