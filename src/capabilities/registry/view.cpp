#include "capabilities/registry/view.hpp"

#include <algorithm>
#include <string_view>

#include <boost/describe/enum_to_string.hpp>

#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

double share(int points, int most) { return most <= 0 ? 0 : std::clamp(static_cast<double>(points) / most, 0.0, 1.0); }

std::optional<std::string> text_or_nothing(std::string const& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string reason_of(Agreement agreement) {
  return std::string("registry.") + boost::describe::enum_to_string(agreement, "differs");
}

CandidateView view_of(Candidate const& candidate) {
  auto const& who = candidate.citizen;
  CandidateView view;
  view.id = who.id;
  view.given = who.given;
  view.surname = tidy_text(who.surname1 + " " + who.surname2);
  view.birth = who.birth;
  view.sex = who.sex;
  view.place = who.place_name;
  view.father = who.father;
  view.mother = who.mother;
  view.document = text_or_nothing(who.document);
  view.score = share(candidate.points, candidate.most);
  for (auto const& one : candidate.components)
    if (one.most > 0)
      view.components.push_back(
          {one.name, one.asked, one.recorded, share(one.points, one.most), reason_of(one.agreement)});
  std::stable_sort(view.components.begin(), view.components.end(),
                   [](auto const& left, auto const& right) { return left.score < right.score; });
  return view;
}

}  // namespace

CitizenSearchView view_of(Found const& found) {
  CitizenSearchView view;
  view.truncated = found.truncated;
  view.tried = found.tried;
  for (auto const& candidate : found.candidates) view.items.push_back(view_of(candidate));
  return view;
}

}  // namespace rcms::registry
