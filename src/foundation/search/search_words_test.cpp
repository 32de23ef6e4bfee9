#include "foundation/search/search_words.hpp"

#include <doctest/doctest.h>

#include "foundation/base/text.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;

namespace {

PartyId const arcadia{"01890000-0000-7000-8000-000000000001"};
PartyId const utopia{"01890000-0000-7000-8000-000000000002"};

std::vector<std::string> subjects(std::vector<search::Found> const& found) {
  std::vector<std::string> all;
  for (auto const& one : found) all.push_back(one.subject);
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::string> forms(std::vector<std::string> words) {
  for (auto& word : words) word = search_form(word);
  return words;
}

void write(db::Database& database, db::Command const& command) {
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

}  // namespace

TEST_CASE("all words must be there, the last may be incomplete, and another State finds nothing") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna", "quispe"}));
    search::add_words(command, arcadia, "requesting", "two", forms({"ana", "paz"}));
    search::add_words(command, utopia, "requested", "three", forms({"ana", "luna"}));
    write(database, command);
    struct Row {
      char const* text;
      std::vector<std::string> found;
    };
    for (auto const& row : std::vector<Row>{{"ana", {"one", "two"}},
                                            {"an", {"one", "two"}},
                                            {"Ána QUIS", {"one"}},
                                            {"quispe ana", {"one"}},
                                            {"ana lunar", {}},
                                            {"nobody", {}},
                                            {"", {}},
                                            {"%", {}},
                                            {"_na", {}}}) {
      CAPTURE(row.text);
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", row.text, 10)) == row.found);
      CHECK(search::find_by_words(database, arcadia, "requested", row.text, 10).empty());
    }
    CHECK(subjects(search::find_by_words(database, arcadia, "", "ana", 10)).size() == 2);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 1).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("changed words are found, words that went are not") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    search::add_words(command, arcadia, "requesting", "one", forms({"ana", "luna"}));
    write(database, command);
    db::Command change;
    search::change_words(change, arcadia, "requesting", "one", forms({"ana", "luna"}), forms({"ana", "mora"}));
    write(database, change);
    CHECK(search::find_by_words(database, arcadia, "requesting", "luna", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "mora", 10).size() == 1);
    CHECK(search::find_by_words(database, arcadia, "requesting", "ana", 10).size() == 1);
  }, tests::Migrations::all);
}

TEST_CASE("a person with common names is found among thousands who have each of them") {
  tests::for_each_engine([](db::Database& database) {
    db::Command command;
    for (int i = 0; i < 3000; ++i) {
      search::add_words(command, arcadia, "requesting", "garcia" + std::to_string(i), forms({"garcia", "pedro"}));
      search::add_words(command, arcadia, "requesting", "lopez" + std::to_string(i), forms({"jose", "lopez", "maria"}));
    }
    search::add_words(command, arcadia, "requesting", "sought", forms({"garcia", "jose", "lopez", "19850302"}));
    write(database, command);
    for (auto const* text : {"garcia jose", "jose garcia", "Garcia Lopez Jose", "lopez jose gar", "garcia jos", "garcia 19850302",
                             "19850302 garcia jose", "lopez garcia jose jose"}) {
      CAPTURE(text);
      CHECK(subjects(search::find_by_words(database, arcadia, "requesting", text, 10)) == std::vector<std::string>{"sought"});
    }
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia maria", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "lopez jose", 200).size() == 200);
    db::Command change;
    search::change_words(change, arcadia, "requesting", "sought", forms({"19850302", "garcia", "jose", "lopez"}),
                         forms({"garcia", "lopez"}));
    write(database, change);
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia jose", 10).empty());
    CHECK(search::find_by_words(database, arcadia, "requesting", "garcia lopez", 10).size() == 1);
  }, tests::Migrations::all);
}
