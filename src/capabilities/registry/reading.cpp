#include "capabilities/registry/reading.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <future>
#include <limits>
#include <map>
#include <optional>
#include <span>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "engines/matching/for_all.hpp"
#include "engines/matching/rows.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::registry {

namespace {

constexpr std::size_t rows_to_ask = 8'192;
constexpr std::uint64_t lines_between_progress = 250'000;
constexpr std::array<std::string_view, 14> question_columns{
    "query", "given",        "surname1",        "surname2",     "birth",           "sex",      "place",
    "father_given", "father_surnames", "mother_given", "mother_surnames", "document", "truth", "profile"};
constexpr std::array<std::string_view, 2> decision_columns{"query", "person"};

bool is_table(std::filesystem::path const& file) {
  auto const ending = lower_ascii(file.extension().string());
  return ending == ".csv" || ending == ".xlsx";
}

Refused not_to_its_end(std::filesystem::path const& file) {
  return {Why::unavailable, "file", file.filename().string() + " could not be read to its end", {}};
}

void tell(Reading const& reading, std::uint64_t line) {
  if (reading.progress && line % lines_between_progress == 0) reading.progress(line);
}

// ---- tables with a heading

/// A heading as it is compared: small letters, words joined by an underscore, and other words for the same column.
std::string column_of(std::string const& heading) {
  static std::map<std::string, std::string, std::less<>> const others{
      {"birth_date", "birth"},       {"date_of_birth", "birth"},   {"place_code", "place"}, {"document_number", "document"},
      {"query_id", "query"},         {"given_names", "given"},     {"given_name", "given"}, {"first_surname", "surname1"},
      {"second_surname", "surname2"}, {"true_id", "truth"}};
  std::string name;
  for (char const c : lower_ascii(tidy_text(heading))) name += c == ' ' || c == '-' ? '_' : c;
  auto const other = others.find(name);
  return other == others.end() ? name : other->second;
}

/// Each row of a table with its cells in the order of `columns`; what has no column is empty. The first column must be there.
Result<void> each_row(std::filesystem::path const& file, std::span<std::string_view const> columns, Reading& reading,
                      std::function<void(std::uint64_t line, std::span<std::string_view const> cells)> const& take) {
  std::vector<std::optional<std::size_t>> places;
  sheets::ReadOptions how;
  how.limits.rows = 60'000'000;
  how.limits.file_bytes = 16ULL << 30;
  std::vector<std::string_view> cells(columns.size());
  bool has_first = true;
  auto const report = sheets::read_sheet(file, how, [&](sheets::Row const& row) {
    if (places.empty()) {
      std::map<std::string, std::size_t> named;
      for (std::size_t at = 0; at < row.cells.size(); ++at) named.emplace(column_of(row.cells[at].text), at);
      for (auto const column : columns) {
        auto const place = named.find(std::string(column));
        places.push_back(place == named.end() ? std::nullopt : std::optional(place->second));
      }
      return has_first = places.front().has_value();
    }
    for (std::size_t at = 0; at < cells.size(); ++at)
      cells[at] =
          places[at] && *places[at] < row.cells.size() ? std::string_view(row.cells[*places[at]].text) : std::string_view();
    take(row.line, cells);
    tell(reading, row.line);
    return true;
  });
  if (!has_first)
    return refuse(Why::field_missing, std::string(columns.front()),
                  fmt::format("the first line must name the columns, {} among them; known are {}", columns.front(),
                              fmt::join(columns, ", ")));
  for (auto const& defect : report.defects)
    if (sheets::costs_the_row(defect.problem)) reading.add(defect.line, sheets::sentence_of(defect));
  if (report.stopped) return refuse(Why::unavailable, "file", sheets::sentence_of(*report.stopped));
  return {};
}

// ---- lines

/// Whole lines of a file, some hundred kilobytes at once, and the number of the first.
struct Chunk {
  std::string text;
  std::uint64_t first_line = 1;
};

/// Cuts a file into chunks. A line that is longer than anything that is taken is cut as well: it is refused in any case.
class Chunks {
 public:
  explicit Chunks(std::filesystem::path const& file) : in_(file, std::ios::binary) {}
  bool is_open() const { return in_.is_open(); }
  bool is_bad() const { return in_.bad(); }

