// `rcms registry generate`, `train` and `bench`: invented registries to measure with, weights learnt from decisions, figures.
#pragma once

#include <cstdint>
#include <string>

namespace rcms::app {

struct GenerateRegistryOptions {
  std::string folder;
  std::uint64_t persons = 1'000'000;
  std::uint64_t questions = 4'000;
  std::uint64_t seed = 1;
  std::uint64_t rare_names = 100'000;
  unsigned twice_in_1000 = 0;
  unsigned other_script_percent = 0;
};

/// Writes persons.tsv, queries.tsv and duplicates.tsv. The same options give the same bytes.
int generate_registry_files(GenerateRegistryOptions const& options);

struct TrainOptions {
  std::string index;
  std::string queries;    ///< empty: rows of the registry itself ask
  std::string decisions;  ///< empty: nobody has decided anything, and nothing can be compared
  std::string weights;    ///< a file to begin with; empty: the weights that RCMS comes with
  std::string to;
  double held_out = 0.3;  ///< share of the decisions that are not learnt from
  std::uint64_t seed = 1;
  std::uint64_t sample = 20'000;  ///< questions at most, or rows of the registry
  unsigned threads = 0;
};

/// Learns weights and writes their file, tells the comparison and the reliability. Returns 1 when a line had a defect.
int train_weights(TrainOptions const& options);

struct BenchOptions {
  std::string index;
  std::string queries;  ///< with the truth in its second column, or
  std::string pairs;    ///< ids of who stands there twice: the search for duplicates is measured
  std::string weights;
  unsigned threads = 1;
  bool json = false;
};

/// Measures. Returns 1 when a line had a defect.
int measure_registry(BenchOptions const& options);

}  // namespace rcms::app
