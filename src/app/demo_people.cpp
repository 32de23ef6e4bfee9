#include "app/demo_people.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

std::string text_of(json::value const& table, std::string_view name) {
  return std::string(table.as_object().at(name).as_string());
}

Words words_of(json::value const& table, std::string_view name) {
  auto const& words = table.as_object().at(name);
  return {text_of(words, "en"), text_of(words, "es")};
}

std::vector<std::string> texts_of(json::value const& table, std::string_view name) {
  std::vector<std::string> texts;
  for (auto const& one : table.as_object().at(name).as_array()) texts.emplace_back(one.as_string());
  return texts;
}

DemoOfficer officer_of(json::value const& table) {
  auto const& look = table.as_object().at("look").as_object();
  DemoOfficer officer;
  officer.login = text_of(table, "login");
  officer.name = text_of(table, "name");
  officer.organisation = text_of(table, "organisation");
  officer.roles = texts_of(table, "roles");
  officer.language = text_of(table, "language");
  officer.look = {static_cast<std::uint64_t>(look.at("seed").as_int64()), look.at("female").as_bool(),
                  static_cast<int>(look.at("age").as_int64()), true};
  officer.task = words_of(table, "task");
  return officer;
}

/// Throws when an officer or an organisation belongs to nothing.
void check_references(DemoPeople const& people) {
  auto const is_party = [&](std::string const& code) {
    return std::any_of(people.parties.begin(), people.parties.end(), [&](auto const& one) { return one.code == code; });
  };
  for (auto const& one : people.organisations)
    if (!is_party(one.party)) throw std::runtime_error("demo_people.toml: there is no party " + one.party);
  for (auto const& officer : people.officers) {
    auto const& all = people.organisations;
    if (std::none_of(all.begin(), all.end(), [&](auto const& one) { return one.key == officer.organisation; }))
      throw std::runtime_error("demo_people.toml: there is no organisation " + officer.organisation);
  }
}

/// One letter that is easily mistaken is exchanged: b/v, s/z, y/i.
std::string misspelt(std::string name, registry::Dice& dice) {
  constexpr std::string_view pairs = "bvvbszzsyiiy";
  std::vector<std::size_t> places;
  for (std::size_t at = 1; at < name.size(); ++at)
    if (pairs.find(name[at]) != std::string_view::npos) places.push_back(at);
  if (places.empty()) return name + "s";
  auto const at = places[dice.below(places.size())];
  for (std::size_t pair = 0; pair < pairs.size(); pair += 2)
    if (pairs[pair] == name[at]) {
      name[at] = pairs[pair + 1];
      break;
    }
  return name;
}

void distort(DemoApplicant& one, registry::Dice& dice) {
  auto const& citizen = one.citizen;
  switch (one.distortion) {
    case Distortion::none: break;
    case Distortion::given_shortened: one.given = split(citizen.given, ' ').front(); break;
    case Distortion::surname_missing: one.surnames = citizen.surname1; break;
    case Distortion::surname_misspelt: one.surnames = tidy_text(misspelt(citizen.surname1, dice) + " " + citizen.surname2); break;
    case Distortion::surnames_exchanged: one.surnames = tidy_text(citizen.surname2 + " " + citizen.surname1); break;
    case Distortion::year_only: one.birth = std::to_string(citizen.birth.year()); break;
    case Distortion::day_and_month_exchanged:
      if (citizen.birth.day() <= 12)
        one.birth = Date(citizen.birth.year(), citizen.birth.day(), citizen.birth.month()).text();
      break;
  }
}

/// One in forty has been applied for before, under another spelling of the name: what the page of possible duplicates shows.
void let_some_return(std::vector<DemoApplicant>& applicants, std::uint64_t seed) {
  registry::Dice dice(seed);
  constexpr std::size_t apart = 30;  // places in the list: some weeks
  for (std::size_t at = apart; at < applicants.size(); ++at) {
    if (dice.below(40) != 0) continue;
    auto const& earlier = applicants[at - apart];
    if (!earlier.registered || earlier.distortion != Distortion::none) continue;
    applicants[at] = earlier;
    applicants[at].distortion = Distortion::surname_misspelt;
    distort(applicants[at], dice);
  }
}

