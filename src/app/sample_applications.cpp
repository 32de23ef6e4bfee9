#include "app/sample_applications.hpp"

#include <map>

#include "capabilities/casework/import_sample.hpp"
#include "capabilities/registry/invented.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace {

constexpr std::size_t wanted = 40;
/// Every so many citizens one is taken, so that they come from all families.
constexpr std::size_t stride = 2'311;
/// The day on which the list was made.
Date const made_on(2026, 11, 20);

bool is_suitable(registry::Citizen const& citizen) {
  constexpr int adult_days = 18 * 366;
  constexpr int old_days = 55 * 365;
  auto const age = days_between(citizen.birth, made_on);
  return age > adult_days && age < old_days && !citizen.document.empty() && !citizen.father.empty() && !citizen.mother.empty() &&
         is_latin(citizen.given + citizen.surname1 + citizen.surname2 + citizen.father + citizen.mother);
}

}  // namespace

Result<std::monostate> write_forty_applications(std::filesystem::path const& path, std::filesystem::path const& data) {
  static char const* const villages[] = {"Barrio El Centro", "Colonia Las Flores", "Aldea El Rincón", "Barrio San Juan",
                                         "Caserío La Loma"};
  auto const sources = registry::read_sources(data);
  std::map<std::string, std::string> departments;
  for (auto const& place : sources.places) departments[place.code] = place.department;
  auto const citizens = registry::invent_citizens(sources, registry::demo_registry_size, registry::demo_registry_seed);
  std::vector<casework::SamplePerson> people;
  for (std::size_t i = 0; people.size() < wanted; ++i) {
    // A step that shares no factor with the number of citizens reaches each of them once.
    auto const& citizen = citizens.at(i * stride % citizens.size());
    if (!is_suitable(citizen)) continue;
    casework::SamplePerson person;
    person.surname = tidy_text(citizen.surname1 + " " + citizen.surname2);
    person.given_names = citizen.given;
    person.birth = citizen.birth;
    person.sex = citizen.sex;
    person.birth_place = citizen.place_name;
    person.department = departments[citizen.place];
    person.municipality = citizen.place_name;
    person.village = villages[people.size() % std::size(villages)];
    person.father = citizen.father;
    person.mother = citizen.mother;
    person.document_type = "Identity card";
    person.document_number = citizen.document;
    people.push_back(std::move(person));
  }
  return casework::write_sample_applications(path, people, made_on, casework::SampleDefects::few);
}

}  // namespace rcms::app
