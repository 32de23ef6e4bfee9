// The invented people of the demo: officers of both States in every role, and the persons whom the cases are about.
// Data and dice only; making them users and cases is done elsewhere by real actions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/demo_pictures.hpp"
#include "capabilities/registry/invented.hpp"

namespace rcms::app {

/// A text in both languages.
struct Words {
  std::string en;
  std::string es;
};

struct DemoParty {
  std::string code;  ///< "UTO"
  Words name;
  std::string time_zone;
  std::vector<std::string> languages;
  std::string sides;  ///< requesting, requested, both
};

struct DemoOrganisation {
  std::string key;
  std::string party;
  std::string kind;  ///< a code of the list organisation_kind
  Words name;
};

struct DemoOfficer {
  std::string login;
  std::string name;
  std::string organisation;  ///< key
  std::vector<std::string> roles;
  std::string language;
  Look look;  ///< for `draw_portrait`
  Words task;  ///< one sentence: what they do today
};

struct DemoPeople {
  std::vector<DemoParty> parties;
  std::vector<DemoOrganisation> organisations;
  std::vector<DemoOfficer> officers;  ///< in the order in which the page shows them
};

/// Reads data/codes/demo_people.toml; throws std::runtime_error when it is not valid or names what it does not hold.
DemoPeople read_demo_people(std::filesystem::path const& data);

/// What may be wrong in what an applicant says of themselves, beside what the registry knows.
enum class Distortion {
  none,
  given_shortened,
  surname_missing,
  surname_misspelt,
  surnames_exchanged,
  year_only,
  day_and_month_exchanged
};

/// A person whom a case is about, as the requesting State has recorded them.
struct DemoApplicant {
  registry::Citizen citizen;   ///< who they truly are; only meaningful when `registered`
  bool registered = true;      ///< false: nobody in the registry is this person
  std::string given;           ///< as recorded by the requesting State
  std::string surnames;
  std::string original_name;   ///< in another script, or empty
  std::string birth;           ///< `yyyy`, `yyyy-mm` or `yyyy-mm-dd`
  Distortion distortion = Distortion::none;
  std::uint64_t seed = 0;      ///< for portrait and papers

  /// As they look on `today`.
  Look look(Date today) const;
  /// As their papers name them: what the registry knows.
  PaperPerson paper_person() const;
};

/// `count` applicants: most of them drawn from `citizens` (adults, and children with a parent's surname), three in ten with
/// something wrong in what they say, one in twelve with nobody behind them. The same seed gives the same people.
std::vector<DemoApplicant> invent_applicants(registry::Sources const& sources, std::vector<registry::Citizen> const& citizens,
                                             std::size_t count, std::uint64_t seed);

}  // namespace rcms::app
