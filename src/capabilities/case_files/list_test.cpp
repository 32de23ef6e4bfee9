#include "capabilities/case_files/list.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "capabilities/case_files/store.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::case_files;
namespace json = boost::json;

namespace {

Instant const noon{1'927'713'600'000};

struct World {
  tests::PeopleForTests people;
  std::vector<CaseFile> files;
};

/// Twelve cases of Arcadia, one of Utopia; due days in the opposite order of names.
World make_world(db::Database& database) {
  World world{tests::add_people(database, noon), {}};
  for (int i = 0; i < 13; ++i) {
    CaseFile file;
    bool const own = i < 12;
    file.party = own ? world.people.arcadia.id : world.people.utopia.id;
    file.partner = own ? world.people.utopia.id : world.people.arcadia.id;
    file.side = own ? Side::requesting : Side::requested;
    file.id = CaseId::make(noon.plus_ms(i));
    file.agreement = "uto-xar-2019";
    file.reference = "REF-" + std::to_string(100 + i);
    file.state = i % 3 == 0 ? "draft" : "submitted";
    file.stage = i % 3 == 0 ? "draft" : "sent";
    file.is_open = i != 5;
    file.created_at = noon.plus_ms(i);
    file.changed_at = noon.plus_ms(i / 2);  // several at the same instant
    if (i % 2 == 0) file.next_due_on = Date(2031, 3, 20 - i).text();
    if (i % 4 == 0) file.owner = world.people.ana.id;
    file.content["A_person"] =
        json::object{{"surname", "Surname" + std::string(1, static_cast<char>('A' + i))}, {"given_names", "Núñez"}};
    file.person = summarise(file.content);
    db::Command command;
    insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    world.files.push_back(std::move(file));
  }
  return world;
}

std::vector<std::string> all_pages(db::Database& database, PartyId const& party, ListFilter const& filter, Sort sort, int limit) {
  std::vector<std::string> ids;
  std::string cursor;
  do {
    auto const page = list_case_files(database, party, Side::requesting, filter, sort, cursor, limit);
    REQUIRE(page);
    for (auto const& row : page->rows) ids.push_back(row.id);
    cursor = page->next;
  } while (!cursor.empty());
  return ids;
}

/// By day; then those without a deadline, the oldest first.
std::vector<std::string> in_order_of_deadlines(World const& world) {
  std::vector<std::pair<std::string, std::string>> order;
  for (auto const& file : world.files) {
    if (file.side == Side::requesting) order.emplace_back(file.next_due_on.empty() ? "never" : file.next_due_on, file.id.value);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::string> ids;
  for (auto const& [day, id] : order) ids.push_back(id);
  return ids;
}

std::string find_id(World const& world, std::string const& reference) {
  for (auto const& file : world.files) {
    if (file.reference == reference) return file.id.value;
  }
  return {};
}

}  // namespace

TEST_CASE("what came back to an officer is counted and listed: to correct, to answer, or answered") {
  struct Row {
    char const* name;
    Side side;
    std::string state;
    std::vector<PastAct> acts;
    std::vector<std::string> events;
    bool came_back;
  };
  std::vector<Row> const rows = {
      {"a new draft", Side::requesting, "draft", {{"create", "ana"}}, {}, false},
      {"a draft returned from screening", Side::requesting, "draft", {{"create", "ana"}, {"return_to_draft", "dora"}}, {}, true},
      {"a blocked case", Side::requesting, "blocked", {}, {}, true},
      {"the other State asks", Side::requesting, "documents_requested", {}, {"document_request"}, true},
      {"a case under way", Side::requesting, "verification", {{"return_to_draft", "dora"}}, {"answer"}, false},
      {"documents have arrived", Side::requested, "completeness", {}, {"document_request", "answer"}, true},
      {"a new application", Side::requested, "completeness", {}, {"receipt"}, false},
      {"an answer long ago", Side::requested, "verification", {}, {"answer"}, false},
  };
  tests::for_each_engine([&](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    int number = 0;
    for (auto const& row : rows) {
      CAPTURE(row.name);
      CaseFile file;
      file.party = people.arcadia.id;
      file.partner = people.utopia.id;
      file.side = row.side;
      file.id = CaseId::make(noon.plus_ms(++number));
      file.agreement = "uto-xar-2019";
      file.reference = "REF-" + std::to_string(number);
      file.state = row.state;
      file.stage = "sent";
      file.is_open = true;
      file.created_at = file.changed_at = noon;
      file.owner = people.ana.id;
      file.acts = row.acts;
      for (auto const& event : row.events) file.clock.push_back({event, noon, "", 0});
      db::Command command;
      insert_case_file(command, file);
      REQUIRE(database.write(command).outcome == db::Outcome::written);
      ListFilter filter;
      filter.owner = people.ana.id;
      filter.returned = true;
      filter.ids = {file.id.value};
      auto const page = list_case_files(database, people.arcadia.id, row.side, filter, Sort::newest, "", 25);
      REQUIRE(page);
      CHECK(page->rows.size() == (row.came_back ? 1 : 0));
    }
    CHECK(count_returned(database, people.arcadia.id, Side::requesting, people.ana.id) == 3);
    CHECK(count_returned(database, people.arcadia.id, Side::requested, people.ana.id) == 1);
    CHECK(count_returned(database, people.utopia.id, Side::requesting, people.ana.id) == 0);
  }, tests::Migrations::all);
}

TEST_CASE("pages of any size give every row once, in the order of the whole") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    for (auto const sort : {Sort::newest, Sort::oldest, Sort::due, Sort::name}) {
      auto const whole = all_pages(database, world.people.arcadia.id, {}, sort, 100);
      CHECK(whole.size() == 12);
      if (sort == Sort::due) CHECK(whole == in_order_of_deadlines(world));
      for (int const limit : {1, 2, 5}) CHECK(all_pages(database, world.people.arcadia.id, {}, sort, limit) == whole);
    }
    CHECK(all_pages(database, world.people.utopia.id, {}, Sort::newest, 100).empty());
  }, tests::Migrations::all);
}

