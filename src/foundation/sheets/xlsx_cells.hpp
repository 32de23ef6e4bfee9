// The meaning of cell values in a workbook: references, number formats that are dates, serial days. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "foundation/sheets/sheet.hpp"

namespace rcms::sheets {

/// Which day serial number 0 (or 1) is. Source: ECMA-376 part 1, 18.17.4.1.
enum class DateSystem { from_1900, from_1904 };

enum class NumberMeaning { number, date, time };

/// What a number means under a built-in format. Source: ECMA-376 part 1, 18.8.30 (numFmt), with the East Asian date ids.
NumberMeaning meaning_of_builtin(int format_id);
/// The same for a format code such as `dd/mm/yyyy` or `[$-409]d\-mmm\-yy;@`.
NumberMeaning meaning_of_code(std::string_view code);

/// Column of a reference such as "BC12", from 0; empty when it is not one.
std::optional<std::uint32_t> column_of(std::string_view reference);
/// "A" for 0, "AA" for 26.
std::string column_letters(std::uint32_t column);

/// The cell for a serial number; a number again when no date has it. Day 60 of the 1900 system, 29 February 1900, never
/// existed and is read as a number.
Cell cell_of_serial(double serial, NumberMeaning meaning, DateSystem system);
/// Number without needless digits: 3, 2.5, 12345678901.
std::string number_text(double number);

}  // namespace rcms::sheets
