#include "app/cli_matching_rows.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_parts.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::app {

namespace {

constexpr std::size_t told_at_most = 50;
constexpr std::uint64_t lines_between_progress = 250'000;
constexpr std::size_t questions_of_a_block = 8'192;

using Columns = std::vector<std::string_view>;

Columns const& person_columns() {
  static Columns const columns{"id",    "given",        "surname1",        "surname2",     "birth",           "sex",
                               "place", "father_given", "father_surnames", "mother_given", "mother_surnames", "document"};
  return columns;
}
Columns const& question_columns() {
  static Columns const columns{"query", "given",        "surname1",        "surname2",     "birth",           "sex",
                               "place", "father_given", "father_surnames", "mother_given", "mother_surnames", "document"};
  return columns;
}

/// A heading as it is compared: small letters, words joined by an underscore, and other words for the same column.
std::string column_of(std::string const& heading) {
  static std::map<std::string, std::string, std::less<>> const others{
      {"birth_date", "birth"},       {"date_of_birth", "birth"},   {"place_code", "place"}, {"document_number", "document"},
      {"query_id", "query"},         {"given_names", "given"},     {"given_name", "given"}, {"first_surname", "surname1"},
      {"second_surname", "surname2"}};
  std::string name;
  for (char const c : lower_ascii(tidy_text(heading))) name += c == ' ' || c == '-' ? '_' : c;
  auto const other = others.find(name);
  return other == others.end() ? name : other->second;
}

bool is_table(std::string const& path) {
  auto const extension = lower_ascii(std::filesystem::path(path).extension().string());
  return extension == ".csv" || extension == ".xlsx";
}

/// Reads each line of a file without keeping more than one.
void each_line(std::string const& path, auto take) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw CommandRefused(path + " cannot be read");
  std::vector<char> buffer(1 << 20);
  in.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    // A mark of UTF-8 at the beginning is no part of the first id.
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (!line.empty() && line != "\r") take(number, line);
  }
  if (in.bad()) throw CommandRefused(path + " could not be read to its end");
}

/// Each row of a table with its cells in the order of `columns`; what has no column is empty. The first column must be there.
void each_row(std::string const& path, Columns const& columns, Defects& defects, auto take) {
  std::vector<std::optional<std::size_t>> places;
  sheets::ReadOptions how;
  how.limits.rows = 60'000'000;
  how.limits.file_bytes = 16ull << 30;
  std::vector<std::string_view> cells(columns.size());
  auto const report = sheets::read_sheet(std::filesystem::path(path), how, [&](sheets::Row const& row) {
    if (places.empty()) {
      std::map<std::string, std::size_t> named;
      for (std::size_t at = 0; at < row.cells.size(); ++at) named.emplace(column_of(row.cells[at].text), at);
      for (auto const column : columns) {
        auto const place = named.find(std::string(column));
        places.push_back(place == named.end() ? std::nullopt : std::optional(place->second));
      }
      if (!places.front())
        throw CommandRefused(fmt::format("The first line must name the columns, '{}' among them. Known are: {}", columns.front(),
                                         fmt::join(columns, ", ")));
      return true;
    }
    for (std::size_t at = 0; at < cells.size(); ++at)
      cells[at] = places[at] && *places[at] < row.cells.size() ? row.cells[*places[at]].text : std::string_view();
    take(row.line, cells);
    return true;
  });
  if (report.stopped) throw CommandRefused(path + ": " + sheets::sentence_of(*report.stopped));
  for (auto const& defect : report.defects)
    if (sheets::costs_the_row(defect.problem)) defects.add(defect.line, sheets::sentence_of(defect));
}

/// Lines of persons, given to the builder some hundred at once.
class LineBlock {
 public:
  LineBlock(matching::Builder& builder, Defects& defects) : builder_(builder), defects_(defects) {}