TEST_CASE("in the order of deadlines every filter but a day gives also the files without one, at the end") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    std::vector<ListFilter> filters(4);
    filters[0].states = {"draft"};
    filters[1].open_only = true;
    filters[2].owner = world.people.ana.id;
    for (auto const& file : world.files) {
      if (file.side == Side::requesting) filters[3].ids.push_back(file.id.value);
    }
    for (auto const& filter : filters) {
      CAPTURE(&filter - filters.data());
      auto const all = all_pages(database, world.people.arcadia.id, filter, Sort::oldest, 100);
      std::vector<std::string> expected;
      for (auto const& id : in_order_of_deadlines(world)) {
        if (std::find(all.begin(), all.end(), id) != all.end()) expected.push_back(id);
      }
      for (int const limit : {1, 3, 100})
        CHECK(all_pages(database, world.people.arcadia.id, filter, Sort::due, limit) == expected);
    }
    ListFilter by_day;
    by_day.due_before = "2031-03-14";
    CHECK(all_pages(database, world.people.arcadia.id, by_day, Sort::due, 2).size() == 3);
  }, tests::Migrations::all);
}

TEST_CASE("filters give what a look at every row gives") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    struct Row {
      char const* name;
      ListFilter filter;
      std::function<bool(CaseFile const&)> holds;
    };
    std::vector<Row> rows(8);
    rows[0] = {"nothing", {}, [](auto const&) { return true; }};
    rows[1] = {"a state", {}, [](auto const& file) { return file.state == "draft"; }};
    rows[1].filter.states = {"draft"};
    rows[2] = {"two states", {}, [](auto const&) { return true; }};
    rows[2].filter.states = {"draft", "submitted"};
    rows[3] = {"an owner's open ones", {}, [&](auto const& file) { return file.owner == world.people.ana.id && file.is_open; }};
    rows[3].filter.owner = world.people.ana.id;
    rows[4] = {"due", {}, [](auto const& file) {
                 return !file.next_due_on.empty() && file.next_due_on <= "2031-03-14" && file.is_open;
               }};
    rows[4].filter.due_before = "2031-03-14";
    rows[5] = {"words", {}, [](auto const& file) { return file.reference == "REF-104"; }};
    rows[5].filter.words = "nunez surnamee";
    std::string const found_by_words = find_id(world, "REF-104");
    std::string const another = find_id(world, "REF-102");
    rows[6] = {"words among some files", {}, [](auto const& file) { return file.reference == "REF-104"; }};
    rows[6].filter.words = "nunez surnamee";
    rows[6].filter.ids = {another, found_by_words};
    rows[7] = {"words of another file", {}, [](auto const&) { return false; }};
    rows[7].filter.words = "nunez surnamee";
    rows[7].filter.ids = {another};
    for (auto const& row : rows) {
      CAPTURE(row.name);
      std::set<std::string> expected;
      for (auto const& file : world.files) {
        if (file.side == Side::requesting && row.holds(file)) expected.insert(file.id.value);
      }
      auto const found = all_pages(database, world.people.arcadia.id, row.filter, Sort::newest, 3);
      CHECK(std::set<std::string>(found.begin(), found.end()) == expected);
    }
  }, tests::Migrations::all);
}

