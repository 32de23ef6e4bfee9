// Weights of a State on both databases: proposed by one administrator, put in force by another, searched with, put back.
#include <fstream>

#include <doctest/doctest.h>

#include "capabilities/registry/actions.hpp"
#include "capabilities/registry/weights_acts.hpp"
#include "capabilities/registry/weights_store.hpp"
#include "foundation/ledger/entry.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

namespace rcms::registry {

namespace {

constexpr Instant weights_start{1'930'000'000'000};
constexpr char const* reason = "Two years of our own decisions";

/// Learnt weights that did a little better than those before on 400 decisions.
WeightsFile learnt_weights(std::string before, matching::Ppm in_registry = 700'000) {
  WeightsFile file;
  file.weights = matching::default_weights();
  file.weights.in_registry = in_registry;
  file.source = {std::move(before), "questions.tsv", "decisions.tsv", 2, 1, 900, 900, 400, 5, true};
  file.held_out.before.asked = file.held_out.after.asked = 400;
  file.held_out.before.there = file.held_out.after.there = 300;
  file.held_out.before.first = file.held_out.after.first = 299;
  file.held_out.before.surprise = 50;
  file.held_out.after.surprise = 40;
  file.held_out.after.reliability[11] = {290, 290, 289'000'000};
  return file;
}

/// As training writes it.
std::string text_of(WeightsFile& file) {
  file.held_out.outcome = compare_measured(file.held_out.before, file.held_out.after);
  return render_weights(file);
}

struct WeightsWorld {
  explicit WeightsWorld(db::Database& of)
      : database(of), people(tests::add_people(of, weights_start)), registries(of, clock, options()) {
    second = people.uma;
    second.id = UserId::make(weights_start);
    second.login = "ugo.mar";
    second.name = "Name of ugo.mar";
    second.email = "ugo.mar@example.org";
    second.revision = 0;
    db::Command command;
    access::save_user(command, second);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    connect_folder(registries, people.utopia.id);
    std::ofstream(registries.folder_of(people.utopia.id) / "drop" / "persons.tsv", std::ios::binary)
        << "A1\tAna María\tQuispe\tLuna\t1987-03-14\tF\tUTO-01\tJosé\tQuispe Paz\tMarta\tLuna Sol\tU10000001\n";
    registries.look(people.utopia.id);
  }

  RegistriesOptions options() const {
    return {folder.path(), {}, {{people.utopia.id, "UTO"}, {people.arcadia.id, "XAR"}}};
  }
  access::Viewer viewer(access::User const& user, std::string permission) const {
    access::Viewer viewer;
    viewer.user = user.id;
    viewer.name = user.name;
    viewer.party = user.party;
    viewer.permissions = {std::move(permission)};
    return viewer;
  }
  access::Viewer first_administrator() const { return viewer(people.uma, "registry.connect"); }
  access::Viewer second_administrator() const { return viewer(second, "registry.connect"); }

  Result<WeightsEdition> propose(WeightsFile file, std::string_view why = reason) {
    return propose_weights(registries, first_administrator(), text_of(file), why);
  }
  Found ask(Registries& of) {
    auto found = search_citizens(of, viewer(people.uma, "registry.search"),
                                 {.given = "Ana", .surnames = "Quispe", .birth = "1987"});
    REQUIRE(found.has_value());
    return *found;
  }
  std::string model() { return ask(registries).model; }
  std::string states() {
    std::string all;
    for (auto const& one : list_weights(database, people.utopia.id)) all += one.state + " ";
    return all;
  }

