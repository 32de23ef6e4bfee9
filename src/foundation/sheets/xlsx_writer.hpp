// Writing of XLSX workbooks with real types, row by row in constant memory. The only place that knows libxlsxwriter.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/result.hpp"

namespace rcms::sheets {

/// A value as its type; text is never taken as a formula. Dates before 1900 are written as text. `true` is a truth value.
using OutValue = std::variant<std::monostate, std::string, std::int64_t, double, bool, Date, Instant>;

enum class Emphasis { none, wrong, total };

struct OutCell {
  OutValue value = {};
  Emphasis emphasis = Emphasis::none;
  std::string comment = {};  ///< shown when the pointer rests on the cell
};

struct OutColumn {
  std::string title;
  double width = 16;  ///< in characters
};

struct OutSheet {
  std::string name;  ///< made to fit the rules for names of sheets
  std::vector<OutColumn> columns;
  bool autofilter = true;
};

/// Makes one workbook. Rows of a sheet are written in order; a new sheet ends the one before. The file is complete only after
/// `finish`; one that was not finished is removed.
class XlsxWriter {
 public:
  explicit XlsxWriter(std::filesystem::path path);
  ~XlsxWriter();
  XlsxWriter(XlsxWriter const&) = delete;
  XlsxWriter& operator=(XlsxWriter const&) = delete;

  /// Begins a sheet with its header row, frozen.
  void add_sheet(OutSheet const& sheet);
  /// Throws std::logic_error when no sheet was begun.
  void row(std::vector<OutCell> const& cells);
  /// Refuses: unavailable (the file cannot be written), limit_reached (a sheet holds at most 1,048,576 rows).
  Result<std::monostate> finish();

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

/// At most 31 characters, none of []:*?/\ and no apostrophe at the ends; "Sheet" when nothing is left.
std::string safe_sheet_name(std::string_view name);

}  // namespace rcms::sheets
