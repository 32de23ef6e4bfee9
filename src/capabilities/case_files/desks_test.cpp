// The desks on both databases: what is laid aside, who is told, who covers, and what the clock asks.
#include "capabilities/case_files/desks.hpp"

#include <filesystem>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/covering.hpp"
#include "foundation/ledger/subject.hpp"
#include "support/files_world.hpp"

using namespace rcms;
using namespace rcms::case_files;
namespace json = boost::json;

namespace {

/// Colleagues of Ana with her role, and the supervisor.
struct Office {
  access::User bruno;
  access::User dora;
};

Office add_office(db::Database& database, tests::PeopleForTests const& people) {
  Office office;
  auto const user = [&](std::string login, std::string role) {
    access::User made = people.ana;
    made.id = UserId::make(tests::start_for_tests);
    made.login = login;
    made.name = "Name of " + login;
    made.roles = {std::move(role)};
    made.revision = 0;
    return made;
  };
  office.bruno = user("bruno.mora", "case_officer");
  office.dora = user("dora.mora", "requesting_supervisor");
  db::Command command;
  access::save_user(command, office.bruno);
  access::save_user(command, office.dora);
  REQUIRE(database.write(command).outcome == db::Outcome::written);
  return office;
}

CaseFile add_draft(tests::FilesWorld& world) {
  CaseFile file;
  file.party = world.people().arcadia.id;
  file.partner = world.people().utopia.id;
  file.side = Side::requesting;
  file.id = CaseId::make(world.clock.now());
  file.agreement = tests::agreement_for_tests;
  file.reference = file.id.value;
  file.state = "draft";
  file.stage = "draft";
  file.owner = world.people().ana.id;
  file.author = world.people().ana.id;
  file.created_at = world.clock.now();
  file.changed_at = world.clock.now();
  keep_waiting(desks_of(world.context, file.party), nullptr, file);
  db::Command command;
  insert_case_file(command, file);
  REQUIRE(world.context.database.write(command).outcome == db::Outcome::written);
  return file;
}

CaseFile read(tests::FilesWorld& world, CaseFile const& file) {
  return find_case_file(world.context.database, file.party, file.id).value();
}

std::size_t on_desk(tests::FilesWorld& world, bool held) {
  ListFilter filter;
  filter.owner = world.people().ana.id;
  filter.on_desks = !held;
  filter.on_hold = held;
  auto const& party = world.people().arcadia.id;
  return list_case_files(world.context.database, party, Side::requesting, filter, Sort::due, "", 50)->rows.size();
}

std::vector<std::pair<std::string, json::object>> told_of(tests::FilesWorld& world, CaseFile const& file) {
  std::vector<std::pair<std::string, json::object>> told;
  for (auto const& entry : ledger::list_entries(world.context.database, subject_of(file)))
    told.emplace_back(entry.record.action, json::parse(entry.content.value_or("{}")).as_object());
  return told;
}

void each(std::function<void(tests::FilesWorld&, Office const&)> const& check) {
  tests::for_each_engine([&](db::Database& database) {
    auto const people = tests::add_people(database, tests::start_for_tests);
    auto const folder = std::filesystem::temp_directory_path() / ("rcms-desks-" + make_uuid(tests::start_for_tests));
    std::filesystem::create_directories(folder);
    {
      tests::FilesWorld world(database, folder, people);
      check(world, add_office(database, people));
    }
    std::filesystem::remove_all(folder);
  }, tests::Migrations::all);
}

}  // namespace

