// Pairs of files on both databases: who is found, what silences a pair, what opens it again, and that the other State sees none.
#include <doctest/doctest.h>

#include "capabilities/case_files/store.hpp"
#include "capabilities/duplicates/finder.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::duplicates {

namespace json = boost::json;

namespace {

constexpr Instant noon_of_pairs{1'927'713'600'000};

struct PersonOfFile {
  std::string surname, given, birth, sex, mother, document;
};

/// Files of Arcadia in a database of their own.
struct PairWorld {
  explicit PairWorld(db::Database& of)
      : database(of),
        people(tests::add_people(of, noon_of_pairs)),
        shelf{people.arcadia.id, Side::requesting},
        finder(of, clock, {folder.path(), {}, {people.arcadia.id, people.utopia.id}, {}}) {
    // Namesakes, so that a name alone says little.
    for (int i = 0; i < 60; ++i) {
      auto const two = std::to_string(10 + i % 18);
      add({std::vector<std::string>{"Quispe", "Hernández", "Luna", "Paz", "Mendoza"}[static_cast<std::size_t>(i % 5)],
           std::vector<std::string>{"José", "Ana", "Luis", "Rosa"}[static_cast<std::size_t>(i % 4)],
           std::to_string(1950 + i) + "-0" + std::to_string(1 + i % 9) + "-" + two, i % 2 == 0 ? "M" : "F", "", ""});
    }
  }

  CaseId add(PersonOfFile const& person, PartyId const& party, Side side) {
    case_files::CaseFile file;
    file.party = party;
    file.partner = party == people.arcadia.id ? people.utopia.id : people.arcadia.id;
    file.side = side;
    file.id = CaseId::make(clock.now());
    file.agreement = "uto-xar-2019";
    file.reference = "REF-" + std::to_string(++count);
    file.state = "draft";
    file.stage = "draft";
    file.created_at = file.changed_at = clock.now();
    file.content = content_of(person);
    file.person = case_files::summarise(file.content);
    db::Command command;
    case_files::insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    clock.set(clock.now().plus_ms(1));
    return file.id;
  }
  CaseId add(PersonOfFile const& person) { return add(person, people.arcadia.id, Side::requesting); }

  void change(CaseId const& id, PersonOfFile const& person) {
    clock.set(clock.now().plus_ms(1));
    auto const before = case_files::find_case_file(database, shelf.party, shelf.side, id);
    REQUIRE(before);
    auto after = *before;
    after.content = content_of(person);
    after.person = case_files::summarise(after.content);
    after.changed_at = clock.now();
    db::Command command;
    case_files::save_case_file(command, *before, after);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
  }

  static json::object content_of(PersonOfFile const& person) {
    json::object section{{"surname", person.surname}, {"given_names", person.given}, {"dob", person.birth}, {"sex", person.sex}};
    if (!person.mother.empty()) section["mother_name"] = person.mother;
    json::object content{{"A_person", section}};
    if (!person.document.empty()) {
      content["D_evidence"] =
          json::object{{"nationality_evidence", json::array{json::object{{"type", "passport"}, {"number", person.document}}}}};
    }
    return content;
  }

  access::Viewer officer(PartyId const& party, std::string permission) const {
    access::Viewer viewer;
    viewer.user = people.ana.id;
    viewer.party = party;
    viewer.permissions = {std::string("pair.decide"), std::move(permission)};
    return viewer;
  }

  db::Database& database;
  tests::PeopleForTests people;
  tests::TemporaryFolder folder;
  SetClock clock{noon_of_pairs};
  Shelf shelf;
  Finder finder;
  int count = 0;
};

PersonOfFile const jose{"Ixcoy Barrios", "José Luis", "1987-03-14", "M", "Marta Barrios Sol", ""};
PersonOfFile const jose_otherwise{"Ixcoi Barrios", "Jose Luis", "1987-03-14", "M", "Marta Barrios", ""};
PersonOfFile const his_brother{"Ixcoy Barrios", "Carlos Alberto", "1990-11-02", "M", "Marta Barrios Sol", ""};

}  // namespace

TEST_CASE("a person under two spellings is a pair, a brother and a namesake are none") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    auto const first = world.add(jose);
    world.add(his_brother);
    auto const second = world.add(jose_otherwise);
    world.add({"Quispe", "José", "1999-12-24", "M", "", ""});
    auto const round = world.finder.look(world.shelf);
    CHECK(round.files == 64);
    CHECK(round.found == 1);
    auto const pairs = list_pairs(database, world.shelf, "open", nullptr);
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].left == std::min(first, second));
    CHECK(pairs[0].right == std::max(first, second));
    CHECK(pairs[0].posterior_ppm > 900'000);
    CHECK_FALSE(pairs[0].reasons.empty());
    CHECK(list_pairs_of_case(database, world.shelf, second).size() == 1);

    auto const again = world.finder.look(world.shelf);
    CHECK(again.files == 0);
    CHECK(again.found == 0);
    CHECK(std::filesystem::is_empty(world.folder.path()));
  }, tests::Migrations::all);
}