/// Somebody of another script, whom the registry does not know.
void name_in_script(DemoApplicant& one, registry::ScriptNames const& names, registry::Dice& dice) {
  auto const& given = dice.one_of(one.citizen.sex == "F" ? names.female : names.male);
  auto const& surname = dice.one_of(names.surname);
  one.given = given.latin;
  one.surnames = surname.latin;
  one.original_name = given.original + " " + surname.original;
}

}  // namespace

DemoPeople read_demo_people(std::filesystem::path const& data) {
  auto const file = read_data_file(data / "codes/demo_people.toml", data / "schema/demo_people.schema.json");
  auto const& tables = file.as_object();
  DemoPeople people;
  for (auto const& table : tables.at("party").as_array())
    people.parties.push_back({text_of(table, "code"), words_of(table, "name"), text_of(table, "time_zone"),
                              texts_of(table, "languages"), text_of(table, "sides")});
  for (auto const& table : tables.at("organisation").as_array())
    people.organisations.push_back(
        {text_of(table, "key"), text_of(table, "party"), text_of(table, "kind"), words_of(table, "name")});
  for (auto const& table : tables.at("person").as_array()) people.officers.push_back(officer_of(table));
  check_references(people);
  return people;
}

Look DemoApplicant::look(Date today) const {
  int const age = today.year() - citizen.birth.year();
  return {seed, citizen.sex == "F", std::clamp(age, 3, 95), false};
}

PaperPerson DemoApplicant::paper_person() const {
  PaperPerson person;
  person.given = registered ? citizen.given : given;
  person.surnames = registered ? tidy_text(citizen.surname1 + " " + citizen.surname2) : surnames;
  person.original_name = original_name;
  person.female = citizen.sex == "F";
  person.birth = citizen.birth;
  person.place = citizen.place_name;
  person.father = citizen.father;
  person.mother = citizen.mother;
  person.document = citizen.document.empty() ? fmt::format("U{:08d}", seed % 100'000'000) : citizen.document;
  person.seed = seed;
  return person;
}

std::vector<DemoApplicant> invent_applicants(registry::Sources const& sources, std::vector<registry::Citizen> const& citizens,
                                             std::size_t count, std::uint64_t seed) {
  if (citizens.empty()) throw std::invalid_argument("applicants are drawn from citizens; there are none");
  registry::Dice dice(seed);
  std::vector<DemoApplicant> applicants;
  std::vector<bool> taken(citizens.size(), false);
  while (applicants.size() < count) {
    auto const at = dice.below(citizens.size());
    auto const& citizen = citizens[at];
    // Most are of working age; a few are children or old.
    bool const usual = citizen.birth.year() >= 1966 && citizen.birth.year() <= 2007;
    if ((taken[at] && applicants.size() < citizens.size()) || (!usual && !dice.chance(12))) continue;
    taken[at] = true;
    DemoApplicant one;
    one.citizen = citizen;
    one.seed = dice.next() % 1'000'000;
    one.given = citizen.given;
    one.surnames = tidy_text(citizen.surname1 + " " + citizen.surname2);
    one.birth = citizen.birth.text();
    if (dice.chance(8)) {
      one.registered = false;
      one.citizen.document.clear();
      one.citizen.father.clear();
      one.citizen.mother.clear();
      name_in_script(one, dice.chance(60) ? sources.arabic : sources.bengali, dice);
    } else if (dice.chance(30)) {
      one.distortion = static_cast<Distortion>(dice.between(1, 6));
      distort(one, dice);
    }
    applicants.push_back(std::move(one));
  }
  let_some_return(applicants, seed + 7);
  return applicants;
}

}  // namespace rcms::app
