// Transports on both databases: a seat is a plan, in one write; a family has its seats together; nobody past a rule.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/transfers/announcing.hpp"
#include "support/transfers_world.hpp"

using namespace rcms;
using namespace rcms::transfers;

namespace {

using case_files::Side;

using World = tests::TransfersWorld;
using tests::at_hour;
using tests::hour_ms;
using tests::open_norms;
using tests::refused;
using tests::travel_day;

}  // namespace

TEST_CASE("a transport crosses only open points, leg after leg, into the requested State, with valid documents of its staff") {
  tests::for_each_engine([](db::Database& database) {
    World world(database, open_norms());
    struct Row {
      void (*change)(World&, Transport&);
      char const* refused;
    };
    Row const rows[] = {
        {[](World&, Transport&) {}, ""},
        {[](World&, Transport& one) { one.legs.clear(); }, "field_missing legs: "},
        {[](World&, Transport& one) { one.legs[0].arrives_at = at_hour(travel_day, 22); },
         "field_invalid legs: Airport of Utopia is closed on 2031-03-10 at 22:00"},
        {[](World&, Transport& one) { one.legs[0].arrives_at = at_hour(travel_day.plus_days(31), 16); },
         "limit_reached legs: a journey takes at most 30 days"},
        {[](World&, Transport& one) { one.legs[0].departs_at = at_hour(travel_day.plus_days(-1), 12); },
         "field_invalid legs: Airport of Arcadia is closed on 2031-03-09 at 12:00"},
        {[](World&, Transport& one) { std::swap(one.legs[0].from, one.legs[0].to); },
         "field_invalid legs: the last leg ends in the requested State"},
        {[](World&, Transport& one) { one.legs.push_back(one.legs[0]); },
         "field_invalid legs: a leg begins where the one before ended, and after it"},
        {[](World&, Transport& one) { one.kind = "rocket"; }, "field_invalid kind: "},
        {[](World&, Transport& one) { one.escorts = {{"Iris Vale", "escort", "P1", "2031-03-09", {}, {}}}; },
         "field_invalid escorts.document_until: the document of Iris Vale ends before the arrival"},
        {[](World&, Transport& one) { one.costs = {{"tickets", "requesting_state", "euro", 100}}; },
         "field_invalid costs.currency: three letters, as EUR"},
        {[](World&, Transport& one) { one.reception_places = 4; }, "field_invalid reception_places: places belong to a centre"},
        {[](World& all, Transport& one) { one.partner = all.people.arcadia.id; },
         "field_invalid partner: choose the requested State"},
    };
    for (auto const& row : rows) {
      auto wanted = world.flight(2);
      row.change(world, wanted);
      CHECK(refused(keep_transport(world.context, world.ana, wanted)) == row.refused);
    }
    CHECK(list_transports(database, world.people.arcadia.id).size() == 1);
    CHECK(list_transports(database, world.people.utopia.id).empty());
  }, tests::Migrations::all);
}

TEST_CASE("a seat is a plan of the file in the same write; whoever is taken off waits again") {
  tests::for_each_engine([](db::Database& database) {
    World world(database, open_norms());
    auto const transport = world.add_flight(2);
    auto const first = world.add_case();
    auto const second = world.add_case();
    auto const third = world.add_case();
    auto const seated = add_passengers(world.context, world.ana, transport.id, {first, second}, transport.revision);
    REQUIRE(seated);
    CHECK(world.state_of(first) == "transfer_planned");
    CHECK(refused(add_passengers(world.context, world.ana, transport.id, {third}, {})) ==
          "limit_reached seats: there are not enough seats");
    CHECK(world.state_of(third) == "document_issued");
    CHECK(refused(add_passengers(world.context, world.ana, transport.id, {first}, {})) ==
          "already_exists cases: XAR-2031-1 has a seat already");
    CHECK(refused(add_passengers(world.context, world.ana, transport.id, {third}, transport.revision))
              .starts_with("stale_revision"));
    // The hour stands while people are planned for it; what does not touch them may change.
    auto wanted = *seated;
    wanted.legs[0].departs_at = at_hour(travel_day, 11);
    CHECK(refused(keep_transport(world.context, world.ana, wanted)).starts_with("wrong_step legs"));
    wanted = *seated;
    wanted.seats = 1;
    CHECK(refused(keep_transport(world.context, world.ana, wanted)).starts_with("limit_reached seats"));
    wanted.seats = 3;
    CHECK(keep_transport(world.context, world.ana, wanted));
    CHECK(add_passengers(world.context, world.ana, transport.id, {third}, {}));

    CHECK(refused(remove_passengers(world.context, world.ana, transport.id, {first}, "", {})).starts_with("reason_missing"));
    REQUIRE(remove_passengers(world.context, world.ana, transport.id, {first}, "A hearing of the court", {}));
    CHECK(world.state_of(first) == "document_issued");
    CHECK(list_passengers(database, world.people.arcadia.id, transport.id).size() == 2);
    auto const cancelled = cancel_transport(world.context, world.ana, transport.id, "Fog", {});
    REQUIRE(cancelled);
    CHECK(cancelled->state == "cancelled");
    CHECK(world.state_of(second) == "document_issued");
    CHECK(world.state_of(third) == "document_issued");
    CHECK(refused(add_passengers(world.context, world.ana, transport.id, {third}, {})).starts_with("wrong_step transport"));
  }, tests::Migrations::all);
}

