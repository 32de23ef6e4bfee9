// Schedules: who may make them, what they must be, and that each month is sent once to each receiver.
#include "capabilities/statistics/sending.hpp"

#include <doctest/doctest.h>

#include "capabilities/statistics/actions.hpp"
#include "capabilities/statistics/rules.hpp"
#include "foundation/access/store.hpp"
#include "foundation/ledger/entry.hpp"
#include "foundation/ledger/subject.hpp"
#include "foundation/mail/catcher.hpp"
#include "foundation/pages/canvas.hpp"
#include "support/database_for_tests.hpp"
#include "support/facts_for_tests.hpp"

namespace rcms::statistics {

namespace {

mail::Address const from{"RCMS Utopia", "rcms@utopia.example"};

Schedule a_schedule(std::vector<std::string> receivers = {"minister@utopia.example", "office@utopia.example"}) {
  Schedule schedule;
  schedule.report = "monthly";
  schedule.language = "es";
  schedule.format = "xlsx";
  schedule.receivers = std::move(receivers);
  schedule.day_of_month = 3;
  return schedule;
}

Instant at(char const* text) { return *Instant::parse(text); }

std::unique_ptr<mail::Transport> to(mail::MailCatcher const& catcher) {
  mail::Settings settings;
  settings.port = catcher.port();
  settings.timeout_ms = 5'000;
  return mail::make_smtp(settings);
}

struct SendingWorld : WorldForTests {
  explicit SendingWorld(db::Database& opened) : WorldForTests(opened, at("2031-10-20T08:00:00Z")) {
    write_facts(opened, invent_history(people, Date(2031, 10, 31), 4, 7));
  }
  SendingCounts send(mail::Transport& transport) { return send_due_reports(context, transport, from); }
  std::string statuses() const {
    std::string all;
    auto const deliveries = list_deliveries(context, viewer()).value();
    for (auto const& delivery : deliveries) {
      all += delivery.period + " " + delivery.receiver + " " + delivery.status + " " + std::to_string(delivery.attempts) + "\n";
    }
    return all;
  }
};

}  // namespace

TEST_CASE("a schedule is due from its day on, for the month before, and not for months before it was made") {
  struct Row {
    char const* name;
    Date created;
    Date today;
    char const* period;
  };
  for (auto const& row : {Row{"before its day", {2031, 1, 1}, {2031, 10, 2}, ""},
                          Row{"on its day", {2031, 1, 1}, {2031, 10, 3}, "2031-09"},
                          Row{"later, when the node stood still on that day", {2031, 1, 1}, {2031, 10, 30}, "2031-09"},
                          Row{"made on its day", {2031, 10, 3}, {2031, 10, 3}, "2031-09"},
                          Row{"made after its day: from the next month on", {2031, 10, 4}, {2031, 10, 4}, ""},
                          Row{"over the turn of the year", {2031, 1, 1}, {2032, 1, 3}, "2031-12"}}) {
    CAPTURE(row.name);
    CHECK(decide_due_period(a_schedule(), row.today, row.created).value_or("") == row.period);
  }
}

TEST_CASE("what is wrong with a schedule is told all at once, field by field") {
  std::vector<std::string> const languages{"en", "es"};
  auto good = a_schedule({"Office@Utopia.example", "office@utopia.example"});
  CHECK(check_schedule(good, languages, 0, mail::is_address).empty());
  CHECK(good.receivers == std::vector<std::string>{"office@utopia.example"});

  auto bad = a_schedule({"nobody", "a@b.example\r\nBcc: c@d.example"});
  bad.report = "yearly", bad.day_of_month = 31, bad.format = "docx", bad.language = "fr";
  auto const findings = check_schedule(bad, languages, schedules_at_most, mail::is_address);
  std::string fields;
  for (auto const& finding : findings) fields += finding.field + " ";
  CHECK(fields == "report day format language recipients recipients  ");
  auto empty = a_schedule({});
  CHECK(check_schedule(empty, languages, 0, mail::is_address).at(0).why == Why::field_missing);
}

TEST_CASE("a failure is tried again later and later, and given up in the end") {
  Delivery delivery;
  delivery.attempts = 1;
  decide_failure(delivery, true, "busy", Instant{0});
  CHECK(delivery.status == "retry");
  CHECK(delivery.next_at.ms == 15 * 60'000);
  delivery.attempts = 4;
  decide_failure(delivery, true, "busy", Instant{0});
  CHECK(delivery.next_at.ms == 120 * 60'000);
  delivery.attempts = attempts_at_most;
  decide_failure(delivery, true, "busy", Instant{0});
  CHECK(delivery.status == "failed");
  delivery.attempts = 1;
  decide_failure(delivery, false, "no such address", Instant{0});
  CHECK(delivery.status == "failed");
}

TEST_CASE("each month is sent once to each receiver, with the file, and recorded") {
  tests::for_each_engine([](db::Database& database) {
    SendingWorld world(database);
    mail::MailCatcher const catcher;
    auto const transport = to(catcher);
    auto const schedule = create_schedule(world.context, world.viewer(), a_schedule());
    REQUIRE(schedule.has_value());
    CHECK(world.send(*transport).sent == 0);  // made after the day of this month

    world.clock.set(at("2031-11-02T23:00:00Z"));
    CHECK(world.send(*transport).sent == 0);
    world.clock.set(at("2031-11-03T00:30:00Z"));
    CHECK(world.send(*transport).sent == 2);
    CHECK(world.send(*transport).sent == 0);
    world.clock.set(at("2031-11-28T10:00:00Z"));
    CHECK(world.send(*transport).sent == 0);
    auto const caught = catcher.list_messages();
    REQUIRE(caught.size() == 2);
    CHECK(caught[0].to == std::vector<std::string>{"minister@utopia.example"});
    CHECK(caught[1].to == std::vector<std::string>{"office@utopia.example"});
    CHECK(mail::subject_of(caught[0]) == "Informe mensual: Utopia, octubre de 2031");
    CHECK(mail::text_of(caught[0]).find("Solicitudes recibidas: ") != std::string::npos);
    CHECK(caught[0].content.find("rcms-uto-2031-10.xlsx") != std::string::npos);
    CHECK(caught[0].content.find("requesting") == std::string::npos);
    CHECK(world.statuses() == "2031-10 minister@utopia.example sent 1\n2031-10 office@utopia.example sent 1\n");

    std::string actions;
    for (auto const& entry : ledger::list_entries(database, ledger::subject_of("schedule", schedule->id.value))) {
      actions += entry.record.action + " ";
    }
    CHECK(actions == "schedule.create schedule.sent schedule.sent ");

    world.clock.set(at("2031-12-05T10:00:00Z"));
    CHECK(world.send(*transport).sent == 2);
    REQUIRE(erase_schedule(world.context, world.viewer(), schedule->id));
    world.clock.set(at("2032-01-05T10:00:00Z"));
    CHECK(world.send(*transport).sent == 0);
    CHECK(list_deliveries(world.context, world.viewer())->size() == 4);
  }, tests::Migrations::all);
}

TEST_CASE("a State that works on both sides gets the report of each in one message") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  SendingWorld world(fresh.database());
  auto utopia = world.people.utopia;
  utopia.sides = access::Sides::both;
  utopia.revision = 1;
  db::Command command;
  access::save_party(command, utopia);
  REQUIRE(world.database.write(command).outcome == db::Outcome::written);
  REQUIRE(create_schedule(world.context, world.viewer(), a_schedule({"office@utopia.example"})).has_value());
  world.clock.set(at("2031-11-03T09:00:00Z"));
  mail::MailCatcher const catcher;
  CHECK(world.send(*to(catcher)).sent == 1);
  auto const caught = catcher.list_messages();
  REQUIRE(caught.size() == 1);
  CHECK(caught[0].content.find("rcms-uto-2031-10.xlsx") != std::string::npos);
  CHECK(caught[0].content.find("rcms-uto-2031-10-requesting.xlsx") != std::string::npos);
}

TEST_CASE("a busy mail server is tried again, a receiver it rejects is not, and the others get theirs") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  SendingWorld world(fresh.database());
  REQUIRE(
      create_schedule(world.context, world.viewer(), a_schedule({"gone@nowhere.example", "office@utopia.example"})).has_value());
  world.clock.set(at("2031-11-03T09:00:00Z"));
  {
    mail::MailCatcher const busy({.busy = true});
    auto const counts = world.send(*to(busy));
    CHECK(counts.sent == 0);
    CHECK(counts.failed == 2);
    CHECK(world.statuses() == "2031-10 gone@nowhere.example retry 1\n2031-10 office@utopia.example retry 1\n");
  }
  mail::MailCatcher const catcher({.refuse_domain = "nowhere.example"});
  CHECK(world.send(*to(catcher)).failed == 0);  // not before a quarter of an hour has passed
  world.clock.set(at("2031-11-03T10:00:00Z"));
  auto const counts = world.send(*to(catcher));
  CHECK(counts.sent == 1);
  CHECK(counts.failed == 1);
  CHECK(world.statuses() == "2031-10 gone@nowhere.example failed 2\n2031-10 office@utopia.example sent 2\n");
  auto const deliveries = list_deliveries(world.context, world.viewer()).value();
  for (auto const& delivery : deliveries) {
    CHECK(delivery.detail.empty() == (delivery.status == "sent"));
    CHECK(delivery.sha256.size() == 64);
    CHECK(delivery.report_revision > 0);
  }
  world.clock.set(at("2031-11-20T10:00:00Z"));
  CHECK(world.send(*to(catcher)).failed == 0);
}

TEST_CASE("a sending that was cut off is tried again after an hour") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  SendingWorld world(fresh.database());
  REQUIRE(create_schedule(world.context, world.viewer(), a_schedule({"office@utopia.example"})).has_value());
  struct Broken : mail::Transport {
    Result<std::monostate> send(mail::Message const&) override { throw db::Fault("the node stopped here"); }
  } broken;
  world.clock.set(at("2031-11-03T09:00:00Z"));
  CHECK_THROWS_AS(world.send(broken), db::Fault);
  CHECK(world.statuses() == "2031-10 office@utopia.example sending 1\n");
  mail::MailCatcher const catcher;
  world.clock.set(at("2031-11-03T09:30:00Z"));
  CHECK(world.send(*to(catcher)).sent == 0);
  world.clock.set(at("2031-11-03T10:00:00Z"));
  CHECK(world.send(*to(catcher)).sent == 1);
  CHECK(world.statuses() == "2031-10 office@utopia.example sent 2\n");
}

TEST_CASE("schedules are made by those who may, and belong to their State") {
  tests::DatabaseForTests fresh(db::Engine::sqlite);
  db::migrate(fresh.database(), RCMS_SOURCE_DIR "/db/migrations");
  SendingWorld world(fresh.database());
  auto const reader = world.viewer({"report.read"});
  CHECK(create_schedule(world.context, reader, a_schedule()).error().at(0).why == Why::not_permitted);
  CHECK(list_schedules(world.context, reader).error().why == Why::not_permitted);
  auto const made = create_schedule(world.context, world.viewer(), a_schedule());
  REQUIRE(made.has_value());
  auto stranger = world.viewer();
  stranger.party = world.people.arcadia.id;
  CHECK(list_schedules(world.context, stranger)->empty());
  CHECK(erase_schedule(world.context, stranger, made->id).error().why == Why::not_found);
  CHECK(list_schedules(world.context, world.viewer())->size() == 1);
}

}  // namespace rcms::statistics
