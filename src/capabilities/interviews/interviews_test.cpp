// Interviews on both databases: two writers at the same moment, what the other State learns, what a stop does.
#include <atomic>
#include <thread>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/applications/tasks.hpp"
#include "capabilities/interviews/actions.hpp"
#include "capabilities/interviews/appointments.hpp"
#include "capabilities/interviews/minutes_actions.hpp"
#include "capabilities/safeguards/actions.hpp"
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
    Place room;
    room.organisation = people.utopian_authority.id;
    room.name = "Consulate, room 2";
    room.mode = "in_person";
    room.address = "Harbour Street 4";
    room.time_zone = "Europe/Zurich";
    for (int weekday = 1; weekday <= 7; ++weekday) room.hours.push_back({weekday, 0, 1440});
    uma.permissions.insert("interview.places");
    auto const kept = keep_place(files.context, uma, room);
    REQUIRE(kept);
    place_id = kept->id;
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

  BookingInput booking(Instant starts_at) const { return {place_id, starts_at, 60, "es", "", {}, {people.uma.id}, {}}; }

  CaseFile file(Side side, CaseId const& id) {
    return *case_files::find_case_file(place.database(), side == Side::requesting ? people.arcadia.id : people.utopia.id, side,
                                       id);
  }

  tests::DatabaseForTests place;
  tests::TemporaryFolder folder;
  tests::PeopleForTests people;
  tests::FilesWorld files;
  access::Viewer uma;
  access::Viewer ana;
  PlaceId place_id;
};

Instant const tuesday = Instant::parse("2031-03-04T08:00:00Z").value();

}  // namespace

TEST_CASE("of two who book the same at the same moment one is refused, on both databases") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    World world(engine);
    constexpr int cases = 6;
    std::vector<TaskId> tasks;
    for (int i = 1; i <= cases; ++i) tasks.push_back(world.add_task(world.add_case(i)));
    std::atomic<int> booked = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> writers;
    writers.reserve(tasks.size());
    for (auto const& task : tasks) {
      writers.emplace_back([&, task] {
        auto const answer = book(world.files.context, world.uma, task, world.booking(tuesday));
        if (answer) {
          ++booked;
        } else if (answer.error().why == Why::already_exists && !answer.error().field.empty()) {
          ++refused;
        }
      });
    }
    for (auto& writer : writers) writer.join();
    CHECK(booked == 1);
    CHECK(refused == cases - 1);
    CHECK(list_interviews(world.place.database(), world.people.utopia.id, tuesday, tuesday.plus_ms(1)).size() == 1);
  }
}

TEST_CASE("what is called off or moved gives its hour free") {
  for (auto const engine : tests::engines_for_tests()) {
    World world(engine);
    auto const& context = world.files.context;
    auto const first = world.add_task(world.add_case(1));
    auto const second = world.add_task(world.add_case(2));
    auto const one = book(context, world.uma, first, world.booking(tuesday));
    REQUIRE(one);
    CHECK(book(context, world.uma, first, world.booking(tuesday.plus_ms(7'200'000))).error().field == "task");
    CHECK(book(context, world.uma, second, world.booking(tuesday)).error().field == "interviewers");
    auto const moved = move(context, world.uma, one->interview.id, world.booking(tuesday.plus_ms(1'800'000)), std::nullopt);
    REQUIRE(moved);
    CHECK(book(context, world.uma, second, world.booking(tuesday)).error().field == "interviewers");
    CHECK(move(context, world.uma, one->interview.id, world.booking(tuesday), one->interview.revision).error().why ==
          Why::stale_revision);
    CHECK(cancel(context, world.uma, one->interview.id, "", std::nullopt).error().why == Why::reason_missing);
    REQUIRE(cancel(context, world.uma, one->interview.id, "The interpreter is ill", std::nullopt));
    CHECK(book(context, world.uma, second, world.booking(tuesday)));
    CHECK(list_waiting(world.place.database(), world.people.utopia.id).size() == 1);
  }
}