TEST_CASE("each rule of the allocation keeps a person off by its name, and an open safeguard too") {
  tests::for_each_engine([](db::Database& database) {
    World world(database, open_norms());
    auto transport = world.flight(9);
    transport.document_margin_days = 10;
    transport.reception = "Centre of Omoa";
    transport.reception_places = 3;
    transport = *keep_transport(world.context, world.ana, transport);
    auto const add = [&](std::vector<CaseId> const& cases) {
      return refused(add_passengers(world.context, world.ana, transport.id, cases, {}));
    };
    auto const mother = world.add_case();
    auto const child = world.add_case("2020-01-01");
    world.make_family({mother, child});
    CHECK(add({mother}) == "wrong_step cases: XAR-2031-1: somebody of the family is not on the transport");
    CHECK(add({child}) == "wrong_step cases: XAR-2031-2: somebody of the family is not on the transport");
    CHECK(add({world.add_case("2020-01-01")}) ==
          "wrong_step cases: XAR-2031-3: a child travels with an adult of the family or an escort for children");
    CHECK(add({world.add_case("1990-05-17", "2031-03-19")}) ==
          "wrong_step cases: XAR-2031-4: the travel document ends before the arrival and its margin");
    auto const ill = world.add_case();
    auto const certify = [&](char const* outcome, int hours, bool medical) {
      return refused(record_fitness(world.context, world.ana,
                                    {ill, "FT-1", world.files.clock.now(), hours, outcome, medical, {}, {}}));
    };
    CHECK(certify("fit", 900, false) == "field_invalid valid_hours: 1 to 720 hours");
    for (auto const& [outcome, hours, medical, answer] :
         std::initializer_list<std::tuple<char const*, int, bool, char const*>>{
             {"unfit", 720, false, "wrong_step cases: XAR-2031-5: the doctor certified that the person cannot travel"},
             {"fit", 24, false, "wrong_step cases: XAR-2031-5: the certificate of fitness ends before the arrival"},
             {"fit_with_care", 720, true, "limit_reached medical_seats: there are not enough medical seats"}}) {
      db::Command command;
      world.files.clock.set(world.files.clock.now().plus_ms(1));
      insert_fitness(command, world.people.arcadia.id,
                     {ill, "FT-1", world.files.clock.now(), hours, outcome, medical, world.ana.user, world.files.clock.now()});
      REQUIRE(database.write(command).outcome == db::Outcome::written);
      CHECK(add({ill}) == answer);
    }
    CHECK(add({mother, child}) == "");
    CHECK(add({world.add_case(), world.add_case()}) ==
          "limit_reached reception_places: the centre has not enough places on that day");

    // The same question with the safeguards of the law: nobody decided any.
    case_files::Context const guarded{database,
                                      world.files.clock,
                                      tests::labels_for_tests(),
                                      tests::norms_for_tests(),
                                      world.context.directory,
                                      world.context.exchange,
                                      world.context.attachments,
                                      {}};
    CHECK(refused(add_passengers(guarded, world.ana, transport.id, {world.add_case()}, {})).starts_with("gate_open"));
  }, tests::Migrations::all);
}

