// How well prints of one finger are told from those of others, and how fast: fingerprints_bench [FOLDER...], each with templates
// named FINGER_PRINT.iso (FVC: 101_1.iso); without a folder, invented ones. Times are processor time of one thread.
#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "engines/fingerprints/compare.hpp"
#include "engines/fingerprints/invented.hpp"
#include "engines/fingerprints/reading.hpp"

using namespace rcms::fingerprints;

namespace {

struct Print {
  std::string finger;
  Finger ready;
};

double processor_us() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

std::vector<Print> read_prints(std::filesystem::path const& folder) {
  std::vector<std::filesystem::path> files;
  for (auto const& one : std::filesystem::directory_iterator(folder)) files.push_back(one.path());
  std::sort(files.begin(), files.end());
  std::vector<Print> prints;
  for (auto const& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::vector<std::uint8_t> const bytes{std::istreambuf_iterator<char>(in), {}};
    auto const read = read_template(bytes);
    if (!read) {
      fmt::print("{}: {}\n", file.string(), read.error().detail);
      continue;
    }
    auto const name = file.stem().string();
    for (auto const& view : read->views) prints.push_back({name.substr(0, name.find('_')), finger_of(view)});
  }
  return prints;
}

std::vector<Print> invent_prints() {
  std::vector<Print> prints;
  for (std::uint64_t finger = 1; finger <= 60; ++finger)
    for (std::uint64_t print = 0; print < 8; ++print)
      prints.push_back({std::to_string(finger), finger_of(print_of(invent_finger(finger), finger * 100 + print))});
  return prints;
}

/// Scores of prints of one finger, of different ones.
struct Scores {
  std::vector<std::int32_t> same, other;
  double us = 0;

  double missed_at(double falsely) const {
    auto const limit = other[static_cast<std::size_t>(falsely * static_cast<double>(other.size()))];
    auto const missed = std::upper_bound(same.begin(), same.end(), limit) - same.begin();
    return static_cast<double>(missed) / static_cast<double>(same.size());
  }
  double equal_error() const {
    double least = 1, error = 1;
    for (std::size_t at = 0; at < other.size(); ++at) {
      auto const falsely = static_cast<double>(at) / static_cast<double>(other.size());
      auto const missed = missed_at(falsely);
      if (std::max(falsely, missed) - std::min(falsely, missed) >= least) continue;
      least = std::max(falsely, missed) - std::min(falsely, missed);
      error = (falsely + missed) / 2;
    }
    return error;
  }
};

template <class Score>
Scores score_all(std::vector<Print> const& prints, Score const& score) {
  Scores scores;
  auto const start = processor_us();
  for (std::size_t one = 0; one < prints.size(); ++one)
    for (std::size_t two = one + 1; two < prints.size(); ++two)
      (prints[one].finger == prints[two].finger ? scores.same : scores.other)
          .push_back(score(prints[one].ready, prints[two].ready));
  scores.us = (processor_us() - start) / static_cast<double>(scores.same.size() + scores.other.size());
  std::sort(scores.same.begin(), scores.same.end());
  std::sort(scores.other.rbegin(), scores.other.rend());
  return scores;
}

void measure(std::string const& name, std::vector<Print> const& prints) {
  if (prints.size() < 4) return;
  Comparer comparer;
  double minutiae = 0, matched = 0, unmatched = 0, pairs = 0;
  for (auto const& one : prints) minutiae += static_cast<double>(one.ready.minutiae.size());
  auto const whole =
      score_all(prints, [&](Finger const& left, Finger const& right) { return comparer.compare(left, right).score; });
  for (std::size_t one = 0; one < prints.size(); ++one)
    for (std::size_t two = one + 1; two < prints.size() && prints[two].finger == prints[one].finger; ++two, ++pairs) {
      auto const found = comparer.compare(prints[one].ready, prints[two].ready);
      matched += found.matched, unmatched += found.unmatched;
    }
  auto const sifted = score_all(prints, [&](Finger const& left, Finger const& right) { return comparer.sift(left, right); });
  fmt::print("{}: {} prints of {:.1f} minutiae; of one finger {} pairs, {:.1f} matched and {:.1f} not; of different ones {}\n",
             name, prints.size(), minutiae / static_cast<double>(prints.size()), whole.same.size(), matched / pairs,
             unmatched / pairs, whole.other.size());
  for (auto const& [stage, scores] : {std::pair{"compared", &whole}, std::pair{"sifted", &sifted}})
    fmt::print("  {:8}  EER {:5.2f} %   missed at 1 % {:5.1f} %, at 0.1 % {:5.1f} %   {:.1f} µs, {:.0f} a second\n", stage,
               100 * scores->equal_error(), 100 * scores->missed_at(.01), 100 * scores->missed_at(.001), scores->us,
               1e6 / scores->us);
}

}  // namespace

int main(int count, char** arguments) {
  fmt::print("bits are counted by {}\n", counting_ways().front().name);
  for (int at = 1; at < count; ++at) measure(arguments[at], read_prints(arguments[at]));
  if (count == 1) measure("invented", invent_prints());
}
