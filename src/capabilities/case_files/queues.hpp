// Work queues as data (data/workflow/queues.toml).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "capabilities/case_files/list.hpp"

namespace rcms::case_files {

struct Queue {
  std::string id;  ///< label "queues.<id>"
  Side side = Side::requesting;
  std::vector<std::string> states;
  Sort sort = Sort::newest;
};

/// Throws std::runtime_error that names what is wrong.
std::vector<Queue> load_queues(std::filesystem::path const& data);

}  // namespace rcms::case_files
