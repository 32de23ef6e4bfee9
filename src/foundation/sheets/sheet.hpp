// Reading of tables that people bring: CSV and XLSX behind one function, row by row, with every oddity reported by line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::sheets {

enum class CellKind { empty, text, number, day, time, truth, error };

/// One cell as typed in the file. CSV cells are always text or empty.
struct Cell {
  CellKind kind = CellKind::empty;
  /// What a person reads: the text; the number without needless digits; `yyyy-mm-dd`, with ` hh:mm:ss` when it has a time;
  /// `hh:mm:ss`; `TRUE`/`FALSE`; `#N/A`.
  std::string text;
  double number = 0;            ///< of number, and 0 or 1 of truth
  std::optional<Date> day = {};  ///< of kind day
  bool formula = false;         ///< the value is the one the formula had when the file was saved

  friend bool operator==(Cell const&, Cell const&) = default;
};

/// A row that holds something. `line` is the line in the text file or the row number of the sheet, from 1.
struct Row {
  std::uint64_t line = 0;
  std::vector<Cell> cells;
};

enum class Format { csv, xlsx };
enum class Encoding { utf8, utf8_with_mark, utf16_little, utf16_big, windows_1252 };

/// What can be wrong with a table. Those of the first group stop the reading; the second group costs one row; with the
/// third the row is read and a person should look. The label of each is "sheets.<name>".
enum class Problem {
  cannot_open, empty_file, file_too_large, not_a_table, old_excel, encrypted, open_document, damaged, suspicious_archive,
  sheet_not_found, too_many_rows, stopped_by_reader,
  line_too_long, cell_too_long, too_many_columns, unclosed_quote, text_after_quote, bad_encoding,
  formula, formula_without_value, cell_error, one_column_only, macros_ignored, more_problems,
};

/// The name used in labels and JSON.
std::string_view name_of(Problem problem);
bool stops_reading(Problem problem);
bool costs_the_row(Problem problem);
std::string_view name_of(Encoding encoding);
std::string_view name_of(Format format);

/// `line` and `column` count from 1; 0 when it concerns the whole file or the whole line. `detail` is a number that was
/// exceeded, a name or the beginning of the text at fault.
struct Defect {
  Problem problem = Problem::damaged;
  std::uint64_t line = 0;
  std::uint32_t column = 0;
  std::string detail;

  friend bool operator==(Defect const&, Defect const&) = default;
};

/// One English sentence for logs and for clients without labels.
std::string sentence_of(Defect const& defect);
/// The refusal to answer when reading stopped.
Refused refused_for(Defect const& defect);

struct Limits {
  std::uint64_t file_bytes = 50ull << 20;
  std::uint64_t rows = 200'000;
  std::uint32_t columns = 300;
  std::uint32_t cell_bytes = 32u << 10;
  std::uint64_t line_bytes = 10ull << 20;
  std::uint64_t unpacked_bytes = 300ull << 20;  ///< all parts of an XLSX together
  std::uint32_t archive_entries = 2'000;
  std::uint32_t archive_ratio = 250;  ///< of a part larger than 1 MB unpacked
  std::size_t defects = 1'000;        ///< more are only counted
};

struct ReadOptions {
  Limits limits = {};
  std::string sheet = {};                       ///< XLSX: its name; the first visible sheet when empty
  std::optional<char> delimiter = {};           ///< CSV: found out when empty
  std::optional<Encoding> encoding = {};        ///< CSV: found out when empty
};

/// What was found out about the file and what was wrong in it.
struct Report {
  Format format = Format::csv;
  Encoding encoding = Encoding::utf8;    ///< CSV
  char delimiter = ',';                  ///< CSV
  std::string sheet = {};                ///< XLSX: the one that was read
  std::vector<std::string> sheets = {};  ///< XLSX: all of them
  std::uint64_t rows = 0;                ///< rows given to the callback
  std::uint64_t bad_rows = 0;            ///< rows left out because of a defect
  std::vector<Defect> defects = {};
  std::optional<Defect> stopped = {};    ///< why reading ended before the end of the file

  bool is_complete() const { return !stopped; }
};

/// Called for each row that holds something, in order; false ends the reading (stopped_by_reader).
using EachRow = std::function<bool(Row const&)>;

/// Reads a CSV or XLSX; which of the two is told by its content, not by its name. Rows that come before a defect that
/// stops the reading have been given to `each_row` already.
Report read_sheet(std::filesystem::path const& path, ReadOptions const& options, EachRow const& each_row);
/// The same for a file held in memory.
Report read_sheet(std::string_view content, ReadOptions const& options, EachRow const& each_row);

/// The whole table, for small ones and for tests.
struct Table {
  Report report;
  std::vector<Row> rows;
};
Table read_table(std::string_view content, ReadOptions const& options = {});

// The two readers behind read_sheet.
Report read_csv(std::string_view content, ReadOptions const& options, EachRow const& each_row);
Report read_xlsx(std::string_view content, ReadOptions const& options, EachRow const& each_row);

/// Adds a defect, counting instead of keeping when there are too many; counts the row as bad when it costs it.
void add_defect(Report& report, Limits const& limits, Defect defect);

}  // namespace rcms::sheets
