// Lines of a registry and of questions about it: UTF-8, columns parted by tabs, no heading.
#pragma once

#include <string_view>

#include "engines/matching/person.hpp"
#include "foundation/base/result.hpp"

namespace rcms::matching {

inline constexpr std::size_t longest_line = 4096;  ///< bytes

/// id, given, surname1, surname2, birth date, sex, place, father given, father surnames, mother given, mother surnames,
/// document number. The views are parts of `line`. Refuses: field_missing (columns), too_large.
Result<PersonRow> parse_person_line(std::string_view line);

/// The data of a row as a question.
Query query_of(PersonRow const& row);

struct QuestionRow {
  std::string_view id;
  std::string_view truth;    ///< an id, or 0
  std::string_view profile;
  Query query;
};

/// query id, true id or 0, profile, errors (these three are for measuring and learning only, never for an answer), given,
/// surname1, surname2, birth date, sex, place, father given, father surnames, mother given, mother surnames. Refuses: as above.
Result<QuestionRow> parse_question_line(std::string_view line);

}  // namespace rcms::matching