TEST_CASE("the same number of a document makes a pair of two names that have little in common") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    world.add({"Tzoc", "Elena Beatriz", "1979-05-20", "F", "", "U1234567"});
    world.add({"Tzok de Paz", "Beatriz", "1979", "F", "", "U-1234567"});
    CHECK(world.finder.look(world.shelf).found == 1);
  }, tests::Migrations::all);
}

TEST_CASE("files of the other State, of the other side and without a person are not compared") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    world.add(jose);
    world.add(jose, world.people.utopia.id, Side::requested);
    world.add(jose, world.people.arcadia.id, Side::requested);
    world.add({});
    CHECK(world.finder.look_everywhere().found == 0);
    CHECK(find_compared(database, {world.people.utopia.id, Side::requested}, world.add({})).empty());
  }, tests::Migrations::all);
}

TEST_CASE("a correction ends a pair that nobody has decided, and a new likeness is found") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    auto const first = world.add(jose);
    auto const second = world.add(jose_otherwise);
    REQUIRE(world.finder.look(world.shelf).found == 1);
    world.change(second, {"Morales", "Óscar", "1961-01-30", "M", "Inés Chávez", ""});
    auto const round = world.finder.look(world.shelf);
    CHECK(round.files == 1);
    CHECK(round.gone == 1);
    CHECK(list_pairs_of_case(database, world.shelf, first).empty());
    world.change(second, jose_otherwise);
    CHECK(world.finder.look(world.shelf).found == 1);
  }, tests::Migrations::all);
}

TEST_CASE("what was decided stands until a compared part changes, and is taken back with a reason") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    auto const first = world.add(jose);
    world.add(jose_otherwise);
    REQUIRE(world.finder.look(world.shelf).found == 1);
    auto const viewer = world.officer(world.shelf.party, "case.read");
    auto pair = list_pairs(database, world.shelf, "open", nullptr).at(0);
    auto const say = [&](char const* decision, char const* reason) {
      auto after = decide(pair, decision, reason, viewer, world.clock.now());
      if (!after) return std::string(name_of(after.error().why));
      db::Command command;
      save_pair(command, *after);
      REQUIRE(database.write(command).outcome == db::Outcome::written);
      pair = *find_pair(database, world.shelf.party, pair.id);
      return pair.state;
    };
    CHECK(say("not_the_same", "  ") == "reason_missing");
    CHECK(say("perhaps", "I wonder") == "field_invalid");
    CHECK(say("open", "It is") == "wrong_step");
    CHECK(say("not_the_same", "Cousins: the consulate has seen both") == "not_the_same");
    CHECK(pair.decided_by == viewer.user);

    // Another part of the file: nothing compared has changed.
    world.change(first, jose);
    CHECK(world.finder.look(world.shelf).files == 0);
    CHECK(find_pair(database, world.shelf.party, pair.id)->state == "not_the_same");
    // A compared part: somebody has to look again.
    auto changed = jose;
    changed.mother = "Marta Barrios";
    world.change(first, changed);
    CHECK(world.finder.look(world.shelf).files == 1);
    pair = *find_pair(database, world.shelf.party, pair.id);
    CHECK(pair.state == "open");

    CHECK(say("same_person", "Same scar, same photograph") == "same_person");
    world.change(first, jose);
    CHECK(world.finder.look(world.shelf).files == 1);
    pair = *find_pair(database, world.shelf.party, pair.id);
    CHECK(pair.state == "same_person");
    CHECK(say("open", "The photographs were exchanged") == "open");
    CHECK(say("open", "Again") == "wrong_step");
  }, tests::Migrations::all);
}

TEST_CASE("pairs are listed page by page, the likeliest first") {
  tests::for_each_engine([](db::Database& database) {
    PairWorld world(database);
    db::Command command;
    for (int i = 0; i < 60; ++i) {
      Pair one;
      one.id = PairId::make(world.clock.now());
      one.party = world.shelf.party;
      one.left = CaseId{"a" + std::to_string(100 + i)};
      one.right = CaseId{"b"};
      one.posterior_ppm = 500'000 + static_cast<std::uint32_t>(i / 2);  // two of each
      one.found_at = world.clock.now();
      insert_pair(command, one);
    }
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    std::vector<std::uint32_t> all;
    std::optional<Pair> last;
    for (auto page = list_pairs(database, world.shelf, "open", nullptr); !page.empty();
         page = list_pairs(database, world.shelf, "open", &*last)) {
      CHECK(page.size() <= pairs_of_a_page);
      for (auto const& one : page) all.push_back(one.posterior_ppm);
      last = page.back();
    }
    CHECK(all.size() == 60);
    CHECK(std::is_sorted(all.rbegin(), all.rend()));
    CHECK(count_pairs(database, world.shelf, "open") == 60);
    CHECK(count_pairs(database, world.shelf, "same_person") == 0);
  }, tests::Migrations::all);
}

}  // namespace rcms::duplicates