TEST_CASE(
    "the requesting State knows time and place from an envelope, and nothing of who asks, why it was moved or what was said") {
  for (auto const engine : tests::engines_for_tests()) {
    World world(engine);
    auto const& context = world.files.context;
    auto const id = world.add_case(1);
    auto const task = world.add_task(id);
    auto const one = book(context, world.uma, task, world.booking(tuesday));
    REQUIRE(one);
    CHECK(list_appointments_of_case(world.place.database(), world.people.arcadia.id, id).empty());
    world.files.context.exchange.deliver_due();
    auto seen = list_appointments_of_case(world.place.database(), world.people.arcadia.id, id);
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].appointment.starts_at == tuesday);
    CHECK(seen[0].appointment.place == "Consulate, room 2");
    CHECK(seen[0].appointment.state == "asked");
    REQUIRE(cancel(context, world.uma, one->interview.id, "Zyxwsecret of Utopia", std::nullopt));
    world.files.context.exchange.deliver_due();
    seen = list_appointments_of_case(world.place.database(), world.people.arcadia.id, id);
    CHECK(seen[0].appointment.state == "cancelled");
    for (auto const& row : world.place.database().read(db::Sql{"test.envelopes", "SELECT sealed FROM envelopes WHERE party = $1"},
                                                       {world.people.arcadia.id.value})) {
      CHECK(row.text(0).find("Zyxwsecret") == std::string::npos);
      CHECK(row.text(0).find(world.people.uma.id.value) == std::string::npos);
      CHECK(row.text(0).find(world.people.uma.name) == std::string::npos);
    }
  }
}

