// A row of the population registry, what is asked of it, and what it answers. Plain data; comparing is in rules.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/enum.hpp>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::registry {

using CitizenId = Id<struct CitizenTag>;

/// A citizen as the civil registry holds them.
struct Citizen {
  CitizenId id;
  std::string given;
  std::string surname1;
  std::string surname2;  ///< empty when there is none
  Date birth;
  std::string sex;  ///< F, M or X
  std::string place;       ///< code of the place of registration
  std::string place_name;
  std::string father;    ///< full name, empty when not registered
  std::string mother;
  std::string document;  ///< number of the identity document, empty when none was issued

  friend bool operator==(Citizen const&, Citizen const&) = default;
};

/// What is known of the person who is searched; everything may be empty, but see `check_query`.
struct CitizenQuery {
  std::string given;
  std::string surnames;  ///< one or two surnames, in the order given
  std::optional<PartialDate> birth;
  std::string sex;  ///< F, M, X or empty
  std::string place;  ///< code or name
  std::string document;
};

/// How a component of the query agrees with the registry.
BOOST_DEFINE_ENUM_CLASS(Agreement,
                        same,              // letter by letter in the search form
                        part,              // one of several given names, or one begins with the other
                        exchanged,         // surnames in the other order; day and month exchanged
                        near,              // the parts of the date that are given agree, or the year is one off
                        one_missing,       // asked or recorded, not both
                        differs)

/// One line of the explanation.
struct Component {
  std::string name;  ///< given, surname1, surname2, birth, sex, place, document
  std::string asked;
  std::string recorded;
  Agreement agreement = Agreement::one_missing;
  int points = 0;
  int most = 0;  ///< points when it is the same; 0 when nothing was asked

  friend bool operator==(Component const&, Component const&) = default;
};

struct Candidate {
  Citizen citizen;
  std::vector<Component> components;
  int points = 0;  ///< sum over the components
  int most = 0;    ///< points of somebody who agrees in all that was asked
};

/// The answer to a query, best first.
struct Found {
  std::vector<Candidate> candidates;
  bool truncated = false;           ///< a path found more than it may read: add the year of birth or a second surname
  std::vector<std::string> tried;  ///< the index paths that were searched
};

}  // namespace rcms::registry
