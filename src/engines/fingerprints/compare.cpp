#include "engines/fingerprints/compare.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "engines/fingerprints/turning.hpp"

namespace rcms::fingerprints {

namespace {

constexpr std::size_t fewest_minutiae = 3;
constexpr std::size_t most_pairs = 48;   // of alike surroundings, looked at together
constexpr std::size_t most_roots = 4;    // laid upon each other
constexpr std::int32_t pair_tolerance = 60;  // hundredths of a millimetre, of distances between minutiae
constexpr std::int32_t pair_turn = 20;       // 256ths of the circle
constexpr std::int32_t near_tolerance = 60;
constexpr std::int32_t far_tolerance = 85;
constexpr std::int32_t turn_tolerance = 28;
constexpr std::size_t alike_step = 4;       // sixteen thousandths are one bin
constexpr std::int32_t margin = 30;  // about what both show

/// 65536 times 2000 by so many bits of both codes. Codes with few bits say little: forty are held against each.
std::array<std::uint32_t, 1025> const& thousandths_by_bits() {
  static auto const table = [] {
    std::array<std::uint32_t, 1025> made{};
    for (std::size_t bits = 0; bits < made.size(); ++bits)
      made[bits] = static_cast<std::uint32_t>((std::uint64_t{2000} << 16) / (bits + 40));
    return made;
  }();
  return table;
}

struct Pair {
  std::uint8_t left = 0, right = 0;
  std::int32_t alike = 0;    // 0 to 1000
  std::int32_t support = 0;  // of other pairs
  bool is_laid = false;      // upon each other already, by another root
};

/// Turned about a point of the left finger and put upon one of the right.
struct Laying {
  std::int32_t cosine = one_turned, sine = 0;
  std::int32_t from_x = 0, from_y = 0, to_x = 0, to_y = 0;
  std::uint8_t turn = 0;

  void put(Minutia const& one, std::int32_t& x, std::int32_t& y) const {
    std::int64_t const dx = one.x - from_x, dy = one.y - from_y;
    x = to_x + static_cast<std::int32_t>((dx * cosine - dy * sine) >> 14);
    y = to_y + static_cast<std::int32_t>((dx * sine + dy * cosine) >> 14);
  }
};

struct Point {
  std::int32_t x = 0, y = 0;
  std::uint8_t angle = 0;
};

struct Match {
  std::uint8_t left = 0, right = 0;
  std::int32_t far = 0;   // squared
  std::int32_t turn = 0;
};

struct Box {
  std::int32_t left = 1 << 30, right = -(1 << 30), low = 1 << 30, high = -(1 << 30);
  void take(std::int32_t x, std::int32_t y) {
    left = std::min(left, x), right = std::max(right, x), low = std::min(low, y), high = std::max(high, y);
  }
  bool has(std::int32_t x, std::int32_t y, std::int32_t about) const {
    return x >= left - about && x <= right + about && y >= low - about && y <= high + about;
  }
};

}  // namespace

struct Comparer::Room {
  CountCommon count = counting_ways().front().count;
  std::vector<std::uint16_t> common;
  std::vector<Pair> pairs;
  std::vector<Point> points;   // of the left finger, laid upon the right
  std::vector<Match> matches, all;
  std::array<std::uint8_t, 256> left_taken{}, right_taken{};

