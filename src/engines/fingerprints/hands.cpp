#include "engines/fingerprints/hands.hpp"

#include <algorithm>
#include <array>

#include "engines/matching/bits.hpp"

namespace rcms::fingerprints {

namespace {

/// Scores and what they weigh, thousandths of a bit; straight lines between.
struct Knot {
  MilliBits score, evidence;
};
constexpr std::array<Knot, 9> knots{{{1'500, -5'000},
                                     {9'000, -4'000},
                                     {11'500, -3'000},
                                     {14'500, 0},
                                     {17'000, 2'000},
                                     {20'000, 3'700},
                                     {23'500, 5'700},
                                     {27'000, 9'000},
                                     {30'000, 12'000}}};

bool can_be_one(FingerPosition left, FingerPosition right) {
  return left == right || left == FingerPosition::unknown || right == FingerPosition::unknown;
}

struct Tried {
  std::size_t asked = 0, other = 0;
  FingerEvidence found;
};

bool proves_something(Finger const& finger) { return finger.minutiae.size() >= 3; }

/// Every print of the one against every print of the other that may be of the same finger.
std::vector<Tried> try_all(Comparer& comparer, Hands const& asked, Hands const& other) {
  std::vector<Tried> tried;
  for (std::size_t at = 0; at < asked.fingers.size(); ++at) {
    for (std::size_t to = 0; to < other.fingers.size(); ++to) {
      auto const& left = asked.fingers[at];
      auto const& right = other.fingers[to];
      if (!can_be_one(left.position, right.position) || !proves_something(left) || !proves_something(right)) continue;
      auto const found = comparer.compare(left, right);
      auto const position = left.position == FingerPosition::unknown ? right.position : left.position;
      tried.push_back({at, to, {position, evidence_of(found.score), found.matched, found.unmatched}});
    }
  }
  return tried;
}

}  // namespace

Hands hands_of(std::string id, Template const& one) {
  Hands hands{std::move(id), {}};
  for (auto const& view : one.views) hands.fingers.push_back(finger_of(view));
  return hands;
}

MilliBits evidence_of(MilliBits score) {
  if (score <= knots.front().score) return knots.front().evidence;
  if (score >= knots.back().score) return knots.back().evidence;
  auto const next = std::find_if(knots.begin(), knots.end(), [&](Knot const& knot) { return knot.score >= score; });
  auto const& before = *std::prev(next);
  return before.evidence + (next->evidence - before.evidence) * (score - before.score) / (next->score - before.score);
}

HandsEvidence compare_hands(Comparer& comparer, Hands const& asked, Hands const& other) {
  HandsEvidence all;
  all.id = other.id;
  auto tried = try_all(comparer, asked, other);
  std::stable_sort(tried.begin(), tried.end(),
                   [](Tried const& one, Tried const& two) { return one.found.evidence > two.found.evidence; });
  std::vector<bool> asked_done(asked.fingers.size()), other_done(other.fingers.size());
  std::array<bool, 11> position_done{};
  for (auto const& one : tried) {
    auto const position = static_cast<std::size_t>(one.found.position);
    bool const is_named = one.found.position != FingerPosition::unknown;
    if (asked_done[one.asked] || other_done[one.other] || (is_named && position_done[position])) continue;
    asked_done[one.asked] = other_done[one.other] = true;
    if (is_named) position_done[position] = true;
    // Of so many that could have been this finger the best was taken: chance had as many tries.
    auto const tries = static_cast<std::uint64_t>(std::count_if(
        tried.begin(), tried.end(), [&](Tried const& same) { return same.asked == one.asked || same.other == one.other; }));
    auto found = one.found;
    found.evidence -= matching::log2_ratio(tries, 1);
    all.evidence += found.evidence;
    all.fingers.push_back(found);
  }
  return all;
}

std::vector<HandsEvidence> rank_few(Comparer& comparer, Hands const& asked, std::span<Hands const> others,
                                    std::span<Known const> known) {
  std::vector<HandsEvidence> ranked;
  std::vector<MilliBits> with_names;
  for (std::size_t at = 0; at < others.size(); ++at) {
    ranked.push_back(compare_hands(comparer, asked, others[at]));
    with_names.push_back(ranked.back().evidence + (at < known.size() ? known[at].names : 0));
  }
  auto highest = nobody_of_list;
  for (auto const score : with_names) highest = std::max(highest, score);
  auto sum = matching::exp2_q32(nobody_of_list - highest);
  for (auto const score : with_names) sum += matching::exp2_q32(score - highest);
  std::vector<std::size_t> order(ranked.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    order[at] = at;
    ranked[at].posterior_ppm = static_cast<std::uint32_t>(matching::exp2_q32(with_names[at] - highest) * 1'000'000 / sum);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t two) {
    return with_names[one] != with_names[two] ? with_names[one] > with_names[two] : ranked[one].id < ranked[two].id;
  });
  std::vector<HandsEvidence> sorted;
  for (auto const at : order) sorted.push_back(std::move(ranked[at]));
  return sorted;
}

MilliBits bits_needed(std::uint64_t persons) { return persons <= 1 ? 0 : matching::log2_ratio(persons, 1); }

}  // namespace rcms::fingerprints
