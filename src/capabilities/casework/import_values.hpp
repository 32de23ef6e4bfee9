// Values of cells in the words of offices, turned into the values of the form. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "capabilities/casework/import_words.hpp"
#include "foundation/base/date.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::casework {

/// How 01/02/1990 is read.
enum class DayOrder { day_first, month_first };

/// Everything that can be wrong with a row. Labels: "imports.why.<name>" and "imports.remedy.<name>".
enum class ImportProblem {
  impossible_date,      ///< no such day
  other_order,          ///< a day only if day and month are exchanged
  two_digit_year,
  date_is_number,       ///< a serial number whose cell was not formatted as a date
  not_a_date,
  incomplete_date,      ///< a year or month where a day is needed
  date_not_plausible,   ///< in the future, or before the one it must follow
  unknown_code,
  not_yes_or_no,
  not_latin,
  too_long,
  control_characters,
  cell_error,
  name_missing,         ///< neither surname nor given names
  name_not_divided,     ///< "full name" without a comma
  not_importable,       ///< an attachment: it cannot come from a cell
  invalid,
};
std::string_view name_of(ImportProblem problem);

using Parsed = tl::expected<std::string, ImportProblem>;

/// A day or part of one as `yyyy`, `yyyy-mm` or `yyyy-mm-dd`: ISO, numbers with / . or -, names of months, date cells.
Parsed parse_date_cell(sheets::Cell const& cell, DayOrder order, ImportWords const& words);

/// The code for a word: the code itself in any case, a label, or a synonym.
Parsed parse_code(std::string_view text, std::string_view list, forms::Codes const& codes, ImportWords const& words);

/// `yyyy-mm-ddThh:mm:ssZ`, taken as UTC when no zone is given.
Parsed parse_instant_cell(sheets::Cell const& cell);

}  // namespace rcms::casework
