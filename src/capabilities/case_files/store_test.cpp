#include "capabilities/case_files/store.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/database_for_tests.hpp"
#include "support/people_for_tests.hpp"

using namespace rcms;
using namespace rcms::case_files;
namespace json = boost::json;

namespace {

Instant const noon{1'927'713'600'000};

CaseFile a_file(tests::PeopleForTests const& people, std::string surname = "Quispe") {
  CaseFile file;
  file.party = people.arcadia.id;
  file.partner = people.utopia.id;
  file.id = CaseId::make(noon);
  file.agreement = "uto-xar-2019";
  file.reference = "XAR-2031-" + file.id.value;
  file.state = "draft";
  file.stage = "draft";
  file.author = people.ana.id;
  file.owner = people.ana.id;
  file.created_at = noon;
  file.changed_at = noon;
  file.clock = {{"receipt", noon, "note", 3}};
  file.acts = {{"create", people.ana.id.value}};
  file.content["A_person"] = json::object{{"surname", surname}, {"given_names", "Ana"}};
  file.person = summarise(file.content);
  return file;
}

void write(db::Database& database, db::Command const& command) {
  REQUIRE(database.write(command).outcome == db::Outcome::written);
}

void insert(db::Database& database, CaseFile const& file) {
  db::Command command;
  insert_case_file(command, file);
  write(database, command);
}

DeadlineRecord a_deadline(Date due_on, std::string kind = "reply_standard") {
  DeadlineRecord record;
  record.id = make_uuid(noon);
  record.kind = std::move(kind);
  record.due_on = due_on;
  record.state = "open";
  record.computed_at = noon;
  return record;
}

}  // namespace

TEST_CASE("a file is read as it was written, in the space of its State only") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people);
    insert(database, file);
    auto const found = find_case_file(database, file.party, Side::requesting, file.id);
    REQUIRE(found);
    CHECK(found->content == file.content);
    CHECK(found->person.name == file.person.name);
    CHECK(found->clock.at(0).event == "receipt");
    CHECK(found->clock.at(0).value == 3);
    CHECK(found->acts.at(0).actor == people.ana.id.value);
    CHECK_FALSE(find_case_file(database, people.utopia.id, file.id));
    CHECK_FALSE(find_case_file(database, file.party, Side::requested, file.id));
  }, tests::Migrations::all);
}

TEST_CASE("a form is written again when it has changed, and only then") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people);
    insert(database, file);
    auto moved = file;
    moved.state = "screening";
    db::Command step;
    save_case_file(step, file, moved);
    for (auto const& statement : step.statements()) CHECK(statement.sql->name != "case_files.save_content");
    write(database, step);
    CHECK(find_case_file(database, file.party, file.id)->content == file.content);
    auto edited = moved;
    edited.content["A_person"].as_object()["surname"] = "Luna";
    db::Command edit;
    save_case_file(edit, moved, edited);
    write(database, edit);
    auto const found = find_case_file(database, file.party, file.id);
    CHECK(found->content == edited.content);
    CHECK(found->state == "screening");
    CHECK(found->revision == 3);
  }, tests::Migrations::all);
}

TEST_CASE("a save names the revision it replaces") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people);
    insert(database, file);
    auto first = file;
    first.state = "screening";
    db::Command command;
    save_case_file(command, file, first);
    write(database, command);
    CHECK(first.revision == 2);
    auto second = file;
    second.state = "closed";
    db::Command late;
    save_case_file(late, file, second);
    CHECK(database.write(late).outcome == db::Outcome::superseded);
    CHECK(find_case_file(database, file.party, file.id)->state == "screening");
  }, tests::Migrations::all);
}

