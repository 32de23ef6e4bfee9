// No list in the order of deadlines sorts or goes through all files of a State: the plans, with many files.
#include <doctest/doctest.h>

#include "capabilities/case_files/list.hpp"
#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::case_files;

namespace {

Instant const noon{1'927'713'600'000};

/// Twenty thousand files: one in twenty is open, of those every other one has a deadline and one in ten is Ana's.
void fill(db::Database& database, tests::PeopleForTests const& people) {
  static constexpr db::Sql files{
      "test.files",
      "INSERT INTO case_files (party, case_id, side, partner, agreement, reference, state, stage, is_open, revision, owner,"
      " person_name, person_original, birth, sex, nationality, created_at, changed_at, next_due_on, clock, acts)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      " SELECT $1, 'c' || (100000 + i), 'requesting', $2, 'uto-xar-2019', 'REF-' || i,"
      " CASE WHEN i % 20 <> 0 THEN 'closed' WHEN i % 40 = 0 THEN 'verification' ELSE 'draft' END, 'sent',"
      " CASE WHEN i % 20 = 0 THEN 1 ELSE 0 END, 1, CASE WHEN i % 200 = 0 THEN $3 END, 'N' || i, '', '', '', '', i, i,"
      " CASE WHEN i % 40 = 0 THEN '2031-' || (1000 + i % 9000) END, '[]', '[]' FROM n"};
  static constexpr db::Sql analyze{"test.analyze", "ANALYZE"};
  db::Command command;
  command.add(files, {people.arcadia.id.value, people.utopia.id.value, people.ana.id.value});
  command.add(analyze, {});
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

}  // namespace

TEST_CASE("a list in the order of deadlines is read from an index: with a deadline, without, and from the middle") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    fill(database, people);
    bool const is_sqlite = database.engine() == db::Engine::sqlite;
    struct Row {
      char const* name;
      ListFilter filter;
    };
    std::vector<Row> rows = {{"all", {}}, {"a state", {}}, {"open", {}}, {"an officer", {}}};
    rows[1].filter.states = {"draft"};
    rows[2].filter.open_only = true;
    rows[3].filter.owner = people.ana.id;
    for (auto const& row : rows) {
      CAPTURE(row.name);
      std::vector<std::string> cursors = {""};
      auto const first = list_case_files(database, people.arcadia.id, Side::requesting, row.filter, Sort::due, "", 100);
      REQUIRE(first);
      cursors.push_back(first->next);
      for (auto const& cursor : cursors) {
        auto const questions = ask_case_files(people.arcadia.id, Side::requesting, row.filter, Sort::due, cursor, 26).value();
        for (auto const& question : questions) {
          std::string plan;
          for (auto const& line :
               database.read_text((is_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + question.text, question.values))
            plan += line.text(is_sqlite ? 3 : 0) + "\n";
          CAPTURE(question.text);
          CAPTURE(plan);
          CHECK(plan.find("Seq Scan") == std::string::npos);
          CHECK(plan.find("SCAN ") == std::string::npos);
          // The few files of one officer may be sorted.
          if (row.filter.owner.empty()) CHECK(plan.find("Sort") == std::string::npos);
          CHECK(plan.find("TEMP B-TREE") == std::string::npos);
        }
      }
    }
  }, tests::Migrations::all);
}