TEST_CASE("a proposal seats families together and says why the others stay; what it proposes can be given") {
  tests::for_each_engine([](db::Database& database) {
    World world(database, open_norms());
    auto const small = world.add_flight(2);
    auto const large = world.add_flight(3, travel_day.plus_days(1));
    auto const father = world.add_case();
    auto const daughter = world.add_case("2025-02-03");
    auto const son = world.add_case("2023-02-03");
    world.make_family({father, daughter, son});
    auto const single = world.add_case();
    auto const late = world.add_case("1990-05-17", "2031-03-09");
    auto const proposed = propose(world.context, world.ana, {small.id, large.id});
    REQUIRE(proposed);
    CHECK(proposed->proposal.is_best);
    CHECK(proposed->proposal.placed == 4);
    auto const seat_of = [&](CaseId const& id) {
      for (std::size_t p = 0; p < proposed->people.size(); ++p) {
        if (proposed->people[p].file.id == id) return proposed->proposal.seating[p];
      }
      return allocation::nowhere;
    };
    CHECK(seat_of(father) == 1);
    CHECK(seat_of(daughter) == 1);
    CHECK(seat_of(son) == 1);
    CHECK(seat_of(single) == 0);
    CHECK(seat_of(late) == allocation::nowhere);
    for (auto const& one : proposed->proposal.refusals) {
      CHECK(one.person == late.value);
      CHECK(one.rule == allocation::Rule::document_ends);
    }
    CHECK(world.state_of(father) == "document_issued");  // nothing is written
    CHECK(add_passengers(world.context, world.ana, large.id, {father, daughter, son}, large.revision));
    CHECK(add_passengers(world.context, world.ana, small.id, {single}, small.revision));
    CHECK(propose(world.context, world.ana, {small.id, large.id})->proposal.placed == 4);
  }, tests::Migrations::all);
}

TEST_CASE("the requested State is told what the whitelist names, again when the list changes, and that it was called off") {
  tests::for_each_engine([](db::Database& database) {
    World world(database, open_norms());
    auto& exchange = world.files.context.exchange;
    exchange.receive_with(exchange::EnvelopeKind::message, [&](auto const& to, auto const& envelope, auto const& inbox) {
      return receive_announcement(world.context, to, envelope, inbox);
    });
    auto const copies = load_manifest_copies(tests::data_for_tests);
    auto const& copy = *find_copy(copies, "requested_state");
    auto const& utopia = world.people.utopia.id;
    auto const transport = world.add_flight(3);
    auto const number = [&] {
      return make_manifest(world.context, *find_transport(database, world.people.arcadia.id, transport.id)).fingerprint();
    };
    auto const announce = [&](std::string const& fingerprint) {
      return refused(announce_transport(world.context, world.ana, transport.id, copy, fingerprint));
    };
    CHECK(announce(number()) == "field_missing cases: nobody has a seat yet");
    auto const first = world.add_case();
    auto const second = world.add_case();
    REQUIRE(add_passengers(world.context, world.ana, transport.id, {first}, {}));
    auto const shown = number();
    REQUIRE(add_passengers(world.context, world.ana, transport.id, {second}, {}));
    CHECK(announce(shown).starts_with("stale_revision fingerprint"));
    CHECK(announce(number()) == "");
    CHECK(announce(number()).starts_with("already_exists transport"));
    CHECK_FALSE(find_announced(database, utopia, transport.id));
    CHECK(exchange.deliver_due() == 1);
    CHECK(exchange.list_transmissions(world.people.arcadia.id, chain_of(transport.id)).back().problem == "");
    auto told = find_announced(database, utopia, transport.id);
    REQUIRE(told);
    CHECK(told->partner == world.people.arcadia.id);
    CHECK(told->legs[0].to.name == "Airport of Utopia");
    CHECK(told->arrives_at() == transport.arrives_at());
    CHECK(told->fingerprint == number());
    REQUIRE(told->persons.size() == 2);
    CHECK(told->persons[0].document_number == "D1");
    CHECK(find_transport(database, world.people.arcadia.id, transport.id)->notice->channel == "system");
    CHECK_FALSE(find_announced(database, world.people.arcadia.id, transport.id));

    REQUIRE(remove_passengers(world.context, world.ana, transport.id, {first}, "A hearing", {}));
    CHECK(announce(number()) == "");
    CHECK(exchange.deliver_due() == 1);
    told = find_announced(database, utopia, transport.id);
    REQUIRE(told->persons.size() == 1);
    CHECK(told->persons[0].case_id == second);
    CHECK(told->revision == 2);
    REQUIRE(cancel_transport(world.context, world.ana, transport.id, "Fog", {}));
    CHECK(exchange.deliver_due() == 1);
    told = find_announced(database, utopia, transport.id);
    CHECK(told->state == "cancelled");
    CHECK(told->persons.size() == 1);  // what was told before stays
    CHECK(list_announcements(database, world.people.arcadia.id, transport.id).size() == 3);
  }, tests::Migrations::all);
}