TEST_CASE("overdue terms come page by page, the oldest first, and none is hidden behind others") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people);
    insert(database, file);
    db::Command command;
    for (int i = 0; i < 510; ++i) insert_deadline(command, file, a_deadline(Date(2031, 1, 1), "kind " + std::to_string(i)));
    auto const last = a_deadline(Date(2031, 1, 2), "last");
    insert_deadline(command, file, last);
    insert_deadline(command, file, a_deadline(Date(2031, 2, 1), "today"));
    write(database, command);
    auto const first_page = list_overdue(database, Date(2031, 2, 1));
    REQUIRE(first_page.size() == 500);
    auto const second_page = list_overdue(database, Date(2031, 2, 1), &first_page.back());
    REQUIRE(second_page.size() == 11);
    CHECK(second_page.back().kind == "last");
    CHECK(second_page.back().due_on == Date(2031, 1, 2));
    CHECK(list_overdue(database, Date(2031, 2, 1), &second_page.back()).empty());
    db::Command end;
    end_deadline(end, last.id, "missed", noon);
    write(database, end);
    CHECK(list_overdue(database, Date(2031, 2, 1), &first_page.back()).size() == 10);
  }, tests::Migrations::all);
}

TEST_CASE("requests, notes and gate decisions are read back; of a gate only the newest") {
  tests::for_each_engine([](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    auto const file = a_file(people);
    insert(database, file);
    DocumentRequest request{make_uuid(noon), "open",       noon,
                            "2031-03-01",    std::nullopt, {{"birth", "es", "a note", "", {}, false}}};
    db::Command command;
    insert_document_request(command, file, request);
    insert_note(command, file, {make_uuid(noon), people.ana.id, noon, "between us"});
    write(database, command);
    request.state = "answered";
    request.answered_at = noon.plus_ms(5);
    request.items[0].answer = "here";
    db::Command answer;
    save_document_request(answer, file, request);
    write(database, answer);
    auto const requests = list_document_requests(database, file.party, file.id);
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].state == "answered");
    CHECK(requests[0].items.at(0).answer == "here");
    CHECK(requests[0].items.at(0).note == "a note");
    CHECK(list_notes(database, file.party, file.id).at(0).body == "between us");
    CHECK(list_notes(database, people.utopia.id, file.id).empty());
  }, tests::Migrations::all);
}

TEST_CASE("a save names the columns of an index that have changed, and writes every change") {
  using Change = void (*)(CaseFile&);
  static std::vector<std::pair<std::string, Change>> const changes{
      {"state", [](CaseFile& file) { file.state = "screening"; }},
      {"stage", [](CaseFile& file) { file.stage = "preparation"; }},
      {"is_open", [](CaseFile& file) { file.is_open = !file.is_open; }},
      {"owner", [](CaseFile& file) { file.owner = {}; }},
      {"person_name", [](CaseFile& file) { file.person.name = "LUNA, Ana"; }},
      {"changed_at", [](CaseFile& file) { file.changed_at = noon.plus_ms(5); }},
      {"next_due_on", [](CaseFile& file) { file.next_due_on = "2031-04-01"; }},
      {"tell_on", [](CaseFile& file) { file.tell_on = "2031-03-01"; }},
      {"held_until", [](CaseFile& file) { file.hold = Hold{"2031-03-09", "Waits", file.author, noon}; }},
      {"", [](CaseFile& file) { file.told = 1; }}};  // in no index
  auto const row_of = [](CaseFile const& file) {
    return std::tuple(file.state, file.stage, file.is_open, file.owner, file.person.name, file.changed_at, file.next_due_on,
                      file.tell_on, file.hold ? file.hold->until : "", file.told, file.clock.size(), file.acts.size());
  };
  tests::for_each_engine([&](db::Database& database) {
    auto const people = tests::add_people(database, noon);
    for (auto const& [column, change] : changes) {
      CAPTURE(column);
      auto const file = a_file(people);
      insert(database, file);
      auto after = file;
      change(after);
      db::Command command;
      save_case_file(command, file, after);
      auto const text = command.statements().front().sql->text;
      for (auto const& [other, unused] : changes)
        if (!other.empty()) CHECK_MESSAGE((text.find(fmt::format(" {} = ", other)) != text.npos) == (other == column), other);
      write(database, command);
      CHECK(row_of(*find_case_file(database, file.party, file.id)) == row_of(after));
    }
  }, tests::Migrations::all);
}
