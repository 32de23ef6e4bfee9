// `rcms registry build` and `search`: the index of a registry that lies in files, without a node.
#pragma once

#include <string>

namespace rcms::app {

struct IndexBuildOptions {
  std::string from;   ///< .tsv without a heading, or .csv with one
  std::string index;  ///< folder
  unsigned threads = 0;
};

/// Makes an index; lines with a defect are told with their number and left out, the old index stays until the new one is whole.
/// Returns 1 when a line had a defect.
int build_registry_index(IndexBuildOptions const& options);

struct IndexSearchOptions {
  std::string index;
  std::string queries;
  unsigned top = 10;
  bool json = false;
};

/// Answers every question of a file, one JSON a line or as sentences. Returns 1 when a line had a defect.
int search_registry_index(IndexSearchOptions const& options);

}  // namespace rcms::app
