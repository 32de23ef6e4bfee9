// The contract, on both engines: values, outcomes, streams, limits.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::for_each_engine;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/src/foundation/db/test_migrations";

constexpr Sql add_person{"test.add_person", "insert into person (id, name, born_at, weight, photo) values ($1, $2, $3, $4, $5)"};
constexpr Sql get_person{"test.get_person", "select id, name, born_at, weight, photo from person where id = $1"};
constexpr Sql count_people{"test.count_people", "select count(*) from person"};
constexpr Sql rename_person{"test.rename_person",
                            "update person set name = $3, revision = revision + 1 where id = $1 and revision = $2"};
constexpr Sql add_letter{"test.add_letter", "insert into letter (id, person, pages) values ($1, $2, $3)"};
constexpr Sql list_people{"test.list_people", "select id, name from person order by name, id"};

Command one(Sql const& sql, Values values) {
  Command command;
  command.add(sql, std::move(values));
  return command;
}

Values person(std::string id, std::string name = "Ada Lo") {
  return {std::move(id), std::move(name), Value(), Value(), Value()};
}

std::int64_t people_in(Database& database) { return database.find(count_people)->integer(0); }

void with_people(std::function<void(Database&)> const& test) {
  for_each_engine([&](Database& database) {
    migrate(database, migrations);
    test(database);
  });
}

}  // namespace

TEST_CASE("what is written is read back the same on both engines") {
  Bytes all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<std::uint8_t>(i));
  struct Case {
    char const* name;
    Value text, whole, number, bytes;
  };
  Case const cases[] = {
      {"nulls", Value(), Value(), Value(), Value()},
      {"plain", "Ada", std::int64_t{1}, 1.5, Bytes{1, 2}},
      {"empty", "", std::int64_t{0}, 0.0, Bytes{}},
      {"largest", "z", INT64_MAX, 1.7976931348623157e308, all_bytes},
      {"smallest", "a", INT64_MIN, -4.9e-324, Bytes(3, 0)},
      {"number without decimals", "n", std::int64_t{-5}, 3.0, Bytes{'\\', 'x'}},
      {"other scripts", "ሰላም محمد Nguyễn 李小龙 Ђорђе 😀", std::int64_t{7}, 0.1, Bytes{255}},
      {"quotes and line ends", "O'Hara \"x\" \\ \n $1 ; --", std::int64_t{7}, 1e-7, Bytes{0}},
      {"text of a million letters", std::string(1'000'000, 'x'), std::int64_t{7}, 123456.789, Bytes(1'000'000, 7)},
  };
  with_people([&](Database& database) {
    int id = 0;
    for (auto const& c : cases) {
      CAPTURE(c.name);
      auto const key = fmt::format("p{}", ++id);
      auto const name = std::holds_alternative<std::monostate>(c.text) ? Value("-") : c.text;
      CHECK(database.write(one(add_person, {key, name, c.whole, c.number, c.bytes})).outcome == Outcome::written);
      auto const row = database.find(get_person, {key});
      REQUIRE(row);
      CHECK(row->text(1) == std::get<std::string>(name));
      CHECK(row->is_null(2) == std::holds_alternative<std::monostate>(c.whole));
      if (!row->is_null(2)) CHECK(row->integer(2) == std::get<std::int64_t>(c.whole));
      if (!row->is_null(3)) CHECK(row->number(3) == std::get<double>(c.number));
      if (!row->is_null(4)) CHECK(row->bytes(4) == std::get<Bytes>(c.bytes));
      CHECK(row->is_null(4) == std::holds_alternative<std::monostate>(c.bytes));
    }
  });
}