TEST_CASE("a file that stops calls its interview off, ends the task of the other State and gives no reason") {
  for (auto const engine : tests::engines_for_tests()) {
    World world(engine);
    auto const& context = world.files.context;
    auto const id = world.add_case(1);
    auto const task = world.add_task(id);
    auto const one = book(context, world.uma, task, world.booking(tuesday));
    REQUIRE(one);
    // A second body of the same State has a date with the person too.
    auto const other = book(context, world.uma, world.add_task(id), world.booking(tuesday.plus_ms(3 * 3'600'000)));
    REQUIRE(other);
    world.files.context.exchange.deliver_due();
    auto const stopped = case_files::act(context, world.ana, Side::requesting, id, std::nullopt,
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
    auto const told = list_appointments_of_case(world.place.database(), world.people.arcadia.id, id);
    REQUIRE(told.size() == 2);
    for (auto const& row : told) CHECK(row.appointment.state == "not_presented");
    world.files.context.exchange.deliver_due();
    auto const after = find_interview(world.place.database(), world.people.utopia.id, one->interview.id);
    REQUIRE(after);
    CHECK(after->interview.state == "cancelled");
    CHECK(after->interview.presence == "not_presented");
    CHECK(after->task_state == "cancelled");
    auto const also = find_interview(world.place.database(), world.people.utopia.id, other->interview.id);
    CHECK(also->interview.state == "cancelled");
    CHECK(also->interview.presence == "not_presented");
    CHECK(world.file(Side::requested, id).state == "interview");
    for (auto const& row : world.place.database().read(db::Sql{"test.envelopes", "SELECT sealed FROM envelopes WHERE party = $1"},
                                                       {world.people.utopia.id.value})) {
      CHECK(row.text(0).find("Zyxwsecret") == std::string::npos);
      CHECK(row.text(0).find("contact_refused") == std::string::npos);
      CHECK(row.text(0).find("suspended") == std::string::npos);
    }
    // The hour is free again.
    CHECK(book(context, world.uma, world.add_task(world.add_case(2)), world.booking(tuesday)));
  }
}

TEST_CASE("a file of the requested State that stops calls off all its interviews, and the other State learns of each") {
  World world(db::Engine::sqlite);
  auto const& context = world.files.context;
  auto const id = world.add_case(1);
  REQUIRE(book(context, world.uma, world.add_task(id), world.booking(tuesday)));
  REQUIRE(book(context, world.uma, world.add_task(id), world.booking(tuesday.plus_ms(3 * 3'600'000))));
  world.files.context.exchange.deliver_due();
  REQUIRE(case_files::act(context, world.uma, Side::requested, id, std::nullopt,
                          [&](CaseFile const& before, db::Command&) -> Result<case_files::Decision> {
                            case_files::Decision decision;
                            decision.after = before;
                            decision.after.state = "suspended";
                            decision.after.state_before = before.state;
                            decision.action = "suspended";
                            return decision;
                          }));
  world.files.context.exchange.deliver_due();
  auto const told = list_appointments_of_case(world.place.database(), world.people.arcadia.id, id);
  REQUIRE(told.size() == 2);
  for (auto const& row : told) CHECK(row.appointment.state == "cancelled");
}

TEST_CASE("a task with a date is not completed beside its interview") {
  World world(db::Engine::sqlite);
  auto const& context = world.files.context;
  auto const task = world.add_task(world.add_case(1));
  auto const one = book(context, world.uma, task, world.booking(tuesday));
  REQUIRE(one);
  auto const done = applications::complete_task(context, world.uma, task, {"confirmed", "Knows the school", {}, {}});
  REQUIRE_FALSE(done);
  CHECK(done.error().front().why == Why::wrong_step);
  CHECK(done.error().front().field == "minutes");
}

TEST_CASE("without an interview the result of its task is inconclusive, with the reason, and nothing else") {
  World world(db::Engine::sqlite);
  auto const& context = world.files.context;
  auto const task = world.add_task(world.add_case(1));
  for (auto const* outcome : {"confirmed", "not_confirmed"}) {
    CAPTURE(outcome);
    auto const done = applications::complete_task(context, world.uma, task, {outcome, "Knows the school", {}, {}});
    REQUIRE_FALSE(done);
    CHECK(done.error().front().why == Why::wrong_step);
    CHECK(done.error().front().field == "minutes");
  }
  CHECK(applications::complete_task(context, world.uma, task, {"inconclusive", "", {}, {}}).error().front().why ==
        Why::reason_missing);
  auto const ended = applications::complete_task(context, world.uma, task, {"inconclusive", "Nobody could be reached", {}, {}});
  REQUIRE(ended);
  CHECK(ended->state == "done");
}

TEST_CASE("who neither reads applications nor belongs to the body of the task sees no interview") {
  World world(db::Engine::sqlite);
  auto const task = world.add_task(world.add_case(1));
  auto const one = book(world.files.context, world.uma, task, world.booking(tuesday));
  REQUIRE(one);
  access::Viewer field;
  field.party = world.people.utopia.id;
  field.organisation = OrganisationId{"police"};
  field.permissions = {"task.read", "task.complete"};
  CHECK_FALSE(find_visible(world.files.context, field, one->interview.id));
  field.permissions.insert("interview.read");
  CHECK_FALSE(find_visible(world.files.context, field, one->interview.id));
  field.organisation = world.people.utopian_authority.id;
  CHECK(find_visible(world.files.context, field, one->interview.id));
  CHECK_FALSE(find_visible(world.files.context, world.ana, one->interview.id));
}

TEST_CASE("when an interview is moved its invitation is drawn anew, as the next version") {
  for (auto const engine : tests::engines_for_tests()) {
    World world(engine);
    auto const& context = world.files.context;
    auto const rights = std::make_shared<std::vector<Right> const>(load_rights(tests::data_for_tests));
    redraw_with(context, rights);
    auto const id = world.add_case(1);
    auto const one = book(context, world.uma, world.add_task(id), world.booking(tuesday));
    REQUIRE(one);
    world.files.context.exchange.deliver_due();
    auto const first = make_invitation(context, *rights, world.ana, one->interview.id, "es", std::nullopt);
    REQUIRE(first);
    CHECK(first->appointment.invitation_version == 1);
    REQUIRE(move(context, world.uma, one->interview.id, world.booking(tuesday.plus_ms(86'400'000)), std::nullopt));
    world.files.context.exchange.deliver_due();
    auto const after = list_appointments_of_case(world.place.database(), world.people.arcadia.id, id).at(0).appointment;
    CHECK(after.invitation_version == 2);
    CHECK_FALSE(after.invitation.empty());
    CHECK(after.invitation != first->appointment.invitation);
    CHECK(after.invitation_language == "es");
    CHECK(after.invited_on.empty());
  }
}

TEST_CASE("from the booking over invitation and presence to minutes that everybody signed, on both databases") {
  for (auto const engine : tests::engines_for_tests()) {
    CAPTURE(tests::name_of(engine));
    World world(engine);
    auto const& context = world.files.context;
    auto const rights = load_rights(tests::data_for_tests);
    auto const id = world.add_case(1);
    auto const task = world.add_task(id);
    auto const one = book(context, world.uma, task, world.booking(tuesday));
    REQUIRE(one);
    auto const interview = one->interview.id;
    world.files.context.exchange.deliver_due();
    REQUIRE(make_invitation(context, rights, world.ana, interview, "es", std::nullopt));
    auto const today = case_files::today_of(context, world.people.arcadia.id).text();
    REQUIRE(serve_invitation(context, world.ana, interview, today, "handed", std::nullopt));
    CHECK(arrange_presence(context, world.ana, interview, std::nullopt).error().why == Why::gate_open);
    auto sofia = world.ana;
    sofia.user = UserId{"sofia"};
    sofia.permissions.insert({"case.screen", "safeguard.read"});
    REQUIRE(safeguarding::decide_gate(context, world.ana, id,
                                      {"G12", "closed", {{"invitation_date", today}, {"interpreter", "not needed"}}, {}},
                                      std::nullopt));
    REQUIRE(safeguarding::decide_gate(context, sofia, id,
                                      {"G02", "closed", {{"status_token", "ST-1"}, {"checked_on", today}}, {}}, std::nullopt));
    auto const arranged = arrange_presence(context, world.ana, interview, std::nullopt);
    REQUIRE_MESSAGE(arranged.has_value(), (arranged ? "" : arranged.error().field));
    world.files.context.exchange.deliver_due();
    std::vector<Attendant> const people{{"person", {}, "", "present", ""},
                                        {"interviewer", world.people.uma.id, world.people.uma.name, "present", ""}};
    CHECK(record_attendance(context, world.uma, interview, people, std::nullopt).error().why == Why::too_early);
    world.files.clock.set(tuesday.plus_ms(3'600'000));
    auto const held = record_attendance(context, world.uma, interview, people, std::nullopt);
    REQUIRE(held);
    CHECK(held->interview.state == "held");
    boost::json::object const content{
        {"interview",
         boost::json::object{{"held_at", tuesday.text()},
                             {"place", "Consulate, room 2"},
                             {"mode", "in_person"},
                             {"language", "es"},
                             {"attendants", boost::json::array{boost::json::object{{"name", "Uma"}, {"function", "Consul"}}}}}},
        {"rights",
         boost::json::object{
             {"invited_on", today}, {"informed_of_purpose", true}, {"informed_of_silence", true}, {"companion_offered", true}}},
        {"minutes",
         boost::json::object{
             {"summary", "Names the town."}, {"result", "recognised"}, {"result_reason", "Knows the town and its school."}}}};
    auto const written = write_minutes(context, world.uma, interview, content);
    REQUIRE_MESSAGE(written.has_value(), (written ? "" : written.error().front().field));
    CHECK(give_result(context, world.uma, interview, "confirmed", "").error().front().why == Why::wrong_step);
    CHECK(mark_minutes(context, world.uma, interview, {1, "person", "", "refused", ""}).error().why == Why::reason_missing);
    REQUIRE(mark_minutes(context, world.uma, interview, {1, "person", "", "signed_on_paper", ""}));
    auto const closed = mark_minutes(context, world.uma, interview, {1, "interviewer", "", "signed", ""});
    REQUIRE(closed);
    CHECK(closed->state == "closed");
    REQUIRE(give_result(context, world.uma, interview, "confirmed", "Knows the school"));
    world.files.context.exchange.deliver_due();
    auto const told = find_appointment(world.place.database(), world.people.arcadia.id, interview);
    CHECK(told->appointment.state == "held");
    CHECK(told->appointment.attendance == "present");
    auto const case_file = case_files::find_case_file(context.database, told->appointment.party, case_files::Side::requesting,
                                                      told->appointment.case_id);
    auto const papers = safeguarding::known_papers(*case_file, "G12");
    CHECK(papers.at("attendance") == "present");
    CHECK(papers.at("invitation_date") == told->appointment.invited_on);
    CHECK(papers.at("minutes_signed_on") == told->appointment.minutes_signed_on);
    CHECK(safeguarding::known_papers(*case_file, "G03").empty());
    CHECK(told->appointment.minutes_hash == closed->content_hash);
  }
}
