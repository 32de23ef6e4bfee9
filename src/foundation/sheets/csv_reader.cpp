// Comma separated values, as RFC 4180 says and as programs really write them: other delimiters, encodings, line ends, and
// stray quotation marks that cost one line instead of the rest of the file.
//
// Source: RFC 4180 section 2. DEVIATION: a quotation mark inside a cell that does not begin with one is an ordinary
// character; spaces between a closing quotation mark and the delimiter are left out; CR alone ends a line too.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "foundation/sheets/csv_writer.hpp"
#include "foundation/sheets/encoding.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::sheets {

namespace {

constexpr std::array<char, 4> delimiters = {',', ';', '\t', '|'};
constexpr std::size_t sample_bytes = 64u << 10;
constexpr std::size_t sample_records = 50;

std::string beginning_of(std::string_view text) {
  std::string out;
  for (char c : text.substr(0, 40)) {
    if (c == '\n' || c == '\r') break;
    if (static_cast<unsigned char>(c) >= 0x20 && c != '\xFF') out += c;
  }
  // Not in the middle of a character.
  std::size_t good = 0;
  while (good < out.size()) {
    auto const length = utf8_length(std::string_view(out).substr(good));
    if (length == 0) break;
    good += length;
  }
  return out.substr(0, good);
}

/// Numbers of columns of the first records if `delimiter` were the right one.
std::vector<std::size_t> columns_of_first_records(std::string_view text, char delimiter) {
  std::vector<std::size_t> counts;
  std::size_t columns = 1;
  bool quoted = false;
  bool at_start = true;
  bool empty = true;
  for (std::size_t i = 0; i < text.size() && i < sample_bytes && counts.size() < sample_records; ++i) {
    char const c = text[i];
    if (quoted) {
      quoted = c != '"';  // a doubled one opens it again at once
      at_start = !quoted;
    } else if (c == '"' && at_start) {
      quoted = true;
      empty = false;
    } else if (c == delimiter) {
      ++columns;
      at_start = true;
    } else if (c == '\n' || c == '\r') {
      if (!empty || columns > 1) counts.push_back(columns);
      columns = 1;
      at_start = true;
      empty = true;
    } else {
      at_start = false;
      empty = false;
    }
  }
  if (text.size() <= sample_bytes && counts.size() < sample_records && (!empty || columns > 1)) counts.push_back(columns);
  return counts;
}

/// The delimiter under which most of the first records have the same number of columns; comma when none divides anything.
char detect_delimiter(std::string_view text) {
  char best = ',';
  std::size_t best_agreeing = 0;
  std::size_t best_columns = 1;
  for (char delimiter : delimiters) {
    std::map<std::size_t, std::size_t> frequency;
    for (auto columns : columns_of_first_records(text, delimiter)) {
      if (columns > 1) ++frequency[columns];
    }
    for (auto const& [columns, agreeing] : frequency) {
      bool const clearly_more = agreeing * 10 > best_agreeing * 11;
      bool const as_many = agreeing * 11 >= best_agreeing * 10;
      if (clearly_more || (as_many && columns > best_columns)) {
        best = delimiter;
        best_agreeing = agreeing;
        best_columns = columns;
      }
    }
  }
  return best;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, Limits const& limits, EachRow const& each_row, Report& report)
      : text_(text), limits_(limits), each_row_(each_row), report_(report) {}

  void skip_separator_line() {
    // "sep=;" is Excel's own first line.
    if (text_.size() < 6 || text_.substr(0, 4) != "sep=" || (text_[5] != '\r' && text_[5] != '\n')) return;
    report_.delimiter = text_[4];
    position_ = 5;
    end_line();
  }

  void read_all() {
    std::size_t widest = 0;
    while (position_ < text_.size() && !report_.stopped) {
      Row row;
      row.line = line_;
      if (!read_record(row)) continue;
      bool const blank = std::all_of(row.cells.begin(), row.cells.end(), [](Cell const& cell) { return cell.text.empty(); });
      if (blank) continue;
      if (report_.rows == limits_.rows) {
        report_.stopped = Defect{Problem::too_many_rows, row.line, 0, fmt::format("{}", limits_.rows)};
        return;
      }
      widest = std::max(widest, row.cells.size());
      ++report_.rows;
      if (!each_row_(row)) report_.stopped = Defect{Problem::stopped_by_reader, row.line, 0, {}};
    }
    if (report_.rows > 1 && widest == 1) add_defect(report_, limits_, Defect{Problem::one_column_only, 0, 0, {}});
  }

 private:
  bool at_line_end() const { return position_ == text_.size() || text_[position_] == '\n' || text_[position_] == '\r'; }

  /// Passes one line end.
  void end_line() {
    if (position_ == text_.size()) return;
    if (text_[position_] == '\r' && position_ + 1 < text_.size() && text_[position_ + 1] == '\n') ++position_;
    ++position_;
    ++line_;
  }