TEST_CASE("a file on hold is on no desk until its day, and nothing stops") {
  each([](tests::FilesWorld& world, Office const&) {
    auto const file = add_draft(world);
    auto const until = today_of(world.context, file.party).plus_days(5);
    CHECK(on_desk(world, false) == 1);
    REQUIRE(hold(world.context, world.ana(), Side::requesting, file.id, {until.text(), "Waits for the court"}, file.revision));
    auto const held = read(world, file);
    REQUIRE(held.hold);
    CHECK(held.hold->reason == "Waits for the court");
    CHECK(held.hold->by == world.people().ana.id);
    CHECK_MESSAGE(held.changed_at == file.changed_at, "it keeps its place in the order of change");
    CHECK(on_desk(world, false) == 0);
    CHECK(on_desk(world, true) == 1);
    CHECK(count_on_hold(world.context.database, file.party, Side::requesting).at("draft") == 1);
    CHECK(count_held_of(world.context.database, file.party, world.people().ana.id) == 1);
    CHECK(count_open_of(world.context.database, file.party, Side::requesting, world.people().ana.id) == 0);
    CHECK(look_at_desks(world.context) == 0);
    world.clock.set(start_of_day(until, "UTC").plus_ms(1));
    CHECK(look_at_desks(world.context) == 1);
    CHECK(look_at_desks(world.context) == 0);
    CHECK_FALSE(read(world, file).hold);
    CHECK(on_desk(world, false) == 1);
    CHECK(told_of(world, file).back().first == "hold_ended");
  });
}

TEST_CASE("the clock tells the officer and the cover, then the supervisor, each once") {
  each([](tests::FilesWorld& world, Office const& office) {
    auto const file = add_draft(world);
    auto const today = today_of(world.context, file.party);
    access::Viewer keeper = world.ana();
    keeper.permissions.insert("administration.users");
    REQUIRE(name_supervisor(world.context.database, keeper, world.people().ana.id, office.dora.id, world.clock.now()));
    Absence absence;
    absence.cover = office.bruno.id;
    absence.from_on = today;
    absence.to_on = today.plus_days(40);
    REQUIRE(plan_absence(world.context.database, world.ana(), absence, today, world.clock.now()));
    CHECK(look_at_desks(world.context) == 0);
    world.clock.set(start_of_day(Date::parse(file.tell_on).value(), "UTC").plus_ms(1));
    CHECK(look_at_desks(world.context) == 1);
    CHECK(look_at_desks(world.context) == 0);
    auto const first = told_of(world, file).back();
    CHECK(first.first == "waiting_too_long");
    CHECK(first.second.at("named").as_string() == world.people().ana.id.value);
    CHECK(first.second.at("cover").as_string() == office.bruno.id.value);
    auto const later = read(world, file);
    CHECK(later.told == 1);
    CHECK(later.changed_at == file.changed_at);
    world.clock.set(start_of_day(Date::parse(later.tell_on).value(), "UTC").plus_ms(1));
    CHECK(look_at_desks(world.context) == 1);
    CHECK(told_of(world, file).back().first == "waiting_escalated");
    CHECK(told_of(world, file).back().second.at("named").as_string() == office.dora.id.value);
    world.clock.set(start_of_day(today.plus_days(300), "UTC"));
    CHECK(look_at_desks(world.context) == 0);
    CHECK(told_of(world, file).size() == 2);
  });
}

TEST_CASE("what was open before anybody counted begins to wait on the day it is first looked at, in silence") {
  each([](tests::FilesWorld& world, Office const&) {
    auto const file = add_draft(world);
    static constexpr db::Sql as_before{"test.as_before", "UPDATE case_files SET step_since = NULL, tell_on = '1970-01-01'"};
    db::Command command;
    command.add(as_before, {});
    REQUIRE(world.context.database.write(command).outcome == db::Outcome::written);
    CHECK_MESSAGE(look_at_desks(world.context) == 0, "nobody is told of what was before");
    CHECK(begin_waiting(world.context) == 1);
    CHECK(begin_waiting(world.context) == 0);
    auto const after = read(world, file);
    CHECK(after.tell_on == file.tell_on);
    CHECK(after.step_since == world.clock.now());
    CHECK(told_of(world, file).empty());
  });
}

