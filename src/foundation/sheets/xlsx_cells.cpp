#include "foundation/sheets/xlsx_cells.hpp"

#include <cmath>

#include <fmt/format.h>

namespace rcms::sheets {

NumberMeaning meaning_of_builtin(int format_id) {
  if (format_id >= 18 && format_id <= 21) return NumberMeaning::time;
  if (format_id >= 45 && format_id <= 47) return NumberMeaning::time;
  bool const date = (format_id >= 14 && format_id <= 17) || format_id == 22 || (format_id >= 27 && format_id <= 36) ||
                    (format_id >= 50 && format_id <= 58);
  return date ? NumberMeaning::date : NumberMeaning::number;
}

NumberMeaning meaning_of_code(std::string_view code) {
  bool day = false;
  bool time = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    char const c = code[i];
    if (c == ';') break;  // the first section is for positive numbers
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = code.find('"', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '[') {
      auto const end = code.find(']', i);
      if (end == std::string_view::npos) break;
      auto const inside = code.substr(i + 1, end - i - 1);
      // [h], [mm], [ss] are elapsed time; [Red], [$-409], [>100] are not.
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) time = true;
      i = end;
    } else if (c == 'd' || c == 'D' || c == 'y' || c == 'Y') {
      day = true;
    } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
      time = true;
    } else if ((c == 'm' || c == 'M') && !time) {
      day = true;  // a month, unless hours came before; "mm:ss" is corrected below
      if (code.substr(i).find_first_of("sS") != std::string_view::npos && code.find_first_of("dDyY") == std::string_view::npos)
        day = false;
    }
  }
  return day ? NumberMeaning::date : time ? NumberMeaning::time : NumberMeaning::number;
}

std::optional<std::uint32_t> column_of(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z') {
    column = column * 26 + static_cast<std::uint32_t>(reference[letters] - 'A' + 1);
    if (++letters > 3) return std::nullopt;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string number_text(double number) {
  if (std::isfinite(number) && std::floor(number) == number && std::fabs(number) < 1e15) {
    return fmt::format("{}", static_cast<std::int64_t>(number));
  }
  return fmt::format("{}", number);
}

Cell cell_of_serial(double serial, NumberMeaning meaning, DateSystem system) {
  Cell cell;
  cell.number = serial;
  cell.kind = CellKind::number;
  cell.text = number_text(serial);
  constexpr double past_9999 = 2'958'466;
  if (!std::isfinite(serial) || serial < 0 || serial >= past_9999 || meaning == NumberMeaning::number) return cell;
  auto whole = static_cast<std::int64_t>(std::floor(serial));
  auto seconds = static_cast<std::int64_t>(std::llround((serial - static_cast<double>(whole)) * 86400));
  if (seconds == 86400) {
    ++whole;
    seconds = 0;
  }
  auto const time = fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (meaning == NumberMeaning::time && whole == 0) {
    cell.kind = CellKind::time;
    cell.text = time;
    return cell;
  }
  constexpr std::int64_t first_1904 = -24107;   // 1904-01-01
  constexpr std::int64_t before_1900 = -25568;  // 1899-12-31
  if (system == DateSystem::from_1900 && (whole == 60 || whole == 0)) return cell;
  std::int64_t const days = system == DateSystem::from_1904 ? first_1904 + whole : before_1900 + whole - (whole > 60 ? 1 : 0);
  auto const day = Date::from_days(static_cast<std::int32_t>(days));
  if (day.year() > 9999) return cell;
  cell.kind = CellKind::day;
  cell.day = day;
  cell.text = seconds == 0 ? day.text() : day.text() + " " + time;
  return cell;
}

}  // namespace rcms::sheets