  void add(std::uint64_t number, std::string const& line) {
    numbers_[count_] = number;
    lines_[count_++] = line;
    if (count_ == lines_.size()) flush();
  }
  void flush() {
    std::array<std::optional<std::string>, block_lines> wrong;
    std::vector<matching::PersonRow> rows;
    std::vector<std::size_t> at_line;
    for (std::size_t at = 0; at < count_; ++at) {
      auto const row = matching::parse_person_line(lines_[at]);
      if (!row) {
        wrong[at] = row.error().detail;
        continue;
      }
      rows.push_back(*row);
      at_line.push_back(at);
    }
    std::vector<Result<void>> refused;
    builder_.add(rows, refused);
    for (std::size_t at = 0; at < rows.size(); ++at)
      if (!refused[at]) wrong[at_line[at]] = refused[at].error().detail;
    for (std::size_t at = 0; at < count_; ++at)
      if (wrong[at]) defects_.add(numbers_[at], *wrong[at]);
    count_ = 0;
  }

 private:
  static constexpr std::size_t block_lines = 256;
  matching::Builder& builder_;
  Defects& defects_;
  std::array<std::string, block_lines> lines_;
  std::array<std::uint64_t, block_lines> numbers_{};
  std::size_t count_ = 0;
};

/// Collects questions and gives them on when there are enough.
class QuestionBlock {
 public:
  explicit QuestionBlock(EachBlock const& each) : each_(each) {}
  void add(AskedRow row) {
    rows_.push_back(std::move(row));
    if (rows_.size() == questions_of_a_block) flush();
  }
  void flush() {
    if (!rows_.empty()) each_(rows_);
    rows_.clear();
  }

 private:
  EachBlock const& each_;
  std::vector<AskedRow> rows_;
};

matching::Query query_of(std::vector<std::string_view> const& cells) {
  auto const text = [&](std::size_t at) { return std::string(cells[at]); };
  return {text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), text(10), text(11)};
}

void read_rows_to_ask(std::string const& path, Columns const& columns, Defects& defects, EachBlock const& each, auto parse) {
  QuestionBlock block(each);
  if (is_table(path)) {
    each_row(path, columns, defects, [&](std::uint64_t number, std::vector<std::string_view> const& cells) {
      block.add({number, std::string(cells[0]), query_of(cells)});
    });
  } else {
    each_line(path, [&](std::uint64_t number, std::string const& line) {
      auto row = parse(number, line);
      if (row) block.add(std::move(*row));
      else defects.add(number, row.error().detail);
    });
  }
  block.flush();
}

}  // namespace

void Defects::add(std::uint64_t line, std::string const& what) {
  if (++count_ <= told_at_most) fmt::print(stderr, "line {}: {}\n", line, what);
  if (count_ == told_at_most + 1) fmt::print(stderr, "more lines have a defect; they are counted\n");
}

void show_progress(std::string const& text) {
  if (::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K{}", text);
}
void end_progress() { show_progress(""); }

void read_persons(std::string const& path, matching::Builder& builder, Defects& defects) {
  auto const tell = [&](std::uint64_t number) {
    if (number % lines_between_progress == 0) show_progress(fmt::format("{} persons read", builder.persons()));
  };
  if (is_table(path)) {
    each_row(path, person_columns(), defects, [&](std::uint64_t number, std::vector<std::string_view> const& c) {
      auto const taken = builder.add({c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11]});
      if (!taken) defects.add(number, taken.error().detail);
      tell(number);
    });
    return;
  }
  LineBlock block(builder, defects);
  each_line(path, [&](std::uint64_t number, std::string const& line) {
    block.add(number, line);
    tell(number);
  });
  block.flush();
}

void read_questions(std::string const& path, Defects& defects, EachBlock const& each) {
  read_rows_to_ask(path, question_columns(), defects, each,
                   [](std::uint64_t number, std::string const& line) -> Result<AskedRow> {
                     auto question = matching::parse_question_line(line);
                     if (!question) return tl::unexpected(question.error());
                     return AskedRow{number, std::string(question->id), std::move(question->query)};
                   });
}

void read_persons_to_ask(std::string const& path, Defects& defects, EachBlock const& each) {
  read_rows_to_ask(path, person_columns(), defects, each, [](std::uint64_t number, std::string const& line) -> Result<AskedRow> {
    auto const row = matching::parse_person_line(line);
    if (!row) return tl::unexpected(row.error());
    return AskedRow{number, std::string(row->id), matching::query_of(*row)};
  });
}

}  // namespace rcms::app