  std::optional<Chunk> next() {
    Chunk chunk{std::move(rest_), line_};
    rest_ = {};
    auto const before = chunk.text.size();
    chunk.text.resize(before + bytes_at_once);
    in_.read(chunk.text.data() + before, bytes_at_once);
    chunk.text.resize(before + static_cast<std::size_t>(in_.gcount()));
    if (line_ == 1 && chunk.text.starts_with(utf8_mark)) chunk.text.erase(0, utf8_mark.size());
    if (chunk.text.empty()) return std::nullopt;
    if (in_.good()) {
      auto const end = chunk.text.rfind('\n');
      if (end != std::string::npos) {
        rest_ = chunk.text.substr(end + 1);
        chunk.text.resize(end + 1);
      } else if (in_.peek() != std::ifstream::traits_type::eof()) {
        skip_line();
      }
    }
    line_ += static_cast<std::uint64_t>(std::count(chunk.text.begin(), chunk.text.end(), '\n'));
    return chunk;
  }

 private:
  static constexpr std::streamsize bytes_at_once = 1 << 20;
  static constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";  // no part of the first id
  void skip_line() {
    in_.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    ++line_;
  }
  std::ifstream in_;
  std::string rest_;
  std::uint64_t line_ = 1;
};

/// Each line of a chunk that holds something, without its end.
void each_line(Chunk const& chunk, auto const& take) {
  std::string_view rest = chunk.text;
  for (auto number = chunk.first_line; !rest.empty(); ++number) {
    auto const end = rest.find('\n');
    auto const line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!line.empty() && line != "\r") take(number, line);
  }
}

Result<void> each_line_of(std::filesystem::path const& file, Reading& reading,
                          std::function<void(std::uint64_t line, std::string_view text)> const& take) {
  Chunks chunks(file);
  if (!chunks.is_open()) return refuse(Why::unavailable, "file", file.filename().string() + " cannot be read");
  while (auto const chunk = chunks.next()) {
    each_line(*chunk, [&](std::uint64_t number, std::string_view line) {
      take(number, line);
      tell(reading, number);
    });
  }
  if (chunks.is_bad()) return tl::unexpected(not_to_its_end(file));
  return {};
}

/// The persons of a chunk, read and checked, to be taken by the builder.
struct ReadChunk {
  Chunk chunk;  ///< holds what the rows are views of
  std::vector<matching::PersonRow> rows;
  std::vector<std::uint64_t> lines;
  std::vector<LineDefect> defects;
  matching::CheckedRows checked;
};

std::unique_ptr<ReadChunk> read_chunk(Chunk chunk) {
  auto read = std::make_unique<ReadChunk>();
  read->chunk = std::move(chunk);
  each_line(read->chunk, [&](std::uint64_t number, std::string_view line) {
    auto const row = matching::parse_person_line(line);
    if (!row) {
      read->defects.push_back({number, row.error().detail});
      return;
    }
    read->rows.push_back(*row);
    read->lines.push_back(number);
  });
  read->checked = matching::check_rows(read->rows);
  return read;
}

/// OPTIMIZATION: lines are cut and checked by other threads while this one takes those before; in the order of the file.
Result<void> read_person_lines(std::filesystem::path const& file, matching::Builder& builder, Reading& reading) {
  Chunks chunks(file);
  if (!chunks.is_open()) return refuse(Why::unavailable, "file", file.filename().string() + " cannot be read");
  std::deque<std::future<std::unique_ptr<ReadChunk>>> waiting;
  std::vector<Result<void>> refused;
  std::uint64_t told = 0;
  auto const take = [&] {
    auto const read = waiting.front().get();
    waiting.pop_front();
    builder.add(read->rows, read->checked, refused);
    for (std::size_t at = 0; at < read->rows.size(); ++at)
      if (!refused[at]) read->defects.push_back({read->lines[at], refused[at].error().detail});
    std::stable_sort(read->defects.begin(), read->defects.end(),
                     [](LineDefect const& left, LineDefect const& right) { return left.line < right.line; });
    for (auto& defect : read->defects) reading.add(defect.line, std::move(defect.what));
    if (!reading.progress || builder.persons() - told < lines_between_progress) return;
    told = builder.persons();
    reading.progress(told);
  };
  auto const most_waiting = matching::threads_of(0);
  while (auto chunk = chunks.next()) {
    waiting.push_back(std::async(std::launch::async, read_chunk, std::move(*chunk)));
    if (waiting.size() > most_waiting) take();
  }
  while (!waiting.empty()) take();
  if (chunks.is_bad()) return tl::unexpected(not_to_its_end(file));
  return {};
}

// ---- questions

