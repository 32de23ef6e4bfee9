// Builds an index of a registry, asks it all questions and judges the answers, or finds who stands there twice:
// registry_ask FOLDER [build | duplicates | verbose]. Prints a table.
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "engines/matching/build.hpp"
#include "engines/matching/duplicates.hpp"
#include "engines/matching/rows.hpp"
#include "engines/matching/search.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry_bench {
namespace {

using matching::Answer;
using matching::Query;

/// Processor time of this thread: what a question costs, whoever else works on the machine.
double processor_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int build(std::filesystem::path const& folder) {
  auto const start = std::chrono::steady_clock::now();
  matching::Builder builder({});
  std::ifstream in(folder / "persons.tsv");
  std::vector<std::string> lines(256);
  std::vector<matching::PersonRow> rows;
  std::vector<Result<void>> refused;
  for (bool more = true; more;) {
    rows.clear();
    for (auto& line : lines) {
      more = static_cast<bool>(std::getline(in, line));
      if (!more) break;
      auto const row = matching::parse_person_line(line);
      if (!row) return 1;
      rows.push_back(*row);
    }
    builder.add(rows, refused);
    for (auto const& one : refused)
      if (!one) fmt::print("{}\n", one.error().detail);
  }
  fmt::print("read {:.2f} s\n", seconds_since(start));
  auto const done = builder.finish(folder / "index");
  if (!done) fmt::print("{}\n", done.error().detail);
  fmt::print("built {} persons in {:.2f} s\n", builder.persons(), seconds_since(start));
  return done ? 0 : 1;
}

struct Question {
  std::string id, truth, profile;
  Query query;
};

std::vector<Question> read_questions(std::filesystem::path const& folder) {
  std::vector<Question> questions;
  std::ifstream in(folder / "queries.tsv");
  std::string line;
  while (std::getline(in, line)) {
    auto const cells = split(line, '\t');
    if (cells.size() < 14) continue;
    questions.push_back(
        {cells[0],
         cells[1],
         cells[2],
         {cells[4], cells[5], cells[6], cells[7], cells[8], cells[9], cells[10], cells[11], cells[12], cells[13], ""}});
  }
  return questions;
}

/// Who stands there twice has the same id with a 9 before it.
int duplicates(std::filesystem::path const& folder) {
  auto index = matching::Index::open(folder / "index");
  if (!index) return 1;
  std::set<std::string> twice;
  for (std::uint32_t at = 0; at < index->persons(); ++at)
    if (auto id = index->id(at); id.starts_with('9')) twice.insert(id.substr(1));
  auto const start = std::chrono::steady_clock::now();
  std::size_t told = 0, right = 0;
  matching::find_duplicates(*index, matching::default_weights(), {}, [&](matching::DuplicatePair const& pair) {
    ++told;
    right += pair.right == "9" + pair.left || pair.left == "9" + pair.right ? 1U : 0U;
  });
  fmt::print("{} pairs told, {} right of {}: recall {:.4f}, precision {:.4f}, {:.1f} s\n", told, right, twice.size(),
             static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(twice.size(), 1)),
             static_cast<double>(right) / static_cast<double>(std::max<std::size_t>(told, 1)), seconds_since(start));
  return 0;
}

struct Tally {
  int asked = 0, first = 0, ten = 0, collected = 0;
};

