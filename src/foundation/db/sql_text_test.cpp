#include <doctest/doctest.h>

#include "foundation/db/sql_text.hpp"

using namespace rcms::db;

TEST_CASE("a file is split at the semicolons that end statements") {
  struct Case {
    char const* name;
    char const* text;
    Engine engine;
    std::vector<std::string> statements;
  };
  Case const cases[] = {
      {"nothing", "  \n-- only; words\n/* and; these */ ;;", Engine::sqlite, {}},
      {"two", "select 1; select 2", Engine::sqlite, {"select 1", "select 2"}},
      {"quotes", "select ';', \"a;b\"; x", Engine::postgresql, {"select ';', \"a;b\"", "x"}},
      {"a quote within quotes", "select 'it''s; so'; x", Engine::sqlite, {"select 'it''s; so'", "x"}},
      {"comment within", "a -- ; '\nb; c", Engine::sqlite, {"a  \nb", "c"}},
      {"dollar quotes", "create function f() $$ a; b $$; $t$ ;$$; $t$ x", Engine::postgresql,
       {"create function f() $$ a; b $$", "$t$ ;$$; $t$ x"}},
      {"parameters are no dollar quotes", "select $1; select $2", Engine::postgresql, {"select $1", "select $2"}},
      {"trigger of SQLite", "create trigger t after insert on a begin select 1; select 2; end; x", Engine::sqlite,
       {"create trigger t after insert on a begin select 1; select 2; end", "x"}},
  };
  for (auto const& c : cases) {
    CAPTURE(c.name);
    CHECK(split_statements(c.text, c.engine) == c.statements);
  }
  CHECK_THROWS_AS(split_statements("select 'open", Engine::sqlite), Fault);
  CHECK_THROWS_AS(split_statements("/* open", Engine::sqlite), Fault);
  CHECK_THROWS_AS(split_statements("$$ open", Engine::postgresql), Fault);
}

TEST_CASE("words of types become those of SQLite outside quotes") {
  struct Case {
    char const* text;
    char const* expected;
  };
  Case const cases[] = {
      {"create table a (b bigint)", "create table a (b INTEGER) STRICT"},
      {"CREATE TABLE IF NOT EXISTS a (b Bytea, c double  precision)\n", "CREATE TABLE IF NOT EXISTS a (b BLOB, c REAL) STRICT"},
      {"create table a (b text) without rowid", "create table a (b text) without rowid, STRICT"},
      {"create table a (b text) strict", "create table a (b text) strict"},
      {"create index bigint_b on a (b)", "create index bigint_b on a (b)"},
      {"create table a (b text default 'bigint', \"bytea\" bigint)",
       "create table a (b text default 'bigint', \"bytea\" INTEGER) STRICT"},
      {"insert into a values (cast('5' as bigint))", "insert into a values (cast('5' as INTEGER))"},
      {"alter table a add column c bytea", "alter table a add column c BLOB"},
      {"select double from a", "select double from a"},
  };
  for (auto const& c : cases) CHECK(in_words_of_sqlite(c.text) == c.expected);
  CHECK_THROWS_WITH_AS(in_words_of_sqlite("create table a (b text references c deferrable initially deferred)"),
                       doctest::Contains("deferrable"), Fault);
}