/// Collects questions and gives them on when there are enough.
class QuestionBlock {
 public:
  explicit QuestionBlock(EachBlock const& each) : each_(each) {}
  void add(AskedRow row) {
    rows_.push_back(std::move(row));
    if (rows_.size() == rows_to_ask) flush();
  }
  void flush() {
    if (!rows_.empty()) each_(rows_);
    rows_.clear();
  }

 private:
  EachBlock const& each_;
  std::vector<AskedRow> rows_;
};

std::string truth_of(std::string_view text) { return text == "0" ? std::string() : std::string(text); }

AskedRow asked_of_cells(std::uint64_t line, std::span<std::string_view const> cells) {
  auto const text = [&](std::size_t at) { return std::string(cells[at]); };
  return {line,
          text(0),
          cells.size() > 12 ? truth_of(cells[12]) : std::string(),
          cells.size() > 13 ? text(13) : std::string(),
          {text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), text(10), text(11)}};
}

Result<void> read_rows_to_ask(std::filesystem::path const& file, std::span<std::string_view const> columns, Reading& reading,
                              EachBlock const& each, auto const& parse) {
  QuestionBlock block(each);
  Result<void> read;
  if (is_table(file)) {
    read = each_row(file, columns, reading, [&](std::uint64_t number, std::span<std::string_view const> cells) {
      block.add(asked_of_cells(number, cells));
    });
  } else {
    read = each_line_of(file, reading, [&](std::uint64_t number, std::string_view line) {
      auto row = parse(number, line);
      if (row) block.add(std::move(*row));
      else reading.add(number, row.error().detail);
    });
  }
  block.flush();
  return read;
}

}  // namespace

void Reading::add(std::uint64_t line, std::string what) {
  if (++left_out <= told_defects) defects.push_back({line, std::move(what)});
}

void Reading::sort() {
  std::stable_sort(defects.begin(), defects.end(),
                   [](LineDefect const& left, LineDefect const& right) { return left.line < right.line; });
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
  Result<void> read;
  if (is_table(file)) {
    read = each_row(file, person_columns, reading, [&](std::uint64_t number, std::span<std::string_view const> cells) {
      std::array<std::string_view, person_columns.size()> columns;
      std::copy(cells.begin(), cells.end(), columns.begin());
      rows.add(number, columns);
    });
    rows.flush();
  } else {
    rows.flush();
    read = read_person_lines(file, rows.builder(), reading);
  }
  reading.sort();
  return read;
}

Result<void> read_questions(std::filesystem::path const& file, Reading& reading, EachBlock const& each) {
  return read_rows_to_ask(file, question_columns, reading, each,
                          [](std::uint64_t number, std::string_view line) -> Result<AskedRow> {
                            auto question = matching::parse_question_line(line);
                            if (!question) return tl::unexpected(question.error());
                            return AskedRow{number, std::string(question->id), truth_of(question->truth),
                                            std::string(question->profile), std::move(question->query)};
                          });
}

Result<void> read_persons_to_ask(std::filesystem::path const& file, Reading& reading, EachBlock const& each) {
  return read_rows_to_ask(file, person_columns, reading, each,
                          [](std::uint64_t number, std::string_view line) -> Result<AskedRow> {
                            auto const row = matching::parse_person_line(line);
                            if (!row) return tl::unexpected(row.error());
                            return AskedRow{number, std::string(row->id), {}, {}, matching::query_of(*row)};
                          });
}

Result<std::vector<Decision>> read_decisions(std::filesystem::path const& file, Reading& reading) {
  std::vector<Decision> decisions;
  auto const add = [&](std::uint64_t line, std::string_view query, std::string_view person) {
    if (query.empty() || person.empty()) reading.add(line, "a decision names a query and a person, or 0 for nobody");
    else decisions.push_back({line, std::string(query), truth_of(person)});
  };
  Result<void> read;
  if (is_table(file)) {
    read = each_row(file, decision_columns, reading, [&](std::uint64_t line, std::span<std::string_view const> cells) {
      add(line, cells[0], cells[1]);
    });
  } else {
    read = each_line_of(file, reading, [&](std::uint64_t line, std::string_view text) {
      if (text.ends_with('\r')) text.remove_suffix(1);
      auto const first = text.substr(0, text.find('\t'));
      auto const rest = first.size() < text.size() ? text.substr(first.size() + 1) : std::string_view();
      add(line, first, rest.substr(0, rest.find('\t')));
    });
  }
  if (!read) return tl::unexpected(read.error());
  return decisions;
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
