// What a verifier sees of a search: candidates with every component beside the registry's value.
#pragma once

#include <string>
#include <vector>

#include "capabilities/registry/citizen.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::registry {

struct CitizenComponentView {
  std::string component;  ///< given, surname1, surname2, birth, sex, place, document
  std::string asked;
  std::string recorded;
  Agreement agreement = Agreement::one_missing;
  std::int64_t points = 0;
};
RCMS_VIEW(CitizenComponentView, component, asked, recorded, agreement, points)

struct CitizenCandidateView {
  CitizenId id;
  std::string given;
  std::string surname1;
  std::string surname2;
  Date birth;
  std::string sex;
  std::string place;
  std::string place_name;
  std::string father;
  std::string mother;
  std::string document;
  std::int64_t points = 0;
  std::vector<CitizenComponentView> components;
};
RCMS_VIEW(CitizenCandidateView, id, given, surname1, surname2, birth, sex, place, place_name, father, mother, document, points,
          components)

struct CitizenSearchView {
  std::vector<CitizenCandidateView> items;
  bool truncated = false;
  std::vector<std::string> tried;
};
RCMS_VIEW(CitizenSearchView, items, truncated, tried)

CitizenSearchView view_of(Found const& found);

}  // namespace rcms::registry
