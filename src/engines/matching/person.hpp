// A person of a registry and a question about one, as text; and the answer. Plain data.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rcms::matching {

/// Hundredfold and exact: a thousandth of a bit of evidence.
using MilliBits = std::int32_t;

/// A row of a registry, not yet interpreted. The views belong to whoever read the row.
struct PersonRow {
  std::string_view id;
  std::string_view given;
  std::string_view surname1;
  std::string_view surname2;
  std::string_view birth;  ///< `yyyy-mm-dd`, `yyyy` or empty
  std::string_view sex;    ///< M, F, X, U or empty
  std::string_view place;
  std::string_view father_given;
  std::string_view father_surnames;
  std::string_view mother_given;
  std::string_view mother_surnames;
  std::string_view document;
};

/// What is known of the person that is looked for. Everything may be empty; what is empty neither speaks for nor against anybody.
struct Query {
  std::string given;
  std::string surname1;
  std::string surname2;
  std::string birth;  ///< `yyyy-mm-dd`, `yyyy-mm`, `yyyy` or empty
  std::string sex;
  std::string place;
  std::string father_given;
  std::string father_surnames;
  std::string mother_given;
  std::string mother_surnames;
  std::string document;
};

/// What is compared. The order is the order of the explanation.
enum class Part : std::uint8_t {
  given,
  surname1,
  surname2,
  birth,
  sex,
  place,
  father_given,
  father_surnames,
  mother_given,
  mother_surnames,
  document,
};
inline constexpr int parts_count = 11;

/// How a part of the question and of the registry are alike; the name of the rule that fired.
enum class Rule : std::uint8_t {
  not_compared,     ///< one side says nothing
  same,
  same_sound,       ///< B/V, S/Z/C, H …
  other_script,     ///< the same consonants in another script
  known_alias,      ///< a short form or abbreviation
  one_letter,       ///< one letter more, less, other, or two exchanged
  two_letters,      ///< two letters, or other vowels
  initial,          ///< only the first letter is given
  some_names,       ///< one side has fewer names, the others agree
  one_of_several,   ///< one name agrees, another differs
  exchanged,        ///< it stands where the other surname, or the given name, should
  day_month,        ///< day and month exchanged
  estimated,        ///< 1 January or the year alone: the year agrees
  part_of_date,     ///< two of day, month and year agree
  near_year,        ///< the year is one or two off
  same_region,      ///< the first digits of the place agree
  already_counted,  ///< agrees, but follows from another part
  differs,
};

std::string_view name_of(Part part);
std::string_view name_of(Rule rule);

/// One line of an explanation.
struct Reason {
  Part part = Part::given;
  Rule rule = Rule::not_compared;
  MilliBits bits = 0;           ///< for the same person against somebody unrelated
  MilliBits against_relative = 0;  ///< for the same person against a relative
  std::uint32_t one_in = 0;     ///< how rare the agreement is: one in so many; 0 where it does not apply
};

enum class Band : std::uint8_t { proposed, to_review, not_found };
std::string_view name_of(Band band);

struct Candidate {
  std::string id;
  std::uint32_t position = 0;   ///< in the segment that holds it
  std::uint32_t segment = 0;
  MilliBits score = 0;          ///< against the stronger of the two rivals: somebody unrelated, a relative
  MilliBits random_bits = 0;
  MilliBits relative_bits = 0;
  std::uint32_t posterior_ppm = 0;
  Band band = Band::not_found;
  bool may_be_relative = false;  ///< a relative explains this candidate better than the person
  std::vector<Reason> reasons;   ///< those with something to say, counter-evidence first
};

struct Answer {
  std::vector<Candidate> candidates;  ///< best first
  Band band = Band::not_found;
  MilliBits margin = 0;               ///< of the first before the second; 0 when there is no first
  bool truncated = false;             ///< the work ended before everything was seen: add the year of birth or a second surname
  std::uint32_t looked_at = 0;        ///< persons compared
  std::vector<std::string> tried;     ///< names of the keys that were searched
};

}  // namespace rcms::matching
