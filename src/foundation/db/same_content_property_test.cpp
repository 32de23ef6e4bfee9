// Random commands have the same outcome and leave the same content on SQLite and on PostgreSQL.
#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/db/database.hpp"
#include "support/database_for_tests.hpp"

using namespace rcms;
using namespace rcms::db;
using rcms::tests::DatabaseForTests;

namespace {

constexpr char migrations[] = RCMS_SOURCE_DIR "/src/foundation/db/test_migrations";

constexpr Sql insert_person{"test.p_insert", "insert into person (id, name, born_at, weight, photo) values ($1, $2, $3, $4, $5)"};
constexpr Sql upsert_person{"test.p_upsert",
                            "insert into person (id, name) values ($1, $2) on conflict (id) do update set name = excluded.name, "
                            "revision = person.revision + 1 returning revision"};
constexpr Sql update_person{"test.p_update",
                            "update person set name = $3, born_at = $4, revision = revision + 1 where id = $1 and revision = $2"};
constexpr Sql update_old{"test.p_old", "update person set weight = $2 where born_at < $1 returning id"};
constexpr Sql delete_person{"test.p_delete", "delete from person where id = $1"};
constexpr Sql insert_letter{"test.p_letter", "insert into letter (id, person, pages) values ($1, $2, $3)"};
constexpr Sql delete_letters{"test.p_letters", "delete from letter where person = $1"};
constexpr Sql clear_letters{"test.p_clear_letters", "delete from letter"};
constexpr Sql clear_people{"test.p_clear_people", "delete from person"};
constexpr Sql all_people{"test.p_all", "select id, name, born_at, weight, photo, revision from person order by id"};
constexpr Sql sorted_people{"test.p_sorted", "select id from person order by name desc, born_at nulls last, id"};
constexpr Sql all_letters{"test.p_all_letters", "select id, person, pages from letter order by id"};
constexpr Sql totals{"test.p_totals", "select count(*), sum(pages), min(person), max(pages) from letter"};

rc::Gen<std::string> any_key() { return rc::gen::element<std::string>("a", "B", "c", "ñ", "李"); }

rc::Gen<Value> any_text() {
  return rc::gen::map(rc::gen::container<std::string>(rc::gen::elementOf(std::string("aAbZ '\"\\%_\n$1;-"))),
                      [](std::string const& text) { return Value(text); });
}

rc::Gen<Value> any_whole() {
  return rc::gen::oneOf(rc::gen::just(Value()),
                        rc::gen::map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t n) { return Value(n); }));
}

rc::Gen<Value> any_decimal() {
  // Without minus zero, which SQLite stores as zero.
  return rc::gen::oneOf(rc::gen::just(Value()),
                        rc::gen::map(rc::gen::arbitrary<double>(), [](double n) { return Value(n == 0 ? 0.0 : n); }));
}

rc::Gen<Value> any_bytes() {
  return rc::gen::oneOf(rc::gen::just(Value()),
                        rc::gen::map(rc::gen::arbitrary<Bytes>(), [](Bytes const& b) { return Value(b); }));
}

rc::Gen<Value> any_revision() { return rc::gen::map(rc::gen::inRange<int>(1, 4), [](int n) { return Value(std::int64_t{n}); }); }

Statement any_statement() {
  Value const key = *any_key();
  int const expect = *rc::gen::element(db::any_number, 0, 1, 1, 1);
  switch (*rc::gen::inRange(0, 7)) {
    case 0: return {&insert_person, {key, *any_text(), *any_whole(), *any_decimal(), *any_bytes()}, expect};
    case 1: return {&upsert_person, {key, *any_text()}, expect};
    case 2: return {&update_person, {key, *any_revision(), *any_text(), *any_whole()}, expect};
    case 3: return {&update_old, {*any_whole(), *any_decimal()}, db::any_number};
    case 4: return {&delete_person, {key}, expect};
    case 5: return {&insert_letter, {*any_key(), key, std::int64_t{*rc::gen::inRange(-1, 9)}}, expect};
    default: return {&delete_letters, {key}, db::any_number};
  }
}

std::vector<Rows> content_of(Database& database) {
  return {database.read(all_people), database.read(sorted_people), database.read(all_letters), database.read(totals)};
}

bool same_value(Row const& left, Row const& right, std::size_t column) {
  if (left.is_null(column) || right.is_null(column)) return left.is_null(column) && right.is_null(column);
  // Each kind faults when asked for another, so the first that both sides have decides.
  for (auto const equal : {+[](Row const& l, Row const& r, std::size_t c) { return l.integer(c) == r.integer(c); },
                           +[](Row const& l, Row const& r, std::size_t c) { return l.number(c) == r.number(c); },
                           +[](Row const& l, Row const& r, std::size_t c) { return l.text(c) == r.text(c); },
                           +[](Row const& l, Row const& r, std::size_t c) { return l.bytes(c) == r.bytes(c); }}) {
    try {
      return equal(left, right, column);
    } catch (Fault const&) {
      continue;
    }
  }
  return false;
}

void check_same(std::vector<Rows> const& left, std::vector<Rows> const& right) {
  RC_ASSERT(left.size() == right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    RC_ASSERT(left[i].size() == right[i].size());
    for (std::size_t row = 0; row < left[i].size(); ++row)
      for (std::size_t column = 0; column < left[i][row].size(); ++column)
        RC_ASSERT(same_value(left[i][row], right[i][row], column));
  }
}

void clear(Database& database) {
  Command command;
  command.add(clear_letters, {});
  command.add(clear_people, {});
  RC_ASSERT(database.write(command).outcome == Outcome::written);
}

}  // namespace

TEST_CASE("random commands have the same outcome and content on both engines") {
  if (rcms::tests::engines_for_tests().size() < 2) return;
  DatabaseForTests small(Engine::sqlite);
  DatabaseForTests large(Engine::postgresql);
  migrate(small.database(), migrations);
  migrate(large.database(), migrations);
  std::map<Outcome, int> seen;
  bool const same = rc::check("the engines agree", [&] {
    clear(small.database());
    clear(large.database());
    int const commands = *rc::gen::inRange(1, 12);
    for (int i = 0; i < commands; ++i) {
      Command command;
      int const statements = *rc::gen::inRange(1, 4);
      for (int s = 0; s < statements; ++s) {
        auto const statement = any_statement();
        command.add_expecting(*statement.sql, statement.values, statement.expect);
      }
      auto const on_small = small.database().write(command);
      auto const on_large = large.database().write(command);
      RC_ASSERT(on_small.outcome == on_large.outcome);
      RC_ASSERT(on_small.statement == on_large.statement);
      check_same(on_small.rows, on_large.rows);
      ++seen[on_small.outcome];
    }
    check_same(content_of(small.database()), content_of(large.database()));
  });
  CHECK(same);
  CHECK(seen.size() == 4);  // else the random commands are too tame to mean anything
}