TEST_CASE("whoever covers acts in their own name for the absent colleague, and only then") {
  each([](tests::FilesWorld& world, Office const& office) {
    auto const file = add_draft(world);
    auto const today = today_of(world.context, file.party);
    auto const bruno = world.viewer(office.bruno, "XAR");
    HoldInput const input{today.plus_days(3).text(), "Waits for the court"};
    REQUIRE(hold(world.context, bruno, Side::requesting, file.id, input, std::nullopt));
    CHECK_MESSAGE(!told_of(world, file).back().second.contains("for"), "nobody is away");
    Absence absence;
    absence.cover = office.bruno.id;
    absence.from_on = today;
    absence.to_on = today.plus_days(3);
    auto const planned = plan_absence(world.context.database, world.ana(), absence, today, world.clock.now());
    REQUIRE(planned);
    CHECK(list_covered(world.context.database, office.bruno.id, today).size() == 1);
    CHECK(list_covered(world.context.database, office.bruno.id, today.plus_days(4)).empty());
    REQUIRE(hold(world.context, bruno, Side::requesting, file.id, input, std::nullopt));
    CHECK(told_of(world, file).back().second.at("for").as_string() == world.people().ana.id.value);
    CHECK(ledger::list_entries(world.context.database, subject_of(file)).back().record.actor == office.bruno.id.value);
    auto weaker = bruno;
    weaker.permissions.erase("case.hold");
    CHECK_MESSAGE(hold(world.context, weaker, Side::requesting, file.id, input, std::nullopt).error().why == Why::not_permitted,
                  "covering gives no right");
    auto const dora = world.viewer(office.dora, "XAR");
    CHECK_MESSAGE(end_absence(world.context.database, dora, planned->id, world.clock.now()).error().why == Why::not_permitted,
                  "nobody said that she answers for Ana");
    REQUIRE(end_absence(world.context.database, world.ana(), planned->id, world.clock.now()));
    CHECK(end_absence(world.context.database, world.ana(), planned->id, world.clock.now()).error().why == Why::not_found);
    CHECK_FALSE(find_absence(world.context.database, world.people().ana.id, today));
  });
}

TEST_CASE("an absence names an active colleague of the same role who is there on these days") {
  each([](tests::FilesWorld& world, Office const& office) {
    auto const today = today_of(world.context, world.people().arcadia.id);
    auto const plan = [&](access::Viewer const& viewer, UserId const& cover, int from, int to) {
      Absence absence;
      absence.cover = cover;
      absence.from_on = today.plus_days(from);
      absence.to_on = today.plus_days(to);
      return plan_absence(world.context.database, viewer, absence, today, world.clock.now());
    };
    auto const bruno = world.viewer(office.bruno, "XAR");
    REQUIRE(plan(world.ana(), office.bruno.id, 10, 20));
    struct Row {
      char const* name;
      access::Viewer viewer;
      UserId cover;
      int from;
      int to;
      char const* field;
    };
    for (auto const& row : {Row{"oneself", world.ana(), world.people().ana.id, 30, 31, "cover"},
                            Row{"another role", world.ana(), office.dora.id, 30, 31, "cover"},
                            Row{"another State", world.ana(), world.people().uma.id, 30, 31, "cover"},
                            Row{"backwards", world.ana(), office.bruno.id, 31, 30, "to_on"},
                            Row{"the past", world.ana(), office.bruno.id, -9, -1, "to_on"},
                            Row{"too long", world.ana(), office.bruno.id, 30, 500, "to_on"},
                            Row{"twice", world.ana(), office.bruno.id, 20, 25, "from_on"},
                            Row{"covered by one who is away", bruno, world.people().ana.id, 15, 25, "cover"},
                            Row{"away while covering", bruno, world.people().ana.id, 5, 12, "cover"}}) {
      CAPTURE(row.name);
      auto const planned = plan(row.viewer, row.cover, row.from, row.to);
      REQUIRE_FALSE(planned);
      CHECK(planned.error().why == Why::field_invalid);
      CHECK(planned.error().field == row.field);
    }
    CHECK(list_absences(world.context.database, world.people().arcadia.id, today).size() == 1);
    CHECK(list_absences(world.context.database, world.people().utopia.id, today).empty());
    auto keeper = world.ana();
    keeper.permissions.insert("administration.users");
    auto const now = world.clock.now();
    REQUIRE(name_supervisor(world.context.database, keeper, world.people().ana.id, office.dora.id, now));
    CHECK_MESSAGE(name_supervisor(world.context.database, keeper, office.dora.id, world.people().ana.id, now).error().why ==
                      Why::field_invalid,
                  "nobody answers for the one who answers for them");
    CHECK(name_supervisor(world.context.database, world.ana(), office.bruno.id, office.dora.id, now).error().why ==
          Why::not_permitted);
    REQUIRE(name_supervisor(world.context.database, keeper, world.people().ana.id, UserId{}, now));
    CHECK(find_supervisor(world.context.database, world.people().ana.id).empty());
  });
}

