// A registry of families, namesakes and twins with questions about its people, written as the tables of `rcms registry`: to
// measure how well people are found. Nobody of them exists.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "capabilities/registry/invented.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

struct GenerateOptions {
  std::filesystem::path folder;
  std::uint64_t persons = 1'000'000;
  std::uint64_t questions = 4'000;
  std::uint64_t seed = 1;
  std::uint64_t rare_names = 100'000;      ///< beside the common ones
  unsigned twice_in_1000 = 0;              ///< persons who stand there a second time, with one to three errors
  unsigned other_script_percent = 0;       ///< families whose names stand in Arabic or Bengali letters; asked for in Latin ones
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

struct Generated {
  std::uint64_t persons = 0;
  std::uint64_t questions = 0;
  std::uint64_t twice = 0;
};

/// Writes `persons.tsv`, `queries.tsv` and `duplicates.tsv` (pairs of ids). The registry has errors: a name in a hundred. A
/// question has none, one, two to three or four to five (profile clean, light, medium, heavy); one in four is about somebody who
/// is not there though their family is (absent). The same options give the same bytes. Refuses: unavailable (cannot be written).
Result<Generated> generate_registry(Sources const& sources, GenerateOptions const& options);

}  // namespace rcms::registry
