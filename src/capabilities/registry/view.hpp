// What a verifier sees of a search, and what an administrator sees of the connection.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/registry/answer.hpp"
#include "capabilities/registry/place.hpp"
#include "capabilities/registry/registries.hpp"
#include "foundation/http/describe.hpp"

namespace rcms::registry {

/// One line of the explanation: what was asked, what the registry holds, which rule fired and what that weighs.
struct ReasonView {
  std::string part;   ///< label "registry.part.<part>"
  std::string rule;   ///< label "registry.rule.<rule>"
  std::string asked;
  std::string held;
  double bits = 0;              ///< for the person against somebody unrelated; negative is against
  double against_relative = 0;  ///< for the person against a relative
  std::int64_t one_in = 0;      ///< how rare the agreement is; 0 where it does not apply
};
RCMS_VIEW(ReasonView, part, rule, asked, held, bits, against_relative, one_in)

/// One finger that both have.
struct FingerView {
  std::string finger;  ///< label "registry.finger.<finger>"
  double bits = 0;
  std::int64_t matched = 0;    ///< minutiae that lie upon each other
  std::int64_t unmatched = 0;
};
RCMS_VIEW(FingerView, finger, bits, matched, unmatched)

/// What the prints of the applicant weigh for a candidate; a line of its own beside the reasons of the names.
struct PrintsView {
  std::string rule;  ///< label "registry.rule.<rule>": prints_not_held, prints_no_finger, prints_one_finger, prints_agree,
                     ///< prints_differ, prints_unclear
  double bits = 0;   ///< what is counted; part of the candidate's bits
  std::vector<FingerView> fingers;
  double names_probability = 0;   ///< 0 to 1, of the names alone
  std::string names_band;
  bool needs_second = false;  ///< a confirmation would rest on the prints: a second person looks
};
RCMS_VIEW(PrintsView, rule, bits, fingers, names_probability, names_band, needs_second)

struct CandidateView {
  std::string id;
  std::string given;
  std::string surname;                ///< both surnames
  std::optional<std::string> latin;   ///< the names as they are compared, when they are in another script
  std::string birth;
  std::string sex;
  std::string place;                  ///< its name, or the code where the list of places does not hold it
  std::optional<std::string> place_code;
  std::optional<std::string> region;
  std::string father;
  std::string mother;
  std::optional<std::string> document;
  double bits = 0;         ///< the weight of evidence against the stronger rival
  double probability = 0;  ///< 0 to 1, among all candidates and nobody
  std::string band;        ///< proposed, to_review, not_found
  bool may_be_relative = false;
  std::vector<ReasonView> reasons;  ///< counter-evidence first
  std::optional<PrintsView> prints;
};
RCMS_VIEW(CandidateView, id, given, surname, latin, birth, sex, place, place_code, region, father, mother, document, bits,
          probability, band, may_be_relative, reasons, prints)

struct CitizenSearchView {
  std::vector<CandidateView> items;
  std::string band;
  double margin_bits = 0;          ///< of the first before the second
  bool truncated = false;          ///< not everybody could be compared: add the year of birth or a second surname
  std::int64_t compared = 0;
  std::int64_t persons = 0;        ///< in the registry
  std::vector<std::string> tried;  ///< combinations; label "registry.key.<key>"
  std::vector<std::string> left_out;
  std::string model;
  std::optional<Instant> data_as_of;
  std::string fingerprint;  ///< names this answer in a decision
  std::int64_t print_fingers = 0;  ///< prints of the applicant that were compared; 0: names alone
};
RCMS_VIEW(CitizenSearchView, items, band, margin_bits, truncated, compared, persons, tried, left_out, model, data_as_of,
          fingerprint, print_fingers)

/// What a verifier needs to know of the connection.
struct RegistryView {
  std::string condition;  ///< none, waiting, working, old, down
  std::optional<Instant> since;
  std::optional<Instant> data_as_of;
  std::int64_t persons = 0;
  bool can_search = false;
};
RCMS_VIEW(RegistryView, condition, since, data_as_of, persons, can_search)

struct LineDefectView {
  std::int64_t line = 0;
  std::string what;
};
RCMS_VIEW(LineDefectView, line, what)

/// Settings and health, for the administration of the State.
struct RegistrySourceView {
  std::string kind;
  std::string address;
  std::string view;
  int refresh_hours = 24;
  int old_after_days = 7;
  bool accept_smaller = false;
  std::string folder;                  ///< where tables are put
  std::vector<std::string> hosts;      ///< which the operator of the node allows
  std::string condition;
  std::optional<Instant> since;
  std::optional<Instant> looked_at;
  std::optional<Instant> data_as_of;
  std::int64_t persons = 0;
  std::int64_t left_out = 0;
  std::vector<LineDefectView> defects;  ///< the first hundred
  std::optional<std::string> problem;   ///< label "registry.problem.<problem>"
  std::string problem_detail;
  std::int64_t revision = 0;
};
RCMS_VIEW(RegistrySourceView, kind, address, view, refresh_hours, old_after_days, accept_smaller, folder, hosts, condition, since,
          looked_at, data_as_of, persons, left_out, defects, problem, problem_detail, revision)

struct KnownPlaceView {
  std::string code;
  std::string name;
  std::string region;
  std::optional<int> x;  ///< 0 west to 1000 east
  std::optional<int> y;  ///< 0 north to 1000 south
};
RCMS_VIEW(KnownPlaceView, code, name, region, x, y)

CitizenSearchView view_of(Question const& question, Found const& found, Places const& places);
RegistryView view_of(State const& state);
/// `say` gives the sentence of a defect in the language of the viewer.
RegistrySourceView source_view_of(Registries& registries, PartyId const& party, State const& state,
                                  std::function<std::string(std::string const&)> const& say);

}  // namespace rcms::registry
