#include "engines/mrz/zone_reading.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace rcms::mrz {
namespace {

constexpr int shape_columns = 12;
constexpr int shape_rows = 17;
constexpr int shape_points = shape_columns * shape_rows;
constexpr std::size_t marks_at_most = 20'000;
constexpr std::size_t pairs_at_most = 4;
constexpr int points_across = 1800;    // of a picture; a wider one is looked at with half as many
constexpr double like_letters = 0.65;    // mean correlation below which rows of spots are no letters

using Patch = std::array<float, shape_points>;

struct Shape {
  char letter;
  Patch ink;
};

/// Zero mean, length one, so that a product of two is their correlation.
void normalise(Patch& patch) {
  float mean = 0;
  for (float const value : patch) mean += value / shape_points;
  float sum = 0;
  for (float& value : patch) {
    value -= mean;
    sum += value * value;
  }
  float const scale = sum > 1e-6F ? 1 / std::sqrt(sum) : 0;
  for (float& value : patch) value *= scale;
}

std::vector<Shape> load_shapes() {
  struct Drawn {
    char letter;
    char const* ink;
  };
  static constexpr Drawn drawn[] = {
#include "engines/mrz/ocr_b_shapes.inc"
  };
  std::vector<Shape> shapes;
  for (auto const& one : drawn) {
    Shape shape{one.letter, {}};
    for (int i = 0; i < shape_points; ++i) {
      char const c = one.ink[i];
      shape.ink[static_cast<std::size_t>(i)] = static_cast<float>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    normalise(shape.ink);
    shapes.push_back(shape);
  }
  return shapes;
}

/// A connected dark spot, as a letter is.
struct Mark {
  double x = 0;  ///< its middle
  double y = 0;
  int width = 0;
  int height = 0;
};

/// Dark against its neighbourhood: the mean of a square window, from sums over the picture.
std::vector<std::uint8_t> find_dark(GreyView const& picture) {
  auto const w = static_cast<std::size_t>(picture.width);
  auto const h = static_cast<std::size_t>(picture.height);
  std::vector<std::uint32_t> sums((w + 1) * (h + 1), 0);
  for (std::size_t y = 0; y < h; ++y) {
    std::uint32_t row = 0;
    for (std::size_t x = 0; x < w; ++x) {
      row += picture.grey[y * w + x];
      sums[(y + 1) * (w + 1) + x + 1] = sums[y * (w + 1) + x + 1] + row;
    }
  }
  auto const reach = std::max<std::size_t>(8, w / 50);
  std::vector<std::uint8_t> dark(w * h, 0);
  for (std::size_t y = 0; y < h; ++y) {
    auto const top = y > reach ? y - reach : 0;
    auto const bottom = std::min(h, y + reach + 1);
    for (std::size_t x = 0; x < w; ++x) {
      auto const left = x > reach ? x - reach : 0;
      auto const right = std::min(w, x + reach + 1);
      auto const sum = sums[bottom * (w + 1) + right] - sums[top * (w + 1) + right] - sums[bottom * (w + 1) + left] +
                       sums[top * (w + 1) + left];
      auto const count = static_cast<std::uint32_t>((bottom - top) * (right - left));
      dark[y * w + x] = picture.grey[y * w + x] * count * 100ULL < sum * 78ULL ? 1 : 0;
    }
  }
  return dark;
}

/// Spots of the size of letters; `dark` is used up.
std::vector<Mark> find_marks(GreyView const& picture, std::vector<std::uint8_t>& dark) {
  int const largest = std::max(40, picture.width / 18);
  std::vector<Mark> marks;
  std::vector<int> open;
  for (int start = 0; start < picture.width * picture.height && marks.size() < marks_at_most; ++start) {
    if (!dark[static_cast<std::size_t>(start)]) continue;
    int left = picture.width, right = 0, top = picture.height, bottom = 0;
    open.assign(1, start);
    dark[static_cast<std::size_t>(start)] = 0;
    while (!open.empty()) {
      int const at = open.back();
      open.pop_back();
      int const x = at % picture.width;
      int const y = at / picture.width;
      left = std::min(left, x), right = std::max(right, x), top = std::min(top, y), bottom = std::max(bottom, y);
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          int const nx = x + dx;
          int const ny = y + dy;
          if (nx < 0 || ny < 0 || nx >= picture.width || ny >= picture.height) continue;
          auto& next = dark[static_cast<std::size_t>(ny * picture.width + nx)];
          if (!next) continue;
          next = 0;
          open.push_back(ny * picture.width + nx);
        }
      }
    }
    Mark const mark{(left + right) / 2.0, (top + bottom) / 2.0, right - left + 1, bottom - top + 1};
    if (mark.height >= 5 && mark.width >= 2 && mark.height <= largest && mark.width <= largest) marks.push_back(mark);
  }
  return marks;
}