TEST_CASE("a cursor that is not of this list is refused") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    auto const page = list_case_files(database, world.people.arcadia.id, Side::requesting, {}, Sort::newest, {}, 2);
    REQUIRE(page);
    for (std::string const& cursor : std::vector<std::string>{"x", "W10", page->next + "A"}) {
      CHECK_FALSE(list_case_files(database, world.people.arcadia.id, Side::requesting, {}, Sort::newest, cursor, 2));
    }
    auto const other_sort = list_case_files(database, world.people.arcadia.id, Side::requesting, {}, Sort::name, page->next, 2);
    REQUIRE_FALSE(other_sort);
    CHECK(other_sort.error().field == "cursor");
  }, tests::Migrations::all);
}

TEST_CASE("files that no safeguard keeps back are counted apart") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    auto const party = world.people.arcadia.id;
    static constexpr db::Sql open{
        "test.open_gate",
        "INSERT INTO open_gates (party, case_id, gate, why, blocks, open_since) VALUES ($1, $2, $3, 'undecided', $4, 0)"};
    CHECK(count_unguarded(database, party, Side::requesting, "draft") == 4);
    db::Command command;
    command.add(open, {party.value, world.files[0].id.value, "G01", std::int64_t{1}});
    command.add(open, {party.value, world.files[0].id.value, "G02", std::int64_t{1}});
    command.add(open, {party.value, world.files[3].id.value, "G11", std::int64_t{0}});
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    CHECK(count_unguarded(database, party, Side::requesting, "draft") == 3);
    CHECK(count_unguarded(database, party, Side::requested, "draft") == 0);
    ListFilter filter;
    filter.ready = true;
    filter.states = {"draft"};
    std::set<std::string> shown;
    std::string cursor;
    do {
      auto const page = list_case_files(database, party, Side::requesting, filter, Sort::due, cursor, 2);
      REQUIRE(page);
      for (auto const& row : page->rows) CHECK(shown.insert(row.id).second);
      cursor = page->next;
    } while (!cursor.empty());
    CHECK(shown.size() == 3);
    CHECK_FALSE(shown.contains(world.files[0].id.value));
  }, tests::Migrations::all);
}

TEST_CASE("accepted files of persons to whom the State issues no document stand apart from those to document") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    struct Row {
      char const* state;
      char const* nationality;
      bool without;
      bool only;
    };
    Row const rows[] = {{"accepted", "UTO", true, false},     {"accepted", "BOL", false, true}, {"accepted", "XXA", false, true},
                        {"verification", "BOL", true, false}, {"document_issued", "BOL", true, false}};
    std::map<Foreign, std::set<std::string>> expected;
    int number = 0;
    for (auto const& row : rows) {
      CaseFile file;
      file.party = people.utopia.id;
      file.partner = people.arcadia.id;
      file.side = Side::requested;
      file.id = CaseId::make(noon.plus_ms(++number));
      file.agreement = "uto-xar-2019";
      file.reference = "REF-" + std::to_string(number);
      file.state = row.state;
      file.stage = "answered";
      file.is_open = true;
      file.created_at = file.changed_at = noon;
      file.person.nationality = row.nationality;
      db::Command command;
      insert_case_file(command, file);
      REQUIRE(database.write(command).outcome == db::Outcome::written);
      if (row.without) expected[Foreign::without].insert(file.reference);
      if (row.only) expected[Foreign::only].insert(file.reference);
    }
    for (auto const& [foreign, references] : expected) {
      for (auto const sort : {Sort::oldest, Sort::due}) {
        ListFilter filter;
        filter.foreign = foreign;
        filter.own_code = "UTO";
        auto const page = list_case_files(database, people.utopia.id, Side::requested, filter, sort, "", 25);
        REQUIRE(page);
        std::set<std::string> found;
        for (auto const& row : page->rows) found.insert(row.reference);
        CHECK(found == references);
      }
    }
    CHECK(count_foreign(database, people.utopia.id, "UTO") == 2);
    CHECK(count_foreign(database, people.arcadia.id, "XAR") == 0);
  }, tests::Migrations::all);
}

TEST_CASE("open files are counted by state") {
  tests::for_each_engine([](db::Database& database) {
    auto const world = make_world(database);
    auto const counts = count_open_by_state(database, world.people.arcadia.id, Side::requesting);
    CHECK(counts.at("draft") == 4);
    CHECK(counts.at("submitted") == 7);
  }, tests::Migrations::all);
}
