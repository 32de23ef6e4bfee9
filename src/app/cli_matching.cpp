#include "app/cli_matching.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_parts.hpp"
#include "engines/matching/build.hpp"
#include "engines/matching/rows.hpp"
#include "engines/matching/search.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/stopwatch.hpp"
#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

constexpr std::size_t told_at_most = 50;
constexpr std::uint64_t lines_between_progress = 250'000;
constexpr std::array<std::string_view, 12> columns{
    "id",    "given",        "surname1",        "surname2",     "birth",           "sex",
    "place", "father_given", "father_surnames", "mother_given", "mother_surnames", "document"};

std::filesystem::path index_file(std::string const& folder) { return std::filesystem::path(folder) / "registry.index"; }

/// Tells defects as they come, the first of them by name.
class Defects {
 public:
  void add(std::uint64_t line, std::string const& what) {
    if (++count_ <= told_at_most) fmt::print(stderr, "line {}: {}\n", line, what);
    if (count_ == told_at_most + 1) fmt::print(stderr, "more lines have a defect; they are counted\n");
  }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

/// A line that overwrites itself at a terminal, and nothing elsewhere.
void show_progress(std::string const& text) {
  if (::isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\r\033[K{}", text);
}
void end_progress() { show_progress(""); }

std::vector<matching::Alias> read_aliases() {
  std::vector<matching::Alias> aliases;
  auto const data_folder = settings_of(Place{}).data;
  auto const data =
      read_data_file(data_folder / "matching" / "aliases.toml", data_folder / "schema" / "name_aliases.schema.json");
  for (auto const& list : data.as_object().at("names").as_array()) {
    auto const& entry = list.as_object();
    for (auto const& form : entry.at("forms").as_array())
      aliases.push_back({std::string(form.as_string()), std::string(entry.at("name").as_string())});
  }
  return aliases;
}

/// Reads each line of a file without keeping more than one.
void each_line(std::string const& path, auto take) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw CommandRefused(path + " cannot be read");
  std::string line;
  for (std::uint64_t number = 1; std::getline(in, line); ++number) {
    if (!line.empty() && line != "\r") take(number, line);
  }
  if (in.bad()) throw CommandRefused(path + " could not be read to its end");
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

void add_lines(IndexBuildOptions const& options, matching::Builder& builder, Defects& defects) {
  LineBlock block(builder, defects);
  each_line(options.from, [&](std::uint64_t number, std::string const& line) {
    block.add(number, line);
    if (number % lines_between_progress == 0) show_progress(fmt::format("{} persons read", builder.persons()));
  });
  block.flush();
}

void add_table(IndexBuildOptions const& options, matching::Builder& builder, Defects& defects) {
  std::map<std::string, std::size_t> places;
  sheets::ReadOptions how;
  how.limits.rows = 60'000'000;
  how.limits.file_bytes = 16ull << 30;
  auto const report = sheets::read_sheet(std::filesystem::path(options.from), how, [&](sheets::Row const& row) {
    if (places.empty()) {
      for (std::size_t at = 0; at < row.cells.size(); ++at) places.emplace(lower_ascii(tidy_text(row.cells[at].text)), at);
      if (!places.contains("id"))
        throw CommandRefused(
            fmt::format("The first line must name the columns, 'id' among them. Known are: {}", fmt::join(columns, ", ")));
      return true;
    }
    auto const text = [&](std::size_t column) -> std::string_view {
      auto const place = places.find(std::string(columns[column]));
      return place == places.end() || place->second >= row.cells.size() ? std::string_view() : row.cells[place->second].text;
    };
    auto const taken = builder.add(
        {text(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8), text(9), text(10), text(11)});
    if (!taken) defects.add(row.line, taken.error().detail);
    if (row.line % lines_between_progress == 0) show_progress(fmt::format("{} persons read", builder.persons()));
    return true;
  });
  if (report.stopped) throw CommandRefused(options.from + ": " + sheets::sentence_of(*report.stopped));
}

json::object json_of(matching::Candidate const& candidate) {
  json::array explanation;
  for (auto const& reason : candidate.reasons) {
    json::object line{{"part", matching::name_of(reason.part)},
                      {"rule", matching::name_of(reason.rule)},
                      {"millibits", reason.bits},
                      {"against_relative_millibits", reason.against_relative}};
    if (reason.one_in > 1) line["one_in"] = reason.one_in;
    explanation.push_back(std::move(line));
  }
  return {{"id", candidate.id},
          {"score_millibits", candidate.score},
          {"posterior", candidate.posterior_ppm / 1e6},
          {"band", matching::name_of(candidate.band)},
          {"may_be_relative", candidate.may_be_relative},
          {"explanation", std::move(explanation)}};
}

void print_answer(std::string_view question, matching::Answer const& answer, std::int64_t micros, bool as_json) {
  if (as_json) {
    json::array candidates;
    for (auto const& candidate : answer.candidates) candidates.push_back(json_of(candidate));
    json::object const line{{"query", question},
                            {"band", matching::name_of(answer.band)},
                            {"candidates", std::move(candidates)},
                            {"truncated", answer.truncated},
                            {"compared", answer.looked_at},
                            {"micros", micros}};
    fmt::print("{}\n", json::serialize(line));
    return;
  }
  fmt::print("{}: {}{}\n", question, matching::name_of(answer.band),
             answer.truncated ? ", not everybody could be compared: add the year of birth or a second surname" : "");
  for (auto const& candidate : answer.candidates) {
    if (candidate.posterior_ppm == 0) continue;
    fmt::print("  {}  {:.1f} bits, {:.2f} %{}\n", candidate.id, candidate.score / 1000.0, candidate.posterior_ppm / 1e4,
               candidate.may_be_relative ? ", may be a relative" : "");
    for (auto const& reason : candidate.reasons) {
      fmt::print("      {:+6.1f}  {}: {}{}\n", reason.bits / 1000.0, matching::name_of(reason.part),
                 matching::name_of(reason.rule), reason.one_in > 1 ? fmt::format(" (1 in {})", reason.one_in) : "");
    }
  }
}

}  // namespace

int build_registry_index(IndexBuildOptions const& options) {
  matching::BuildOptions how;
  how.aliases = read_aliases();
  how.threads = options.threads;
  how.progress = [](std::string_view step, std::uint64_t done, std::uint64_t of) {
    show_progress(fmt::format("{}: {} of {}", step, done, of));
  };
  matching::Builder builder(std::move(how));
  Defects defects;
  auto const is_table = lower_ascii(std::filesystem::path(options.from).extension().string()) == ".csv";
  if (is_table) add_table(options, builder, defects);
  else add_lines(options, builder, defects);
  end_progress();
  if (builder.persons() == 0) throw CommandRefused(options.from + " has no line that can be taken; nothing was built");
  std::error_code error;
  std::filesystem::create_directories(options.index, error);
  if (auto const done = builder.finish(index_file(options.index)); !done) throw CommandRefused(done.error().detail);
  end_progress();
  fmt::print("{} {} in {}", builder.persons(), builder.persons() == 1 ? "person" : "persons", index_file(options.index).string());
  if (defects.count() > 0) fmt::print("; {} {} left out", defects.count(), defects.count() == 1 ? "line was" : "lines were");
  fmt::print("\n");
  return defects.count() == 0 ? 0 : 1;
}

int search_registry_index(IndexSearchOptions const& options) {
  auto const index = matching::Index::open(index_file(options.index));
  if (!index) throw CommandRefused(index.error().detail);
  matching::Searcher searcher(*index);
  matching::SearchOptions how;
  how.top = options.top;
  Defects defects;
  each_line(options.queries, [&](std::uint64_t number, std::string const& line) {
    auto const question = matching::parse_question_line(line);
    if (!question) return defects.add(number, question.error().detail);
    auto const start = monotonic_us();
    auto const answer = searcher.search(question->query, how);
    auto const micros = monotonic_us() - start;
    if (!answer) return defects.add(number, answer.error().detail);
    print_answer(question->id, *answer, micros, options.json);
  });
  return defects.count() == 0 ? 0 : 1;
}

}  // namespace rcms::app