/// A row of marks at one pitch: mark k stands at origin + k · step, `first` ≤ k ≤ `last`.
struct ZoneRow {
  double x = 0, y = 0;    ///< of mark 0
  double dx = 0, dy = 0;  ///< from one to the next
  int first = 0;
  int last = 0;
  int marks = 0;

  double pitch() const { return std::hypot(dx, dy); }
};

/// Straight line through (k, value) by least squares.
void fit(std::vector<std::pair<double, double>> const& points, double& origin, double& step) {
  double n = 0, sk = 0, sv = 0, skk = 0, skv = 0;
  for (auto const& [k, v] : points) n += 1, sk += k, sv += v, skk += k * k, skv += k * v;
  double const base = n * skk - sk * sk;
  if (base == 0) return;
  step = (n * skv - sk * sv) / base;
  origin = (sv - step * sk) / n;
}

/// The row that begins with these two neighbours, as far as it goes.
ZoneRow grow(std::vector<Mark> const& marks, Mark const& one, Mark const& two) {
  ZoneRow row{one.x, one.y, two.x - one.x, two.y - one.y, 0, 1, 2};
  for (int round = 0; round < 4; ++round) {
    double const pitch = row.pitch();
    std::map<int, Mark> found;
    // The first rounds look only as far as the pitch is known well enough.
    int const reach = 6 << (2 * round);
    for (auto const& mark : marks) {
      double const u = ((mark.x - row.x) * row.dx + (mark.y - row.y) * row.dy) / (pitch * pitch);
      double const v = ((mark.y - row.y) * row.dx - (mark.x - row.x) * row.dy) / pitch;
      double const k = std::round(u);
      if (std::abs(k) > reach || std::abs(v) > 0.35 * pitch || std::abs(u - k) > 0.3) continue;
      if (mark.height > 1.6 * pitch || mark.width > 1.3 * pitch || mark.height < 0.35 * pitch) continue;
      found.emplace(static_cast<int>(k), mark);
    }
    // What stands beyond a gap belongs to something else.
    int first = 0, last = 0;
    while (found.contains(first - 1) || found.contains(first - 2)) --first;
    while (found.contains(last + 1) || found.contains(last + 2)) ++last;
    std::vector<std::pair<double, double>> xs, ys;
    for (auto const& [k, mark] : found) {
      if (k < first || k > last) continue;
      xs.emplace_back(k, mark.x);
      ys.emplace_back(k, mark.y);
    }
    row.marks = static_cast<int>(xs.size());
    if (row.marks < 4) return row;
    fit(xs, row.x, row.dx);
    fit(ys, row.y, row.dy);
    row.first = first;
    row.last = last;
  }
  return row;
}

