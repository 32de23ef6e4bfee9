#include "engines/mrz/writing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engines/mrz/check_digit.hpp"
#include "engines/mrz/names.hpp"
#include "engines/mrz/reading.hpp"

namespace rcms::mrz {
namespace {

constexpr auto zone_source = "Doc 9303-3 section 4";

std::string padded(std::string_view text, std::size_t width) {
  std::string field(text);
  field.resize(width, '<');
  return field;
}

Result<void> check_field(std::string_view name, std::string_view value, std::size_t at_least, std::size_t at_most) {
  if (value.size() < at_least)
    return refuse(Why::field_missing, std::string(name), fmt::format("{} is empty or too short", name), zone_source);
  if (value.size() > at_most) {
    return refuse(Why::field_too_long, std::string(name),
                  fmt::format("{} has {} characters, at most {}", name, value.size(), at_most), zone_source);
  }
  if (!std::all_of(value.begin(), value.end(), is_mrz_character)) {
    return refuse(Why::field_invalid, std::string(name), fmt::format("{} holds a character other than A-Z, 0-9 and <", name),
                  zone_source);
  }
  return {};
}

/// How many characters of optional data the format has in its first place.
std::size_t optional_width(Format format) {
  switch (format) {
    case Format::td1: return 15;
    case Format::td2: return 7;
    case Format::td3: return 14;
    case Format::mrv_a: return 16;
    case Format::mrv_b: return 8;
  }
  return 7;
}

std::size_t number_at_most(Format format) {
  if (format == Format::td1) return 22;
  return format == Format::td2 ? 14 : 9;
}

Result<void> check_fields(Document const& document) {
  bool is_long = document.document_number.size() > 9;
  std::size_t used = is_long ? document.document_number.size() - 9 + 2 : 0;
  std::size_t optional = optional_width(document.format) - std::min(used, optional_width(document.format));
  struct Field {
    std::string_view name;
    std::string_view value;
    std::size_t at_least;
    std::size_t at_most;
  };
  for (auto const& field : {
           Field{"document_code", document.document_code, 1, 2},
           Field{"issuing_state", document.issuing_state, 1, 3},
           Field{"document_number", document.document_number, 1, number_at_most(document.format)},
           Field{"nationality", document.nationality, 1, 3},
           Field{"date_of_birth", document.date_of_birth, 6, 6},
           Field{"date_of_expiry", document.date_of_expiry, 6, 6},
           Field{"optional_data_1", document.optional_data_1, 0, optional},
           Field{"optional_data_2", document.optional_data_2, 0, document.format == Format::td1 ? 11u : 0u},
       }) {
    if (auto checked = check_field(field.name, field.value, field.at_least, field.at_most); !checked) return checked;
  }
  if (document.document_number.size() > 9 && document.document_number.find('<') != std::string::npos) {
    return refuse(Why::field_invalid, "document_number", "a number of more than nine characters holds no filler", zone_source);
  }
  if (document.document_number.front() == '<' || document.document_number.back() == '<') {
    return refuse(Why::field_invalid, "document_number", "the number begins or ends with a filler", zone_source);
  }
  return {};
}

/// Number, check digit and optional data as one run: the number may flow over into the optional data.
std::string number_and_optional(Document const& document, std::string_view between) {
  std::string_view number = document.document_number;
  std::size_t width = optional_width(document.format);
  if (number.size() <= 9) {
    std::string nine = padded(number, 9);
    return nine + check_digit(nine) + std::string(between) + padded(document.optional_data_1, width);
  }
  std::string rest = std::string(number.substr(9)) + check_digit(number) + "<" + document.optional_data_1;
  return std::string(number.substr(0, 9)) + "<" + std::string(between) + padded(rest, width);
}

std::vector<std::string> lines_of(Document const& document, std::string const& names) {
  std::string head = padded(document.document_code, 2) + padded(document.issuing_state, 3);
  std::string nationality = padded(document.nationality, 3);
  std::string dates = document.date_of_birth + check_digit(document.date_of_birth) + document.sex + document.date_of_expiry +
                      check_digit(document.date_of_expiry);
  if (document.format == Format::td1) {
    std::string first = head + number_and_optional(document, {});
    std::string second = dates + nationality + padded(document.optional_data_2, 11);
    std::string_view s = second;
    second +=
        CheckSum().add(std::string_view(first).substr(5)).add(s.substr(0, 7)).add(s.substr(8, 7)).add(s.substr(18, 11)).digit();
    return {first, second, names};
  }
  std::string second = number_and_optional(document, nationality + dates);
  if (document.format == Format::td3) {
    std::string_view optional = std::string_view(second).substr(28, 14);
    second += document.optional_data_1.empty() ? '<' : check_digit(optional);
  }
  if (document.format == Format::td2 || document.format == Format::td3) {
    std::string_view s = second;
    second += CheckSum().add(s.substr(0, 10)).add(s.substr(13, 7)).add(s.substr(21)).digit();
  }
  return {head + names, second};
}

}  // namespace

Result<std::vector<std::string>> build_mrz(Document const& document) {
  if (auto checked = check_fields(document); !checked) return tl::unexpected(checked.error());
  int columns = shape_of(document.format).columns - (document.format == Format::td1 ? 0 : 5);
  auto names = name_field(document.primary_identifier, document.secondary_identifier, columns);
  if (!names) return tl::unexpected(names.error());
  auto lines = lines_of(document, *names);
  // What is built must read: dates, sex and the code of the format are judged by the reader's own rules.
  std::vector<std::string_view> views(lines.begin(), lines.end());
  auto reading = parse_mrz(std::span<std::string_view const>(views));
  if (!reading.is_valid()) {
    auto what = std::string(name_of(reading.failed.front()));
    return refuse(Why::field_invalid, what, fmt::format("the zone would not pass the check {}", what), zone_source);
  }
  if (reading.document->format != document.format || !reading.remarks.empty()) {
    return refuse(Why::field_invalid, "document_code",
                  fmt::format("the document code {} does not belong to {}", document.document_code, name_of(document.format)),
                  zone_source);
  }
  return lines;
}

std::string mrz_date(PartialDate const& date) {
  auto part = [](int value) { return value == 0 ? std::string("<<") : fmt::format("{:02}", value); };
  return fmt::format("{:02}", date.year % 100) + part(date.month) + part(date.day);
}

std::string mrz_date(Date date) { return mrz_date(PartialDate{date.year(), date.month(), date.day()}); }

char mrz_sex(std::string_view sex) {
  if (sex == "male" || sex == "M") return 'M';
  if (sex == "female" || sex == "F") return 'F';
  return '<';
}

}  // namespace rcms::mrz