TEST_CASE("an announcement has no column beyond the whitelist, and one that cannot stand is refused by its part") {
  Manifest manifest;
  manifest.transport.id = TransportId::make(tests::start_for_tests);
  manifest.transport.name = "Flight";
  manifest.transport.kind = "charter";
  CrossingPoint from;
  from.id = CrossingPointId::make(tests::start_for_tests);
  from.name = "Airport";
  from.time_zone = "UTC";
  manifest.points = {from};
  manifest.transport.legs = {{from.id, from.id, at_hour(travel_day, 10), at_hour(travel_day, 12), "", ""}};
  manifest.transport.escorts = {{"Iris Vale", "escort", "P1", "2032-01-01", {"restraint"}, {"es"}}};
  ListedTraveller person;
  person.case_id = CaseId::make(tests::start_for_tests);
  person.number = 1;
  person.surname = "Vega";
  person.birth_date = "1990-05";
  person.reference = "XAR-1";
  person.document_issuer = "UTO";
  person.needs_medical_seat = true;
  manifest.persons = {person};
  auto const announced = announced_of(manifest, {"requested_state", {}, {"number", "surname", "birth_date"}, true});
  auto const body = body_of(announced, "transport_announced");
  auto const text = boost::json::serialize(body);
  for (auto const* withheld : {"XAR-1", "restraint", "medical", "document_issuer"})
    CHECK(text.find(withheld) == std::string::npos);

  exchange::Envelope envelope;
  envelope.case_id = chain_of(announced.id);
  auto const taken = [&](boost::json::object const& one, std::optional<AnnouncedTransport> before = {}) {
    envelope.body = one;
    return refused(take_announcement(std::move(before), envelope, tests::start_for_tests));
  };
  CHECK(taken(body) == "");
  CHECK(taken(body_of(announced, "transport_changed")) == "not_found body.transport: ");
  CHECK(taken(body_of(announced, "transport_cancelled"), announced) == "");
  struct Row {
    void (*change)(boost::json::object&);
    char const* refused;
  };
  Row const rows[] = {
      {[](auto& one) { one["transport"] = "x"; }, "field_invalid body.transport: "},
      {[](auto& one) { one["name"] = "a\nb"; }, "field_invalid body.name: "},
      {[](auto& one) { one["legs"] = boost::json::array(); }, "field_missing body.legs: "},
      {[](auto& one) { one.at("legs").at(0).at("to").as_object()["time_zone"] = "Moon"; }, "field_invalid body.legs: "},
      {[](auto& one) { one.at("legs").at(0).as_object()["arrives_at"] = "2031-03-10T09:00:00Z"; }, "field_invalid body.legs: "},
      {[](auto& one) { one.at("staff").at(0).as_object()["name"] = ""; }, "field_invalid body.staff: "},
      {[](auto& one) { one["persons"] = boost::json::array(); }, "field_missing body.persons: "},
      {[](auto& one) { one.at("persons").at(0).as_object()["birth_date"] = "May"; }, "field_invalid body.persons: "},
      {[](auto& one) { one.at("persons").as_array().push_back(boost::json::value(one.at("persons").at(0))); },
       "field_invalid body.persons: "}};
  for (auto const& row : rows) {
    auto changed = body;
    row.change(changed);
    CHECK(taken(changed) == row.refused);
  }
}
