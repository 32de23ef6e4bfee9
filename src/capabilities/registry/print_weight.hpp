// What the prints of an applicant weigh for each candidate that the names found, and what both say together. Pure.
#pragma once

#include <map>
#include <string>

#include "capabilities/registry/answer.hpp"
#include "engines/fingerprints/template.hpp"

namespace rcms::registry {

/// Version of how prints are compared and weighed; kept with every decision.
inline constexpr std::string_view print_model = "prints-1";
/// Nobody has measured more than 12 bits a finger (engines/fingerprints); one finger alone counts half of that, all of a person
/// together what a nation of a million needs.
inline constexpr matching::MilliBits most_of_one_finger = 6'000;
inline constexpr matching::MilliBits most_of_prints = 20'000;
/// From here on prints speak against somebody whom the names propose.
inline constexpr matching::MilliBits prints_contradict = -3'000;

/// Compares the prints of the applicant with those the registry holds (by citizen) and adds what they weigh to the names:
/// posterior, order, margin and bands are those of both together. Prints alone propose nobody: for that the names must find the
/// person worth a look, two fingers must have been compared, and no relative may be as likely. One finger never raises a
/// relative.
void weigh_prints(Found& found, fingerprints::Template const& applicant,
                  std::map<std::string, fingerprints::Template> const& held);

/// Whether a confirmation of this candidate rests on prints that the names do not carry: then a second person looks.
bool rests_on_prints(Candidate const& candidate);

}  // namespace rcms::registry
