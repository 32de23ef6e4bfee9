#include "app/demo_prints.hpp"

#include <fstream>
#include <set>
#include <stdexcept>

#include "app/node.hpp"
#include "capabilities/registry/prints.hpp"
#include "engines/fingerprints/invented.hpp"
#include "foundation/access/store.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::app {

namespace {

constexpr std::size_t others_with_prints = 200;

/// The same fingers for the same person.
fingerprints::Template prints_of(std::string const& person, std::size_t fingers, std::uint64_t number) {
  auto const digest = sha256(person);
  std::uint64_t seed = 0;
  for (std::size_t at = 0; at < 7; ++at) seed = seed << 8 | digest[at];
  fingerprints::Template made{1450, 1950, {}};
  for (std::size_t at = 0; at < fingers; ++at) {
    made.views.push_back(fingerprints::print_of(fingerprints::invent_finger(seed + at), number, {.poor_percent = 0}));
    made.views.back().position = static_cast<fingerprints::FingerPosition>(at + 2);
  }
  return made;
}

std::string family_of(registry::Citizen const& one) { return one.surname1 + "|" + one.surname2 + "|" + one.mother; }

}  // namespace

bool has_demo_prints(DemoCase const& one) { return !one.third_country && one.applicant.seed % 2 == 0; }

fingerprints::Template demo_prints(DemoCase const& one) {
  auto const& applicant = one.applicant;
  auto const person = applicant.registered ? applicant.citizen.id.value : "nobody " + std::to_string(applicant.seed);
  return prints_of(person, applicant.seed % 8 == 0 ? 1 : 2, applicant.seed);
}

void make_demo_prints(Node& node, std::vector<registry::Citizen> const& citizens, std::vector<DemoCase> const& cases) {
  std::set<std::string> families;
  for (auto const& one : cases)
    if (has_demo_prints(one) && one.applicant.registered) families.insert(family_of(one.applicant.citizen));
  auto const utopia = access::find_party_by_code(node.database(), "UTO");
  auto const folder = node.population().folder_of(utopia->id) / "prints";
  {
    std::ofstream table(folder / "prints.tsv", std::ios::binary);
    std::size_t others = 0;
    for (auto const& one : citizens) {
      if (!families.contains(family_of(one)) && others++ >= others_with_prints) continue;
      registry::write_prints_line(table, one.id.value, prints_of(one.id.value, 2, 1));
    }
    if (!table) throw std::runtime_error("The prints of the demo cannot be written to " + folder.string());
  }
  node.population().look(utopia->id);
}

}  // namespace rcms::app
