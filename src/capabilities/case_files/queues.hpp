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
  int officer_days = 0;     ///< working days after which the officer is told that a file waits; 0: nobody is told
  int supervisor_days = 0;  ///< and after which their supervisor is; 0: they are not
  Foreign foreign = Foreign::any;  ///< of a queue of the requested State where files wait for their document
};

/// Throws std::runtime_error that names what is wrong.
std::vector<Queue> load_queues(std::filesystem::path const& data);

/// Whether the person of this file gets no document of the State `own_code`, in whose space the file is. False where the
/// nationality is not known yet.
bool is_foreign(Side side, std::string_view nationality, std::string_view own_code);

/// The queue in which a file of this side and state stands, nullptr when in none.
Queue const* find_queue(std::vector<Queue> const& queues, Side side, std::string_view state, bool foreign);

}  // namespace rcms::case_files
