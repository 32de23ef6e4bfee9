// What happens to the data of a person between the registry and an application: misspelt, left out, exchanged, estimated.
#pragma once

#include <string>

#include "capabilities/registry/invented.hpp"

namespace rcms::registry {

/// What is said of a person.
struct Said {
  std::string given, surname1, surname2, birth, sex, place, father_given, father_surnames, mother_given, mother_surnames;
};

/// One letter more, less, other, or two exchanged.
std::string misspelt(std::string name, Dice& dice);
/// One change of sound that a clerk makes who hears the name.
std::string as_heard(std::string name, Dice& dice);

/// Makes `errors` different changes; each is of a kind that has not been made yet.
void damage(Said& said, int errors, Dice& dice);

}  // namespace rcms::registry
