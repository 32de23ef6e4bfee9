// What the registry answers: candidates with their reasons, and with which data and which version of the weights. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/registry/question.hpp"
#include "engines/matching/index.hpp"
#include "engines/matching/person.hpp"
#include "foundation/base/date.hpp"

namespace rcms::registry {

/// A person as the registry writes them.
struct Registered {
  std::string id;
  std::string given;
  std::string surname1;
  std::string surname2;
  std::string birth;  ///< `yyyy-mm-dd`, `yyyy` or empty
  std::string sex;    ///< F, M, X or empty
  std::string place;  ///< code
  std::string father_given;
  std::string father_surnames;
  std::string mother_given;
  std::string mother_surnames;
  std::string document;
};

/// What the prints of the applicant weigh for a candidate, and what the names alone had said.
struct PrintEvidence {
  struct Finger {
    int position = 0;  ///< code of ISO/IEC 19794-2, 0 to 10; 0: not told
    matching::MilliBits evidence = 0;
    std::uint32_t matched = 0, unmatched = 0;
  };
  bool is_held = false;             ///< the registry holds prints of this person
  matching::MilliBits evidence = 0;  ///< what is counted of all fingers; part of the candidate's score
  std::vector<Finger> fingers;      ///< those that both have
  matching::MilliBits names_score = 0;
  std::uint32_t names_ppm = 0;      ///< posterior of the names alone
  matching::Band names_band = matching::Band::not_found;
};

struct Candidate {
  Registered person;
  matching::MilliBits score = 0;
  std::uint32_t posterior_ppm = 0;
  matching::Band band = matching::Band::not_found;
  bool may_be_relative = false;
  std::vector<matching::Reason> reasons;  ///< counter-evidence first
  std::optional<PrintEvidence> prints = {};  ///< where prints were compared
};

struct Found {
  std::vector<Candidate> candidates;  ///< best first, at most `most_candidates`
  matching::Band band = matching::Band::not_found;
  matching::MilliBits margin = 0;  ///< of the first before the second
  bool truncated = false;          ///< not everybody could be compared: add the year of birth or a second surname
  std::uint64_t compared = 0;
  std::uint64_t persons = 0;           ///< in the registry
  std::vector<std::string> tried;      ///< combinations by which was searched
  std::vector<std::string> left_out;   ///< parts of the question that could not be used
  std::string model;                   ///< version of the weights
  std::string data;                    ///< which data: as the connector names it
  std::optional<Instant> data_as_of;
  std::uint32_t print_fingers = 0;  ///< prints of the applicant that were compared; 0: names alone
};

inline constexpr std::uint32_t most_candidates = 20;

/// The value of a registered person that belongs to a part.
std::string held_of(Registered const& person, matching::Part part);

/// A person of an index as text.
Registered person_at(matching::Index const& index, std::uint32_t position);

/// Question and answer as they are kept with a decision: complete, and the same text for the same answer.
boost::json::object json_of(Question const& question, Found const& found);

/// Names an answer: who decides on it says which one they saw. 64 hexadecimal digits.
std::string fingerprint_of(Question const& question, Found const& found);

/// The form in which a registry answers by itself. Refuses: malformed (which member).
Result<Found> parse_answer(std::string const& text);

}  // namespace rcms::registry