double at_share(std::vector<double> sorted, double share) {
  return sorted.empty()
             ? 0
             : sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

/// The share of the people who are there that is proposed rightly, when so few of the proposals may be wrong.
double recall_at(std::vector<std::pair<double, bool>> proposals, int there, double precision) {
  std::sort(proposals.begin(), proposals.end(), [](auto const& left, auto const& right) { return left.first > right.first; });
  int right = 0, all = 0, best = 0;
  for (auto const& [score, is_right] : proposals) {
    ++all;
    right += is_right ? 1 : 0;
    if (static_cast<double>(right) >= precision * all) best = right;
  }
  return there == 0 ? 0 : static_cast<double>(best) / there;
}

int ask(std::filesystem::path const& folder, bool verbose) {
  auto const opened = std::chrono::steady_clock::now();
  auto index = matching::Index::open(folder / "index");
  if (!index) {
    fmt::print("{}\n", index.error().detail);
    return 1;
  }
  fmt::print("{} persons, {:.1f} bytes each ({:.1f} of keys), opened in {:.3f} s\n", index->persons(),
             static_cast<double>(index->bytes()) / index->persons(),
             static_cast<double>(index->bytes_of_keys()) / index->persons(), seconds_since(opened));
  auto const questions = read_questions(folder);
  matching::Searcher searcher(*index);
  std::map<std::string, Tally> tallies;
  std::vector<double> times, costs, looked;
  std::vector<std::pair<double, bool>> proposals;
  int there = 0;
  for (auto const& question : questions) {
    auto const start = std::chrono::steady_clock::now();
    auto const worked = processor_seconds();
    auto const answer = searcher.search(question.query);
    costs.push_back((processor_seconds() - worked) * 1000);
    times.push_back(seconds_since(start) * 1000);
    if (!answer) continue;
    looked.push_back(answer->looked_at);
    auto& tally = tallies[question.profile];
    ++tally.asked;
    bool is_first = false;
    for (std::size_t at = 0; at < answer->candidates.size(); ++at) {
      if (answer->candidates[at].id != question.truth) continue;
      is_first = at == 0;
      tally.first += at == 0 ? 1 : 0;
      ++tally.ten;
    }
    if (question.truth != "0") ++there;
    if (!answer->candidates.empty())
      proposals.push_back({answer->candidates.front().posterior_ppm + answer->candidates.front().score * 1e-7, is_first});
    if (verbose && question.truth != "0" && !is_first) {
      fmt::print("-- {} {} truth {}: {} | {} | {} | {} | {} looked {}\n", question.id, question.profile, question.truth,
                 question.query.given, question.query.surname1, question.query.surname2, question.query.birth,
                 question.query.place, answer->looked_at);
      for (std::size_t at = 0; at < std::min<std::size_t>(answer->candidates.size(), 2); ++at) {
        auto const& one = answer->candidates[at];
        auto const& record = index->record(one.position);
        fmt::print("   {} {} {} {} score {} ppm {}", one.id, index->field_text(record.given), index->field_text(record.surname1),
                   index->field_text(record.surname2), one.score, one.posterior_ppm);
        for (auto const& reason : one.reasons) fmt::print(" {}:{}:{}", name_of(reason.part), name_of(reason.rule), reason.bits);
        fmt::print("\n");
      }
    }
  }
  std::sort(times.begin(), times.end());
  std::sort(costs.begin(), costs.end());
  std::sort(looked.begin(), looked.end());
  fmt::print("processor p50 {:.3f} ms, p99 {:.3f} ms; ", at_share(costs, .5), at_share(costs, .99));
  fmt::print("p50 {:.3f} ms, p99 {:.3f} ms; looked at p50 {} p99 {}\n", at_share(times, .5), at_share(times, .99),
             at_share(looked, .5), at_share(looked, .99));
  Tally all;
  for (auto const& [profile, tally] : tallies) {
    if (profile == "absent") continue;
    fmt::print("{:8} {:6} recall@1 {:.4f} recall@10 {:.4f}\n", profile, tally.asked, double(tally.first) / tally.asked,
               double(tally.ten) / tally.asked);
    all.asked += tally.asked, all.first += tally.first, all.ten += tally.ten;
  }
  fmt::print("{:8} {:6} recall@1 {:.4f} recall@10 {:.4f}\n", "all", all.asked, double(all.first) / all.asked,
             double(all.ten) / all.asked);
  fmt::print("recall at 99 % precision {:.4f}, at 99.9 % {:.4f}\n", recall_at(proposals, there, .99),
             recall_at(proposals, there, .999));
  return 0;
}

}  // namespace
}  // namespace rcms::registry_bench

int main(int count, char** words) {
  if (count < 2) return 2;
  if (count > 2 && std::string(words[2]) == "build") return rcms::registry_bench::build(words[1]);
  if (count > 2 && std::string(words[2]) == "duplicates") return rcms::registry_bench::duplicates(words[1]);
  return rcms::registry_bench::ask(words[1], count > 2);
}
