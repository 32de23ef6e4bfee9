// No search goes through a table: the plans of all questions, with many rows.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "foundation/search/queries.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;

namespace {

PartyId const arcadia{"01890000-0000-7000-8000-000000000001"};
std::string const kind = "requesting";

std::string plan_of(db::Database& database, search::Question const& question) {
  bool const is_sqlite = database.engine() == db::Engine::sqlite;
  std::string plan;
  for (auto const& row : database.read_text((is_sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + question.text, question.values))
    plan += row.text(is_sqlite ? 3 : 0) + "\n";
  return plan;
}

void fill(db::Database& database) {
  static constexpr db::Sql subjects{
      "test.subjects",
      "INSERT INTO search_subjects (party, kind, subject, words)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      " SELECT $1, $2, 's' || (100000 + i), 'GARCIA N' || i || ' W' || (i % 100) || ' GARCIA+W' || (i % 100) FROM n"};
  static constexpr db::Sql words{
      "test.words",
      "INSERT INTO search_vocabulary (token)"
      " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
      " SELECT $1 || i FROM n"};
  static constexpr db::Sql analyze{"test.analyze", "ANALYZE"};
  db::Command command;
  command.add(subjects, {arcadia.value, kind});
  command.add(words, {"00000001.requesting:N"});
  command.add(analyze, {});
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

}  // namespace

TEST_CASE("no search goes through a table") {
  tests::for_each_engine([](db::Database& database) {
    fill(database);
    search::Shelf const shelf{arcadia, kind};
    auto const engine = database.engine();
    bool const is_sqlite = engine == db::Engine::sqlite;
    auto const check = [&](search::Question const& question, std::string_view index) {
      auto const plan = plan_of(database, question);
      CAPTURE(plan);
      CHECK(plan.find(index) != std::string::npos);
      CHECK(plan.find("Seq Scan") == std::string::npos);
      CHECK(plan.find("SCAN search_") == std::string::npos);
      CHECK(plan.find("SCAN s\n") == std::string::npos);
    };
    std::string_view const of_tokens = is_sqlite ? "VIRTUAL TABLE INDEX" : "search_subjects_by_token";
    // The index of FTS5 is itself called a scan: its name is not that of a table.
    for (auto const& wanted : std::vector<search::Wanted>{{{"N77"}, {}, {}},
                                                          {{"GARCIA+W7", "N7"}, {}, {}},
                                                          {{}, {"GARCIA+W7", "GARCIA+W8"}, {}},
                                                          {{"N7"}, {"N8", "N9"}, {}},
                                                          {{"W7"}, {}, "N"}}) {
      auto question = search::question_of(engine, shelf, wanted, 200);
      auto const plan = plan_of(database, question);
      CAPTURE(plan);
      CHECK(plan.find(of_tokens) != std::string::npos);
      CHECK(plan.find("Seq Scan") == std::string::npos);
      CHECK(plan.find("SCAN s\n") == std::string::npos);
      CHECK(plan.find("SCAN search_subjects") == std::string::npos);
    }
    check(search::question_of_newest(shelf, {{"W7"}, {}, "N"}, 200),
          is_sqlite ? "sqlite_autoindex_search_subjects_1" : "search_subjects_pkey");
    check(search::question_of_vocabulary(shelf, "N7", 65), is_sqlite ? "PRIMARY KEY" : "search_vocabulary_by_token");
  }, tests::Migrations::all);
}
