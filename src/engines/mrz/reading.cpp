#include "engines/mrz/reading.hpp"

#include <algorithm>

#include "engines/mrz/check_digit.hpp"
#include "engines/mrz/state_codes.hpp"

namespace rcms::mrz {
namespace {

constexpr std::size_t text_bytes_at_most = 4096;

std::string without_fillers(std::string_view field) {
  auto end = field.find_last_not_of('<');
  return std::string(end == std::string_view::npos ? std::string_view() : field.substr(0, end + 1));
}

std::string with_spaces(std::string_view field) {
  std::string name = without_fillers(field);
  std::replace(name.begin(), name.end(), '<', ' ');
  return name;
}

/// Two digits, -1 when both are fillers, -2 otherwise.
int pair_at(std::string_view date, std::size_t position) {
  char first = date[position];
  char second = date[position + 1];
  if (first == '<' && second == '<') return -1;
  if (!is_digit(first) || !is_digit(second)) return -2;
  return (first - '0') * 10 + (second - '0');
}

enum class Unknown { allowed, refused };

/// Source: Doc 9303-3 section 4.8: unknown parts of a birth date are fillers; an expiry is complete.
bool is_date(std::string_view date, Unknown unknown) {
  int year = pair_at(date, 0);
  int month = pair_at(date, 2);
  int day = pair_at(date, 4);
  if (year == -2 || month == -2 || day == -2) return false;
  if (unknown == Unknown::refused && (year == -1 || month == -1 || day == -1)) return false;
  if (month == 0 || month > 12 || day == 0 || day > 31) return false;
  constexpr int days[13] = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month > 0 && day > days[month]) return false;
  // The century is not told: 00 may be the leap year 2000.
  return !(month == 2 && day == 29 && year > 0 && year % 4 != 0);
}

/// Characters of UTF-8, so that a strange letter fails the alphabet and not the length too.
std::size_t columns_of(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<Format> format_of(std::span<std::string_view const> lines) {
  if (lines.size() != 2 && lines.size() != 3) return std::nullopt;
  auto const columns = columns_of(lines[0]);
  for (auto const line : lines) {
    if (columns_of(line) != columns) return std::nullopt;
  }
  if (lines.size() == 3) return columns == 30 ? std::optional(Format::td1) : std::nullopt;
  bool const visa = columns > 0 && lines[0][0] == 'V';
  if (columns == 36) return visa ? Format::mrv_b : Format::td2;
  if (columns == 44) return visa ? Format::mrv_a : Format::td3;
  return std::nullopt;
}

/// Where the fields of the second line stand; TD1 keeps number and optional data in the first.
struct Layout {
  std::string_view names;
  std::string_view number;
  char number_digit;
  std::string_view nationality;
  std::string_view birth;
  char birth_digit;
  char sex;
  std::string_view expiry;
  char expiry_digit;
  std::string_view optional_1;
  std::string_view optional_2;
};

Layout layout_of(Format format, std::span<std::string_view const> lines) {
  if (format == Format::td1) {
    auto const& first = lines[0];
    auto const& second = lines[1];
    return {lines[2],           first.substr(5, 9), first[14],  second.substr(15, 3), second.substr(0, 6), second[6],
            second[7],          second.substr(8, 6), second[14], first.substr(15, 15), second.substr(18, 11)};
  }
  auto const& second = lines[1];
  std::size_t optional_width = format == Format::td2 ? 7 : format == Format::td3 ? 14 : format == Format::mrv_a ? 16 : 8;
  return {lines[0].substr(5), second.substr(0, 9),  second[9],  second.substr(10, 3),             second.substr(13, 6),
          second[19],         second[20],           second.substr(21, 6), second[27], second.substr(28, optional_width), {}};
}

std::optional<char> composite_of(Format format, std::span<std::string_view const> lines) {
  CheckSum sum;
  switch (format) {
    case Format::td1:
      return sum.add(lines[0].substr(5))
          .add(lines[1].substr(0, 7))
          .add(lines[1].substr(8, 7))
          .add(lines[1].substr(18, 11))
          .digit();
    case Format::td2:
      return sum.add(lines[1].substr(0, 10)).add(lines[1].substr(13, 7)).add(lines[1].substr(21, 14)).digit();
    case Format::td3:
      return sum.add(lines[1].substr(0, 10)).add(lines[1].substr(13, 7)).add(lines[1].substr(21, 22)).digit();
    case Format::mrv_a:
    case Format::mrv_b: return std::nullopt;
  }
  return std::nullopt;
}

/// Source: Doc 9303-5 note j and 9303-6 note j: a filler in the check position, the rest of the number, its check digit
/// and a filler at the start of the optional data.
bool read_long_number(Layout const& at, Document& document, std::vector<Check>& failed) {
  if (at.number_digit != '<' || at.optional_1.empty() || at.optional_1[0] == '<') return false;
  auto run = at.optional_1.substr(0, at.optional_1.find('<'));
  auto rest = run.substr(0, run.size() - 1);
  document.document_number = std::string(at.number) + std::string(rest);
  document.optional_data_1 = without_fillers(at.optional_1.substr(std::min(run.size() + 1, at.optional_1.size())));
  if (CheckSum().add(at.number).add(rest).digit() != run.back()) failed.push_back(Check::document_number);
  return true;
}

void read_names(std::string_view field, Reading& reading) {
  auto& document = *reading.document;
  auto gap = field.find("<<");
  document.primary_identifier = with_spaces(field.substr(0, gap));
  if (gap != std::string_view::npos) document.secondary_identifier = with_spaces(field.substr(gap + 2));
  reading.is_name_possibly_truncated = field.back() != '<';
}

void check_codes(StateCodes const* known, Reading& reading) {
  auto const& document = *reading.document;
  if (known && !known->has(document.issuing_state)) reading.remarks.push_back(Remark::issuing_state_unknown);
  if (known && !known->has(document.nationality)) reading.remarks.push_back(Remark::nationality_unknown);
  std::string_view allowed = document.format == Format::td1   ? "ACI"
                             : document.format == Format::td2 ? "ACIP"
                             : document.format == Format::td3 ? "P"
                                                              : "V";
  if (document.document_code.empty() || allowed.find(document.document_code[0]) == std::string_view::npos) {
    reading.remarks.push_back(Remark::document_code_nonconforming);
  }
}

void check_digits(Format format, std::span<std::string_view const> lines, Layout const& at, Reading& reading) {
  auto& failed = reading.failed;
  auto& document = *reading.document;
  bool may_be_long = format == Format::td1 || format == Format::td2;
  reading.is_long_number = may_be_long && read_long_number(at, document, failed);
  if (!reading.is_long_number) {
    document.document_number = without_fillers(at.number);
    document.optional_data_1 = without_fillers(at.optional_1);
    reading.printed.document_number = at.number_digit;
    if (check_digit(at.number) != at.number_digit) failed.push_back(Check::document_number);
  }
  reading.printed.date_of_birth = at.birth_digit;
  reading.printed.date_of_expiry = at.expiry_digit;
  if (check_digit(at.birth) != at.birth_digit) failed.push_back(Check::date_of_birth);
  if (check_digit(at.expiry) != at.expiry_digit) failed.push_back(Check::date_of_expiry);
  if (format == Format::td3) {
    char printed = lines[1][42];
    reading.printed.optional_data = printed;
    // Source: Doc 9303-4 section 4.2.2.2: 0 or a filler when the optional data is empty.
    bool empty = document.optional_data_1.empty();
    if (check_digit(at.optional_1) != printed && !(empty && printed == '<')) failed.push_back(Check::optional_data);
  }
  if (auto composite = composite_of(format, lines)) {
    reading.printed.composite = lines[1].back();
    if (*composite != lines[1].back()) failed.push_back(Check::composite);
  }
}

}  // namespace

Reading parse_mrz(std::span<std::string_view const> lines, StateCodes const* known) {
  Reading reading;
  auto format = format_of(lines);
  if (!format) reading.failed.push_back(Check::length);
  for (auto line : lines) {
    if (!std::all_of(line.begin(), line.end(), is_mrz_character)) {
      reading.failed.push_back(Check::charset);
      break;
    }
  }
  if (!reading.failed.empty()) return reading;

  auto at = layout_of(*format, lines);
  reading.document.emplace();
  auto& document = *reading.document;
  document.format = *format;
  document.document_code = without_fillers(lines[0].substr(0, 2));
  document.issuing_state = without_fillers(lines[0].substr(2, 3));
  document.nationality = without_fillers(at.nationality);
  document.date_of_birth = std::string(at.birth);
  document.sex = at.sex;
  document.date_of_expiry = std::string(at.expiry);
  document.optional_data_2 = without_fillers(at.optional_2);
  read_names(at.names, reading);
  check_digits(*format, lines, at, reading);
  if (!is_date(at.birth, Unknown::allowed)) reading.failed.push_back(Check::date_of_birth_format);
  if (!is_date(at.expiry, Unknown::refused)) reading.failed.push_back(Check::date_of_expiry_format);
  if (at.sex != 'M' && at.sex != 'F' && at.sex != '<') reading.failed.push_back(Check::sex_code);
  if (std::any_of(at.names.begin(), at.names.end(), is_digit)) reading.failed.push_back(Check::name_charset);
  check_codes(known, reading);
  return reading;
}

Reading parse_mrz(std::string_view text, StateCodes const* known) {
  if (text.size() > text_bytes_at_most) {
    Reading reading;
    reading.failed.push_back(Check::length);
    return reading;
  }
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    auto first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    lines.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
  }
  return parse_mrz(std::span<std::string_view const>(lines), known);
}

std::optional<Date> expiry_of(Document const& document) {
  if (document.date_of_expiry.size() != 6 || !is_date(document.date_of_expiry, Unknown::refused)) return std::nullopt;
  return Date::find(2000 + pair_at(document.date_of_expiry, 0), pair_at(document.date_of_expiry, 2),
                    pair_at(document.date_of_expiry, 4));
}

std::optional<PartialDate> birth_of(Document const& document, Date today) {
  auto const& text = document.date_of_birth;
  if (text.size() != 6 || !is_date(text, Unknown::allowed) || pair_at(text, 0) < 0) return std::nullopt;
  PartialDate birth{2000 + pair_at(text, 0), std::max(pair_at(text, 2), 0), std::max(pair_at(text, 4), 0)};
  if (birth.month == 0) birth.day = 0;
  if (birth.first() > today) birth.year -= 100;
  return birth;
}

}  // namespace rcms::mrz
