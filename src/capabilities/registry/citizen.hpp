// An invented citizen, as a civil registry would hold them. For the demo, the samples, tests and benchmarks.
#pragma once

#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::registry {

using CitizenId = Id<struct CitizenTag>;

struct Citizen {
  CitizenId id;
  std::string given;
  std::string surname1;
  std::string surname2;  ///< empty when there is none
  Date birth;
  std::string sex;         ///< F or M
  std::string place;       ///< code of the place of registration
  std::string place_name;
  std::string father;  ///< full name, empty when not registered
  std::string mother;
  std::string document;  ///< number of the identity document, empty when none was issued
  std::string father_given;
  std::string father_surnames;
  std::string mother_given;
  std::string mother_surnames;

  friend bool operator==(Citizen const&, Citizen const&) = default;
};

}  // namespace rcms::registry