  db::Database& database;
  tests::PeopleForTests people;
  tests::TemporaryFolder folder;
  SetClock clock{weights_start};
  Registries registries;
  access::User second;
};

Why why_of(Result<WeightsEdition> const& answer) {
  REQUIRE_FALSE(answer.has_value());
  return answer.error().why;
}

}  // namespace

TEST_CASE("weights are searched with when two administrators have put them in force, and can be put back") {
  tests::for_each_engine([](db::Database& database) {
    WeightsWorld world(database);
    auto const by_hand = matching::default_weights().version;
    auto const before = world.ask(world.registries);
    CHECK(before.model == by_hand);

    auto const made = world.propose(learnt_weights(by_hand));
    REQUIRE(made.has_value());
    CHECK(made->state == "proposed");
    CHECK(world.model() == by_hand);
    CHECK(why_of(put_in_force(world.registries, world.first_administrator(), made->id)) == Why::same_person);
    CHECK(why_of(put_in_force(world.registries, world.viewer(world.second, "registry.search"), made->id)) == Why::not_permitted);
    CHECK(why_of(put_in_force(world.registries, world.viewer(world.people.admin, "registry.connect"), made->id)) ==
          Why::not_found);
    CHECK(world.model() == by_hand);

    Registries other_process(database, world.clock, world.options());
    CHECK(world.ask(other_process).model == by_hand);
    world.clock.set(Instant{weights_start.ms + 1});
    auto const entered = put_in_force(world.registries, world.second_administrator(), made->id);
    REQUIRE(entered.has_value());
    CHECK(entered->put_in_force_at == Instant{weights_start.ms + 1});
    auto const after = world.ask(world.registries);
    CHECK(after.model == made->version);
    CHECK(after.candidates.front().posterior_ppm < before.candidates.front().posterior_ppm);
    CHECK(world.ask(other_process).model == made->version);
    CHECK(why_of(put_in_force(world.registries, world.second_administrator(), made->id)) == Why::wrong_step);

    auto const further = world.propose(learnt_weights(made->version, 800'000));
    REQUIRE(further.has_value());
    REQUIRE(put_in_force(world.registries, world.second_administrator(), further->id).has_value());
    CHECK(world.states() == "replaced in_force ");
    auto const known = list_weights(database, world.people.utopia.id);
    CHECK(versions_to_go_back_to(known) == std::vector<std::string>{made->version, by_hand});
    CHECK(known.front().put_in_force_by_name == "Name of ugo.mar");
    CHECK(known.front().content == get_weights_content(database, world.people.utopia.id, made->id));

    for (auto const& version : {made->version, by_hand}) {
      auto const back = propose_return(world.registries, world.second_administrator(), version, "Two wrong proposals in a week");
      REQUIRE(back.has_value());
      CHECK(world.model() != version);
      REQUIRE(put_in_force(world.registries, world.first_administrator(), back->id).has_value());
      CHECK(world.model() == version);
    }
    CHECK(world.ask(other_process).candidates.front().posterior_ppm == before.candidates.front().posterior_ppm);
    CHECK(world.states() == "replaced replaced replaced in_force ");
    CHECK(database.read(db::Sql{"test.entries", "SELECT action FROM ledger_entries WHERE action LIKE 'registry.p%'"}).size() ==
          8);
  }, tests::Migrations::all);
}

TEST_CASE("weights that were altered, did worse or were compared with others are refused, and a proposal can be withdrawn") {
  tests::for_each_engine([](db::Database& database) {
    WeightsWorld world(database);
    auto const by_hand = matching::default_weights().version;
    CHECK(why_of(world.propose(learnt_weights(by_hand), "")) == Why::reason_missing);
    CHECK(why_of(propose_weights(world.registries, world.first_administrator(), "{}", reason)) == Why::malformed);
    auto file = learnt_weights(by_hand);
    auto text = text_of(file);
    text.replace(text.find("\"in_registry_ppm\": 700000"), 25, "\"in_registry_ppm\": 710000");
    CHECK(why_of(propose_weights(world.registries, world.first_administrator(), text, reason)) == Why::does_not_verify);
    auto worse = learnt_weights(by_hand);
    worse.held_out.after.proposed_wrongly = 1;
    CHECK(why_of(world.propose(worse)) == Why::wrong_step);
    auto few = learnt_weights(by_hand);
    few.held_out.after.asked = matching::fewest_to_compare - 1;
    CHECK(why_of(world.propose(few)) == Why::wrong_step);
    auto const others = world.propose(learnt_weights("learnt 0123456789ab"));
    CHECK(why_of(others) == Why::wrong_step);
    CHECK(others.error().detail.find("learnt 0123456789ab") != std::string::npos);
    CHECK(why_of(propose_return(world.registries, world.first_administrator(), by_hand, reason)) == Why::wrong_step);
    CHECK(why_of(propose_return(world.registries, world.first_administrator(), "learnt 0123456789ab", reason)) == Why::not_found);
    CHECK(list_weights(database, world.people.utopia.id).empty());

    auto const made = world.propose(learnt_weights(by_hand));
    REQUIRE(made.has_value());
    CHECK(why_of(world.propose(learnt_weights(by_hand, 600'000))) == Why::already_exists);
    CHECK(why_of(withdraw_weights(world.registries, world.first_administrator(), made->id, "")) == Why::reason_missing);
    REQUIRE(withdraw_weights(world.registries, world.second_administrator(), made->id, "The sample was too old").has_value());
    CHECK(why_of(withdraw_weights(world.registries, world.second_administrator(), made->id, "Again")) == Why::wrong_step);
    CHECK(why_of(put_in_force(world.registries, world.second_administrator(), made->id)) == Why::wrong_step);
    CHECK(world.states() == "withdrawn ");
    CHECK(world.model() == by_hand);
    CHECK(versions_to_go_back_to(list_weights(database, world.people.utopia.id)).empty());
  }, tests::Migrations::all);
}

}  // namespace rcms::registry