  /// Notes the defect and goes on behind the physical line in which the record began.
  bool give_up(Problem problem, std::size_t start, std::uint64_t start_line, std::size_t column, std::string detail) {
    add_defect(report_, limits_, Defect{problem, start_line, static_cast<std::uint32_t>(column), std::move(detail)});
    position_ = start;
    line_ = start_line;
    while (!at_line_end()) ++position_;
    end_line();
    return false;
  }

  /// Reads a quoted cell from behind its first quotation mark; the problem that ends the record, if there is one.
  std::optional<Problem> read_quoted(std::string& value, std::size_t start) {
    for (;;) {
      if (position_ == text_.size()) return Problem::unclosed_quote;
      if (position_ - start > limits_.line_bytes) return Problem::unclosed_quote;
      char const c = text_[position_];
      if (c == '"') {
        ++position_;
        if (position_ < text_.size() && text_[position_] == '"') {
          add(value, '"');
          ++position_;
          continue;
        }
        while (position_ < text_.size() && text_[position_] == ' ' && report_.delimiter != ' ') ++position_;
        if (!at_line_end() && text_[position_] != report_.delimiter) return Problem::text_after_quote;
        return std::nullopt;
      }
      if (c == '\n' || c == '\r') {
        add(value, '\n');
        end_line();
        continue;
      }
      add(value, c);
      ++position_;
    }
  }

  void add(std::string& value, char c) {
    if (c == '\xFF' || c == '\0') bad_bytes_ = true;
    if (value.size() < limits_.cell_bytes) {
      value += c;
    } else {
      too_long_ = true;
    }
  }

  /// False when the record was given up; the defect is noted.
  bool read_record(Row& row) {
    std::size_t const start = position_;
    std::uint64_t const start_line = line_;
    bad_bytes_ = too_long_ = false;
    std::size_t long_column = 0;
    std::size_t columns = 0;
    for (;;) {
      Cell cell;
      ++columns;
      if (position_ < text_.size() && text_[position_] == '"') {
        std::size_t const opened = position_;
        ++position_;
        if (auto problem = read_quoted(cell.text, start)) {
          return give_up(*problem, start, start_line, columns, beginning_of(text_.substr(opened)));
        }
      } else {
        while (!at_line_end() && text_[position_] != report_.delimiter) add(cell.text, text_[position_++]);
      }
      if (position_ - start > limits_.line_bytes) {
        return give_up(Problem::line_too_long, start, start_line, 0, fmt::format("{}", limits_.line_bytes));
      }
      if (too_long_ && long_column == 0) long_column = columns;
      if (columns <= limits_.columns) {
        cell.text = without_formula_guard(std::move(cell.text));
        cell.kind = cell.text.empty() ? CellKind::empty : CellKind::text;
        row.cells.push_back(std::move(cell));
      }
      if (at_line_end()) break;
      ++position_;  // the delimiter
    }
    end_line();
    return accept(start_line, columns, long_column);
  }

  bool accept(std::uint64_t line, std::size_t columns, std::size_t long_column) {
    auto refuse_row = [&](Problem problem, std::size_t column, std::string detail) {
      add_defect(report_, limits_, Defect{problem, line, static_cast<std::uint32_t>(column), std::move(detail)});
      return false;
    };
    if (columns > limits_.columns) return refuse_row(Problem::too_many_columns, 0, fmt::format("{}", limits_.columns));
    if (long_column != 0) return refuse_row(Problem::cell_too_long, long_column, fmt::format("{}", limits_.cell_bytes));
    if (bad_bytes_) return refuse_row(Problem::bad_encoding, 0, std::string(name_of(report_.encoding)));
    return true;
  }

  std::string_view text_;
  Limits const& limits_;
  EachRow const& each_row_;
  Report& report_;
  std::size_t position_ = 0;
  std::uint64_t line_ = 1;
  bool bad_bytes_ = false;
  bool too_long_ = false;
};

}  // namespace

Report read_csv(std::string_view content, ReadOptions const& options, EachRow const& each_row) {
  Report report;
  report.format = Format::csv;
  report.encoding = options.encoding.value_or(detect_encoding(content));
  auto const text = to_utf8(content, report.encoding);
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    report.stopped = Defect{Problem::empty_file, 0, 0, {}};
    return report;
  }
  auto const sample = std::string_view(text).substr(0, 4096);
  if (std::count(sample.begin(), sample.end(), '\0') > 0) {
    report.stopped = Defect{Problem::not_a_table, 0, 0, "binary data"};
    return report;
  }
  report.delimiter = options.delimiter.value_or(detect_delimiter(text));
  CsvReader reader(text, options.limits, each_row, report);
  if (!options.delimiter) reader.skip_separator_line();
  reader.read_all();
  if (report.rows == 0 && report.bad_rows == 0 && !report.stopped) report.stopped = Defect{Problem::empty_file, 0, 0, {}};
  return report;
}

}  // namespace rcms::sheets
