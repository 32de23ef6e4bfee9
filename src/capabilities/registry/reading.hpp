// Rows of a registry, questions about it and decisions on them, from tables; what is wrong is told by line. The one reader of
// these files, for connectors and for the command line.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
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
  std::function<void(std::uint64_t line)> progress;  ///< told now and then; may be empty

  void add(std::uint64_t line, std::string what);
  /// In the order of the lines.
  void sort();
};

/// Takes rows and hands them to the builder some hundred at once.
class PersonRows {
 public:
  PersonRows(matching::Builder& builder, Reading& reading);
  /// The views are copied.
  void add(std::uint64_t line, std::array<std::string_view, person_columns.size()> const& columns);
  /// Hands over what waits; to be called at the end.
  void flush();
  /// Where the rows go.
  matching::Builder& builder() const { return builder_; }

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

/// Reads a table of persons: `.csv` or `.xlsx` with a heading that names the columns, anything else lines of twelve columns
/// parted by tabs without one, which several threads read. Refuses: unavailable (it cannot be read to its end), field_missing
/// (a heading without id).
Result<void> read_persons(std::filesystem::path const& file, PersonRows& rows, Reading& reading);

/// A question with its line. `truth`, who is meant, is for measuring and learning only: an id, empty for nobody.
struct AskedRow {
  std::uint64_t line = 0;
  std::string id;
  std::string truth;
  std::string profile;
  matching::Query query;
};
/// Called with some thousand questions at once.
using EachBlock = std::function<void(std::vector<AskedRow>& rows)>;

/// Questions: `.csv` or `.xlsx` whose heading names `query` and what is asked as a person's columns are named, anything else
/// lines of fourteen columns (see `matching::parse_question_line`). Refuses as above.
Result<void> read_questions(std::filesystem::path const& file, Reading& reading, EachBlock const& each);
/// Persons in the columns of `read_persons`, to be asked for. Refuses as above.
Result<void> read_persons_to_ask(std::filesystem::path const& file, Reading& reading, EachBlock const& each);

/// What was decided on a question: who it was, empty for nobody of the registry.
struct Decision {
  std::uint64_t line = 0;
  std::string query;
  std::string person;
};
/// `.csv` or `.xlsx` with `query` and `person`, anything else lines of these two parted by a tab; further columns are not read,
/// so that a file of questions that tells the truth is one of decisions. `0` is nobody. Refuses as above.
Result<std::vector<Decision>> read_decisions(std::filesystem::path const& file, Reading& reading);

/// Pairs of names that stand for each other, from `data/matching/aliases.toml`. Throws std::runtime_error.
std::vector<matching::Alias> read_aliases(std::filesystem::path const& data);

}  // namespace rcms::registry