TEST_CASE("several files are assigned, each by itself") {
  each([](tests::FilesWorld& world, Office const& office) {
    auto const one = add_draft(world);
    world.clock.set(world.clock.now().plus_ms(1'000));
    auto const other = add_draft(world);
    auto const unknown = CaseId::make(world.clock.now()).value;
    auto const assigned = assign_several(world.context, world.ana(), Side::requesting,
                                         {one.id.value, unknown, "nothing", other.id.value},
                                         office.bruno.id);
    CHECK(assigned.done == std::vector<std::string>{one.id.value, other.id.value});
    REQUIRE(assigned.refused.size() == 2);
    CHECK(assigned.refused.front().refused.why == Why::not_found);
    CHECK(read(world, one).owner == office.bruno.id);
    auto const wrong = assign_several(world.context, world.ana(), Side::requesting, {one.id.value}, world.people().uma.id);
    REQUIRE(wrong.refused.size() == 1);
    CHECK(wrong.refused.front().refused.why == Why::field_invalid);
    CHECK(wrong.refused.front().reference == one.reference);
  });
}

TEST_CASE("the clock and the lists of what is on hold read their own indexes") {
  each([](tests::FilesWorld& world, Office const&) {
    auto& database = world.context.database;
    static constexpr db::Sql files{
        "test.files",
        "INSERT INTO case_files (party, case_id, side, partner, agreement, reference, state, stage, is_open, revision, owner,"
        " person_name, person_original, birth, sex, nationality, created_at, changed_at, clock, acts, tell_on, held_until)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " SELECT $1, 'c' || (100000 + i), 'requesting', $2, 'uto-xar-2019', 'REF-' || i, CASE WHEN i % 2 = 0 THEN 'draft' ELSE"
        " 'screening' END, 'draft', 1, 1, NULL, 'N' || i, '', '', '', '', i, i, '[]', '[]',"
        " CASE WHEN i % 3 = 0 THEN '2031-' || (1000 + i % 9000) END, CASE WHEN i % 500 = 0 THEN '2031-03-01' END FROM n"};
    static constexpr db::Sql analyze{"test.analyze", "ANALYZE"};
    db::Command command;
    command.add(files, {world.people().arcadia.id.value, world.people().utopia.id.value});
    command.add(analyze, {});
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    bool const is_sqlite = database.engine() == db::Engine::sqlite;
    auto const plan_of = [&](std::string const& text, db::Values const& values) {
      std::string plan;
      for (auto const& line : database.read_text((is_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text, values))
        plan += line.text(is_sqlite ? 3 : 0) + "\n";
      return plan;
    };
    db::Values const values{"2031-01-01", "", "", ""};
    for (auto const& sql : questions_of_the_clock()) {
      auto const plan = plan_of(std::string(sql.text), sql.text.find("$1") == sql.text.npos ? db::Values{} : values);
      CAPTURE(plan);
      CHECK(plan.find("Seq Scan") == std::string::npos);
      CHECK(plan.find("SCAN ") == std::string::npos);
      CHECK(plan.find("Sort") == std::string::npos);
      CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    }
    ListFilter held;
    held.on_hold = true;
    ListFilter desk;
    desk.states = {"draft"};
    desk.on_desks = true;
    for (auto const sort : {Sort::newest, Sort::oldest, Sort::due, Sort::name}) {
      for (auto const* filter : {&held, &desk}) {
        auto const questions = ask_case_files(world.people().arcadia.id, Side::requesting, *filter, sort, "", 26).value();
        for (auto const& question : questions) {
          auto const plan = plan_of(question.text, question.values);
          CAPTURE(question.text);
          CAPTURE(plan);
          CHECK(plan.find("Seq Scan") == std::string::npos);
          CHECK(plan.find("SCAN ") == std::string::npos);
          if (filter == &desk) CHECK(plan.find("Sort") == std::string::npos);
          if (filter == &desk) CHECK(plan.find("TEMP B-TREE") == std::string::npos);
          if (filter == &held) CHECK(plan.find("case_files_held") != std::string::npos);
        }
      }
    }
  });
}
