#include "capabilities/identification/view.hpp"

#include <boost/json.hpp>

namespace rcms::identification {

namespace {

template <std::size_t size>
std::string text_of(std::optional<http::Text<size>> const& text) {
  return text ? text->value : std::string();
}

}  // namespace

OpinionInput opinion_of(IdentificationInput const& input) {
  return {input.outcome.value, text_of(input.citizen), input.reason ? input.reason->value : std::string()};
}

std::vector<SearchSeen> searches_of(IdentificationInput const& input) {
  std::vector<SearchSeen> searches;
  for (auto const& one : input.searches) {
    auto const& asked = one.question;
    searches.push_back({{.given = text_of(asked.given),
                         .surnames = text_of(asked.surname),
                         .birth = text_of(asked.birth),
                         .sex = text_of(asked.sex),
                         .place = text_of(asked.place),
                         .father_given = text_of(asked.father_given),
                         .father_surnames = text_of(asked.father_surname),
                         .mother_given = text_of(asked.mother_given),
                         .mother_surnames = text_of(asked.mother_surname),
                         .document = text_of(asked.document)},
                        one.fingerprint.value, one.prints.value_or(false)});
  }
  return searches;
}

IdentificationView view_of(Context const& context, access::Viewer const& viewer, Identification const& one) {
  auto const name = [&](UserId const& user) { return context.directory.user_name(viewer.party, user); };
  IdentificationView view;
  view.id = one.id;
  view.state = one.state;
  view.outcome = one.outcome;
  if (!one.citizen.empty()) view.citizen = one.citizen;
  view.reason = one.reason;
  view.answers = boost::json::parse(one.answers);
  view.model = one.model;
  view.first_by = name(one.first_by);
  view.first_at = one.first_at;
  if (!one.second_by.empty()) view.second_by = name(one.second_by);
  view.second_at = one.second_at;
  view.second_reason = one.second_reason;
  view.may_second = one.state == "waiting" && one.first_by != viewer.user && viewer.may("task.complete");
  return view;
}

}  // namespace rcms::identification
