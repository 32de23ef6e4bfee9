#include "capabilities/registry/rules.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "foundation/base/text.hpp"

namespace rcms::registry {

namespace {

constexpr std::size_t longest_name = 200;
constexpr std::array<std::string_view, 7> particles{"DE", "DEL", "LA", "LAS", "LOS", "SAN", "SANTA"};

bool is_particle(std::string const& word) { return std::find(particles.begin(), particles.end(), word) != particles.end(); }

/// What each agreement of a component is worth.
struct Weights {
  int same;
  int part;
  int exchanged;
  int near;
  int differs;
};

constexpr Weights document_weights{60, 0, 0, 0, -10};
constexpr Weights given_weights{15, 9, 0, 0, -8};
constexpr Weights surname_weights{15, 7, 9, 0, -8};
constexpr Weights birth_weights{25, 0, 15, 8, -10};
constexpr Weights sex_weights{1, 0, 0, 0, -10};
constexpr Weights place_weights{6, 0, 0, 0, -1};

int points_of(Weights const& weights, Agreement agreement) {
  switch (agreement) {
    case Agreement::same: return weights.same;
    case Agreement::part: return weights.part;
    case Agreement::exchanged: return weights.exchanged;
    case Agreement::near: return weights.near;
    case Agreement::differs: return weights.differs;
    case Agreement::one_missing: return 0;
  }
  return 0;
}

bool begins_alike(std::string const& left, std::string const& right) {
  auto const& shorter = left.size() < right.size() ? left : right;
  auto const& longer = left.size() < right.size() ? right : left;
  return shorter.size() >= 4 && longer.starts_with(shorter);
}

Agreement compare_given(std::string const& asked, std::string const& recorded) {
  if (asked.empty() || recorded.empty()) return Agreement::one_missing;
  if (asked == recorded) return Agreement::same;
  auto const recorded_words = split(recorded, ' ');
  for (auto const& word : split(asked, ' ')) {
    if (is_particle(word)) continue;
    if (std::find(recorded_words.begin(), recorded_words.end(), word) != recorded_words.end()) return Agreement::part;
  }
  return begins_alike(asked, recorded) ? Agreement::part : Agreement::differs;
}

/// `other` is the surname of the other place, for surnames given in the other order.
Agreement compare_surname(std::string const& asked, std::string const& recorded, std::string const& other) {
  if (asked.empty()) return Agreement::one_missing;
  if (asked == recorded) return Agreement::same;
  if (asked == other) return Agreement::exchanged;
  if (recorded.empty()) return Agreement::one_missing;
  return begins_alike(asked, recorded) ? Agreement::part : Agreement::differs;
}

Agreement compare_birth(PartialDate const& asked, Date recorded) {
  if (asked.is_complete()) {
    if (asked.first() == recorded) return Agreement::same;
    if (asked.year == recorded.year() && asked.month == recorded.day() && asked.day == recorded.month())
      return Agreement::exchanged;
    // The 1 January of a year is what is written when only the year is known.
    if (asked.year == recorded.year() && asked.month == 1 && asked.day == 1) return Agreement::near;
    int const parts = (asked.year == recorded.year()) + (asked.month == recorded.month()) + (asked.day == recorded.day());
    return parts == 2 ? Agreement::near : Agreement::differs;
  }
  if (asked.year == recorded.year() && (asked.month == 0 || asked.month == recorded.month())) return Agreement::near;
  bool const year_is_one_off = asked.month == 0 && (asked.year == recorded.year() + 1 || asked.year == recorded.year() - 1);
  return year_is_one_off ? Agreement::near : Agreement::differs;
}

Agreement compare_whole(std::string const& asked, std::string const& recorded) {
  if (asked.empty() || recorded.empty()) return Agreement::one_missing;
  return asked == recorded ? Agreement::same : Agreement::differs;
}

Component component(std::string name, std::string asked, std::string recorded, Agreement agreement, Weights const& weights) {
  int const most = asked.empty() ? 0 : weights.same;
  return Component{std::move(name), std::move(asked), std::move(recorded), agreement, points_of(weights, agreement), most};
}

}  // namespace

std::pair<std::string, std::string> split_surnames(std::string const& surnames) {
  auto const tidy = tidy_text(surnames);
  std::vector<std::string> names;
  std::string open;
  for (auto const& word : split(tidy, ' ')) {
    if (word.empty()) continue;
    open += open.empty() ? word : " " + word;
    if (is_particle(search_form(word))) continue;
    names.push_back(std::move(open));
    open.clear();
  }
  if (!open.empty()) names.push_back(std::move(open));
  if (names.empty()) return {};
  std::vector<std::string> const rest(names.begin() + 1, names.end());
  return {names.front(), join(rest, " ")};
}

std::string start_of(std::string const& search_form_of_given) {
  auto const space = search_form_of_given.find(' ');
  return cut(search_form_of_given.substr(0, space), 3);
}

std::string document_form(std::string const& document) {
  std::string form;
  for (char const c : search_form(document))
    if (c != ' ') form += c;
  return form;
}

SearchKeys keys_of(CitizenQuery const& query) {
  SearchKeys keys;
  keys.given = search_form(query.given);
  keys.given_start = start_of(keys.given);
  auto const [first, second] = split_surnames(query.surnames);
  keys.surname1 = search_form(first);
  keys.surname2 = search_form(second);
  keys.document = document_form(query.document);
  if (query.birth) {
    keys.birth_year = query.birth->year;
    if (query.birth->is_complete()) keys.birth = query.birth->text();
  }
  return keys;
}

Findings check_query(CitizenQuery const& query) {
  Findings findings;
  std::array<std::pair<std::string_view, std::string const*>, 4> const texts{
      {{"given", &query.given}, {"surname", &query.surnames}, {"place", &query.place}, {"document", &query.document}}};
  for (auto const& [name, text] : texts) {
    if (!is_utf8(*text) || has_control_characters(*text))
      findings.push_back(Refused{Why::field_invalid, std::string(name), "It holds characters that no name has.", {}});
    else if (length_of(*text) > longest_name)
      findings.push_back(Refused{Why::field_too_long, std::string(name), "At most 200 letters.", {}});
  }
  if (!findings.empty()) return findings;
  auto const keys = keys_of(query);
  bool const by_surname = !keys.surname1.empty() && (!keys.given.empty() || !keys.surname2.empty() || query.birth);
  bool const by_birth = !keys.birth.empty() && !keys.given.empty();
  if (keys.document.empty() && !by_surname && !by_birth)
    findings.push_back(Refused{Why::field_missing, keys.surname1.empty() ? "surname" : "given",
                               "Give a document number; or a surname with a given name, a second surname or a birth date;"
                               " or a complete birth date with a given name.",
                               {}});
  return findings;
}

Candidate compare(CitizenQuery const& query, Citizen const& citizen) {
  auto const [asked1, asked2] = split_surnames(query.surnames);
  auto const recorded1 = search_form(citizen.surname1);
  auto const recorded2 = search_form(citizen.surname2);
  auto const first = compare_surname(search_form(asked1), recorded1, recorded2);
  auto const second = compare_surname(search_form(asked2), recorded2, recorded1);
  auto const asked_place = search_form(query.place);
  auto const place = asked_place == search_form(citizen.place)
                         ? (asked_place.empty() ? Agreement::one_missing : Agreement::same)
                         : compare_whole(asked_place, search_form(citizen.place_name));
  auto const birth = query.birth ? compare_birth(*query.birth, citizen.birth) : Agreement::one_missing;

  Candidate candidate{citizen, {}, 0};
  candidate.components = {
      component("document", query.document, citizen.document,
                compare_whole(document_form(query.document), document_form(citizen.document)), document_weights),
      component("given", query.given, citizen.given, compare_given(search_form(query.given), search_form(citizen.given)),
                given_weights),
      component("surname1", asked1, citizen.surname1, first, surname_weights),
      component("surname2", asked2, citizen.surname2, second, surname_weights),
      component("birth", query.birth ? query.birth->text() : "", citizen.birth.text(), birth, birth_weights),
      component("sex", query.sex, citizen.sex, compare_whole(query.sex, citizen.sex), sex_weights),
      component("place", query.place, citizen.place_name, place, place_weights),
  };
  for (auto const& one : candidate.components) {
    candidate.points += one.points;
    candidate.most += one.most;
  }
  return candidate;
}

std::vector<Candidate> rank(CitizenQuery const& query, std::vector<Citizen> const& citizens) {
  std::vector<Candidate> candidates;
  for (auto const& citizen : citizens) {
    auto candidate = compare(query, citizen);
    if (candidate.points > 0) candidates.push_back(std::move(candidate));
  }
  auto const order = [](Candidate const& left, Candidate const& right) {
    return std::tuple(-left.points, left.citizen.surname1, left.citizen.given, left.citizen.id) <
           std::tuple(-right.points, right.citizen.surname1, right.citizen.given, right.citizen.id);
  };
  std::sort(candidates.begin(), candidates.end(), order);
  if (candidates.size() > most_candidates) candidates.resize(most_candidates);
  return candidates;
}

}  // namespace rcms::registry
