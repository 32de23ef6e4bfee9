#include "capabilities/safeguards/quota.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/store.hpp"
#include "norms/agreements/calendar.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::safeguarding;

namespace {

agreements::Agreements const& law() {
  static auto const loaded = [] {
    auto const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
    return agreements::load_agreements(data, agreements::load_calendars(data));
  }();
  return loaded;
}

Instant noon(Date day) { return Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000}; }

/// The law of the tests, with room for one person by charter in a month.
case_files::Norms const& tight_norms() {
  static auto const norms = [] {
    auto made = tests::norms_for_tests();
    for (auto& rule : made.agreements.at(tests::agreement_for_tests).rules) {
      if (rule.key == "max_returnees_per_charter_month") rule.value = 1;
    }
    return made;
  }();
  return norms;
}

case_files::CaseFile add_file(tests::FilesWorld& world) {
  case_files::CaseFile file;
  file.party = world.people().arcadia.id;
  file.partner = world.people().utopia.id;
  file.id = CaseId::make(world.clock.now());
  file.agreement = tests::agreement_for_tests;
  file.reference = file.id.value;
  file.state = "document_issued";
  file.stage = "document";
  file.submitted_on = "2031-02-01";
  file.created_at = world.clock.now();
  file.changed_at = world.clock.now();
  db::Command command;
  case_files::insert_case_file(command, file);
  REQUIRE(world.context.database.write(command).outcome == db::Outcome::written);
  return file;
}

/// The file in this state, written with what stands in the command.
db::Outcome write_as(tests::FilesWorld& world, db::Command& command, case_files::CaseFile& file, std::string const& state,
                     std::string const& event, Instant at) {
  auto after = file;
  after.state = state;
  after.is_open = state != "closed";
  if (!event.empty()) case_files::happened(after, event, at, event == "departure_planned" ? "charter" : "");
  case_files::save_case_file(command, file, after);
  auto const outcome = world.context.database.write(command).outcome;
  if (outcome == db::Outcome::written) file = after;
  return outcome;
}

}  // namespace

TEST_CASE("two officers who plan at once do not exceed a limit, and a departure is counted beside who has departed") {
  tests::for_each_engine([](db::Database& database) {
    auto const folder = std::filesystem::temp_directory_path() / ("rcms-quota-" + make_uuid(tests::start_for_tests));
    tests::FilesWorld world(database, folder, tests::add_people(database, tests::start_for_tests));
    case_files::Context const context{database,
                                      world.clock,
                                      tests::labels_for_tests(),
                                      tight_norms(),
                                      world.context.directory,
                                      world.context.exchange,
                                      world.context.attachments,
                                      {}};
    auto first = add_file(world);
    auto second = add_file(world);
    PlannedTravel const march{noon(Date(2031, 3, 10)), true};
    auto const room = [&](db::Command& command, case_files::CaseFile const& file, Beside beside) {
      return Quota(context).take_room(command, file, march, beside);
    };
    // Both are counted before either is written.
    db::Command one;
    db::Command other;
    REQUIRE(room(one, first, Beside::planned));
    REQUIRE(room(other, second, Beside::planned));
    CHECK(write_as(world, one, first, "transfer_planned", "departure_planned", march.departs_at) == db::Outcome::written);
    CHECK(write_as(world, other, second, "transfer_planned", "departure_planned", march.departs_at) == db::Outcome::superseded);
    db::Command again;
    auto const full = room(again, second, Beside::planned);
    REQUIRE_FALSE(full);
    CHECK(full.error().why == Why::limit_reached);
    db::Command april;
    CHECK(Quota(context).take_room(april, second, {noon(Date(2031, 4, 10)), true}, Beside::planned));

    // Planned under a wider limit: the first to depart has room, the second has none, also when the first file is closed by then.
    db::Command plan;
    REQUIRE(write_as(world, plan, second, "ready_to_depart", "departure_planned", march.departs_at) == db::Outcome::written);
    db::Command leaves;
    REQUIRE(room(leaves, first, Beside::departed));
    REQUIRE(write_as(world, leaves, first, "departed", "departure", march.departs_at) == db::Outcome::written);
    for (auto const* state : {"departed", "error_claimed", "closed"}) {
      CAPTURE(state);
      db::Command change;
      REQUIRE(write_as(world, change, first, state, {}, {}) == db::Outcome::written);
      db::Command stays;
      CHECK_FALSE(room(stays, second, Beside::departed));
    }
    // A family leaves in one write: each is counted beside those before.
    auto third = add_file(world);
    Quota together(context);
    db::Command family;
    PlannedTravel const may{noon(Date(2031, 5, 10)), true};
    CHECK(together.take_room(family, second, may, Beside::departed));
    CHECK_FALSE(together.take_room(family, third, may, Beside::departed));
    std::filesystem::remove_all(folder);
  }, tests::Migrations::all);
}

TEST_CASE(
    "worked case 4: CH-GM, the sixth person by charter in a month has no room; by another way or in another month they have") {
  auto const& agreement = law().at("CH-GM");
  auto const march = noon(Date(2027, 3, 10));
  std::vector<PlannedTravel> others;
  for (int person = 1; person <= 5; ++person) {
    CHECK(check_room(agreement, others, {march, true}, "Europe/Zurich", Date(2027, 1, 4)));
    others.push_back({noon(Date(2027, 3, person)), true});
  }
  auto const sixth = check_room(agreement, others, {march, true}, "Europe/Zurich", Date(2027, 1, 4));
  REQUIRE_FALSE(sixth);
  CHECK(sixth.error().why == Why::limit_reached);
  CHECK(sixth.error().field == "departs_at");
  CHECK(sixth.error().source == "CH-GM art. 11(1)");
  CHECK(check_room(agreement, others, {march, false}, "Europe/Zurich", Date(2027, 1, 4)));
  CHECK(check_room(agreement, others, {noon(Date(2027, 4, 1)), true}, "Europe/Zurich", Date(2027, 1, 4)));
}

TEST_CASE("the month is that of the State in whose zone they depart, and a flight is full by itself") {
  auto const& gambia = law().at("CH-GM");
  std::vector<PlannedTravel> const five(5, {Instant::parse("2027-03-31T22:30:00Z").value(), true});  // 1 April in Zurich
  CHECK(check_room(gambia, five, {noon(Date(2027, 3, 31)), true}, "Europe/Zurich", Date(2027, 1, 4)));
  CHECK_FALSE(check_room(gambia, five, {noon(Date(2027, 4, 2)), true}, "Europe/Zurich", Date(2027, 1, 4)));
  auto const& afghanistan = law().at("EU-AF");
  auto const on = afghanistan.in_force_from;
  std::vector<PlannedTravel> const full(50, {noon(Date(2027, 5, 5)), true});
  CHECK_FALSE(check_room(afghanistan, full, {noon(Date(2027, 5, 5)), true}, "Europe/Berlin", std::max(on, Date(2021, 6, 1))));
  CHECK(check_room(afghanistan, full, {noon(Date(2027, 5, 6)), true}, "Europe/Berlin", std::max(on, Date(2021, 6, 1))));
}
