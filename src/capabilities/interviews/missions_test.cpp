// Missions on both databases: a batch is placed once, moved and called off with its persons, and the visited State learns days
// and places only.
#include "capabilities/interviews/missions.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::interviews;

namespace {

using case_files::CaseFile;
using case_files::Side;

struct World {
  explicit World(db::Engine engine)
      : place(engine),
        people(tests::add_people(migrated(), tests::start_for_tests)),
        files(place.database(), folder.path(), people) {
    connect(files.context);
    uma = files.uma();
    ana = files.ana();
    uma.permissions.insert("interview.places");
    Place hall;
    hall.organisation = people.utopian_authority.id;
    hall.name = "Reception centre, hall";
    hall.mode = "in_person";
    hall.address = "Lake Road 1";
    hall.time_zone = "Europe/Zurich";
    for (int weekday = 1; weekday <= 7; ++weekday) hall.hours.push_back({weekday, 9 * 60, 12 * 60});
    place_id = keep_place(files.context, uma, hall)->id;
  }

  db::Database& migrated() {
    db::migrate(place.database(), RCMS_SOURCE_DIR "/db/migrations");
    return place.database();
  }

  CaseId add_case(int number) {
    auto const id = CaseId::make(files.clock.now());
    for (auto const side : {Side::requesting, Side::requested}) {
      bool const asks = side == Side::requesting;
      CaseFile file;
      file.party = asks ? people.arcadia.id : people.utopia.id;
      file.id = id;
      file.side = side;
      file.partner = asks ? people.utopia.id : people.arcadia.id;
      file.agreement = tests::agreement_for_tests;
      file.reference = (asks ? "XAR-2031-00000" : "UTO-2031-00000") + std::to_string(number);
      file.state = "interview";
      file.stage = "verification";
      file.created_at = file.changed_at = files.clock.now();
      file.submitted_on = "2031-01-30";
      file.content = {{"A_person", boost::json::object{{"language", "es"}, {"sex", "F"}}}};
      db::Command command;
      case_files::insert_case_file(command, file);
      REQUIRE(place.database().write(command).outcome == db::Outcome::written);
    }
    return id;
  }

  TaskId add_task(CaseId const& id) {
    auto const task = applications::open_task(
        files.context, uma, id, {"interview", people.utopian_authority.id, {}, Date(2031, 3, 30), "Ask about the school"});
    REQUIRE(task);
    return task->id;
  }

  Mission plan_one() {
    Mission mission;
    mission.partner = people.arcadia.id;
    mission.name = "Spring mission";
    mission.places = {place_id};
    mission.from = Date(2031, 3, 4);
    mission.to = Date(2031, 3, 6);
    mission.experts = {{people.uma.id, "", "F", {"es"}}};
    auto const kept = keep_mission(files.context, uma, mission);
    REQUIRE(kept);
    return *kept;
  }

  std::vector<PlacementInput> placements(MissionId const& id, std::vector<TaskId> const& tasks) {
    std::vector<Wish> wishes;
    for (auto const& task : tasks) wishes.push_back({task, ""});
    auto const plan = plan_mission(files.context, uma, id, wishes);
    REQUIRE(plan);
    std::vector<PlacementInput> inputs;
    for (auto const& one : plan->plan.placed) {
      auto const& interview = one.interview;
      inputs.push_back({interview.task,
                        {interview.place, interview.starts_at, interview.length_minutes, interview.language, "", {},
                         interview.interviewers, id, ""}});
    }
    return inputs;
  }

  tests::DatabaseForTests place;
  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  tests::FilesWorld files;
  access::Viewer uma;
  access::Viewer ana;
  PlaceId place_id;
};

void suspend(World& world, CaseId const& id) {
  auto const stopped = case_files::act(world.files.context, world.ana, Side::requesting, id, std::nullopt,
                                       [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
    case_files::Decision decision;
    decision.after = before;
    decision.after.state = "suspended";
    decision.after.state_before = before.state;
    decision.action = "contact_refused";
    decision.told["reason"] = "Zyxwsecret of Arcadia";
    return decision;
  });
  REQUIRE(stopped);
}

}  // namespace

