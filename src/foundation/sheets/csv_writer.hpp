// Writing of CSV that opens in a spreadsheet program as text and never as a formula.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::sheets {

enum class FormulaGuard { on, off };

struct CsvOptions {
  char delimiter = ',';
  bool byte_order_mark = true;  ///< without it Excel reads UTF-8 as the encoding of the country
  FormulaGuard guard = FormulaGuard::on;
};

/// Writes rows to `sink` as they come; holds nothing back.
class CsvWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  CsvWriter(Sink sink, CsvOptions options = {});
  void row(std::vector<std::string> const& cells);

 private:
  Sink sink_;
  CsvOptions options_;
  bool started_ = false;
  std::string line_;
};

/// A spreadsheet program takes text that begins with = + - @ tab or CR as a formula. Such text gets an apostrophe in front;
/// text that already has apostrophes before such a character gets one more, so that the reader can take exactly one away.
/// Negative numbers ("-12.5") stay as they are.
std::string with_formula_guard(std::string_view cell);
std::string without_formula_guard(std::string cell);

}  // namespace rcms::sheets