  void find_pairs(Finger const& left, Finger const& right);
  void support_pairs(Finger const& left, Finger const& right);
  void lay(Finger const& left, Laying const& laying);
  void match(Finger const& left, Finger const& right, std::int32_t tolerance);
  void note_laid();
  Laying fit(Finger const& left, Finger const& right, Laying const& before) const;
  Comparison judge(Finger const& left, Finger const& right) const;
};

Finger finger_of(FingerView const& view) {
  Finger finger;
  finger.position = view.position;
  finger.minutiae = view.minutiae;
  // From left to right, whatever the order of the template.
  std::sort(finger.minutiae.begin(), finger.minutiae.end(), [](Minutia const& one, Minutia const& other) {
    return std::tie(one.x, one.y, one.angle, one.kind, one.quality) <
           std::tie(other.x, other.y, other.angle, other.kind, other.quality);
  });
  finger.codes = codes_of(finger.minutiae);
  for (auto const& code : finger.codes) finger.bits.push_back(bits_in(code));
  return finger;
}

/// The pairs whose surroundings are most alike, the most alike first.
void Comparer::Room::find_pairs(Finger const& left, Finger const& right) {
  pairs.clear();
  auto const& by_bits = thousandths_by_bits();
  std::array<std::uint32_t, (1000 >> alike_step) + 1> seen{};
  common.resize(left.codes.size() * right.codes.size());
  for (std::size_t at = 0; at < left.codes.size(); ++at) {
    auto* of_row = common.data() + at * right.codes.size();
    count(left.codes[at], right.codes, of_row);
    for (std::size_t to = 0; to < right.codes.size(); ++to) {
      auto const bits = static_cast<std::size_t>(left.bits[at] + right.bits[to]);
      of_row[to] = static_cast<std::uint16_t>(std::uint64_t{of_row[to]} * by_bits[bits] >> 16);
      ++seen[of_row[to] >> alike_step];
    }
  }
  std::size_t least = seen.size() - 1;
  for (std::size_t enough = seen[least]; enough < most_pairs && least > 0; enough += seen[least]) --least;
  auto const from = std::max<std::size_t>(least << alike_step, 1);
  for (std::size_t at = 0; at < left.codes.size(); ++at) {
    auto const* of_row = common.data() + at * right.codes.size();
    for (std::size_t to = 0; to < right.codes.size(); ++to)
      if (of_row[to] >= from)
        pairs.push_back({static_cast<std::uint8_t>(at), static_cast<std::uint8_t>(to), of_row[to], 0, false});
  }
  std::sort(pairs.begin(), pairs.end(), [](Pair const& one, Pair const& other) {
    return one.alike != other.alike ? one.alike > other.alike : std::tie(one.left, one.right) < std::tie(other.left, other.right);
  });
  if (pairs.size() > most_pairs) pairs.resize(most_pairs);
}

/// Pairs that lie to each other on the left as they do on the right support each other.
void Comparer::Room::support_pairs(Finger const& left, Finger const& right) {
  for (std::size_t one = 0; one < pairs.size(); ++one) {
    auto const& a = left.minutiae[pairs[one].left];
    auto const& b = right.minutiae[pairs[one].right];
    auto const turn = static_cast<std::uint8_t>(b.angle - a.angle);
    auto const cosine = cosine_of(turn), sine = sine_of(turn);
    for (std::size_t two = one + 1; two < pairs.size(); ++two) {
      if (pairs[one].left == pairs[two].left || pairs[one].right == pairs[two].right) continue;
      auto const& c = left.minutiae[pairs[two].left];
      auto const& d = right.minutiae[pairs[two].right];
      if (turn_between(turn, static_cast<std::uint8_t>(d.angle - c.angle)) > pair_turn) continue;
      auto const dx = c.x - a.x, dy = c.y - a.y;
      auto const x = static_cast<std::int32_t>((std::int64_t{dx} * cosine - std::int64_t{dy} * sine) >> 14) - (d.x - b.x);
      auto const y = static_cast<std::int32_t>((std::int64_t{dx} * sine + std::int64_t{dy} * cosine) >> 14) - (d.y - b.y);
      auto const allowed = pair_tolerance + (std::abs(dx) + std::abs(dy)) / 8;
      if (std::abs(x) > allowed || std::abs(y) > allowed) continue;
      pairs[one].support += pairs[two].alike;
      pairs[two].support += pairs[one].alike;
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](Pair const& one, Pair const& other) {
    return one.support + one.alike > other.support + other.alike;
  });
}

void Comparer::Room::lay(Finger const& left, Laying const& laying) {
  points.resize(left.minutiae.size());
  for (std::size_t at = 0; at < points.size(); ++at) {
    laying.put(left.minutiae[at], points[at].x, points[at].y);
    points[at].angle = static_cast<std::uint8_t>(left.minutiae[at].angle + laying.turn);
  }
}

/// Each minutia with at most one of the other finger, the nearest first.
void Comparer::Room::match(Finger const& left, Finger const& right, std::int32_t tolerance) {
  all.clear();
  matches.clear();
  auto const squared = tolerance * tolerance;
  for (std::size_t at = 0; at < left.minutiae.size(); ++at) {
    auto const& point = points[at];
    auto const first = std::lower_bound(right.minutiae.begin(), right.minutiae.end(), point.x - tolerance,
                                        [](Minutia const& one, std::int32_t x) { return one.x < x; });
    for (auto to = static_cast<std::size_t>(first - right.minutiae.begin()); to < right.minutiae.size(); ++to) {
      auto const& other = right.minutiae[to];
      auto const x = point.x - other.x, y = point.y - other.y;
      if (x < -tolerance) break;
      if (y > tolerance || y < -tolerance) continue;
      auto const far = x * x + y * y;
      if (far > squared) continue;
      auto const turn = turn_between(point.angle, other.angle);
      if (turn > turn_tolerance) continue;
      all.push_back({static_cast<std::uint8_t>(at), static_cast<std::uint8_t>(to), far, turn});
    }
  }
  std::sort(all.begin(), all.end(), [](Match const& one, Match const& other) {
    auto const first = one.far + one.turn * one.turn * 4, second = other.far + other.turn * other.turn * 4;
    if (first != second) return first < second;
    return one.left != other.left ? one.left < other.left : one.right < other.right;
  });
  std::fill_n(left_taken.begin(), left.minutiae.size(), std::uint8_t{0});
  std::fill_n(right_taken.begin(), right.minutiae.size(), std::uint8_t{0});
  for (auto const& one : all) {
    if (left_taken[one.left] != 0 || right_taken[one.right] != 0) continue;
    left_taken[one.left] = right_taken[one.right] = 1;
    matches.push_back(one);
  }
}

/// Pairs that lie upon each other now would lead to the same laying again.
void Comparer::Room::note_laid() {
  for (auto const& one : matches) left_taken[one.left] = static_cast<std::uint8_t>(one.right + 1);
  for (auto& pair : pairs)
    if (left_taken[pair.left] == pair.right + 1) pair.is_laid = true;
}

/// The laying that brings the matched ones nearest, by least squares.
Laying Comparer::Room::fit(Finger const& left, Finger const& right, Laying const& before) const {
  if (matches.size() < 2) return before;
  auto const matched = static_cast<std::int32_t>(matches.size());
  Laying laying;
  std::int64_t fx = 0, fy = 0, tx = 0, ty = 0;
  for (auto const& one : matches) {
    fx += left.minutiae[one.left].x, fy += left.minutiae[one.left].y;
    tx += right.minutiae[one.right].x, ty += right.minutiae[one.right].y;
  }
  laying.from_x = static_cast<std::int32_t>(fx / matched), laying.from_y = static_cast<std::int32_t>(fy / matched);
  laying.to_x = static_cast<std::int32_t>(tx / matched), laying.to_y = static_cast<std::int32_t>(ty / matched);
  std::int64_t along = 0, across = 0;
  for (auto const& one : matches) {
    std::int64_t const ax = left.minutiae[one.left].x - laying.from_x, ay = left.minutiae[one.left].y - laying.from_y;
    std::int64_t const bx = right.minutiae[one.right].x - laying.to_x, by = right.minutiae[one.right].y - laying.to_y;
    along += ax * bx + ay * by;
    across += ax * by - ay * bx;
  }
  while (along > (1 << 28) || along < -(1 << 28) || across > (1 << 28) || across < -(1 << 28)) along /= 2, across /= 2;
  auto const length = static_cast<std::int64_t>(root_of(static_cast<std::uint64_t>(along * along + across * across)));
  if (length == 0) return before;
  laying.cosine = static_cast<std::int32_t>(along * one_turned / length);
  laying.sine = static_cast<std::int32_t>(across * one_turned / length);
  laying.turn = bearing_of(laying.cosine, laying.sine);
  return laying;
}

/// What agrees speaks for one finger, the more the nearer it lies; what is missing where both show something speaks against.
Comparison Comparer::Room::judge(Finger const& left, Finger const& right) const {
  Comparison comparison;
  comparison.matched = static_cast<std::uint32_t>(matches.size());
  Box of_left, of_right;
  for (auto const& one : points) of_left.take(one.x, one.y);
  for (auto const& one : right.minutiae) of_right.take(one.x, one.y);
  for (std::size_t at = 0; at < left.minutiae.size(); ++at)
    if (left_taken[at] == 0 && of_right.has(points[at].x, points[at].y, margin)) ++comparison.unmatched;
  for (std::size_t at = 0; at < right.minutiae.size(); ++at)
    if (right_taken[at] == 0 && of_left.has(right.minutiae[at].x, right.minutiae[at].y, margin)) ++comparison.unmatched;
  std::int32_t score = 0;
  for (auto const& one : matches) {
    auto const far = static_cast<std::int32_t>(root_of(static_cast<std::uint64_t>(one.far)));
    score += 3400 - 22 * far - 55 * one.turn;
    auto const& a = left.minutiae[one.left];
    auto const& b = right.minutiae[one.right];
    if (a.kind == b.kind && a.kind != MinutiaKind::other) score += 150;
  }
  comparison.score = score - 450 * static_cast<std::int32_t>(comparison.unmatched);
  return comparison;
}

Comparer::Comparer() : room_(std::make_unique<Room>()) {}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;

Comparison Comparer::compare(Finger const& left, Finger const& right) {
  auto& room = *room_;
  if (left.minutiae.size() < fewest_minutiae || right.minutiae.size() < fewest_minutiae) return {};
  room.find_pairs(left, right);
  room.support_pairs(left, right);
  Comparison best;
  bool is_first = true;
  std::size_t laid = 0;
  for (std::size_t at = 0; at < room.pairs.size() && laid < most_roots; ++at) {
    auto const& root = room.pairs[at];
    if (root.is_laid) continue;
    ++laid;
    auto const& a = left.minutiae[root.left];
    auto const& b = right.minutiae[root.right];
    Laying laying{0, 0, a.x, a.y, b.x, b.y, static_cast<std::uint8_t>(b.angle - a.angle)};
    laying.cosine = cosine_of(laying.turn), laying.sine = sine_of(laying.turn);
    room.lay(left, laying);
    room.match(left, right, far_tolerance);
    laying = room.fit(left, right, laying);
    room.lay(left, laying);
    room.match(left, right, near_tolerance);
    room.note_laid();
    auto const found = room.judge(left, right);
    if (is_first || found.score > best.score) best = found;
    is_first = false;
  }
  return best;
}

std::int32_t Comparer::sift(Finger const& left, Finger const& right) {
  auto& room = *room_;
  room.find_pairs(left, right);
  std::int32_t sum = 0, count = 0;
  for (std::size_t at = 0; at < std::min<std::size_t>(room.pairs.size(), 6); ++at, ++count) sum += room.pairs[at].alike;
  return count == 0 ? 0 : sum / 6;
}

}  // namespace rcms::fingerprints