/// The best rows, each set of marks tried from its left neighbours.
std::vector<ZoneRow> find_rows(std::vector<Mark> const& marks) {
  std::vector<ZoneRow> rows;
  std::vector<char> taken(marks.size(), 0);
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (taken[i]) continue;
    auto const& one = marks[i];
    Mark const* nearest = nullptr;
    for (auto const& two : marks) {
      double const dx = two.x - one.x;
      if (dx < 0.5 * one.height || dx > 2.2 * one.height || std::abs(two.y - one.y) > 0.35 * dx) continue;
      if (nearest == nullptr || dx < nearest->x - one.x) nearest = &two;
    }
    if (nearest == nullptr) continue;
    auto const row = grow(marks, one, *nearest);
    if (row.marks < 24 || row.last - row.first < 28 || row.last - row.first > 46 || row.pitch() < 6) continue;
    rows.push_back(row);
    for (std::size_t j = 0; j < marks.size(); ++j) {
      double const v = ((marks[j].y - row.y) * row.dx - (marks[j].x - row.x) * row.dy) / row.pitch();
      if (std::abs(v) < 0.4 * row.pitch()) taken[j] = 1;
    }
  }
  return rows;
}

/// What may stand in a place of the second line.
/// Source: Doc 9303-4 and 9303-6 section 4.2.
bool may_stand(char letter, int line, int at, int columns) {
  bool const digit = letter >= '0' && letter <= '9';
  bool const filler = letter == '<';
  if (line == 0) return !digit;
  int const check = columns - 1;
  if (at == 9 || (at >= 13 && at <= 19) || (at >= 21 && at <= 27) || at == check || (columns == 44 && at == 42))
    return digit || (filler && at != check);
  if (at >= 10 && at <= 12) return !digit;
  if (at == 20) return letter == 'M' || letter == 'F' || filler;
  return true;
}

Patch patch_at(GreyView const& picture, ZoneRow const& row, double x, double y) {
  // A point of the shape is a twelfth of the pitch; four samples each, so that noise counts less.
  Patch patch{};
  double const ux = row.dx / shape_columns, uy = row.dy / shape_columns;
  for (int r = 0; r < shape_rows; ++r) {
    for (int c = 0; c < shape_columns; ++c) {
      float sum = 0;
      for (int fine = 0; fine < 4; ++fine) {
        double const a = c + 0.25 + 0.5 * (fine & 1) - shape_columns / 2.0;
        double const b = r + 0.25 + 0.5 * (fine >> 1) - shape_rows / 2.0;
        int const px = std::clamp(static_cast<int>(std::lround(x + a * ux - b * uy)), 0, picture.width - 1);
        int const py = std::clamp(static_cast<int>(std::lround(y + a * uy + b * ux)), 0, picture.height - 1);
        sum += 255.0F - picture.grey[static_cast<std::size_t>(py * picture.width + px)];
      }
      patch[static_cast<std::size_t>(r * shape_columns + c)] = sum;
    }
  }
  normalise(patch);
  return patch;
}

struct Seen {
  char letter = '<';
  float likeness = -1;
  float next = -1;
};

Seen see(GreyView const& picture, ZoneRow const& row, double x, double y, int line, int at, int columns) {
  static std::vector<Shape> const shapes = load_shapes();
  std::array<float, 128> best{};
  best.fill(-1);
  double const step = row.pitch() * 0.06;
  for (int dy = -2; dy <= 2; ++dy) {
    for (int dx = -2; dx <= 2; ++dx) {
      auto const patch = patch_at(picture, row, x + dx * step, y + dy * step);
      for (auto const& shape : shapes) {
        if (!may_stand(shape.letter, line, at, columns)) continue;
        float likeness = 0;
        for (std::size_t i = 0; i < shape_points; ++i) likeness += patch[i] * shape.ink[i];
        auto& known = best[static_cast<std::size_t>(shape.letter)];
        known = std::max(known, likeness);
      }
    }
  }
  Seen seen;
  for (auto const& shape : shapes) {
    auto const likeness = best[static_cast<std::size_t>(shape.letter)];
    if (likeness > seen.likeness) {
      seen.next = seen.likeness;
      seen.likeness = likeness;
      seen.letter = shape.letter;
    } else {
      seen.next = std::max(seen.next, likeness);
    }
  }
  return seen;
}

/// Two rows below each other, of one pitch and direction, that begin and end together.
struct Pair {
  ZoneRow upper;
  ZoneRow lower;
  int columns = 0;
};

