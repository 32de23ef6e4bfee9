// Prints and names together: what a print may raise, and whom it never raises. All fingers are invented.
#include "capabilities/registry/print_weight.hpp"

#include <algorithm>
#include <stdexcept>

#include <doctest/doctest.h>

#include "engines/fingerprints/invented.hpp"

namespace rcms::registry {

using matching::Band;

namespace {

fingerprints::Template print(std::vector<std::uint64_t> const& fingers, std::uint64_t number) {
  fingerprints::Template made{1450, 1950, {}};
  for (std::size_t at = 0; at < fingers.size(); ++at) {
    made.views.push_back(
        fingerprints::print_of(fingerprints::invent_finger(fingers[at]), fingers[at] * 100 + number, {.poor_percent = 0}));
    made.views.back().position = static_cast<fingerprints::FingerPosition>(at + 2);
  }
  return made;
}

/// Two sisters of whom the names cannot say which one it is, somebody far off, and nobody.
Found sisters() {
  Found found;
  found.candidates.push_back({.person = {.id = "ana"}, .score = 22'000, .posterior_ppm = 480'000, .band = Band::to_review});
  found.candidates.push_back({.person = {.id = "eva"}, .score = 22'000, .posterior_ppm = 480'000, .band = Band::to_review});
  found.candidates.push_back({.person = {.id = "far"}, .score = 2'000, .posterior_ppm = 0, .band = Band::not_found});
  found.candidates[1].may_be_relative = true;
  found.band = Band::to_review;
  return found;
}

Candidate const& of(Found const& found, std::string const& id) {
  for (auto const& one : found.candidates)
    if (one.person.id == id) return one;
  throw std::runtime_error("nobody is " + id);
}

std::uint64_t sum_of(Found const& found) {
  std::uint64_t sum = 0;
  for (auto const& one : found.candidates) sum += one.posterior_ppm;
  return sum;
}

}  // namespace

TEST_CASE("two fingers tell the person from her sister, and the sister is not raised") {
  auto found = sisters();
  weigh_prints(found, print({11, 12}, 1), {{"ana", print({11, 12}, 2)}, {"eva", print({21, 22}, 2)}});
  CHECK(found.print_fingers == 2);
  CHECK(found.candidates.front().person.id == "ana");
  auto const& ana = of(found, "ana");
  auto const& eva = of(found, "eva");
  REQUIRE(ana.prints.has_value());
  CHECK(ana.prints->fingers.size() == 2);
  CHECK(ana.prints->evidence > 5'000);
  CHECK(ana.prints->evidence <= most_of_prints);
  CHECK(ana.score == 22'000 + ana.prints->evidence);
  CHECK(ana.posterior_ppm > 980'000);
  CHECK(ana.band == Band::proposed);
  CHECK(ana.prints->names_ppm == 480'000);
  CHECK(eva.prints->evidence < 0);
  CHECK(eva.posterior_ppm < 20'000);
  CHECK(found.band == Band::proposed);
  CHECK(sum_of(found) <= 1'000'000);
  CHECK(rests_on_prints(ana));
  CHECK_FALSE(rests_on_prints(eva));
}

TEST_CASE("one finger alone proposes nobody, weighs half of what it could, and never raises a relative") {
  auto found = sisters();
  weigh_prints(found, print({11}, 1), {{"ana", print({11}, 2)}, {"eva", print({11}, 3)}});
  auto const& ana = of(found, "ana");
  CHECK(ana.prints->evidence > 0);
  CHECK(ana.prints->evidence <= most_of_one_finger);
  CHECK(ana.band == Band::to_review);
  auto const& eva = of(found, "eva");
  CHECK(eva.prints->evidence <= 0);
  CHECK(eva.posterior_ppm < ana.posterior_ppm);
}

TEST_CASE("prints alone never propose somebody whom the names do not find") {
  auto found = sisters();
  weigh_prints(found, print({31, 32, 33, 34}, 1), {{"far", print({31, 32, 33, 34}, 2)}});
  auto const& far = of(found, "far");
  CHECK(far.prints->evidence > 10'000);
  CHECK(far.band != Band::proposed);
  // Whose prints the registry does not hold loses and wins nothing but what others win.
  CHECK_FALSE(of(found, "ana").prints->is_held);
  CHECK(of(found, "ana").prints->evidence == 0);
  CHECK(of(found, "ana").score == 22'000);
}

TEST_CASE("prints that differ take a proposal back to a person") {
  Found found;
  found.candidates.push_back({.person = {.id = "ana"}, .score = 40'000, .posterior_ppm = 999'000, .band = Band::proposed});
  found.band = Band::proposed;
  weigh_prints(found, print({11, 12}, 1), {{"ana", print({41, 42}, 2)}});
  CHECK(found.candidates.front().prints->evidence <= prints_contradict);
  CHECK(found.candidates.front().band == Band::to_review);
  CHECK_FALSE(rests_on_prints(found.candidates.front()));
}

TEST_CASE("nobody found stays nobody, and the order of candidates changes nothing") {
  Found nobody;
  weigh_prints(nobody, print({11}, 1), {});
  CHECK(nobody.candidates.empty());
  auto one = sisters();
  auto other = sisters();
  std::swap(other.candidates[0], other.candidates[2]);
  std::map<std::string, fingerprints::Template> const held{{"ana", print({11, 12}, 2)}};
  std::stable_sort(other.candidates.begin(), other.candidates.end(),
                   [](auto const& left, auto const& right) { return left.score > right.score; });
  weigh_prints(one, print({11, 12}, 1), held);
  weigh_prints(other, print({11, 12}, 1), held);
  for (auto const* id : {"ana", "eva", "far"}) {
    CHECK(of(one, id).posterior_ppm == of(other, id).posterior_ppm);
    CHECK(of(one, id).band == of(other, id).band);
  }
}

}  // namespace rcms::registry
