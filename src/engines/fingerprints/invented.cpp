#include "engines/fingerprints/invented.hpp"

#include <algorithm>
#include <cstdlib>

#include "engines/fingerprints/turning.hpp"

namespace rcms::fingerprints {

namespace {

constexpr std::int32_t finger_width = 1900, finger_height = 2500;  // hundredths of a millimetre
constexpr std::int32_t print_width = 1450, print_height = 1950;
constexpr std::int32_t nearest = 45;
constexpr std::int32_t fewest_of_finger = 46, spread_of_finger = 24;  // minutiae of a whole finger

/// Numbers that follow from the seed only. Source: S. Vigna, splitmix64 (public domain).
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    auto value = state_ += 0x9E3779B97F4A7C15U;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9U;
    value = (value ^ value >> 27) * 0x94D049BB133111EBU;
    return value ^ value >> 31;
  }
  std::int32_t below(std::int32_t end) { return static_cast<std::int32_t>(next() % static_cast<std::uint64_t>(end)); }
  /// Between minus `most` and `most`.
  std::int32_t about(std::int32_t most) { return most == 0 ? 0 : below(2 * most + 1) - most; }
  /// Nearly a normal distribution: twelve numbers together.
  std::int32_t normal(std::int32_t deviation) {
    std::int32_t sum = 0;
    for (int number = 0; number < 12; ++number) sum += below(2001) - 1000;
    return sum * deviation / 2000;
  }
  bool happens(std::int32_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

struct Spot {
  std::int32_t x = 0, y = 0;
};

/// Where ridges turn around: two cores and two deltas for a whorl, one of each for a loop. After B. Sherlock and D. Monro (1993).
struct Pattern {
  Spot cores[2], deltas[2];
  int count = 0;  // of each; 0: an arch

  /// Along the ridge, 256ths of the circle; the other way is the same ridge.
  std::uint8_t direction(std::int32_t x, std::int32_t y) const {
    std::int32_t twice = 0;
    for (int at = 0; at < count; ++at)
      twice += bearing_of(x - cores[at].x, y - cores[at].y) - bearing_of(x - deltas[at].x, y - deltas[at].y);
    // An arch, and what is far from the cores: level below, bent above.
    if (count == 0) twice = (x - finger_width / 2) * -64 / finger_width * (y * 2 / finger_height + 1);
    return static_cast<std::uint8_t>(twice / 2);
  }
};

Pattern draw_pattern(Draw& draw) {
  Pattern pattern;
  auto const kind = draw.below(100);
  pattern.count = kind < 6 ? 0 : kind < 66 ? 1 : 2;  // arches, loops, whorls: about as often as among people
  auto const centre = finger_width / 2 + draw.about(150), middle = finger_height / 2 + draw.about(150);
  pattern.cores[0] = {centre, middle + 100 + draw.below(100)};
  pattern.cores[1] = {centre + draw.about(60), middle - 100 - draw.below(100)};
  auto const side = draw.happens(50) ? 1 : -1;
  pattern.deltas[0] = {centre + side * (500 + draw.below(250)), middle - 600 - draw.below(300)};
  pattern.deltas[1] = {centre - side * (500 + draw.below(250)), middle - 600 - draw.below(300)};
  return pattern;
}

bool is_in_ellipse(std::int64_t x, std::int64_t y, std::int64_t width, std::int64_t height) {
  return 4 * (x * x * height * height + y * y * width * width) <= width * width * height * height;
}

}  // namespace

FingerView invent_finger(std::uint64_t seed) {
  Draw draw(seed * 2 + 1);
  auto const pattern = draw_pattern(draw);
  FingerView finger;
  auto const wanted = static_cast<std::size_t>(fewest_of_finger + draw.below(spread_of_finger));
  for (int tries = 0; finger.minutiae.size() < wanted && tries < 4000; ++tries) {
    Minutia one;
    one.x = draw.below(finger_width), one.y = draw.below(finger_height);
    if (!is_in_ellipse(one.x - finger_width / 2, one.y - finger_height / 2, finger_width, finger_height)) continue;
    bool const is_free = std::none_of(finger.minutiae.begin(), finger.minutiae.end(), [&](Minutia const& other) {
      auto const x = one.x - other.x, y = one.y - other.y;
      return x * x + y * y < nearest * nearest;
    });
    if (!is_free) continue;
    one.angle = static_cast<std::uint8_t>(pattern.direction(one.x, one.y) + (draw.happens(50) ? 128 : 0) + draw.normal(5));
    one.kind = draw.happens(60) ? MinutiaKind::ending : MinutiaKind::bifurcation;
    finger.minutiae.push_back(one);
  }
  return finger;
}

FingerView print_of(FingerView const& finger, std::uint64_t number, PrintOptions const& given) {
  Draw draw(number * 2 + 0x5EED0000U);
  auto options = given;
  if (draw.happens(options.poor_percent)) {
    options.turn *= 2, options.shift = options.shift * 9 / 5, options.bend *= 2;
    options.jitter = options.jitter * 3 / 2, options.angle_jitter *= 2;
    options.lost_percent *= 2, options.strange_percent *= 2;
  }
  FingerView print;
  print.position = finger.position;
  auto const turn = static_cast<std::uint8_t>(draw.about(options.turn));
  auto const shift_x = draw.about(options.shift), shift_y = draw.about(options.shift);
  auto const pull_x = draw.about(options.bend), pull_y = draw.about(options.bend), twist = draw.about(options.bend);
  auto const put = [&](Minutia one) {
    std::int64_t const x = one.x - finger_width / 2, y = one.y - finger_height / 2;
    // The skin is pulled the more the farther from the middle, and twisted.
    constexpr std::int64_t far = 1000;
    auto const away = (x * x + y * y) / far;
    auto const bent_x = x + (pull_x * away - twist * y) / far, bent_y = y + (pull_y * away + twist * x) / far;
    one.x = static_cast<std::int32_t>((bent_x * cosine_of(turn) - bent_y * sine_of(turn)) >> 14) + shift_x + print_width / 2;
    one.y = static_cast<std::int32_t>((bent_x * sine_of(turn) + bent_y * cosine_of(turn)) >> 14) + shift_y + print_height / 2;
    one.x += draw.normal(options.jitter), one.y += draw.normal(options.jitter);
    one.angle = static_cast<std::uint8_t>(one.angle + turn + draw.normal(options.angle_jitter));
    if (draw.happens(options.kind_percent))
      one.kind = one.kind == MinutiaKind::ending ? MinutiaKind::bifurcation : MinutiaKind::ending;
    bool const is_shown = one.x >= 0 && one.x < print_width && one.y >= 0 && one.y < print_height &&
                          is_in_ellipse(one.x - print_width / 2, one.y - print_height / 2, print_width, print_height);
    if (is_shown && print.minutiae.size() < most_minutiae) print.minutiae.push_back(one);
  };
  for (auto const& one : finger.minutiae)
    if (!draw.happens(options.lost_percent)) put(one);
  auto const strange = static_cast<std::int32_t>(finger.minutiae.size()) * options.strange_percent / 100;
  for (std::int32_t count = 0; count < strange; ++count)
    put({draw.below(finger_width), draw.below(finger_height), static_cast<std::uint8_t>(draw.below(256)), MinutiaKind::ending,
         0});
  return print;
}

}  // namespace rcms::fingerprints