std::vector<Pair> find_pairs(std::vector<ZoneRow> const& rows) {
  std::vector<Pair> pairs;
  for (auto const& upper : rows) {
    for (auto const& lower : rows) {
      double const pitch = upper.pitch();
      double const below = ((lower.y - upper.y) * upper.dx - (lower.x - upper.x) * upper.dy) / pitch;
      if (below < 1.4 * pitch || below > 3.4 * pitch || std::abs(lower.pitch() - pitch) > 0.05 * pitch) continue;
      Pair pair{upper, lower, 0};
      // Where the lower row begins, counted in the places of the upper one.
      double const along = ((lower.x - upper.x) * upper.dx + (lower.y - upper.y) * upper.dy) / (pitch * pitch);
      int const shift = static_cast<int>(std::lround(along));
      int const first = std::min(upper.first, lower.first + shift);
      int const last = std::max(upper.last, lower.last + shift);
      pair.columns = last - first + 1;
      if (pair.columns != 36 && pair.columns != 44) continue;
      pair.upper.first = first;
      pair.lower.first = first - shift;
      pairs.push_back(pair);
    }
  }
  auto const marks = [](Pair const& pair) { return pair.upper.marks + pair.lower.marks; };
  std::sort(pairs.begin(), pairs.end(), [&](auto const& one, auto const& two) { return marks(one) > marks(two); });
  if (pairs.size() > pairs_at_most) pairs.resize(pairs_at_most);
  return pairs;
}

/// Half the size by averaging: a zone at 300 dpi has more points than its shapes.
std::vector<std::uint8_t> halved(GreyView const& picture) {
  std::vector<std::uint8_t> half;
  half.reserve(picture.grey.size() / 4);
  auto const w = static_cast<std::size_t>(picture.width);
  for (std::size_t y = 0; y + 1 < static_cast<std::size_t>(picture.height); y += 2) {
    for (std::size_t x = 0; x + 1 < w; x += 2) {
      auto const at = y * w + x;
      int const sum = picture.grey[at] + picture.grey[at + 1] + picture.grey[at + w] + picture.grey[at + w + 1];
      half.push_back(static_cast<std::uint8_t>(sum / 4));
    }
  }
  return half;
}

/// The lines of a pair, and how like the shapes of OCR-B they are on average.
std::pair<SeenZone, double> read_pair(GreyView const& picture, Pair const& pair) {
  SeenZone zone;
  zone.pitch = pair.upper.pitch();
  zone.certainty = 1;
  double likeness = 0;
  for (int line = 0; line < 2; ++line) {
    auto const& row = line == 0 ? pair.upper : pair.lower;
    std::string text;
    for (int at = 0; at < pair.columns; ++at) {
      int const k = row.first + at;
      auto const seen = see(picture, row, row.x + k * row.dx, row.y + k * row.dy, line, at, pair.columns);
      text += seen.letter;
      likeness += std::max(0.0F, seen.likeness) / (2.0 * pair.columns);
      zone.certainty = std::min<double>(zone.certainty, std::max(0.0F, seen.likeness - std::max(0.0F, seen.next)));
    }
    zone.lines.push_back(std::move(text));
  }
  return {std::move(zone), likeness};
}

}  // namespace

std::optional<SeenZone> read_zone(GreyView const& picture) {
  auto const points = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  if (picture.width < 200 || picture.height < 30 || picture.grey.size() != points) return std::nullopt;
  if (picture.width > points_across) {
    auto const half = halved(picture);
    return read_zone({picture.width / 2, picture.height / 2, half});
  }
  auto dark = find_dark(picture);
  std::optional<SeenZone> best;
  double likeness = like_letters;
  for (auto const& pair : find_pairs(find_rows(find_marks(picture, dark)))) {
    auto [zone, like] = read_pair(picture, pair);
    if (like < likeness) continue;
    likeness = like;
    best = std::move(zone);
  }
  return best;
}

}  // namespace rcms::mrz
