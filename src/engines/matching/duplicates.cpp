#include "engines/matching/duplicates.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "engines/matching/bits.hpp"
#include "engines/matching/for_all.hpp"

namespace rcms::matching {

namespace {

constexpr std::uint32_t most_pairs_of_one = 20;
constexpr std::uint32_t most_compared_for_one = 2'000;
// Both rows of a pair ask; what one does not find by its spelling, the other combinations find.
constexpr std::uint64_t most_read_for_one = 1'500;
// Of a small registry, and where only one of the two asks, names near the one that is written are looked up as well.
constexpr std::uint32_t small_registry = 100'000;
constexpr std::uint64_t most_read_of_a_small_one = 50'000;
constexpr std::size_t rows_of_a_block = 16'384;

std::string text_of(Birth birth) {
  auto const [year, month, day] = birth.parts();
  switch (birth.precision) {
    case Precision::unknown: return {};
    case Precision::year: return fmt::format("{:04}", year);
    case Precision::month: return fmt::format("{:04}-{:02}", year, month);
    case Precision::day: break;
  }
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// Of a pair alone: the same person against everything else.
std::uint32_t posterior_of(MilliBits score, MilliBits nobody) {
  auto const highest = std::max(score, nobody);
  auto const same = exp2_q32(score - highest);
  return static_cast<std::uint32_t>(same * 1'000'000 / (same + exp2_q32(nobody - highest)));
}

struct PairRules {
  Weights weights;
  MilliBits nobody = 0;
  SearchOptions how;
};

enum class Asks { both, one };

PairRules judged_with(Index const& index, Weights const& weights, DuplicateOptions const& options, Asks who) {
  PairRules judged{weights, 0, {}};
  judged.weights.in_registry = std::clamp<Ppm>(options.has_another, 1, 999'999);
  judged.nobody = nobody_bits(judged.weights, index.persons());
  judged.how.top = most_pairs_of_one;
  judged.how.most_compared = most_compared_for_one;
  judged.how.scan_when_unsure_up_to = options.everybody_up_to;
  judged.how.everybody_from_least = true;
  if (who == Asks::both && index.persons() > small_registry) {
    judged.how.most_variants = 1;
    judged.how.most_read = most_read_for_one;
  } else {
    judged.how.most_read = most_read_of_a_small_one;
  }
  auto const least = std::clamp<Ppm>(options.least, 1, 999'999);
  judged.how.least = judged.nobody + log2_ratio(least, 1'000'000 - least);
  return judged;
}

DuplicatePair pair_of(std::string left, Candidate&& candidate, PairRules const& judged) {
  DuplicatePair pair;
  pair.left = std::move(left);
  pair.right = std::move(candidate.id);
  pair.score = candidate.score;
  pair.posterior_ppm = posterior_of(candidate.score, judged.nobody);
  pair.may_be_relative = candidate.may_be_relative;
  pair.band = pair.posterior_ppm >= judged.weights.proposed_from && !pair.may_be_relative ? Band::proposed : Band::to_review;
  pair.reasons = std::move(candidate.reasons);
  return pair;
}

std::vector<Searcher> searchers_of(Index const& index, Weights const& weights, unsigned threads) {
  std::vector<Searcher> searchers;
  for (unsigned number = 0; number < threads_of(threads); ++number) searchers.emplace_back(index, weights);
  return searchers;
}

}  // namespace

Query query_of(Index const& index, std::uint32_t position) {
  auto const& record = index.record(position);
  auto const text = [&](std::uint32_t field) { return std::string(index.field_text(field)); };
  constexpr std::array<char const*, 4> sexes{"", "M", "F", "X"};
  return {text(record.given),
          text(record.surname1),
          text(record.surname2),
          text_of(record.birth()),
          sexes[static_cast<std::size_t>(record.sex) % sexes.size()],
          std::string(index.place_text(record.place)),
          text(record.father_given),
          text(record.father_surnames),
          text(record.mother_given),
          text(record.mother_surnames),
          unpacked(record.document())};
}

void find_duplicates(Index const& index, Weights const& weights, DuplicateOptions const& options, EachPair const& each) {
  auto const judged = judged_with(index, weights, options, Asks::both);
  auto searchers = searchers_of(index, judged.weights, options.threads);
  struct Told {
    std::uint32_t right = 0;
    Candidate candidate;
  };
  // A pair is told when its second is reached, unless the first has found it: some are found from one side only.
  std::map<std::uint32_t, std::vector<std::uint32_t>> told_before;  // by the second: the firsts
  std::vector<std::vector<Told>> found(rows_of_a_block);
  for (std::uint32_t begin = 0; begin < index.persons(); begin += rows_of_a_block) {
    auto const end = static_cast<std::uint32_t>(std::min<std::uint64_t>(index.persons(), std::uint64_t{begin} + rows_of_a_block));
    for_all(searchers, begin, end, [&](Searcher& searcher, std::size_t row) {
      auto& pairs = found[row - begin];
      pairs.clear();
      auto how = judged.how;
      how.except = static_cast<std::uint32_t>(row);
      auto answer = searcher.search(query_of(index, how.except), how);
      if (!answer) return;  // a row without a name, a date or a document is like nobody
      for (auto& candidate : answer->candidates) pairs.push_back({candidate.position, std::move(candidate)});
    });
    for (auto row = begin; row < end; ++row) {
      auto const known = told_before.extract(row);
      for (auto& [right, candidate] : found[row - begin]) {
        if (!known.empty() && std::find(known.mapped().begin(), known.mapped().end(), right) != known.mapped().end()) continue;
        if (right > row) told_before[right].push_back(row);
        else candidate.id = index.id(row);
        each(pair_of(index.id(std::min(row, right)), std::move(candidate), judged));
      }
    }
    if (options.progress) options.progress(end, index.persons());
  }
}

void find_in_other(Index const& index, Weights const& weights, std::span<OtherRow const> rows, DuplicateOptions const& options,
                   EachPair const& each, std::function<void(std::size_t row, Refused const&)> const& refused) {
  auto const judged = judged_with(index, weights, options, Asks::one);
  auto searchers = searchers_of(index, judged.weights, options.threads);
  for (std::size_t begin = 0; begin < rows.size(); begin += rows_of_a_block) {
    auto const end = std::min(rows.size(), begin + rows_of_a_block);
    std::vector<Result<Answer>> answers(end - begin);
    for_all(searchers, begin, end, [&](Searcher& searcher, std::size_t row) {
      answers[row - begin] = searcher.search(rows[row].query, judged.how);
    });
    for (auto row = begin; row < end; ++row) {
      auto& answer = answers[row - begin];
      if (!answer) {
        refused(row, answer.error());
        continue;
      }
      for (auto& candidate : answer->candidates) each(pair_of(rows[row].id, std::move(candidate), judged));
    }
    if (options.progress) options.progress(end, rows.size());
  }
}

}  // namespace rcms::matching
