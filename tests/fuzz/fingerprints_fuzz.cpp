// Any bytes as a template or as the minutiae of a card: refused, or read, written, compared and ranked without touching what is
// outside.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engines/fingerprints/hands.hpp"
#include "engines/fingerprints/invented.hpp"
#include "engines/fingerprints/reading.hpp"
#include "engines/fingerprints/writing.hpp"

using namespace rcms::fingerprints;

namespace {

void compare(Template const& read) {
  static Hands const known = hands_of("A", {1450, 1950, {print_of(invent_finger(1), 1), print_of(invent_finger(2), 1)}});
  static Comparer comparer;
  constexpr std::size_t most_views = 3;
  auto few = read;
  if (few.views.size() > most_views) few.views.resize(most_views);
  auto const asked = hands_of("", few);
  auto const ranked = rank_few(comparer, asked, std::span(&known, 1));
  if (ranked.size() != 1 || ranked.front().posterior_ppm > 1'000'000) std::abort();
  for (auto const& finger : asked.fingers) {
    auto const found = comparer.compare(finger, finger);
    if (found.matched > finger.minutiae.size()) std::abort();
    (void)comparer.sift(finger, known.fingers.front());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::span const bytes(data, size);
  if (auto const read = read_template(bytes)) {
    // A record of another resolution is written at 500 dpi; what is written can be read.
    if (!read_template(write_template(*read))) std::abort();
    compare(*read);
  }
  for (auto const format : {CardFormat::normal, CardFormat::compact})
    if (auto const read = read_card(bytes, format)) compare(*read);
  return 0;
}
