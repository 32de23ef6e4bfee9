#include "foundation/sheets/csv_writer.hpp"

namespace rcms::sheets {

namespace {

bool begins_formula(char c) { return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r'; }

bool is_negative_number(std::string_view cell) {
  if (cell.size() < 2 || cell.size() > 20 || cell[0] != '-') return false;
  bool digit = false;
  bool point = false;
  for (char c : cell.substr(1)) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if ((c == '.' || c == ',') && digit && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digit;
}

}  // namespace

std::string with_formula_guard(std::string_view cell) {
  auto const first = cell.find_first_not_of('\'');
  if (first == std::string_view::npos || !begins_formula(cell[first])) return std::string(cell);
  if (first == 0 && is_negative_number(cell)) return std::string(cell);
  return "'" + std::string(cell);
}

std::string without_formula_guard(std::string cell) {
  if (cell.empty() || cell[0] != '\'') return cell;
  auto const first = cell.find_first_not_of('\'');
  if (first != std::string::npos && begins_formula(cell[first])) cell.erase(0, 1);
  return cell;
}

CsvWriter::CsvWriter(Sink sink, CsvOptions options) : sink_(std::move(sink)), options_(options) {}

void CsvWriter::row(std::vector<std::string> const& cells) {
  line_.clear();
  if (!started_ && options_.byte_order_mark) line_ += "\xEF\xBB\xBF";
  started_ = true;
  std::string const special = {'"', '\r', '\n', options_.delimiter};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line_ += options_.delimiter;
    auto const cell = options_.guard == FormulaGuard::on ? with_formula_guard(cells[i]) : cells[i];
    bool const outer_space = !cell.empty() && (cell.front() == ' ' || cell.back() == ' ');
    // A single empty cell must not look like an empty line.
    if (cell.find_first_of(special) == std::string::npos && !outer_space && !(cell.empty() && cells.size() == 1)) {
      line_ += cell;
      continue;
    }
    line_ += '"';
    for (char c : cell) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }
  line_ += "\r\n";
  sink_(line_);
}

}  // namespace rcms::sheets
