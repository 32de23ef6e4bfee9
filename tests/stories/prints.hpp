// Invented fingerprints of the stories: the applicant's, and those that the registry of three holds.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engines/fingerprints/invented.hpp"
#include "engines/fingerprints/writing.hpp"

namespace rcms::stories {

/// One print of each finger, from the right index on; `number` is which print of the same fingers.
inline fingerprints::Template invented_prints(std::vector<std::uint64_t> const& fingers, std::uint64_t number) {
  fingerprints::Template made{1450, 1950, {}};
  for (std::size_t at = 0; at < fingers.size(); ++at) {
    made.views.push_back(
        fingerprints::print_of(fingerprints::invent_finger(fingers[at]), fingers[at] * 100 + number, {.poor_percent = 0}));
    made.views.back().position = static_cast<fingerprints::FingerPosition>(at + 2);
  }
  return made;
}

inline fingerprints::Template prints_of_applicant() { return invented_prints({11, 12}, 1); }

/// By citizen: the applicant is U-1, U-2 her sister.
inline std::map<std::string, fingerprints::Template> prints_of_registry() {
  return {{"U-1", invented_prints({11, 12}, 2)}, {"U-2", invented_prints({21, 22}, 2)}};
}

/// The file that is given: `whole`, `cut` at its end, or `none` at all.
inline std::vector<std::uint8_t> prints_file(std::string const& kind) {
  if (kind == "none") return {'n', 'o', 'n', 'e'};
  auto bytes = fingerprints::write_template(prints_of_applicant());
  if (kind == "cut") bytes.resize(bytes.size() - 10);
  return bytes;
}

}  // namespace rcms::stories
