#include "engines/matching/rows.hpp"

#include <array>

#include <fmt/format.h>

namespace rcms::matching {

namespace {

/// The columns of a line, when there are exactly so many.
template <std::size_t count>
Result<std::array<std::string_view, count>> columns_of(std::string_view line, char const* names) {
  if (line.size() > longest_line)
    return refuse(Why::too_large, "line", fmt::format("the line has {} bytes, at most {}", line.size(), longest_line));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  std::array<std::string_view, count> columns;
  std::size_t found = 0;
  for (std::size_t start = 0;; ++found) {
    auto const end = line.find('\t', start);
    if (found < count) columns[found] = line.substr(start, end == std::string_view::npos ? end : end - start);
    if (end == std::string_view::npos) break;
    start = end + 1;
  }
  if (++found != count)
    return refuse(Why::field_missing, "line",
                  fmt::format("the line has {} columns and needs {}, parted by tabs: {}", found, count, names));
  return columns;
}

}  // namespace

Result<PersonRow> parse_person_line(std::string_view line) {
  auto const columns = columns_of<12>(
      line,
      "id, given, surname1, surname2, birth date, sex, place, father given, father surnames, mother given, mother surnames, "
      "document number");
  if (!columns) return tl::unexpected(columns.error());
  auto const& c = *columns;
  return PersonRow{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]};
}

Query query_of(PersonRow const& row) {
  auto const text = [](std::string_view view) { return std::string(view); };
  return {text(row.given),        text(row.surname1),        text(row.surname2),     text(row.birth),
          text(row.sex),          text(row.place),           text(row.father_given), text(row.father_surnames),
          text(row.mother_given), text(row.mother_surnames), text(row.document)};
}

Result<QuestionRow> parse_question_line(std::string_view line) {
  auto const columns = columns_of<14>(
      line, "query id, true id or 0, profile, errors, given, surname1, surname2, birth date, sex, place, father given, "
            "father surnames, mother given, mother surnames");
  if (!columns) return tl::unexpected(columns.error());
  auto const text = [&](std::size_t at) { return std::string((*columns)[at]); };
  return QuestionRow{(*columns)[0],
                     (*columns)[1],
                     (*columns)[2],
                     {text(4), text(5), text(6), text(7), text(8), text(9), text(10), text(11), text(12), text(13), {}}};
}

}  // namespace rcms::matching
