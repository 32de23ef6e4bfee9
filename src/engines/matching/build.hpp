// Makes the index of a registry from its rows.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engines/matching/person.hpp"
#include "foundation/base/result.hpp"

namespace rcms::matching {

/// Names that stand for each other: short forms, abbreviations.
struct Alias {
  std::string from;
  std::string to;
};

struct BuildOptions {
  std::vector<Alias> aliases;
  unsigned threads = 0;  ///< 0: one for each processor
  /// Told at each step: what is done, and how many of how many.
  std::function<void(std::string_view step, std::uint64_t done, std::uint64_t of)> progress;
};

/// Takes rows and writes an index. The same rows in the same order give the same bytes, however many threads work.
class Builder {
 public:
  explicit Builder(BuildOptions options);
  ~Builder();

  /// Takes one person. Refuses, and takes nothing: field_missing (id), field_too_long, field_invalid (birth, malformed UTF-8),
  /// already_exists (id), limit_reached (4,000 million persons).
  Result<void> add(PersonRow const& row);
  /// Takes many at once, which is faster: some hundred. `refused` has one entry for each row, as `add` gives it.
  void add(std::span<PersonRow const> rows, std::vector<Result<void>>& refused);
  std::uint32_t persons() const;

  /// Writes the index; nothing can be added any more. Refuses: unavailable (the file cannot be written; what was there stays).
  Result<void> finish(std::filesystem::path const& path);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rcms::matching
