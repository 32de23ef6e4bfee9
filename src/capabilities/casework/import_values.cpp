#include "capabilities/casework/import_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::casework {

namespace {

constexpr int first_year = 1880;
constexpr int last_year = 2200;

std::optional<int> number_in(std::string_view text, std::size_t most_digits) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || text.size() > most_digits || error != std::errc() || end != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::optional<int> month_in(std::string const& word, ImportWords const& words) {
  for (std::size_t i = 0; i < words.months.size(); ++i) {
    if (words.months[i].count(word) != 0) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

Parsed day_text(int year, int month, int day) {
  if (year < first_year || year > last_year) return tl::unexpected(ImportProblem::impossible_date);
  if (auto const date = Date::find(year, month, day)) return date->text();
  return tl::unexpected(ImportProblem::impossible_date);
}

Parsed month_text(int year, int month) {
  if (year < first_year || year > last_year || month < 1 || month > 12) return tl::unexpected(ImportProblem::impossible_date);
  return fmt::format("{:04}-{:02}", year, month);
}

/// Three numbers of which the last is the year.
Parsed ordered_day(int first, int second, int year, DayOrder order) {
  int const day = order == DayOrder::day_first ? first : second;
  int const month = order == DayOrder::day_first ? second : first;
  auto const text = day_text(year, month, day);
  if (!text && day_text(year, day, month)) return tl::unexpected(ImportProblem::other_order);
  return text;
}

/// Words of a date: numbers, and names of months as letters. "de", "del", "of", ordinals and weekdays' commas fall away.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  for (auto const& word : split(search_form(text), ' ')) {
    if (word.empty() || word == "DE" || word == "DEL" || word == "OF" || word == "THE") continue;
    auto part = word;
    for (auto ordinal : {"ST", "ND", "RD", "TH"}) {
      bool const ends =
          part.size() > 2 && part.size() <= 4 && part[0] >= '0' && part[0] <= '9' && part.substr(part.size() - 2) == ordinal;
      if (ends) part.resize(part.size() - 2);
    }
    parts.push_back(part);
  }
  return parts;
}

Parsed named_month(std::vector<std::string> const& parts, ImportWords const& words) {
  // "1 FEBRERO 1990", "FEB 1 1990", "FEBRERO 1990", "1990 FEB 1"
  std::vector<int> numbers;
  std::optional<int> month;
  std::optional<int> year;
  for (auto const& part : parts) {
    if (auto const named = month_in(part, words); named && !month) {
      month = named;
    } else if (auto const number = number_in(part, 4)) {
      if (part.size() == 4) {
        year = number;
      } else {
        numbers.push_back(*number);
      }
    } else {
      return tl::unexpected(ImportProblem::not_a_date);
    }
  }
  if (!month) return tl::unexpected(ImportProblem::not_a_date);
  if (!year) return tl::unexpected(numbers.size() == 2 ? ImportProblem::two_digit_year : ImportProblem::not_a_date);
  if (numbers.empty()) return month_text(*year, *month);
  if (numbers.size() > 1) return tl::unexpected(ImportProblem::not_a_date);
  return day_text(*year, *month, numbers[0]);
}

/// All parts are numbers.
Parsed numeric_date(std::vector<std::string> const& parts, DayOrder order) {
  std::vector<int> numbers;
  for (auto const& part : parts) numbers.push_back(*number_in(part, 4));
  if (numbers.size() == 3) {
    if (parts[0].size() == 4) return day_text(numbers[0], numbers[1], numbers[2]);
    if (parts[2].size() == 4) return ordered_day(numbers[0], numbers[1], numbers[2], order);
    return tl::unexpected(ImportProblem::two_digit_year);
  }
  if (numbers.size() == 2) {
    if (parts[0].size() == 4) return month_text(numbers[0], numbers[1]);
    if (parts[1].size() == 4) return month_text(numbers[1], numbers[0]);
  }
  return tl::unexpected(ImportProblem::not_a_date);
}

}  // namespace

std::string_view name_of(ImportProblem problem) {
  static constexpr std::array<std::string_view, 17> names = {
      "impossible_date",    "other_order",  "two_digit_year",   "date_is_number", "not_a_date", "incomplete_date",
      "date_not_plausible", "unknown_code", "not_yes_or_no",    "not_latin",      "too_long",   "control_characters",
      "cell_error",         "name_missing", "name_not_divided", "not_importable", "invalid"};
  return names.at(static_cast<std::size_t>(problem));
}

Parsed parse_date_cell(sheets::Cell const& cell, DayOrder order, ImportWords const& words) {
  if (cell.kind == sheets::CellKind::day && cell.day) return day_text(cell.day->year(), cell.day->month(), cell.day->day());
  auto text = tidy_text(cell.text);
  // A time behind the day is left out: "1990-02-01 00:00:00", "1990-02-01T00:00:00".
  if (auto const colon = text.find(':'); colon != std::string::npos) {
    auto const gap = text.find_last_of(" T", colon);
    if (gap == std::string::npos || gap < 8) return tl::unexpected(ImportProblem::not_a_date);
    text.resize(gap);
  }
  auto const parts = parts_of(text);
  if (parts.empty() || parts.size() > 4) return tl::unexpected(ImportProblem::not_a_date);
  if (parts.size() == 1 && number_in(parts[0], 8)) {
    auto const number = *number_in(parts[0], 8);
    if (parts[0].size() == 4 && number >= first_year && number <= last_year) return parts[0];
    if (parts[0].size() == 8) return day_text(number / 10'000, number / 100 % 100, number % 100);
    if (parts[0].size() == 5) return tl::unexpected(ImportProblem::date_is_number);
    return tl::unexpected(parts[0].size() == 4 ? ImportProblem::impossible_date : ImportProblem::not_a_date);
  }
  bool const numeric = std::all_of(parts.begin(), parts.end(), [](auto const& part) { return number_in(part, 4).has_value(); });
  return numeric ? numeric_date(parts, order) : named_month(parts, words);
}

Parsed parse_code(std::string_view text, std::string_view list, forms::Codes const& codes, ImportWords const& words) {
  auto const tidy = tidy_text(text);
  for (auto const& candidate : {tidy, upper_ascii(tidy), lower_ascii(tidy)}) {
    if (forms::has_code(codes, list, candidate)) return candidate;
  }
  auto const known = words.values.find(list);
  if (known == words.values.end()) return tl::unexpected(ImportProblem::unknown_code);
  auto const found = known->second.find(import_key(tidy));
  if (found == known->second.end()) return tl::unexpected(ImportProblem::unknown_code);
  return found->second;
}

Parsed parse_instant_cell(sheets::Cell const& cell) {
  auto text = tidy_text(cell.text);
  if (text.size() == 10) text += "T00:00:00Z";
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (text.size() == 16) text += ":00";
  if (text.size() == 19) text += "Z";
  if (auto const instant = Instant::parse(text)) return instant->text();
  return tl::unexpected(ImportProblem::not_a_date);
}

}  // namespace rcms::casework
