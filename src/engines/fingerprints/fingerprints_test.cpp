// Readers of templates, the three stages of a comparison, evidence of several fingers; all prints are invented.
#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "engines/fingerprints/hands.hpp"
#include "engines/fingerprints/invented.hpp"
#include "engines/fingerprints/reading.hpp"
#include "engines/fingerprints/turning.hpp"
#include "engines/fingerprints/writing.hpp"

namespace rcms::fingerprints {

namespace {

using Bytes = std::vector<std::uint8_t>;

Template one_print(std::uint64_t finger, std::uint64_t print, FingerPosition position = FingerPosition::right_index) {
  Template made{1450, 1950, {print_of(invent_finger(finger), print)}};
  made.views.front().position = position;
  return made;
}

Hands hands(std::string id, std::vector<std::uint64_t> const& fingers, std::uint64_t print, bool is_named = true) {
  Template made{1450, 1950, {}};
  for (std::size_t at = 0; at < fingers.size(); ++at) {
    made.views.push_back(print_of(invent_finger(fingers[at]), fingers[at] * 100 + print, {.poor_percent = 0}));
    if (is_named) made.views.back().position = static_cast<FingerPosition>(at + 1);
  }
  return hands_of(std::move(id), made);
}

/// Two minutiae: an ending at (10, 20) with angle 64 and a bifurcation at (100, 150), of an image of 300 by 400 points.
Bytes small_iso() {
  return {'F', 'M', 'R', 0,    ' ', '2', '0', 0,    0,    0,    0, 42, 0,  0,  1,   44,   1, 144, 0,    197, 0,
          197, 1,   0,   7,    0,   80,  2,   0x40, 10,   0,    20, 64, 70, 0x80, 100,  0, 150, 128, 71,  0, 0};
}
Bytes small_ansi() {
  return {'F', 'M', 'R', 0,   ' ', '2', '0',  0,  0, 44, 0,  1,  0, 2,    0,   0, 1,   44, 1,  144, 0, 197,
          0,   197, 1,   0,   7,   0,   80,   2,  0x40, 10, 0, 20, 45, 70, 0x80, 100, 0, 150, 90, 71, 0, 0};
}

}  // namespace

TEST_CASE("a record of ISO 19794-2 and one of ANSI 378 say the same, in millimetres upwards") {
  auto const iso = read_template(small_iso());
  REQUIRE(iso.has_value());
  REQUIRE(iso->views.size() == 1);
  auto const& view = iso->views.front();
  CHECK(view.position == FingerPosition::left_index);
  CHECK(view.quality == 80);
  REQUIRE(view.minutiae.size() == 2);
  CHECK(view.minutiae[0] == Minutia{51, 1924, 64, MinutiaKind::ending, 70});
  CHECK(view.minutiae[1] == Minutia{508, 1264, 128, MinutiaKind::bifurcation, 71});
  CHECK(read_template(small_ansi()) == iso);
  // Readers hand over buffers that are larger than the record.
  for (auto bytes : {small_iso(), small_ansi()}) {
    bytes.resize(bytes.size() + 100);
    CHECK(read_template(bytes) == iso);
    bytes.back() = 1;
    CHECK_FALSE(read_template(bytes).has_value());
  }
}

TEST_CASE("what is not whole or not as the standard says is refused") {
  auto const broken = [](std::size_t at, std::uint8_t with) {
    auto bytes = small_iso();
    bytes.at(at) = with;
    return read_template(bytes);
  };
  CHECK_FALSE(broken(0, 'X').has_value());
  CHECK_FALSE(broken(5, '3').has_value());   // another version
  CHECK_FALSE(broken(11, 43).has_value());   // another length
  CHECK_FALSE(broken(19, 0).has_value());    // no resolution
  CHECK_FALSE(broken(22, 2).has_value());    // one finger more than there is
  CHECK_FALSE(broken(22, 0).has_value());    // bytes left over
  CHECK_FALSE(broken(24, 11).has_value());   // no finger of a hand
  CHECK_FALSE(broken(27, 3).has_value());    // one minutia more
  CHECK_FALSE(broken(41, 1).has_value());    // extended data that is not there
  auto const outside = broken(28, 0x7F);
  REQUIRE(outside.has_value());
  CHECK(outside->views.front().left_out == 1);
  CHECK(outside->views.front().minutiae.size() == 1);
  for (auto const& bytes : {small_iso(), small_ansi(), write_template(one_print(1, 2))})
    for (std::size_t length = 0; length < bytes.size(); ++length)
      CHECK_FALSE(read_template(std::span(bytes).first(length)).has_value());
  CHECK(read_template(Bytes(longest_template + 1)).error().why == Why::too_large);
}

TEST_CASE("what was written is read as it was") {
  for (std::uint64_t finger = 1; finger <= 20; ++finger) {
    auto const first = write_template(one_print(finger, finger));
    auto const read = read_template(first);
    REQUIRE(read.has_value());
    CHECK(read->views.front().left_out == 0);
    CHECK(read->views.front().minutiae.size() == one_print(finger, finger).views.front().minutiae.size());
    CHECK(write_template(*read) == first);
  }
}

TEST_CASE("the minutiae of a card are read in both formats") {
  auto const normal = read_card(Bytes{0x40, 100, 0, 50, 64, 0x80, 200, 1, 44, 128}, CardFormat::normal);
  REQUIRE(normal.has_value());
  CHECK(normal->views.front().minutiae ==
        std::vector<Minutia>{{100, 250, 64, MinutiaKind::ending, 0}, {200, 0, 128, MinutiaKind::bifurcation, 0}});
  auto const compact = read_card(Bytes{10, 5, 0x40 | 16, 20, 30, 0x80 | 32}, CardFormat::compact);
  REQUIRE(compact.has_value());
  CHECK(compact->views == normal->views);
  CHECK_FALSE(read_card(Bytes(7), CardFormat::normal).has_value());
  CHECK_FALSE(read_card(Bytes(256 * 3), CardFormat::compact).has_value());
  CHECK(read_card(Bytes{}, CardFormat::compact)->views.front().minutiae.empty());
}

TEST_CASE("bearings are right within a step, and roots are whole") {
  for (int step = 0; step < 256; ++step) {
    auto const angle = static_cast<std::uint8_t>(step);
    CHECK(turn_between(bearing_of(cosine_of(angle), sine_of(angle)), angle) == 0);
  }
  CHECK(root_of(0) == 0);
  CHECK(root_of(24) == 4);
  CHECK(root_of(25) == 5);
  CHECK(root_of(~std::uint64_t{0}) == 0xFFFFFFFFU);
}

TEST_CASE("every way of counting gives the same bits") {
  std::mt19937_64 draw(7);
  std::vector<Code> codes(300);
  for (auto& code : codes)
    for (auto& word : code.words) word = draw() & draw();
  codes.front().words.fill(0);
  codes.back().words.fill(~std::uint64_t{0});
  auto const& ways = counting_ways();
  REQUIRE(ways.back().name == "plain");
  for (auto const& one : codes) {
    std::vector<std::uint16_t> expected(codes.size()), counts(codes.size());
    ways.back().count(one, codes, expected.data());
    CHECK(expected.back() == bits_in(one));
    for (auto const& way : ways) {
      way.count(one, codes, counts.data());
      CHECK_MESSAGE(counts == expected, way.name);
    }
  }
}

TEST_CASE("moving, turning or reordering a print changes nothing that matters") {
  Comparer comparer;
  for (std::uint64_t finger = 1; finger <= 10; ++finger) {
    auto const print = print_of(invent_finger(finger), finger);
    auto const other = finger_of(print_of(invent_finger(finger), finger + 500));
    auto const plain = comparer.compare(finger_of(print), other);
    auto shuffled = print;
    std::shuffle(shuffled.minutiae.begin(), shuffled.minutiae.end(), std::mt19937(3));
    CHECK(comparer.compare(finger_of(shuffled), other).score == plain.score);
    auto moved = print;
    for (auto& one : moved.minutiae) {
      auto const x = one.x, y = one.y;
      one = {5000 - y, 300 + x, static_cast<std::uint8_t>(one.angle + 64), one.kind, one.quality};  // a quarter turn
    }
    auto const itself = comparer.compare(finger_of(moved), finger_of(print));
    CHECK(itself.matched == print.minutiae.size());
    CHECK(itself.unmatched == 0);
  }
}

TEST_CASE("none, one or two minutiae prove nothing") {
  Comparer comparer;
  auto const whole = finger_of(print_of(invent_finger(1), 1));
  for (std::size_t count : {0U, 1U, 2U}) {
    auto view = print_of(invent_finger(1), 1);
    view.minutiae.resize(count);
    CHECK(comparer.compare(finger_of(view), whole).score == 0);
    CHECK(comparer.compare(whole, finger_of(view)).score == 0);
    CHECK(comparer.sift(finger_of(view), whole) >= 0);
    CHECK(compare_hands(comparer, {"", {finger_of(view)}}, {"A", {whole}}).evidence == 0);
  }
  FingerView crowded;
  crowded.minutiae.assign(most_minutiae, Minutia{500, 500, 10, MinutiaKind::ending, 0});
  CHECK(comparer.compare(finger_of(crowded), finger_of(crowded)).matched == most_minutiae);
}

TEST_CASE("prints of one finger are told from those of others") {
  constexpr std::uint64_t fingers = 24, prints = 3;
  std::vector<std::pair<std::uint64_t, Finger>> all;
  for (std::uint64_t finger = 1; finger <= fingers; ++finger)
    for (std::uint64_t print = 0; print < prints; ++print)
      all.emplace_back(finger, finger_of(print_of(invent_finger(finger), finger * 100 + print)));
  Comparer comparer;
  int same = 0, found = 0, other = 0, wrongly = 0;
  for (std::size_t one = 0; one < all.size(); ++one) {
    for (std::size_t two = one + 1; two < all.size(); ++two) {
      bool const is_said = evidence_of(comparer.compare(all[one].second, all[two].second).score) > 3'700;
      if (all[one].first == all[two].first) ++same, found += is_said ? 1 : 0;
      else ++other, wrongly += is_said ? 1 : 0;
    }
  }
  CHECK(found >= same * 85 / 100);
  CHECK(wrongly <= other / 200);
}

TEST_CASE("evidence grows with the score and one finger never proves a nation") {
  MilliBits before = -6'000;
  for (MilliBits score = -40'000; score <= 200'000; score += 500) {
    CHECK(evidence_of(score) >= before);
    before = evidence_of(score);
  }
  CHECK(before == 12'000);
  Comparer comparer;
  auto const one = compare_hands(comparer, hands("", {7}, 1), hands("A", {7}, 2));
  auto const four = compare_hands(comparer, hands("", {7, 8, 9, 10}, 1), hands("A", {7, 8, 9, 10}, 2));
  CHECK(one.evidence <= 12'000);
  CHECK(one.evidence < bits_needed(10'000'000));
  CHECK(four.fingers.size() == 4);
  CHECK(four.evidence > bits_needed(10'000'000));
}

TEST_CASE("of a short list the person comes first, with names that agree before one whose names do not") {
  Comparer comparer;
  auto const asked = hands("", {31, 32}, 1);
  std::vector<Hands> list;
  for (std::uint64_t person = 1; person <= 8; ++person)
    list.push_back(hands("P" + std::to_string(person), {person * 10 + 1, person * 10 + 2}, 2));
  auto const ranked = rank_few(comparer, asked, list);
  CHECK(ranked.front().id == "P3");
  CHECK(ranked.front().posterior_ppm > 990'000);
  CHECK(ranked[1].posterior_ppm < 10'000);
  std::reverse(list.begin(), list.end());
  CHECK(rank_few(comparer, asked, list).front().posterior_ppm == ranked.front().posterior_ppm);

  // Somebody else's prints, and names that speak for P1 by twenty bits: fingers that differ speak against it.
  std::vector<Known> known(list.size());
  known.back().names = 20'000;
  auto const with_names = rank_few(comparer, hands("", {91, 92}, 1), list, known);
  CHECK(with_names.front().id == "P1");
  CHECK(with_names.front().evidence < 0);
  auto const names_alone = rank_few(comparer, Hands{}, list, known);
  CHECK(names_alone.front().evidence == 0);
  CHECK(names_alone.front().posterior_ppm >= with_names.front().posterior_ppm);

  // Without positions the right fingers are found too, and weigh less: chance had more tries.
  auto const unknown = compare_hands(comparer, hands("", {31, 32}, 1, false), hands("P3", {31, 32}, 2, false));
  auto const known_places = compare_hands(comparer, asked, hands("P3", {31, 32}, 2));
  CHECK(unknown.fingers.size() == 2);
  CHECK(unknown.evidence < known_places.evidence);
  CHECK(unknown.evidence > 10'000);
}

}  // namespace rcms::fingerprints
