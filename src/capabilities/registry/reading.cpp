#include "capabilities/registry/reading.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "engines/matching/rows.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::registry {

namespace {

Result<void> read_lines(std::filesystem::path const& file, PersonRows& rows, Reading& reading) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return refuse(Why::unavailable, "file", file.filename().string() + " cannot be read");
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line == "\r") continue;
    auto const row = matching::parse_person_line(line);
    if (!row) {
      reading.add(number, row.error().detail);
      continue;
    }
    rows.add(number, {row->id, row->given, row->surname1, row->surname2, row->birth, row->sex, row->place, row->father_given,
                      row->father_surnames, row->mother_given, row->mother_surnames, row->document});
  }
  if (in.bad()) return refuse(Why::unavailable, "file", file.filename().string() + " could not be read to its end");
  return {};
}

Result<void> read_table(std::filesystem::path const& file, PersonRows& rows, Reading& reading) {
  std::map<std::string, std::size_t> places;
  bool has_id = true;
  sheets::ReadOptions how;
  how.limits.rows = 60'000'000;
  how.limits.file_bytes = 16ULL << 30;
  auto const report = sheets::read_sheet(file, how, [&](sheets::Row const& row) {
    if (places.empty()) {
      for (std::size_t at = 0; at < row.cells.size(); ++at) places.emplace(lower_ascii(tidy_text(row.cells[at].text)), at);
      return has_id = places.contains("id");
    }
    std::array<std::string_view, person_columns.size()> columns;
    for (std::size_t at = 0; at < columns.size(); ++at) {
      auto const place = places.find(std::string(person_columns[at]));
      if (place != places.end() && place->second < row.cells.size()) columns[at] = row.cells[place->second].text;
    }
    rows.add(row.line, columns);
    return true;
  });
  if (!has_id)
    return refuse(Why::field_missing, "id",
                  fmt::format("the first line must name the columns, id among them; known are {}",
                              fmt::join(person_columns, ", ")));
  for (auto const& defect : report.defects)
    if (sheets::costs_the_row(defect.problem)) reading.add(defect.line, sheets::sentence_of(defect));
  if (report.stopped) return refuse(Why::unavailable, "file", sheets::sentence_of(*report.stopped));
  return {};
}

}  // namespace

void Reading::add(std::uint64_t line, std::string what) {
  if (++left_out <= told_defects) defects.push_back({line, std::move(what)});
}

PersonRows::PersonRows(matching::Builder& builder, Reading& reading)
    : builder_(builder), reading_(reading), rows_(rows_of_a_block) {}

void PersonRows::add(std::uint64_t line, std::array<std::string_view, person_columns.size()> const& columns) {
  auto& row = rows_[count_++];
  row.line = line;
  for (std::size_t at = 0; at < columns.size(); ++at) row.columns[at].assign(columns[at]);
  if (count_ == rows_.size()) flush();
}

void PersonRows::flush() {
  std::vector<matching::PersonRow> views;
  views.reserve(count_);
  for (std::size_t at = 0; at < count_; ++at) {
    auto const& c = rows_[at].columns;
    views.push_back({c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]});
  }
  std::vector<Result<void>> refused;
  builder_.add(views, refused);
  for (std::size_t at = 0; at < count_; ++at)
    if (!refused[at]) reading_.add(rows_[at].line, refused[at].error().detail);
  count_ = 0;
}

Result<void> read_persons(std::filesystem::path const& file, PersonRows& rows, Reading& reading) {
  bool const is_table = lower_ascii(file.extension().string()) == ".csv";
  auto const read = is_table ? read_table(file, rows, reading) : read_lines(file, rows, reading);
  rows.flush();
  auto const by_line = [](LineDefect const& left, LineDefect const& right) { return left.line < right.line; };
  std::stable_sort(reading.defects.begin(), reading.defects.end(), by_line);
  return read;
}

std::vector<matching::Alias> read_aliases(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "matching" / "aliases.toml", data / "schema" / "name_aliases.schema.json");
  std::vector<matching::Alias> aliases;
  for (auto const& list : file.as_object().at("names").as_array()) {
    auto const& entry = list.as_object();
    for (auto const& form : entry.at("forms").as_array())
      aliases.push_back({std::string(form.as_string()), std::string(entry.at("name").as_string())});
  }
  return aliases;
}

}  // namespace rcms::registry