TEST_CASE("a batch is placed in one act, once; who refuses contact is called off and nobody learns why, on both databases") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    World world(engine);
    auto const& context = world.files.context;
    auto& database = world.place.database();
    auto const mission = world.plan_one();
    std::vector<CaseId> cases;
    std::vector<TaskId> tasks;
    for (int i = 1; i <= 3; ++i) {
      cases.push_back(world.add_case(i));
      tasks.push_back(world.add_task(cases.back()));
    }
    CHECK(list_candidates(context, world.uma, mission).size() == 3);
    auto const inputs = world.placements(mission.id, tasks);
    REQUIRE(inputs.size() == 3);
    CHECK(list_interviews_of_mission(database, world.people.utopia.id, mission.id).empty());
    CHECK(place_batch(context, world.uma, mission.id, inputs).error().field == "mission");  // not announced yet
    REQUIRE(announce_mission(context, world.uma, mission.id, mission.revision));
    CHECK(announce_mission(context, world.uma, mission.id, mission.revision).error().why == Why::stale_revision);
    auto const done = place_batch(context, world.uma, mission.id, inputs);
    REQUIRE(done);
    CHECK(done->placed == 3);
    auto const again = place_batch(context, world.uma, mission.id, inputs);
    CHECK(again->placed == 0);
    CHECK(again->not_placed.at(0).why == "has_date");
    CHECK(list_candidates(context, world.uma, mission).empty());
    world.files.context.exchange.deliver_due();
    auto const told = find_mission_notice(database, world.people.arcadia.id, mission.id);
    REQUIRE(told);
    CHECK(told->from == mission.from);
    CHECK(told->places.at(0).name == "Reception centre, hall");
    CHECK(list_appointments_of_mission(database, world.people.arcadia.id, mission.id).size() == 3);

    suspend(world, cases[1]);
    world.files.context.exchange.deliver_due();
    int not_presented = 0;
    for (auto const& row : list_interviews_of_mission(database, world.people.utopia.id, mission.id))
      not_presented += row.interview.presence == "not_presented" && row.interview.state == "cancelled" ? 1 : 0;
    CHECK(not_presented == 1);
    CHECK(list_candidates(context, world.uma, mission).empty());  // their task has ended
    for (auto const& row : database.read(db::Sql{"test.envelopes", "SELECT sealed FROM envelopes WHERE party = $1"},
                                         {world.people.utopia.id.value})) {
      CHECK(row.text(0).find("Zyxwsecret") == std::string::npos);
      CHECK(row.text(0).find("contact_refused") == std::string::npos);
      CHECK(row.text(0).find(world.people.uma.name) == std::string::npos);
    }
  }
}

TEST_CASE("a mission that is moved takes its interviews along; called off, everybody waits for a date again") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    World world(engine);
    auto const& context = world.files.context;
    auto& database = world.place.database();
    auto const mission = world.plan_one();
    std::vector<TaskId> tasks;
    for (int i = 1; i <= 3; ++i) tasks.push_back(world.add_task(world.add_case(i)));
    REQUIRE(announce_mission(context, world.uma, mission.id, {}));
    REQUIRE(place_batch(context, world.uma, mission.id, world.placements(mission.id, tasks))->placed == 3);
    world.files.context.exchange.deliver_due();
    CHECK(move_mission(context, world.uma, mission.id, Date(2031, 3, 11), "", {}).error().why == Why::reason_missing);
    auto const moved = move_mission(context, world.uma, mission.id, Date(2031, 3, 11), "The flight was cancelled", {});
    REQUIRE(moved);
    CHECK(moved->moved == 3);
    CHECK(moved->called_off.empty());
    CHECK(moved->mission.to == Date(2031, 3, 13));
    for (auto const& row : list_interviews_of_mission(database, world.people.utopia.id, mission.id)) {
      CHECK(row.interview.state == "booked");
      CHECK(date_in_zone(row.interview.starts_at, "Europe/Zurich") >= Date(2031, 3, 11));
    }
    world.files.context.exchange.deliver_due();
    CHECK(find_mission_notice(database, world.people.arcadia.id, mission.id)->from == Date(2031, 3, 11));
    // One day on: the hours that the interviews of the mission themselves have are left in the right order.
    CHECK(move_mission(context, world.uma, mission.id, Date(2031, 3, 12), "A day later", {})->moved == 3);

    auto const off = cancel_mission(context, world.uma, mission.id, "No visa was given", {});
    REQUIRE(off);
    CHECK(off->called_off.size() == 3);
    world.files.context.exchange.deliver_due();
    CHECK(find_mission_notice(database, world.people.arcadia.id, mission.id)->state == "cancelled");
    CHECK(list_waiting(database, world.people.utopia.id).size() == 3);
    for (auto const& row : list_appointments_of_mission(database, world.people.arcadia.id, mission.id))
      CHECK(row.appointment.state == "cancelled");
  }
}

TEST_CASE("nobody is placed whose file was laid aside, and another State's mission does not exist") {
  World world(db::Engine::sqlite);
  auto const& context = world.files.context;
  auto const mission = world.plan_one();
  REQUIRE(announce_mission(context, world.uma, mission.id, {}));
  auto const id = world.add_case(1);
  auto const task = world.add_task(id);
  auto const inputs = world.placements(mission.id, {task});
  REQUIRE(inputs.size() == 1);
  auto const held = case_files::act(context, world.uma, Side::requested, id, std::nullopt,
                                    [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
    case_files::Decision decision;
    decision.after = before;
    decision.after.hold = case_files::Hold{"2031-05-01", "waits for a paper", world.people.uma.id, world.files.clock.now()};
    decision.action = "put_on_hold";
    return decision;
  });
  REQUIRE(held);
  CHECK(list_candidates(context, world.uma, mission).empty());
  auto const done = place_batch(context, world.uma, mission.id, inputs);
  REQUIRE(done);
  CHECK(done->placed == 0);
  CHECK(done->not_placed.at(0).why == "stopped");
  CHECK(plan_mission(context, world.ana, mission.id, {}).error().why == Why::not_permitted);
  auto stranger = world.ana;
  stranger.permissions = world.uma.permissions;
  CHECK(plan_mission(context, stranger, mission.id, {}).error().why == Why::not_found);
}
