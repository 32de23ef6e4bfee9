#include "engines/matching/measure.hpp"

#include <algorithm>

#include "engines/matching/bits.hpp"

namespace rcms::matching {

namespace {

constexpr Ppm certain = 1'000'000;
constexpr Ppm least_thought = 1;  // what an answer did not think of at all counts as one in a million

/// The share of those who are there that is proposed rightly when the best `right` of every thousand proposals must be right.
Ppm recall_at(std::vector<Judged const*> const& sorted, std::uint64_t there, std::uint64_t right_of_thousand) {
  std::uint64_t right = 0, all = 0, best = 0;
  for (auto const* one : sorted) {
    ++all;
    right += one->rank == 1 ? 1U : 0U;
    if (right * 1000 >= right_of_thousand * all) best = right;
  }
  return there == 0 ? 0 : static_cast<Ppm>(best * certain / there);
}

}  // namespace

Judged judged_of(Answer const& answer, std::string_view truth) {
  Judged judged;
  judged.is_there = !truth.empty();
  judged.band = answer.band;
  judged.is_truncated = answer.truncated;
  std::uint64_t somebody = 0;
  for (std::size_t at = 0; at < answer.candidates.size(); ++at) {
    auto const& candidate = answer.candidates[at];
    somebody += candidate.posterior_ppm;
    if (!judged.is_there || judged.rank != 0 || candidate.id != truth) continue;
    judged.rank = static_cast<std::uint32_t>(at + 1);
    judged.given_to_truth = candidate.posterior_ppm;
  }
  if (!judged.is_there) judged.given_to_truth = static_cast<Ppm>(certain - std::min<std::uint64_t>(somebody, certain));
  if (!answer.candidates.empty()) {
    judged.posterior = answer.candidates.front().posterior_ppm;
    judged.score = answer.candidates.front().score;
  }
  return judged;
}

Measured measured_of(std::vector<Judged> const& answers) {
  Measured measured;
  std::int64_t surprise = 0;
  std::vector<Judged const*> sorted;
  for (auto const& one : answers) {
    bool const is_right = one.rank == 1;
    bool const is_proposed = one.band == Band::proposed;
    ++measured.asked;
    measured.there += one.is_there ? 1U : 0U;
    measured.first += is_right ? 1U : 0U;
    measured.among_ten += one.rank >= 1 && one.rank <= 10 ? 1U : 0U;
    measured.proposed += is_proposed ? 1U : 0U;
    measured.proposed_wrongly += is_proposed && !is_right ? 1U : 0U;
    measured.truncated += one.is_truncated ? 1U : 0U;
    surprise -= log2_ratio(std::max(one.given_to_truth, least_thought), certain);
    if (one.posterior == 0) continue;
    sorted.push_back(&one);
    auto const bin = std::upper_bound(reliability_from.begin(), reliability_from.end(), one.posterior) - reliability_from.begin();
    auto& of_bin = measured.reliability[static_cast<std::size_t>(bin - 1)];
    ++of_bin.answers;
    of_bin.right += is_right ? 1U : 0U;
    of_bin.posterior_ppm += one.posterior;
  }
  // Of equal answers the wrong ones first, so that the order of the questions changes nothing.
  std::sort(sorted.begin(), sorted.end(), [](Judged const* left, Judged const* right) {
    if (left->posterior != right->posterior) return left->posterior > right->posterior;
    if (left->score != right->score) return left->score > right->score;
    return (left->rank == 1) < (right->rank == 1);
  });
  measured.recall_at_99 = recall_at(sorted, measured.there, 990);
  measured.recall_at_999 = recall_at(sorted, measured.there, 999);
  if (!answers.empty()) measured.surprise = static_cast<MilliBits>(surprise / static_cast<std::int64_t>(answers.size()));
  return measured;
}

std::string_view name_of(Comparable outcome) {
  constexpr std::array<std::string_view, 3> names{"better_or_equal", "worse", "too_few"};
  return names[static_cast<std::size_t>(outcome)];
}

Comparable compare_measured(Measured const& before, Measured const& after) {
  if (after.asked < fewest_to_compare || after.there == 0) return Comparable::too_few;
  bool const is_worse = after.proposed_wrongly > before.proposed_wrongly ||
                        after.first + 1 + after.there / 500 < before.first || after.surprise > before.surprise;
  return is_worse ? Comparable::worse : Comparable::better_or_equal;
}

}  // namespace rcms::matching
