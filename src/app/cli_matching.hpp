// `rcms registry build`, `search` and `duplicates`: the index of a registry that lies in files, without a node.
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
  std::string weights;  ///< a file of `registry train`; empty: those that RCMS comes with
  unsigned top = 10;
  unsigned threads = 1;  ///< 0: one for each processor
  bool json = false;
};

/// Answers every question of a file, one JSON a line or as sentences. Returns 1 when a line had a defect.
int search_registry_index(IndexSearchOptions const& options);

struct IndexDuplicatesOptions {
  std::string index;  ///< folder of an index, or
  std::string from;   ///< a file of persons, of which one is made for the time of the command
  std::string with;   ///< a second file: pairs between the two; empty: pairs within the first
  std::string weights;   ///< as above
  double least = 0.5;    ///< posterior of the pairs that are told
  double share = 0.1;    ///< of persons who stand there once more, before anything is compared
  unsigned threads = 0;  ///< 0: one for each processor
  bool json = false;
};

/// Tells the pairs of rows that may be one person, one a line. Returns 1 when a line had a defect.
int find_registry_duplicates(IndexDuplicatesOptions const& options);

}  // namespace rcms::app
