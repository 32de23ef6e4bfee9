#include "capabilities/travel_documents/guilloche.hpp"

#include <algorithm>
#include <cmath>

#include "foundation/base/hash.hpp"

namespace rcms::travel_documents {
namespace {

constexpr double turn = 2 * M_PI;

/// Numbers from 0 to 1 that follow from the seed alone.
class Numbers {
 public:
  explicit Numbers(std::string_view seed) : bytes_(sha256(seed)) {}
  double next() {
    at_ = (at_ + 1) % bytes_.size();
    return bytes_[at_] / 255.0;
  }

 private:
  Bytes bytes_;
  std::size_t at_ = 0;
};

Colour mixed(Colour const& first, Colour const& second, double share) {
  auto mix = [share](double a, double b) { return a + (b - a) * share; };
  return {mix(first.red, second.red), mix(first.green, second.green), mix(first.blue, second.blue),
          mix(first.opacity, second.opacity)};
}

}  // namespace

void draw_waves(Canvas& canvas, Area const& area, std::string_view seed, Colour const& first, Colour const& second) {
  Numbers numbers(seed);
  canvas.clip(area.x, area.y, area.width, area.height);
  double phase = turn * numbers.next();
  double cycles = 2.6 + 0.8 * numbers.next();
  double swell = 1.2 + 0.6 * numbers.next();
  constexpr double distance_mm = 4.3;
  int lines = static_cast<int>(area.height / distance_mm) + 6;
  // Two families of waves that run against each other make a lattice whose meshes change over the page.
  for (int family = 0; family < 2; ++family) {
    double sign = family == 0 ? 1 : -1;
    for (int line = -3; line < lines; ++line) {
      double share = static_cast<double>(line) / lines;
      double swing = 5.5 + 3.0 * std::sin(turn * swell * share + phase);
      std::vector<Point> points;
      int steps = static_cast<int>(cycles * 5);
      for (int i = 0; i <= steps; ++i) {
        double t = static_cast<double>(i) / steps;
        points.push_back({area.x + t * area.width,
                          area.y + line * distance_mm + sign * swing * std::sin(turn * cycles * t + phase + 2.4 * share)});
      }
      canvas.curve(points, {mixed(first, second, 0.5 + 0.5 * std::sin(turn * share * 1.5 + family)), 0.09});
    }
  }
  canvas.unclip();
}

void draw_rosette(Canvas& canvas, Point centre, double radius_mm, std::string_view seed, Colour const& colour) {
  Numbers numbers(seed);
  int petals = 10 + static_cast<int>(numbers.next() * 5);
  double width = std::clamp(radius_mm / 300, 0.07, 0.14);
  int strands = radius_mm > 30 ? 8 : 5;
  for (int band = 0; band < 3; ++band) {
    double middle = radius_mm * (0.80 - 0.27 * band);
    double depth = radius_mm * (0.19 - 0.045 * band);
    int waves = petals - 2 * band;
    for (int strand = 0; strand < strands; ++strand) {
      std::vector<Point> points;
      int steps = waves * 5;
      for (int i = 0; i < steps; ++i) {
        double angle = turn * i / steps;
        double radius = middle + depth * std::sin(waves * angle + strand * turn / strands);
        points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
      }
      canvas.curve(points, {colour, width}, true);
    }
  }
}

void draw_border(Canvas& canvas, Area const& area, std::string_view seed, Colour const& colour) {
  Numbers numbers(seed);
  double phase = turn * numbers.next();
  auto side = [&](Point from, Point to, double length) {
    double dx = (to.x - from.x) / length;
    double dy = (to.y - from.y) / length;
    double cycles = std::round(length / 9.0);
    for (int strand = 0; strand < 3; ++strand) {
      std::vector<Point> points;
      int steps = static_cast<int>(cycles) * 4;
      for (int i = 0; i <= steps; ++i) {
        double along = length * i / steps;
        double off = 1.35 * std::sin(turn * cycles * i / steps + strand * turn / 3 + phase);
        points.push_back({from.x + dx * along - dy * off, from.y + dy * along + dx * off});
      }
      canvas.curve(points, {colour, 0.14});
    }
  };
  double right = area.x + area.width;
  double bottom = area.y + area.height;
  side({area.x, area.y}, {right, area.y}, area.width);
  side({right, area.y}, {right, bottom}, area.height);
  side({right, bottom}, {area.x, bottom}, area.width);
  side({area.x, bottom}, {area.x, area.y}, area.height);
}

}  // namespace rcms::travel_documents
