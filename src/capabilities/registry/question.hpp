// What a verifier asks the population registry, as text, and how it becomes a question of the engine. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <boost/json/object.hpp>

#include "capabilities/registry/place.hpp"
#include "engines/matching/person.hpp"
#include "foundation/base/result.hpp"

namespace rcms::registry {

/// What is known of the person who is searched; everything may be empty, but see `check_question`.
struct Question {
  std::string given;
  std::string surnames;  ///< one or two, in the order given
  std::string birth;     ///< `yyyy-mm-dd`, `yyyy-mm`, `yyyy` or empty
  std::string sex;       ///< F, M, X or empty
  std::string place;     ///< code or name
  std::string father_given;
  std::string father_surnames;
  std::string mother_given;
  std::string mother_surnames;
  std::string document;

  friend bool operator==(Question const&, Question const&) = default;
};

/// Every part by its name, as in `part_names`; what is empty is left out.
boost::json::object json_of(Question const& question);
/// The question of which `json_of` made this; unknown members are passed over.
Question read_question(boost::json::object const& object);

/// Splits "De la Cruz Hernández" into its first and second surname; particles stay with the word that they precede.
std::pair<std::string, std::string> split_surnames(std::string const& surnames);

/// Splits a whole name as it is written in Spanish: of two names one is a surname, of three two, of more the last two.
/// A proposal for a form, which a person corrects.
std::pair<std::string, std::string> split_full_name(std::string const& name);

/// Every defect: field_invalid (characters, date, sex), field_too_long (200 letters), field_missing (neither a name nor a birth
/// date nor a document).
Findings check_question(Question const& question);

/// A question as the engine takes it, and which parts it cannot use.
struct Asked {
  matching::Query query;
  std::vector<std::string> left_out;  ///< "place": the State's list of places does not hold it
};
Asked ask(Question const& question, Places const& places);

/// The value of the question that belongs to a part of the explanation.
std::string asked_of(Question const& question, matching::Part part);

}  // namespace rcms::registry
