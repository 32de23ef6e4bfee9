#include "capabilities/registry/view.hpp"

#include <array>

#include "capabilities/registry/print_weight.hpp"
#include "engines/matching/text_form.hpp"
#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr double millibits_of_a_bit = 1000;

std::optional<std::string> text_or_nothing(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// The tokens that are compared, when the name is not written in Latin letters.
std::optional<std::string> latin_of(Registered const& person) {
  auto const name = person.given + " " + person.surname1 + " " + person.surname2;
  if (is_latin(name)) return std::nullopt;
  auto tokens = matching::tokens_of(person.given, matching::FieldKind::given);
  for (auto const* surname : {&person.surname1, &person.surname2})
    for (auto& token : matching::tokens_of(*surname, matching::FieldKind::surname)) tokens.push_back(std::move(token));
  return text_or_nothing(upper_ascii(join(tokens, " ")));
}

constexpr std::array<char const*, 11> finger_names = {"unknown",     "right_thumb",  "right_index", "right_middle",
                                                      "right_ring",  "right_little", "left_thumb",  "left_index",
                                                      "left_middle", "left_ring",    "left_little"};

/// In one word what the prints say; half a bit either way says nothing.
std::string rule_of(PrintEvidence const& prints) {
  constexpr matching::MilliBits clear = 500;
  if (!prints.is_held) return "prints_not_held";
  if (prints.fingers.empty()) return "prints_no_finger";
  if (prints.evidence < -clear) return "prints_differ";
  if (prints.evidence < clear) return "prints_unclear";
  return prints.fingers.size() == 1 ? "prints_one_finger" : "prints_agree";
}

PrintsView view_of(Candidate const& candidate, PrintEvidence const& prints) {
  PrintsView view;
  view.rule = rule_of(prints);
  view.bits = prints.evidence / millibits_of_a_bit;
  for (auto const& one : prints.fingers) {
    view.fingers.push_back({finger_names.at(static_cast<std::size_t>(one.position)), one.evidence / millibits_of_a_bit,
                            one.matched, one.unmatched});
  }
  view.names_probability = prints.names_ppm / 1e6;
  view.names_band = matching::name_of(prints.names_band);
  view.needs_second = rests_on_prints(candidate);
  return view;
}

CandidateView view_of(Question const& question, Candidate const& candidate, Places const& places) {
  auto const& who = candidate.person;
  auto const* place = places.find(who.place);
  CandidateView view;
  view.id = who.id;
  view.given = who.given;
  view.surname = tidy_text(who.surname1 + " " + who.surname2);
  view.latin = latin_of(who);
  view.birth = who.birth;
  view.sex = who.sex;
  view.place = place == nullptr ? who.place : place->name;
  view.place_code = text_or_nothing(who.place);
  view.region = place == nullptr ? std::nullopt : text_or_nothing(place->region);
  view.father = tidy_text(who.father_given + " " + who.father_surnames);
  view.mother = tidy_text(who.mother_given + " " + who.mother_surnames);
  view.document = text_or_nothing(who.document);
  view.bits = candidate.score / millibits_of_a_bit;
  view.probability = candidate.posterior_ppm / 1e6;
  view.band = matching::name_of(candidate.band);
  view.may_be_relative = candidate.may_be_relative;
  if (candidate.prints) view.prints = view_of(candidate, *candidate.prints);
  for (auto const& reason : candidate.reasons) {
    auto const held = reason.part == matching::Part::place ? view.place : held_of(who, reason.part);
    view.reasons.push_back({std::string(matching::name_of(reason.part)), std::string(matching::name_of(reason.rule)),
                            asked_of(question, reason.part), held, reason.bits / millibits_of_a_bit,
                            reason.against_relative / millibits_of_a_bit, reason.one_in});
  }
  return view;
}

}  // namespace

CitizenSearchView view_of(Question const& question, Found const& found, Places const& places) {
  CitizenSearchView view;
  for (auto const& candidate : found.candidates) view.items.push_back(view_of(question, candidate, places));
  view.band = matching::name_of(found.band);
  view.margin_bits = found.margin / millibits_of_a_bit;
  view.truncated = found.truncated;
  view.compared = static_cast<std::int64_t>(found.compared);
  view.persons = static_cast<std::int64_t>(found.persons);
  view.tried = found.tried;
  view.left_out = found.left_out;
  view.model = found.model;
  view.data_as_of = found.data_as_of;
  view.fingerprint = fingerprint_of(question, found);
  view.print_fingers = found.print_fingers;
  return view;
}

RegistryView view_of(State const& state) {
  bool const answers_itself = state.source.kind == SourceKind::http_answers;
  bool const can_search = answers_itself ? state.condition != Condition::down : state.health.data_as_of.has_value();
  return {std::string(name_of(state.condition)), state.health.since, state.health.data_as_of,
          static_cast<std::int64_t>(state.health.persons), state.condition != Condition::none && can_search};
}

RegistrySourceView source_view_of(Registries& registries, PartyId const& party, State const& state,
                                  std::function<std::string(std::string const&)> const& say) {
  RegistrySourceView view;
  view.kind = name_of(state.source.kind);
  view.address = state.source.address;
  view.view = state.source.view;
  view.refresh_hours = state.source.refresh_hours;
  view.old_after_days = state.source.old_after_days;
  view.accept_smaller = state.source.accept_smaller;
  view.folder = (registries.folder_of(party) / "drop").string();
  for (auto const& host : registries.allowed_hosts()) view.hosts.push_back(host);
  view.condition = name_of(state.condition);
  view.since = state.health.since;
  view.looked_at = state.health.looked_at;
  view.data_as_of = state.health.data_as_of;
  view.persons = static_cast<std::int64_t>(state.health.persons);
  view.left_out = static_cast<std::int64_t>(state.health.left_out);
  for (auto const& one : state.health.defects) view.defects.push_back({static_cast<std::int64_t>(one.line), say(one.what)});
  view.problem = text_or_nothing(state.health.problem);
  view.problem_detail = state.health.problem_detail;
  view.revision = state.source.revision;
  return view;
}

}  // namespace rcms::registry
