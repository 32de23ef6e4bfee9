// What a verifier sees of a search: candidates with every component beside the registry's value.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/registry/citizen.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::registry {

struct ComponentView {
  std::string component;  ///< given, surname1, surname2, birth, sex, place, document
  std::string asked;
  std::string found;   ///< the registry's value
  double score = 0;    ///< 0 to 1: how much this component agrees
  std::string reason;  ///< key of a label: "registry.exchanged"
};
RCMS_VIEW(ComponentView, component, asked, found, score, reason)

struct CandidateView {
  CitizenId id;
  std::string given;
  std::string surname;  ///< both surnames
  std::optional<std::string> name_original;
  Date birth;
  std::string sex;
  std::string place;
  std::string father;
  std::string mother;
  std::optional<std::string> document;
  std::optional<std::string> portrait;
  double score = 0;  ///< 0 to 1: the share of the points that somebody reaches who agrees in all that was asked
  std::vector<ComponentView> components;  ///< what was asked; what differs most comes first
};
RCMS_VIEW(CandidateView, id, given, surname, name_original, birth, sex, place, father, mother, document, portrait, score,
          components)

struct CitizenSearchView {
  std::vector<CandidateView> items;
  bool truncated = false;          ///< there are more: add the year of birth or a second surname
  std::vector<std::string> tried;  ///< which paths of the index were searched
};
RCMS_VIEW(CitizenSearchView, items, truncated, tried)

CitizenSearchView view_of(Found const& found);

}  // namespace rcms::registry
