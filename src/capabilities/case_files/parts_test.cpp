#include "capabilities/case_files/parts.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::case_files;
namespace json = boost::json;

namespace {

Instant const noon{1'927'713'600'000};

db::Sql const insert_key{"test.key", "INSERT INTO case_keys (subject, wrapped_key, made_at) VALUES ($1, $2, $3)"};
db::Sql const insert_gate{
    "test.gate",
    "INSERT INTO gate_decisions (id, party, case_id, gate, status, decided_by, decided_at, evidence, reason)"
    " VALUES ($1, $2, $3, $4, $5, 'sofia', $6, '{\"paper\":\"RD-1\"}', 'why')"};
db::Sql const insert_envelope{
    "test.envelope",
    "INSERT INTO envelopes (party, direction, id, case_id, partner, kind, number, previous_hash, hash, sealed, state, created_at,"
    " ended_at, tries, next_try_at) VALUES ($1, $2, $3, $4, $5, 'reply', $6, '', $7, '{}', 'delivered', $8, $9, 0, 0)"};
db::Sql const insert_task{
    "test.task",
    "INSERT INTO verification_tasks (id, party, case_id, kind, state, organisation, created_by, created_at, due_on, note, card,"
    " outcome, result, done_at, revision)"
    " VALUES ($1, $2, $3, 'interview', 'done', $4, 'ana', $5, '2031-03-01', '', '{}', 'found', '{\"note\":\"seen\"}', $6, 1)"};

CaseFile a_file(PartyId const& party, PartyId const& partner, Side side) {
  CaseFile file;
  file.party = party;
  file.partner = partner;
  file.side = side;
  file.id = CaseId::make(noon);
  file.agreement = "uto-xar-2019";
  file.reference = "2031-" + file.id.value;
  file.state = "verification";
  file.stage = "verification";
  file.created_at = noon;
  file.changed_at = noon;
  return file;
}

DeadlineRecord a_deadline(std::string kind, Instant at) {
  DeadlineRecord record;
  record.id = make_uuid(at);
  record.kind = std::move(kind);
  record.due_on = Date(2031, 3, 1);
  record.state = "open";
  record.computed_at = at;
  record.computation["key"] = record.kind;
  return record;
}

/// Everything that can hang on a file, twice, the later first.
db::Command everything_of(CaseFile const& file, OrganisationId const& organisation, std::string const& mark) {
  db::Command command;
  insert_case_file(command, file);
  command.add(insert_key, {subject_of(file), Bytes{1, 2, 3}, noon.ms});
  for (int i = 1; i >= 0; --i) {
    auto const at = noon.plus_ms(i * 1000);
    auto const name = mark + std::to_string(i);
    insert_deadline(command, file, a_deadline(name, at));
    insert_document_request(command, file, {make_uuid(at), "answered", at, "", at, {{"passport", "es", name, "", {}, false}}});
    insert_note(command, file, {make_uuid(at), UserId{"ana"}, at, name});
    files::add_file(command,
                    {FileId::make(at), subject_of(file), name, "photo", files::FileType::jpeg, 9, "ab", name, at, "ana"});
    command.add(insert_gate, {make_uuid(at), file.party.value, file.id.value, std::string("G01"),
                              std::string(i == 0 ? "failed" : "closed"), at.ms});
    command.add(insert_envelope, {file.party.value, std::string(i == 0 ? "out" : "in"), make_uuid(at), file.id.value,
                                  file.partner.value, std::int64_t{i + 1}, name, at.ms, at.ms + 5});
    command.add(insert_task, {make_uuid(at), file.party.value, file.id.value, organisation.value, at.ms, at.ms + 7});
  }
  command.add(insert_gate,
              {make_uuid(noon), file.party.value, file.id.value, std::string("G00"), std::string("closed"), noon.ms});
  return command;
}

}  // namespace

TEST_CASE("the parts of a file are read together, each list in its order, and none of another file") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    for (auto const side : {Side::requesting, Side::requested}) {
      CAPTURE(name_of(side));
      auto const& own = side == Side::requesting ? people.arcadia.id : people.utopia.id;
      auto const& other = side == Side::requesting ? people.utopia.id : people.arcadia.id;
      auto const file = a_file(own, other, side);
      auto const neighbour = a_file(own, other, side);
      auto const organisation = side == Side::requesting ? people.arcadian_authority.id : people.utopian_authority.id;
      REQUIRE(database.write(everything_of(file, organisation, "mine")).outcome == db::Outcome::written);
      REQUIRE(database.write(everything_of(neighbour, organisation, "theirs")).outcome == db::Outcome::written);
      auto const parts = read_parts(database, file);

      REQUIRE(parts.deadlines.size() == 2);
      CHECK(parts.deadlines[0].kind == "mine0");
      CHECK(parts.deadlines[0].due_on == Date(2031, 3, 1));
      CHECK(parts.deadlines[1].computation == R"({"key":"mine1"})");
      REQUIRE(parts.requests.size() == 2);
      CHECK(parts.requests[0].items.at(0).note == "mine0");
      CHECK(parts.requests[1].answered_at == noon.plus_ms(1000));
      REQUIRE(parts.notes.size() == 2);
      CHECK(parts.notes[1].body == "mine1");
      CHECK(parts.attachments == files::list_files(database, subject_of(file)));
      CHECK(parts.attachments.size() == 2);
      REQUIRE(parts.transmissions.size() == 2);
      CHECK(parts.transmissions[0].direction == "out");
      CHECK(parts.transmissions[1].hash == "mine1");
      CHECK(parts.transmissions[1].number == 2);
      CHECK(parts.transmissions[1].ended_at == noon.plus_ms(1005));
      if (side == Side::requesting) {
        CHECK(parts.tasks.empty());
        REQUIRE(parts.gates.size() == 2);
        CHECK(parts.gates[0].gate == "G00");
        CHECK(parts.gates[1].status == "closed");  // the newer decision is in force
        CHECK(parts.gates[1].evidence.at("paper") == "RD-1");
      } else {
        CHECK(parts.gates.empty());
        REQUIRE(parts.tasks.size() == 2);
        CHECK(parts.tasks[0].note == "seen");
        CHECK(parts.tasks[1].done_at == noon.plus_ms(1007));
        CHECK(parts.tasks[1].outcome == "found");
      }
    }
  }, tests::Migrations::all);
}

TEST_CASE("a file on which nothing hangs has no parts") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people.arcadia.id, people.utopia.id, Side::requesting);
    db::Command command;
    insert_case_file(command, file);
    REQUIRE(database.write(command).outcome == db::Outcome::written);
    auto const parts = read_parts(database, file);
    CHECK(parts.deadlines.empty());
    CHECK(parts.attachments.empty());
    CHECK(parts.gates.empty());
  }, tests::Migrations::all);
}
