#include "app/cli_matching.hpp"

#include <cstdio>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_index_parts.hpp"
#include "app/cli_parts.hpp"
#include "engines/matching/duplicates.hpp"
#include "engines/matching/for_all.hpp"
#include "engines/matching/search.hpp"
#include "foundation/base/stopwatch.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

json::array json_of(std::vector<matching::Reason> const& reasons) {
  json::array explanation;
  for (auto const& reason : reasons) {
    json::object line{{"part", matching::name_of(reason.part)},
                      {"rule", matching::name_of(reason.rule)},
                      {"millibits", reason.bits},
                      {"against_relative_millibits", reason.against_relative}};
    if (reason.one_in > 1) line["one_in"] = reason.one_in;
    explanation.push_back(std::move(line));
  }
  return explanation;
}

std::string text_of(std::vector<matching::Reason> const& reasons) {
  std::string text;
  for (auto const& reason : reasons)
    text += fmt::format("      {:+6.1f}  {}: {}{}\n", reason.bits / 1000.0, matching::name_of(reason.part),
                        matching::name_of(reason.rule), reason.one_in > 1 ? fmt::format(" (1 in {})", reason.one_in) : "");
  return text;
}

std::string answer_as_json(std::string_view question, matching::Answer const& answer, std::string const& weights,
                           std::int64_t micros) {
  json::array candidates;
  for (auto const& candidate : answer.candidates)
    candidates.push_back(json::object{{"id", candidate.id},
                                      {"score_millibits", candidate.score},
                                      {"posterior", candidate.posterior_ppm / 1e6},
                                      {"band", matching::name_of(candidate.band)},
                                      {"may_be_relative", candidate.may_be_relative},
                                      {"explanation", json_of(candidate.reasons)}});
  json::object const line{{"query", question},
                          {"band", matching::name_of(answer.band)},
                          {"candidates", std::move(candidates)},
                          {"truncated", answer.truncated},
                          {"compared", answer.looked_at},
                          {"weights", weights},
                          {"micros", micros}};
  return json::serialize(line) + "\n";
}

std::string answer_as_text(std::string_view question, matching::Answer const& answer) {
  auto text = fmt::format(
      "{}: {}{}\n", question, matching::name_of(answer.band),
      answer.truncated ? ", not everybody could be compared: add the year of birth or a second surname" : "");
  for (auto const& candidate : answer.candidates) {
    if (candidate.posterior_ppm == 0) continue;
    text += fmt::format("  {}  {:.1f} bits, {:.2f} %{}\n", candidate.id, candidate.score / 1000.0, candidate.posterior_ppm / 1e4,
                        candidate.may_be_relative ? ", may be a relative" : "");
    text += text_of(candidate.reasons);
  }
  return text;
}

/// Answers all questions of a block, by many threads, and tells the answers in the order of the questions.
void answer_block(std::vector<matching::Searcher>& searchers, std::vector<registry::AskedRow> const& rows,
                  IndexSearchOptions const& options, std::string const& weights, registry::Reading& reading) {
  matching::SearchOptions how;
  how.top = options.top;
  std::vector<Result<std::string>> told(rows.size());
  matching::for_all(searchers, 0, rows.size(), [&](matching::Searcher& searcher, std::size_t at) {
    auto const start = monotonic_us();
    auto const answer = searcher.search(rows[at].query, how);
    auto const micros = monotonic_us() - start;
    if (!answer) told[at] = tl::unexpected(answer.error());
    else told[at] = options.json ? answer_as_json(rows[at].id, *answer, weights, micros) : answer_as_text(rows[at].id, *answer);
  });
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (!told[at]) reading.add(rows[at].line, told[at].error().detail);
    else if (std::fwrite(told[at]->data(), 1, told[at]->size(), stdout) != told[at]->size())
      throw CommandRefused("The answers cannot be written; make room where they go and ask again");
  }
}