TEST_CASE("expressions give the same value on both engines") {
  struct Case {
    char const* text;
    Values values;
    Value expected;
  };
  Case const cases[] = {
      {"select 7 / 2", {}, std::int64_t{3}},
      {"select $1 + 1", {INT64_MAX - 1}, INT64_MAX},
      {"select 1 = 1", {}, std::int64_t{1}},
      {"select $1 = $2", {"a", "b"}, std::int64_t{0}},
      {"select cast($1 as text) is null", {Value()}, std::int64_t{1}},
      {"select coalesce($1, 'none')", {Value()}, "none"},
      {"select coalesce($1, 'none')", {"some"}, "some"},
      {"select sum(v) from (select 3 as v union all select 4) as t", {}, std::int64_t{7}},
      {"select sum(cast(v as bigint)) from (select 3 as v union all select 4) as t", {}, std::int64_t{7}},
      {"select avg(v) from (select 3 as v union all select 4) as t", {}, 3.5},
      {"select avg(v) from (select 4 as v union all select 4) as t", {}, 4.0},
      {"select sum(v) from (select 1 as v) as t where v > 1", {}, Value()},
      {"select count(*) from (select 1 as v) as t where v > 1", {}, std::int64_t{0}},
      {"select 'ABC' like 'abc'", {}, std::int64_t{0}},
      {"select $1 like $2 escape '\\'", {"100%", "100\\%"}, std::int64_t{1}},
      {"select substr($1, 2, 3)", {"ñandú"}, "and"},
      {"select length($1)", {"ñandú"}, std::int64_t{5}},
      {"select $1 || $2", {"a", "b"}, "ab"},
      {"select min(v) from (select 'a' as v union all select 'Z' union all select 'é') as t", {}, "Z"},
      {"select max(v) from (select 'a' as v union all select 'Z' union all select 'é') as t", {}, "é"},
      {"select case when $1 > 2 then 'more' else 'less' end", {std::int64_t{3}}, "more"},
  };
  for_each_engine([&](Database& database) {
    for (auto const& c : cases) {
      CAPTURE(c.text);
      auto const rows = database.read_text(c.text, c.values);
      REQUIRE(rows.size() == 1);
      if (auto const* whole = std::get_if<std::int64_t>(&c.expected)) CHECK(rows[0].integer(0) == *whole);
      if (auto const* number = std::get_if<double>(&c.expected)) CHECK(rows[0].number(0) == *number);
      if (auto const* text = std::get_if<std::string>(&c.expected)) CHECK(rows[0].text(0) == *text);
      if (std::holds_alternative<std::monostate>(c.expected)) CHECK(rows[0].is_null(0));
    }
  });
}

TEST_CASE("a command stands as a whole or not at all") {
  struct Case {
    char const* name;
    std::function<void(Command&)> fill;
    Outcome outcome;
    std::size_t statement;
    std::int64_t people_after;
  };
  Case const cases[] = {
      {"nothing at all", [](Command&) {}, Outcome::written, 0, 1},
      {"two statements", [](Command& c) { c.add(add_person, person("b")); c.add(add_person, person("c")); },
       Outcome::written, 0, 3},
      {"expected revision is there", [](Command& c) {
         c.add(add_person, person("b"));
         c.add_expecting(rename_person, {"a", std::int64_t{1}, "Other"});
       }, Outcome::written, 0, 2},
      {"revision is stale", [](Command& c) {
         c.add(add_person, person("b"));
         c.add_expecting(rename_person, {"a", std::int64_t{9}, "Other"});
         c.add(add_person, person("c"));
       }, Outcome::superseded, 1, 1},
      {"same key twice", [](Command& c) { c.add(add_person, person("b")); c.add(add_person, person("a")); },
       Outcome::already_exists, 1, 1},
      {"unique column", [](Command& c) {
         c.add(add_letter, {"l1", "a", std::int64_t{1}});
         c.add(add_letter, {"l1", "a", std::int64_t{1}});
       }, Outcome::already_exists, 1, 1},
      {"foreign key", [](Command& c) { c.add(add_person, person("b")); c.add(add_letter, {"l1", "zz", std::int64_t{1}}); },
       Outcome::not_allowed, 1, 1},
      {"check", [](Command& c) { c.add(add_letter, {"l1", "a", std::int64_t{0}}); }, Outcome::not_allowed, 0, 1},
      {"stale first, key twice later: the first decides", [](Command& c) {
         c.add_expecting(rename_person, {"a", std::int64_t{9}, "Other"});
         c.add(add_person, person("a"));
       }, Outcome::superseded, 0, 1},
      {"none expected, none changed", [](Command& c) { c.add_expecting(rename_person, {"zz", std::int64_t{1}, "x"}, 0); },
       Outcome::written, 0, 1},
  };
  for (auto const& c : cases) {
    CAPTURE(c.name);
    with_people([&](Database& database) {
      REQUIRE(database.write(one(add_person, person("a"))).outcome == Outcome::written);
      Command command;
      c.fill(command);
      auto const written = database.write(command);
      CHECK(written.outcome == c.outcome);
      CHECK(written.statement == c.statement);
      CHECK(people_in(database) == c.people_after);
      bool const renamed = database.find(get_person, {"a"})->text(1) == "Other";
      CHECK(renamed == (c.outcome == Outcome::written && c.people_after == 2));
      CHECK(database.write(one(add_person, person("next"))).outcome == Outcome::written);
    });
  }
}

