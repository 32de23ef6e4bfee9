// Rows of a registry, from a table or line by line, into the index of the engine; what is wrong is told by line.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engines/matching/build.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

/// The columns of a person, in the order of a table without a heading.
inline constexpr std::array<std::string_view, 12> person_columns{
    "id",    "given",        "surname1",        "surname2",     "birth",           "sex",
    "place", "father_given", "father_surnames", "mother_given", "mother_surnames", "document"};

struct LineDefect {
  std::uint64_t line = 0;
  std::string what;  ///< one English sentence

  friend bool operator==(LineDefect const&, LineDefect const&) = default;
};

inline constexpr std::size_t told_defects = 100;

/// What came of the rows. The first `told_defects` are kept with their line, the others are counted.
struct Reading {
  std::uint64_t left_out = 0;
  std::vector<LineDefect> defects;

  void add(std::uint64_t line, std::string what);
};

/// Takes rows and hands them to the builder some hundred at once.
class PersonRows {
 public:
  PersonRows(matching::Builder& builder, Reading& reading);
  /// The views are copied.
  void add(std::uint64_t line, std::array<std::string_view, person_columns.size()> const& columns);
  /// Hands over what waits; to be called at the end.
  void flush();

 private:
  static constexpr std::size_t rows_of_a_block = 256;
  struct Row {
    std::uint64_t line = 0;
    std::array<std::string, person_columns.size()> columns;
  };
  matching::Builder& builder_;
  Reading& reading_;
  std::vector<Row> rows_;
  std::size_t count_ = 0;
};

/// Reads a table of persons: `.csv` with a heading that names the columns, anything else lines of twelve columns parted by tabs
/// without one. Refuses: unavailable (it cannot be read to its end), field_missing (a heading without id).
Result<void> read_persons(std::filesystem::path const& file, PersonRows& rows, Reading& reading);

/// Pairs of names that stand for each other, from `data/matching/aliases.toml`. Throws std::runtime_error.
std::vector<matching::Alias> read_aliases(std::filesystem::path const& data);

}  // namespace rcms::registry
