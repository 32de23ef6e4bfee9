#include "capabilities/registry/view.hpp"

namespace rcms::registry {

CitizenSearchView view_of(Found const& found) {
  CitizenSearchView view;
  view.truncated = found.truncated;
  view.tried = found.tried;
  for (auto const& candidate : found.candidates) {
    auto const& who = candidate.citizen;
    CitizenCandidateView one{who.id,    who.given,      who.surname1, who.surname2, who.birth,    who.sex,         who.place,
                             who.place_name, who.father, who.mother,   who.document, candidate.points, {}};
    for (auto const& component : candidate.components)
      one.components.push_back(
          {component.name, component.asked, component.recorded, component.agreement, component.points});
    view.items.push_back(std::move(one));
  }
  return view;
}

}  // namespace rcms::registry
