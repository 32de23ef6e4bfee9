// The demo material: people in every role, portraits and papers that can be read and are marked as fictional.
#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "app/demo_people.hpp"
#include "foundation/base/data_file.hpp"
#include "foundation/base/text.hpp"

namespace rcms::app {

namespace {

std::filesystem::path const data = RCMS_SOURCE_DIR "/data";

struct Role {
  std::string side;
  std::set<std::string> organisations;
  std::set<std::string> never_with;
};

std::map<std::string, Role> roles() {
  std::map<std::string, Role> all;
  auto const file = read_data_file(data / "permissions/roles.toml");
  for (auto const& table : file.as_object().at("role").as_array()) {
    Role role;
    role.side = table.as_object().at("side").as_string().c_str();
    for (auto const& one : table.as_object().at("organisations").as_array()) role.organisations.insert(one.as_string().c_str());
    for (auto const& one : table.as_object().at("never_with").as_array()) role.never_with.insert(one.as_string().c_str());
    all[table.as_object().at("code").as_string().c_str()] = role;
  }
  return all;
}

PaperPerson lucia() {
  return {"Lucía Fernanda", "De la Cruz Núñez", "", true, Date(1994, 3, 7), "San Aurelio", "Pedro De la Cruz", "Ana Núñez",
          "U12345678", 6};
}

bool is_jpeg(Bytes const& bytes) {
  return bytes.size() > 2000 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[bytes.size() - 1] == 0xd9;
}

}  // namespace

TEST_CASE("every role has somebody, in an office that may give it, on the right side") {
  auto const people = read_demo_people(data);
  auto const known = roles();
  std::set<std::string> held;
  std::map<std::string, std::string> sides;
  for (auto const& party : people.parties) sides[party.code] = party.sides;
  for (auto const& officer : people.officers) {
    CAPTURE(officer.login);
    auto const office = std::find_if(people.organisations.begin(), people.organisations.end(),
                                     [&](auto const& one) { return one.key == officer.organisation; });
    REQUIRE(office != people.organisations.end());
    for (auto const& name : officer.roles) {
      CAPTURE(name);
      REQUIRE(known.count(name) == 1);
      auto const& role = known.at(name);
      held.insert(role.side == "both" ? name + "@" + office->party : name);
      CHECK(role.organisations.count(office->kind) == 1);
      CHECK((role.side == "both" || role.side == sides[office->party]));
      for (auto const& other : officer.roles) CHECK(role.never_with.count(other) == 0);
    }
    CHECK_FALSE(officer.task.en.empty());
    CHECK(officer.task.en != officer.task.es);
  }
  for (auto const& each : known) {
    auto const& name = each.first;
    auto const& role = each.second;
    CAPTURE(name);
    if (role.side == "both") CHECK((held.count(name + "@UTO") == 1 && held.count(name + "@XAR") == 1));
    else CHECK(held.count(name) == 1);
  }
}

TEST_CASE("logins and portraits are each officer's own") {
  std::set<std::string> logins;
  std::set<std::uint64_t> seeds;
  auto const people = read_demo_people(data);
  for (auto const& officer : people.officers) {
    logins.insert(officer.login);
    seeds.insert(officer.look.seed);
  }
  CHECK(logins.size() == people.officers.size());
  CHECK(seeds.size() == people.officers.size());
}

TEST_CASE("portraits are the same for the same look and differ between seeds") {
  Look const look{42, true, 30, false};
  auto const portrait = draw_portrait(look);
  CHECK(is_jpeg(portrait));
  CHECK(draw_portrait(look) == portrait);
  std::set<Bytes> others;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) others.insert(draw_portrait({seed, seed % 2 == 0, 25, false}));
  CHECK(others.size() == 30);
  for (int const age : {3, 9, 14, 40, 70, 95}) CHECK(is_jpeg(draw_portrait({7, false, age, false})));
}

TEST_CASE("papers are PDFs and pictures, also with long and foreign names") {
  for (auto const kind : {PaperKind::birth_certificate, PaperKind::identity_card, PaperKind::passport_page}) {
    for (auto const* name : {"Ana", "María Guadalupe de los Ángeles Concepción Esperanza Trinidad", "আয়েশা"}) {
      auto person = lucia();
      person.given = name;
      person.original_name = "فاطمة";
      auto const pdf = draw_paper_pdf(kind, person, Date(2014, 5, 6), Date(2024, 5, 6));
      CHECK(pdf.size() > 5000);
      CHECK(std::string(pdf.begin(), pdf.begin() + 5) == "%PDF-");
      CHECK(is_jpeg(draw_paper_picture(kind, person, Date(2014, 5, 6), Date(2024, 5, 6))));
    }
  }
  auto const once = draw_paper_pdf(PaperKind::identity_card, lucia(), Date(2014, 5, 6), Date(2024, 5, 6));
  CHECK(draw_paper_pdf(PaperKind::identity_card, lucia(), Date(2014, 5, 6), Date(2024, 5, 6)) == once);
}

TEST_CASE("applicants are the same for the same seed, mostly registered, some with something wrong") {
  auto const sources = registry::read_sources(data);
  auto const citizens = registry::invent_citizens(sources, 5000, 3);
  auto const applicants = invent_applicants(sources, citizens, 300, 11);
  auto const again = invent_applicants(sources, citizens, 300, 11);
  REQUIRE(applicants.size() == 300);
  std::map<Distortion, int> distortions;
  int unknown = 0;
  int in_script = 0;
  std::set<std::string> persons;
  for (std::size_t at = 0; at < applicants.size(); ++at) {
    auto const& one = applicants[at];
    CHECK(one.given == again[at].given);
    CHECK(one.seed == again[at].seed);
    CHECK(PartialDate::parse(one.birth).has_value());
    CHECK_FALSE(one.given.empty());
    CHECK_FALSE(one.surnames.empty());
    CHECK(is_utf8(one.surnames));
    CHECK_FALSE(one.paper_person().document.empty());
    persons.insert(one.citizen.id.value);
    ++distortions[one.distortion];
    unknown += !one.registered;
    in_script += !one.original_name.empty();
    if (one.registered && one.distortion == Distortion::none) CHECK(one.given == one.citizen.given);
    if (one.distortion == Distortion::year_only) CHECK(one.birth.size() == 4);
    if (one.distortion == Distortion::surname_misspelt) CHECK(one.surnames != one.citizen.surname1 + " " + one.citizen.surname2);
  }
  // Some are applied for twice, under another spelling.
  CHECK(persons.size() < 300);
  CHECK(persons.size() > 285);
  CHECK(distortions.size() == 7);
  CHECK(unknown > 5);
  CHECK(unknown < 60);
  CHECK(in_script == unknown);
  CHECK_THROWS_AS(invent_applicants(sources, {}, 1, 1), std::invalid_argument);
}

TEST_CASE("a misspelt surname stays whole text") {
  registry::Sources const sources = registry::read_sources(data);
  auto const citizens = registry::invent_citizens(sources, 3000, 5);
  for (auto const& one : invent_applicants(sources, citizens, 1000, 6)) {
    CAPTURE(one.surnames);
    CHECK(is_utf8(one.surnames));
    CHECK_FALSE(has_control_characters(one.surnames));
  }
}

}  // namespace rcms::app
