#include "capabilities/registry/print_weight.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engines/fingerprints/hands.hpp"
#include "engines/matching/bits.hpp"
#include "engines/matching/weights.hpp"

namespace rcms::registry {

using matching::Band;
using matching::MilliBits;

namespace {

constexpr std::uint32_t certain_ppm = 1'000'000;

/// What is counted of the evidence: one finger is not enough for a nation, and less for a family.
MilliBits counted(MilliBits evidence, std::size_t fingers, bool may_be_relative) {
  auto const most = fingers > 1 ? most_of_prints : may_be_relative ? 0 : most_of_one_finger;
  return std::clamp(evidence, -most_of_prints, most);
}

void compare_with(Candidate& candidate, fingerprints::Comparer& comparer, fingerprints::Hands const& applicant,
                  std::map<std::string, fingerprints::Template> const& held) {
  PrintEvidence prints;
  prints.names_ppm = candidate.posterior_ppm;
  prints.names_band = candidate.band;
  prints.names_score = candidate.score;
  if (auto const one = held.find(candidate.person.id); one != held.end()) {
    prints.is_held = true;
    auto const compared =
        fingerprints::compare_hands(comparer, applicant, fingerprints::hands_of(candidate.person.id, one->second));
    for (auto const& finger : compared.fingers) {
      prints.fingers.push_back({static_cast<int>(finger.position), finger.evidence, finger.matched, finger.unmatched});
    }
    if (!prints.fingers.empty())
      prints.evidence = counted(compared.evidence, prints.fingers.size(), candidate.may_be_relative);
  }
  candidate.score += prints.evidence;
  candidate.prints = std::move(prints);
}

/// The weight of "nobody of these" on the scale of the names' scores, from the posteriors that the names gave.
MilliBits nobody_of(Found const& found) {
  std::uint64_t somebody = 0;
  for (auto const& one : found.candidates) somebody += one.posterior_ppm;
  auto const nobody = somebody < certain_ppm ? certain_ppm - somebody : 1;
  auto const& best = found.candidates.front();
  return best.score + matching::log2_ratio(nobody, std::max<std::uint64_t>(best.posterior_ppm, 1));
}

void judge(Candidate& one, bool is_first, Found const& found) {
  auto const& weights = matching::default_weights();
  auto const& prints = *one.prints;
  one.band = one.posterior_ppm >= weights.review_from ? Band::to_review : Band::not_found;
  // Whom the names find worth a look stays worth it: half of single good prints of one finger are missed.
  if (prints.names_band != Band::not_found && one.band == Band::not_found) one.band = Band::to_review;
  bool const is_carried =
      prints.names_band == Band::proposed || (prints.names_band == Band::to_review && prints.fingers.size() > 1);
  bool const is_far = one.posterior_ppm >= weights.proposed_from && found.margin >= weights.margin;
  if (is_first && is_carried && is_far && !one.may_be_relative && prints.evidence > prints_contradict) one.band = Band::proposed;
}

}  // namespace

void weigh_prints(Found& found, fingerprints::Template const& applicant,
                  std::map<std::string, fingerprints::Template> const& held) {
  found.print_fingers = static_cast<std::uint32_t>(applicant.views.size());
  if (found.candidates.empty()) return;
  auto const nobody = nobody_of(found);
  auto const hands = fingerprints::hands_of({}, applicant);
  fingerprints::Comparer comparer;
  for (auto& one : found.candidates) compare_with(one, comparer, hands, held);
  std::stable_sort(found.candidates.begin(), found.candidates.end(), [](Candidate const& left, Candidate const& right) {
    return left.score != right.score ? left.score > right.score : left.person.id < right.person.id;
  });
  auto const highest = std::max(nobody, found.candidates.front().score);
  auto sum = matching::exp2_q32(nobody - highest);
  for (auto const& one : found.candidates) sum += matching::exp2_q32(one.score - highest);
  for (auto& one : found.candidates)
    one.posterior_ppm = static_cast<std::uint32_t>(matching::exp2_q32(one.score - highest) * certain_ppm / sum);
  auto const best = found.candidates.front().score;
  found.margin = best - (found.candidates.size() > 1 ? found.candidates[1].score : std::min(best, 0));
  for (auto& one : found.candidates) judge(one, &one == &found.candidates.front(), found);
  found.band = found.candidates.front().band;
}

bool rests_on_prints(Candidate const& candidate) {
  return candidate.prints && candidate.prints->evidence > 0 && candidate.prints->names_band != Band::proposed;
}

}  // namespace rcms::registry
