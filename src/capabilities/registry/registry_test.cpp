// The registry on both databases: what is found, by which index, and how invented citizens look.
#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/invented.hpp"
#include "capabilities/registry/rules.hpp"
#include "capabilities/registry/store.hpp"
#include "capabilities/registry/view.hpp"
#include "foundation/base/text.hpp"
#include "support/database_for_tests.hpp"

namespace rcms::registry {

namespace {

PartyId const utopia{"01940000-0000-7000-8000-00000000000a"};
PartyId const arcadia{"01940000-0000-7000-8000-00000000000b"};

constexpr db::Sql insert_party{
    "test.insert_party",
    "INSERT INTO parties (id, code, name_en, name_es, time_zone, languages, sides, signing_key, hosted,"
    " revision) VALUES ($1, $2, $2, $2, 'UTC', 'es', 'both', $3, 1, 1)"};

void add_parties(db::Database& database) {
  db::Command command;
  command.add(insert_party, {utopia.value, "UTO", Bytes{1}});
  command.add(insert_party, {arcadia.value, "XAR", Bytes{1}});
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

Sources const& sources() {
  static Sources const read = read_sources(RCMS_SOURCE_DIR "/data");
  return read;
}

std::vector<Citizen> const& population() {
  static auto const citizens = invent_citizens(sources(), 3000, 7);
  return citizens;
}

access::Viewer verifier(PartyId const& party) {
  access::Viewer viewer;
  viewer.party = party;
  viewer.permissions = {"registry.search"};
  return viewer;
}

bool is_found(Found const& found, CitizenId const& id) {
  return std::any_of(found.candidates.begin(), found.candidates.end(), [&](auto const& one) { return one.citizen.id == id; });
}

/// The plan of a statement with text parameters, as one text.
std::string plan_of(db::Database& database, db::Sql const& sql) {
  db::Values values;
  for (int number = 1; std::string_view(sql.text).find(fmt::format("${}", number)) != std::string_view::npos; ++number)
    values.emplace_back(sql.text.find("birth_year") != std::string_view::npos && number >= 4 ? db::Value(std::int64_t{1990})
                                                                                           : db::Value(std::string("X")));
  auto const explain = database.engine() == db::Engine::sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
  std::string plan;
  for (auto const& row : database.read_text(fmt::format("{}{}", explain, sql.text), values))
    plan += row.text(database.engine() == db::Engine::sqlite ? 3 : 0) + "\n";
  return plan;
}

}  // namespace

TEST_CASE("a citizen is found by what an applicant may know, on both databases") {
  tests::for_each_engine([](db::Database& database) {
    add_parties(database);
    load_citizens(database, utopia, population());
    CHECK(count_citizens(database, utopia) == static_cast<std::int64_t>(population().size()));
    auto const adult = std::find_if(population().begin(), population().end(), [](Citizen const& one) {
      return !one.document.empty() && !one.surname2.empty() && one.birth.day() <= 12 && one.birth.month() != one.birth.day() &&
             one.birth.day() > 1;
    });
    REQUIRE(adult != population().end());
    auto const birth = PartialDate{adult->birth.year(), adult->birth.month(), adult->birth.day()};
    auto const both = adult->surname1 + " " + adult->surname2;
    struct Row {
      char const* title;
      CitizenQuery query;
    };
    for (auto const& row :
         {Row{"document", {"", "", {}, "", "", lower_ascii(adult->document)}},
          Row{"as registered", {adult->given, both, birth, adult->sex, adult->place, adult->document}},
          Row{"without marks", {search_form(adult->given), search_form(both), birth, "", "", ""}},
          Row{"one surname, year one off", {adult->given, adult->surname1, PartialDate{birth.year + 1, 0, 0}, "", "", ""}},
          Row{"surnames exchanged, day and month exchanged",
              {adult->given, adult->surname2 + " " + adult->surname1, PartialDate{birth.year, birth.day, birth.month}, "", "",
               ""}},
          Row{"birth date and given name", {adult->given, "", birth, "", "", ""}},
          Row{"birth date, misspelt given name and surname", {"Zz", adult->surname1 + "x", birth, "", "", ""}}}) {
      CAPTURE(row.title);
      auto const found = search_citizens(database, verifier(utopia), row.query);
      REQUIRE(found.has_value());
      CHECK(is_found(*found, adult->id));
      CHECK(found->candidates.size() <= most_candidates);
      CHECK_FALSE(found->tried.empty());
    }
    CHECK(find_citizen(database, utopia, adult->id)->document == adult->document);
    CHECK_FALSE(find_citizen(database, arcadia, adult->id).has_value());
  }, tests::Migrations::all);
}

TEST_CASE("the registry of a State answers that State only, and only who may search") {
  tests::for_each_engine([](db::Database& database) {
    add_parties(database);
    std::vector<Citizen> const few(population().begin(), population().begin() + 50);
    load_citizens(database, utopia, few);
    CitizenQuery const query{few[0].given, few[0].surname1, {}, "", "", ""};
    CHECK(is_found(*search_citizens(database, verifier(utopia), query), few[0].id));
    CHECK(search_citizens(database, verifier(arcadia), query)->candidates.empty());
    auto stranger = verifier(utopia);
    stranger.permissions.clear();
    auto const refused = search_citizens(database, stranger, query);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().why == Why::not_permitted);
    CHECK_THROWS_AS(load_citizens(database, utopia, few), db::Fault);
  }, tests::Migrations::all);
}

TEST_CASE("a query that finds too many says so") {
  tests::for_each_engine([](db::Database& database) {
    add_parties(database);
    std::vector<Citizen> namesakes(250, population().front());
    for (std::size_t at = 0; at < namesakes.size(); ++at) {
      namesakes[at].id.value = fmt::format("01940000-0000-7000-9000-{:012x}", at);
      namesakes[at].document.clear();
    }
    load_citizens(database, utopia, namesakes);
    auto const& one = namesakes.front();
    auto const found = search_citizens(database, verifier(utopia), {one.given, one.surname1, {}, "", "", ""});
    REQUIRE(found.has_value());
    CHECK(found->truncated);
    CHECK(found->candidates.size() == most_candidates);
  }, tests::Migrations::all);
}

TEST_CASE("every search goes through an index on both databases") {
  tests::for_each_engine([](db::Database& database) {
    add_parties(database);
    load_citizens(database, utopia, population());
    if (database.engine() == db::Engine::postgresql) database.read_text("ANALYZE citizens", {});
    for (auto const* sql : search_statements()) {
      CAPTURE(sql->name);
      auto const plan = plan_of(database, *sql);
      CAPTURE(plan);
      CHECK((plan.find("INDEX") != std::string::npos || plan.find("Index") != std::string::npos));
      CHECK(plan.find("Seq Scan") == std::string::npos);
      CHECK(plan.find("SCAN") == std::string::npos);
    }
  }, tests::Migrations::all);
}

TEST_CASE("invented citizens are the same for the same seed and others for another") {
  auto const again = invent_citizens(sources(), 3000, 7);
  CHECK(again == population());
  CHECK(invent_citizens(sources(), 100, 8).front() != population().front());
}

TEST_CASE("invented citizens have families, namesakes, and numbers that are theirs alone") {
  std::set<std::string> ids;
  std::set<std::string> documents;
  std::map<std::string, int> mothers;
  std::map<std::string, int> names;
  int without_document = 0;
  for (auto const& one : population()) {
    ids.insert(one.id.value);
    CHECK(CitizenId::parse(one.id.value).has_value());
    CHECK(one.birth.year() >= 1930);
    CHECK(one.birth.year() <= 2026);
    if (one.document.empty()) ++without_document;
    else documents.insert(one.document);
    ++mothers[one.mother + one.place];
    ++names[one.given + one.surname1];
  }
  auto const several = [](auto const& counts) {
    return std::count_if(counts.begin(), counts.end(), [](auto& c) { return c.second > 1; });
  };
  CHECK(ids.size() == population().size());
  CHECK(documents.size() + static_cast<std::size_t>(without_document) == population().size());
  CHECK(without_document > 50);
  CHECK(several(mothers) > 300);
  CHECK(several(names) > 30);
}

TEST_CASE("a view shows what was asked beside the registry's values, what differs first") {
  auto const& citizen = population().front();
  Found found;
  found.candidates.push_back(compare({"Zoraida", citizen.surname1, {}, "", "", ""}, citizen));
  found.truncated = true;
  auto const view = view_of(found);
  REQUIRE(view.items.size() == 1);
  CHECK(view.truncated);
  CHECK(view.items[0].surname == tidy_text(citizen.surname1 + " " + citizen.surname2));
  REQUIRE(view.items[0].components.size() == 2);
  CHECK(view.items[0].components[0].found == citizen.given);
  CHECK(view.items[0].components[0].score == 0);
  CHECK(view.items[0].components[0].reason == "registry.differs");
  CHECK(view.items[0].components[1].score == 1);
  CHECK(view.items[0].score > 0.2);
  CHECK(view.items[0].score < 0.3);
}

}  // namespace rcms::registry