void print_pair(matching::DuplicatePair const& pair, bool as_json) {
  if (as_json) {
    fmt::print("{}\n", json::serialize(json::object{{"left", pair.left},
                                                    {"right", pair.right},
                                                    {"score_millibits", pair.score},
                                                    {"posterior", pair.posterior_ppm / 1e6},
                                                    {"band", matching::name_of(pair.band)},
                                                    {"may_be_relative", pair.may_be_relative},
                                                    {"explanation", json_of(pair.reasons)}}));
    return;
  }
  fmt::print("{}\t{}\t{}\t{:.6f}\t{}\t", pair.left, pair.right, pair.score, pair.posterior_ppm / 1e6,
             matching::name_of(pair.band));
  bool first = true;
  for (auto const& reason : pair.reasons) {
    fmt::print("{}{}:{}:{}", first ? "" : " ", matching::name_of(reason.part), matching::name_of(reason.rule), reason.bits);
    first = false;
  }
  fmt::print("\n");
}

/// A folder that goes when the command ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "rcms-duplicates-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw CommandRefused("No folder can be made in " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// Returns how many lines of the second file were left out.
std::uint64_t find_pairs(matching::Index const& index, IndexDuplicatesOptions const& options) {
  auto const weights = weights_of(options.weights, WeightsFor::answers);
  matching::DuplicateOptions how;
  how.least = static_cast<matching::Ppm>(options.least * 1e6);
  how.has_another = static_cast<matching::Ppm>(options.share * 1e6);
  how.threads = options.threads;
  auto const tell = [&](matching::DuplicatePair const& pair) { print_pair(pair, options.json); };
  if (options.with.empty()) {
    how.progress = [](std::uint64_t done, std::uint64_t of) { show_progress(fmt::format("{} of {} persons", done, of)); };
    matching::find_duplicates(index, weights, how, tell);
    end_progress();
    return 0;
  }
  auto reading = reading_with_progress("persons");
  auto const read = registry::read_persons_to_ask(options.with, reading, [&](std::vector<registry::AskedRow>& block) {
    std::vector<matching::OtherRow> rows;
    for (auto& row : block) rows.push_back({std::move(row.id), std::move(row.query)});
    matching::find_in_other(index, weights, rows, how, tell,
                            [&](std::size_t row, Refused const& why) { reading.add(block[row].line, why.detail); });
  });
  reading.sort();
  tell_reading(options.with, read, reading);
  return reading.left_out;
}

}  // namespace

int build_registry_index(IndexBuildOptions const& options) {
  auto const left_out = build_index(options.from, options.index, options.threads);
  auto const persons = open_index(options.index).persons();
  fmt::print("{} {} in {}", persons, persons == 1 ? "person" : "persons", index_file(options.index).string());
  if (left_out > 0) fmt::print("; {} {} left out", left_out, left_out == 1 ? "line was" : "lines were");
  fmt::print("\n");
  return left_out == 0 ? 0 : 1;
}

int search_registry_index(IndexSearchOptions const& options) {
  auto const weights = weights_of(options.weights, WeightsFor::answers);
  auto const index = open_index(options.index);
  std::vector<matching::Searcher> searchers;
  for (unsigned number = 0; number < matching::threads_of(options.threads); ++number) searchers.emplace_back(index, weights);
  registry::Reading reading;
  auto const read = registry::read_questions(
      options.queries, reading,
      [&](std::vector<registry::AskedRow>& rows) { answer_block(searchers, rows, options, weights.version, reading); });
  reading.sort();
  tell_reading(options.queries, read, reading);
  return reading.left_out == 0 ? 0 : 1;
}

int find_registry_duplicates(IndexDuplicatesOptions const& options) {
  if (options.index.empty() == options.from.empty())
    throw CommandRefused("Give either --index, the folder of an index, or --from, a file of persons");
  std::uint64_t left_out = 0;
  if (!options.index.empty()) {
    left_out = find_pairs(open_index(options.index), options);
  } else {
    TemporaryFolder const folder;
    left_out = build_index(options.from, folder.path(), options.threads);
    left_out += find_pairs(open_index(folder.path()), options);
  }
  return left_out == 0 ? 0 : 1;
}

}  // namespace rcms::app
