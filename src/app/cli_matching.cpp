#include "app/cli_matching.hpp"

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/cli_matching_rows.hpp"
#include "app/cli_parts.hpp"
#include "engines/matching/build.hpp"
#include "engines/matching/duplicates.hpp"
#include "engines/matching/search.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/stopwatch.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

std::filesystem::path index_file(std::string const& folder) { return std::filesystem::path(folder) / "registry.index"; }

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

std::string answer_as_json(std::string_view question, matching::Answer const& answer, std::int64_t micros) {
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

matching::Index open_index(std::string const& folder) {
  auto index = matching::Index::open(index_file(folder));
  if (!index) throw CommandRefused(index.error().detail);
  return std::move(*index);
}

void build_index(std::string const& from, std::string const& folder, unsigned threads, Defects& defects) {
  matching::BuildOptions how;
  how.aliases = read_aliases();
  how.threads = threads;
  how.progress = [](std::string_view step, std::uint64_t done, std::uint64_t of) {
    show_progress(fmt::format("{}: {} of {}", step, done, of));
  };
  matching::Builder builder(std::move(how));
  read_persons(from, builder, defects);
  end_progress();
  if (builder.persons() == 0) throw CommandRefused(from + " has no line that can be taken; nothing was built");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (auto const done = builder.finish(index_file(folder)); !done) throw CommandRefused(done.error().detail);
  end_progress();
}

unsigned threads_of(unsigned asked) { return asked != 0 ? asked : std::max(1U, std::thread::hardware_concurrency()); }

/// Answers all questions of a block, by many threads, and tells the answers in the order of the questions.
void answer_block(std::vector<matching::Searcher>& searchers, std::vector<AskedRow> const& rows,
                  IndexSearchOptions const& options, Defects& defects) {
  matching::SearchOptions how;
  how.top = options.top;
  std::vector<Result<std::string>> told(rows.size());
  std::atomic<std::size_t> next{0};
  auto const work = [&](matching::Searcher& searcher) {
    for (auto at = next++; at < rows.size(); at = next++) {
      auto const start = monotonic_us();
      auto const answer = searcher.search(rows[at].query, how);
      auto const micros = monotonic_us() - start;
      if (!answer) told[at] = tl::unexpected(answer.error());
      else told[at] = options.json ? answer_as_json(rows[at].id, *answer, micros) : answer_as_text(rows[at].id, *answer);
    }
  };
  std::vector<std::thread> others;
  for (std::size_t other = 1; other < searchers.size(); ++other) others.emplace_back(work, std::ref(searchers[other]));
  work(searchers.front());
  for (auto& other : others) other.join();
  for (std::size_t at = 0; at < rows.size(); ++at) {
    if (!told[at]) defects.add(rows[at].line, told[at].error().detail);
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

void find_pairs(matching::Index const& index, IndexDuplicatesOptions const& options, Defects& defects) {
  matching::DuplicateOptions how;
  how.least = static_cast<matching::Ppm>(options.least * 1e6);
  how.has_another = static_cast<matching::Ppm>(options.share * 1e6);
  how.threads = options.threads;
  auto const tell = [&](matching::DuplicatePair const& pair) { print_pair(pair, options.json); };
  if (options.with.empty()) {
    how.progress = [](std::uint64_t done, std::uint64_t of) { show_progress(fmt::format("{} of {} persons", done, of)); };
    matching::find_duplicates(index, matching::default_weights(), how, tell);
  } else {
    read_persons_to_ask(options.with, defects, [&](std::vector<AskedRow>& block) {
      std::vector<matching::OtherRow> rows;
      for (auto& row : block) rows.push_back({std::move(row.id), std::move(row.query)});
      matching::find_in_other(index, matching::default_weights(), rows, how, tell, [&](std::size_t row, Refused const& why) {
        defects.add(block[row].line, why.detail);
      });
    });
  }
  end_progress();
}

}  // namespace

int build_registry_index(IndexBuildOptions const& options) {
  Defects defects;
  build_index(options.from, options.index, options.threads, defects);
  auto const persons = open_index(options.index).persons();
  fmt::print("{} {} in {}", persons, persons == 1 ? "person" : "persons", index_file(options.index).string());
  if (defects.count() > 0) fmt::print("; {} {} left out", defects.count(), defects.count() == 1 ? "line was" : "lines were");
  fmt::print("\n");
  return defects.count() == 0 ? 0 : 1;
}

int search_registry_index(IndexSearchOptions const& options) {
  auto const index = open_index(options.index);
  std::vector<matching::Searcher> searchers;
  for (unsigned number = 0; number < threads_of(options.threads); ++number) searchers.emplace_back(index);
  Defects defects;
  read_questions(options.queries, defects,
                 [&](std::vector<AskedRow>& rows) { answer_block(searchers, rows, options, defects); });
  return defects.count() == 0 ? 0 : 1;
}

int find_registry_duplicates(IndexDuplicatesOptions const& options) {
  if (options.index.empty() == options.from.empty())
    throw CommandRefused("Give either --index, the folder of an index, or --from, a file of persons");
  Defects defects;
  if (!options.index.empty()) {
    find_pairs(open_index(options.index), options, defects);
  } else {
    TemporaryFolder const folder;
    build_index(options.from, folder.path(), options.threads, defects);
    find_pairs(open_index(folder.path()), options, defects);
  }
  return defects.count() == 0 ? 0 : 1;
}

}  // namespace rcms::app