TEST_CASE("what is nobody's choice is a fault, and the database goes on") {
  static constexpr Sql no_such_table{"test.no_table", "insert into nowhere (id) values ($1)"};
  static constexpr Sql not_sql{"test.not_sql", "insart into person"};
  static constexpr Sql two{"test.two", "select 1; select 2"};
  struct Case {
    char const* name;
    std::function<void(Database&)> act;
  };
  Case const cases[] = {
      {"unknown table", [](Database& d) { d.write(one(no_such_table, {"x"})); }},
      {"no SQL", [](Database& d) { d.write(one(not_sql, {})); }},
      {"two statements in one", [](Database& d) { d.read(two); }},
      {"null where none may be", [](Database& d) { d.write(one(add_person, {"x", Value(), Value(), Value(), Value()})); }},
      {"words in a column of numbers", [](Database& d) { d.write(one(add_person, {"x", "y", "words", Value(), Value()})); }},
      {"too few values", [](Database& d) { d.write(one(add_person, {"x"})); }},
      {"one value too many", [](Database& d) { d.read_text("select $1 || $1", {"a", "b"}); }},
      {"a zero character", [](Database& d) { d.write(one(add_person, person("x", std::string("a\0b", 3)))); }},
      {"broken UTF-8", [](Database& d) { d.write(one(add_person, person("x", "a\xff"))); }},
      {"not a number", [](Database& d) { d.write(one(add_person, {"x", "y", Value(), 0.0 / 0.0, Value()})); }},
      {"writing by read", [](Database& d) { d.read(add_person, person("x")); }},
      {"text of a number", [](Database& d) { d.find(count_people)->text(0); }},
      {"a column that is not there", [](Database& d) { d.find(count_people)->integer(1); }},
      {"a channel of bad name", [](Database& d) { d.notify("a; drop table person"); }},
  };
  with_people([&](Database& database) {
    for (auto const& c : cases) {
      CAPTURE(c.name);
      CHECK_THROWS_AS(c.act(database), Fault);
      CHECK(people_in(database) == 0);
    }
    CHECK(database.write(one(add_person, person("a"))).outcome == Outcome::written);
  });
}

TEST_CASE("RETURNING gives the rows of each statement") {
  static constexpr Sql returning{"test.returning", "insert into person (id, name) values ($1, $2) returning name, revision"};
  with_people([](Database& database) {
    Command command;
    command.add(returning, {"a", "Ada"});
    command.add(rename_person, {"a", std::int64_t{1}, "Bo"});
    command.add_expecting(returning, {"c", "Cy"});
    auto const written = database.write(command);
    REQUIRE(written.rows.size() == 3);
    CHECK(written.rows[0].at(0).text(0) == "Ada");
    CHECK(written.rows[0].at(0).integer(1) == 1);
    CHECK(written.rows[1].empty());
    CHECK(written.rows[2].at(0).text(0) == "Cy");
  });
}

TEST_CASE("null and values can follow each other in one statement") {
  static constexpr Sql found{"test.nullable", "select count(*) from person where cast($1 as bigint) is null or born_at = $1"};
  with_people([](Database& database) {
    database.write(one(add_person, {"a", "Ada", std::int64_t{5}, Value(), Value()}));
    database.write(one(add_person, person("b")));
    CHECK(database.find(found, {Value()})->integer(0) == 2);
    CHECK(database.find(found, {std::int64_t{5}})->integer(0) == 1);
    CHECK(database.find(found, {Value()})->integer(0) == 2);
    CHECK(database.find(found, {std::int64_t{6}})->integer(0) == 0);
  });
}

TEST_CASE("a stream shows one state, may be stopped, and leaves the database usable") {
  static constexpr Sql add_many{"test.add_many",
                                "insert into person (id, name) "
                                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) "
                                "select 'p' || i, 'name ' || i from n"};
  with_people([](Database& database) {
    database.write(one(add_many, {}));
    std::size_t seen = 0;
    database.read_each(list_people, {}, [&](Row const& row) {
      if (seen == 10) database.write(one(add_person, person("later", "zzz")));
      CHECK(row.text(0) != "later");
      ++seen;
      return true;
    });
    CHECK(seen == 20000);
    for (int i = 0; i < 30; ++i) {
      std::size_t few = 0;
      database.read_each(list_people, {}, [&](Row const&) { return ++few < 3; });
      CHECK(few == 3);
    }
    CHECK_THROWS_AS(database.read_each(list_people, {}, [](Row const&) -> bool { throw std::logic_error("stop"); }),
                    std::logic_error);
    CHECK(people_in(database) == 20001);
  });
}

TEST_CASE("many different texts do not pile up") {
  with_people([](Database& database) {
    for (int i = 0; i < 1500; ++i)
      CHECK(database.read_text(fmt::format("select {} + $1", i), {std::int64_t{1}}).at(0).integer(0) == i + 1);
    CHECK(database.read_text("select $1", {"x"}, Planning::each_time).at(0).text(0) == "x");
  });
}

TEST_CASE("figures are told by name") {
  with_people([](Database& database) {
    database.write(one(add_person, person("a")));
    double commands = 0;
    for (auto const& [name, value] : database.figures())
      if (name == "db_commands_total") commands = value;
    CHECK(commands >= 1);
  });
}

TEST_CASE("an address that is none is told with the remedy") {
  for (auto const* address : {"", "sqlite:", "mysql://x", "/tmp/file", "sqlite"}) {
    CAPTURE(address);
    CHECK_THROWS_WITH_AS(open(address), doctest::Contains("sqlite:PATH"), Fault);
  }
}
