// Makes the index of a registry from its rows.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engines/matching/person.hpp"
#include "engines/matching/record.hpp"
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

/// Rows that were looked at by themselves, for `Builder::add`.
struct CheckedRows {
  struct Row {
    std::uint64_t id = 0;                   ///< hash
    std::array<std::uint32_t, 7> fields{};  ///< hashes, in the order of the record
    Birth birth;
    bool is_refused = false;
  };
  std::vector<Row> rows;
  std::vector<Refused> refused;  ///< why, of the rows that are, in their order
};

/// Checks each row by itself. From any thread.
CheckedRows check_rows(std::span<PersonRow const> rows);

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
  /// The same for rows that another thread has checked while this one took those before.
  void add(std::span<PersonRow const> rows, CheckedRows const& checked, std::vector<Result<void>>& refused);
  std::uint32_t persons() const;

  /// Writes the index; nothing can be added any more. Refuses: unavailable (the file cannot be written; what was there stays).
  Result<void> finish(std::filesystem::path const& path);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rcms::matching
