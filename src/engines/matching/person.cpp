#include "engines/matching/person.hpp"

#include <array>

namespace rcms::matching {

std::string_view name_of(Part part) {
  constexpr std::array<std::string_view, parts_count> names{
      "given",           "surname1",     "surname2",        "birth",   "sex", "place", "father_given",
      "father_surnames", "mother_given", "mother_surnames", "document"};
  return names[static_cast<std::size_t>(part)];
}

std::string_view name_of(Rule rule) {
  constexpr std::array<std::string_view, 18> names{
      "not_compared", "same",       "same_sound",     "other_script", "known_alias",  "one_letter",
      "two_letters",  "initial",    "some_names",     "one_of_several", "exchanged",  "day_month",
      "estimated",    "part_of_date", "near_year",    "same_region",  "already_counted", "differs"};
  return names[static_cast<std::size_t>(rule)];
}

std::string_view name_of(Band band) {
  constexpr std::array<std::string_view, 3> names{"proposed", "to_review", "not_found"};
  return names[static_cast<std::size_t>(band)];
}

}  // namespace rcms::matching
