// The hand-over on both databases: two tablets without a network, a clash that a person settles, two lists that are held
// together.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "capabilities/transfers/arrived.hpp"
#include "capabilities/transfers/handing_over.hpp"
#include "support/transfers_world.hpp"

using namespace rcms;
using namespace rcms::transfers;

namespace {

using tests::at_hour;
using tests::refused;
using tests::travel_day;

constexpr std::int64_t minute_ms = 60'000;

/// A device with a list: counts its ticks, knows its own and what it saw when it took the list.
struct Tablet {
  Taking taking{};
  std::int64_t ahead_ms = 0;
  std::int64_t counter = 0;
  std::vector<Tick> waiting{};

  Tick& tick(CaseId const& person, char const* value, Instant at, std::vector<TickId> replaces = {}) {
    Tick one;
    one.id = TickId::make(at);
    one.case_id = person;
    one.value = value;
    one.list = taking.list;
    one.taking = taking.id;
    one.counter = ++counter;
    one.device_at = at.plus_ms(ahead_ms);
    one.replaces = std::move(replaces);
    return waiting.emplace_back(one);
  }
};

Tick made(char const* device, std::int64_t counter, char const* value, std::vector<TickId> replaces = {}) {
  Tick one;
  one.id = TickId{std::string(device) + std::to_string(counter)};
  one.case_id = CaseId{"person"};
  one.value = value;
  one.list = "L1";
  one.taking = TakingId{device};
  one.counter = counter;
  one.received_at = Instant{counter};
  one.replaces = std::move(replaces);
  return one;
}

/// Values of what stands, sorted; "!" before it when they clash.
std::string standing_of(std::vector<Tick> const& ticks) {
  auto const all = stand(ticks);
  if (all.empty()) return "-";
  auto const& one = all.begin()->second;
  std::vector<std::string> values;
  for (auto const& head : one.heads) values.push_back(head.value);
  std::sort(values.begin(), values.end());
  std::string text = one.is_clash ? "!" : "";
  for (auto const& value : values) text += (text.size() > 1 ? " " : "") + value;
  CHECK(one.value == (one.is_clash ? "" : values.front()));
  return text;
}

struct HandoverWorld : tests::TransfersWorld {
  explicit HandoverWorld(db::Database& database) : tests::TransfersWorld(database, tests::open_norms()) {
    files.context.exchange.receive_with(exchange::EnvelopeKind::message,
                                        [&](auto const& to, auto const& envelope, auto const& inbox) {
                                          return receive_message(context, to, envelope, inbox);
                                        });
    ana.permissions.insert({"handover.tick", "handover.settle"});
    uma = files.uma();
    uma.permissions.insert({"handover.tick", "handover.settle", "arrival.read"});
    transport = add_flight(6);
  }
  void announce() {
    auto const copies = load_manifest_copies(tests::data_for_tests);
    auto const now = *find_transport(context.database, people.arcadia.id, transport.id);
    REQUIRE(announce_transport(context, ana, transport.id, *find_copy(copies, "requested_state"),
                               make_manifest(context, now).fingerprint()));
    CHECK(context.exchange.deliver_due() == 1);
  }
  Tablet take(access::Viewer const& viewer, Side side, std::int64_t ahead_ms = 0) {
    auto const taking = take_list(context, viewer, side, transport.id, "Tablet", files.clock.now().plus_ms(ahead_ms));
    REQUIRE(taking);
    return {*taking, ahead_ms};
  }
  /// What became of each tick: kept, known or why not.
  std::vector<std::string> send(access::Viewer const& viewer, Side side, Tablet& tablet) {
    auto const synced = receive_ticks(context, viewer, side, transport.id, tablet.taking.id,
                                      files.clock.now().plus_ms(tablet.ahead_ms), tablet.waiting);
    REQUIRE(synced);
    CHECK(synced->clock_ahead_ms == tablet.ahead_ms);
    std::vector<std::string> outcomes;
    for (auto const& one : synced->outcomes) {
      outcomes.push_back(one.refused ? std::string(rcms::name_of(one.refused->why)) + " " + one.refused->field
                                     : (one.is_new ? "kept" : "known"));
    }
    return outcomes;
  }
  std::string told(access::Viewer const& viewer, Side side) {
    return refused(tell_handover(context, viewer, side, transport.id));
  }
  /// "kind ours/theirs open" of each difference.
  std::vector<std::string> differences(access::Viewer const& viewer, Side side) {
    std::vector<std::string> all;
    for (auto const& one : load_handover(context, viewer, side, transport.id)->differences())
      all.push_back(one.kind + " " + one.ours + "/" + one.theirs + (one.explanation ? "" : " open"));
    return all;
  }

  access::Viewer uma;
  Transport transport;
};

}  // namespace

TEST_CASE("what stands: a device replaces its own ticks, others only what they saw, and every order of arrival gives the same") {
  struct Row {
    std::vector<Tick> ticks;
    char const* stands;
  };
  Row const rows[] = {
      {{}, "-"},
      {{made("a", 1, "boarded")}, "boarded"},
      {{made("a", 1, "no_show"), made("a", 2, "boarded")}, "boarded"},
      {{made("a", 1, "boarded"), made("b", 1, "boarded")}, "boarded boarded"},
      {{made("a", 1, "boarded"), made("b", 1, "no_show")}, "!boarded no_show"},
      {{made("a", 1, "boarded"), made("b", 1, "no_show", {TickId{"a1"}})}, "no_show"},
      // b corrected what it had seen; a went on without knowing.
      {{made("a", 1, "boarded"), made("b", 1, "no_show", {TickId{"a1"}}), made("a", 2, "unfit")}, "!no_show unfit"},
      {{made("a", 1, "boarded"), made("b", 1, "no_show"), made("", 0, "boarded", {TickId{"a1"}, TickId{"b1"}})}, "boarded"},
      // Settled, then a third device that knew of nothing comes back.
      {{made("a", 1, "boarded"), made("b", 1, "no_show"), made("", 0, "boarded", {TickId{"a1"}, TickId{"b1"}}),
        made("c", 1, "refused")},
       "!boarded refused"}};
  for (auto const& row : rows) {
    auto ticks = row.ticks;
    std::sort(ticks.begin(), ticks.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    do {
      CHECK(standing_of(ticks) == row.stands);
    } while (std::next_permutation(ticks.begin(), ticks.end(), [](auto const& a, auto const& b) { return a.id < b.id; }));
  }
  Taking const taking{TakingId{"a"}, "L1", "Tablet", {}, {}, 0};
  CHECK(count_missing(taking, {}) == 0);
  CHECK(count_missing(taking, {made("a", 1, "boarded"), made("a", 4, "boarded"), made("b", 9, "boarded")}) == 2);
}

TEST_CASE("a tick that cannot stand is refused by its part, and the same tick is the same") {
  Taking const taking{TakingId{"a"}, "L1", "Tablet", {}, {}, 0};
  HandoverList list{"L1", {}, {}};
  list.persons.emplace_back().case_id = CaseId{"person"};
  auto const known = made("a", 1, "boarded");
  struct Row {
    void (*change)(Tick&);
    char const* refused;
  };
  Row const rows[] = {{[](Tick&) {}, ""},
                      {[](Tick& one) { one.value = "arrived"; }, "field_invalid value: "},
                      {[](Tick& one) { one.list = "L2"; }, "field_invalid list: the device took a list with another number"},
                      {[](Tick& one) { one.case_id = CaseId{"other"}; },
                       "field_invalid case_id: the person is not on the list that the device took"},
                      {[](Tick& one) { one.counter = 0; }, "field_invalid counter: "},
                      {[](Tick& one) { one.note = "a\x01"; }, "field_invalid note: "},
                      {[](Tick& one) { one.note = std::string(301, 'a'); }, "field_too_long note: "},
                      {[](Tick& one) { one.counter = 1; },
                       "already_exists counter: the device used this number for another tick already"},
                      {[](Tick& one) { one.id = TickId{"a1"}; },
                       "already_exists counter: the device used this number for another tick already"}};
  for (auto const& row : rows) {
    auto wanted = made("a", 2, "no_show");
    row.change(wanted);
    CHECK(refused(decide_tick(Side::requesting, wanted, {known}, taking, list)) == row.refused);
  }
  CHECK(*decide_tick(Side::requesting, made("a", 2, "no_show"), {known}, taking, list));
  CHECK_FALSE(*decide_tick(Side::requesting, known, {known}, taking, list));
  CHECK(is_clock_wrong(clock_limit_ms + 1));
  CHECK(is_clock_wrong(-clock_limit_ms - 1));
  CHECK_FALSE(is_clock_wrong(clock_limit_ms));
}

namespace {

using Outcomes = std::vector<std::string>;

/// One day of the four of a flight, act by act; every act begins where the one before ended.
struct OfflineDay : HandoverWorld {
  explicit OfflineDay(db::Database& database) : HandoverWorld(database) {
    for (int i = 0; i < 4; ++i) persons.push_back(add_case());
    REQUIRE(add_passengers(context, ana, transport.id, persons, {}));
    announce();
  }
  static Instant at(int minute) { return at_hour(travel_day, 9).plus_ms(minute * minute_ms); }
  Handover ours() { return *load_handover(context, ana, Side::requesting, transport.id); }
  std::string settle(access::Viewer const& viewer, char const* value, char const* reason, std::vector<TickId> const& seen) {
    return refused(settle_person(context, viewer, Side::requesting, transport.id, persons[2], value, reason, seen));
  }
  std::string explain(char const* ours_now, char const* reason) {
    return refused(explain_difference(context, ana, Side::requesting, transport.id,
                                      {persons[1], ours_now, "not_arrived", reason, {}, {}}));
  }
  Outcomes sorted_differences(access::Viewer const& viewer, Side side) {
    auto all = differences(viewer, side);
    std::sort(all.begin(), all.end());
    return all;
  }

  void tick_without_network();
  void come_back();
  void refuse_strangers();
  void settle_clash();
  void tick_at_border();
  void hold_lists_together();
  void explain_one();

  std::vector<CaseId> persons;
  Tablet gate;
  Tablet bus;
};

/// The morning: the list is taken on two tablets, then the network is gone. One tablet is twenty minutes fast.
void OfflineDay::tick_without_network() {
  files.clock.set(at_hour(travel_day, 7));
  gate = take(ana, Side::requesting);
  bus = take(ana, Side::requesting, 20 * minute_ms);
  gate.tick(persons[0], "boarded", at(1));
  gate.tick(persons[1], "no_show", at(2));
  gate.tick(persons[2], "boarded", at(3));
  gate.tick(persons[1], "boarded", at(9));  // came late: the tablet corrects itself
  bus.tick(persons[2], "refused", at(4)).note = "Would not leave the bus";
  bus.tick(persons[0], "boarded", at(5));
}

/// The evening: nothing is lost, nothing is counted twice, nothing is silently overwritten.
void OfflineDay::come_back() {
  files.clock.set(at_hour(travel_day, 20));
  CHECK(send(ana, Side::requesting, gate) == Outcomes{"kept", "kept", "kept", "kept"});
  CHECK(send(ana, Side::requesting, gate) == Outcomes{"known", "known", "known", "known"});
  CHECK(send(ana, Side::requesting, bus) == Outcomes{"kept", "kept"});
  auto const standings = stand(ours().ticks);
  CHECK(standings.at(persons[0]).value == "boarded");
  CHECK(standings.at(persons[1]).value == "boarded");
  CHECK(standings.at(persons[2]).is_clash);
  CHECK(standings.count(persons[3]) == 0);
  auto const& heads = standings.at(persons[2]).heads;
  REQUIRE(heads.size() == 2);
  // Both times are kept: what the tablet said, and what was right.
  auto const wrong = std::find_if(heads.begin(), heads.end(), [](auto const& tick) { return tick.value == "refused"; });
  REQUIRE(wrong != heads.end());
  CHECK(wrong->device_at == at(24));
  CHECK(wrong->at() == at(4));
  CHECK(wrong->received_at == at_hour(travel_day, 20));
  CHECK(is_clock_wrong(wrong->clock_ahead_ms));
  CHECK(wrong->note == "Would not leave the bus");
}

/// Nobody sends the ticks of another; a list that nobody took has none; the other State does not see our gate.
void OfflineDay::refuse_strangers() {
  auto stranger = ana;
  stranger.user = UserId::make(files.clock.now());
  CHECK(refused(receive_ticks(context, stranger, Side::requesting, transport.id, gate.taking.id, at(0), {}))
            .starts_with("not_permitted taking"));
  CHECK(refused(receive_ticks(context, ana, Side::requesting, transport.id, TakingId::make(at(0)), at(0), {}))
            .starts_with("not_found taking"));
  CHECK(refused(load_handover(context, uma, Side::requesting, transport.id)) == "not_found : ");
}

/// By a person who has seen both answers and says why.
void OfflineDay::settle_clash() {
  CHECK(told(ana, Side::requesting) == "wrong_step ticks: two devices say different things of a person: settle it first");
  auto const heads = stand(ours().ticks).at(persons[2]).heads;
  std::vector<TickId> const both{heads[0].id, heads[1].id};
  CHECK(settle(ana, "boarded", "", both) == "reason_missing reason: ");
  CHECK(settle(ana, "arrived", "Seen", both) == "field_invalid value: ");
  CHECK(settle(ana, "boarded", "Seen", {heads[0].id}).starts_with("stale_revision heads"));
  auto blind = ana;
  blind.permissions.erase("handover.settle");
  CHECK(settle(blind, "boarded", "Seen", both) == "not_permitted : ");
  CHECK(settle(ana, "boarded", "She boarded at the second call, says the crew", both) == "");
  CHECK(stand(ours().ticks).at(persons[2]).value == "boarded");
  CHECK(ours().ticks.size() == 7);  // what the tablets said stays
}

/// The border of the other State ticks the list that was announced; who receives people afterwards reads it.
void OfflineDay::tick_at_border() {
  auto border = take(uma, Side::requested);
  CHECK(border.taking.list == gate.taking.list);
  border.tick(persons[0], "arrived", at(600));
  border.tick(persons[1], "not_arrived", at(601));
  border.tick(persons[2], "arrived", at(602));
  border.tick(persons[3], "boarded", at(603));  // a value of the other side
  CHECK(send(uma, Side::requested, border) == Outcomes{"kept", "kept", "kept", "field_invalid value"});
  auto const arrived = list_handed_over(context.database, people.utopia.id, transport.id);
  REQUIRE(arrived.size() == 4);
  for (auto const& person : arrived) {
    auto const place = std::find(persons.begin(), persons.end(), person.listed.case_id) - persons.begin();
    char const* const values[] = {"arrived", "not_arrived", "arrived", ""};
    CHECK(person.value == values[place]);
    CHECK(person.at.has_value() == (place != 3));
  }
  CHECK(list_handed_over(context.database, people.arcadia.id, transport.id).empty());
}

/// Both lists cross.
void OfflineDay::hold_lists_together() {
  CHECK(differences(ana, Side::requesting).empty());
  CHECK(told(ana, Side::requesting) == "");
  CHECK(told(ana, Side::requesting).starts_with("already_exists ticks"));
  CHECK(told(uma, Side::requested) == "");
  CHECK(context.exchange.deliver_due() == 2);
  CHECK(sorted_differences(ana, Side::requesting) ==
        Outcomes{"boarded_not_arrived boarded/not_arrived open", "not_ticked / open"});
  CHECK(sorted_differences(uma, Side::requested) ==
        Outcomes{"boarded_not_arrived not_arrived/boarded open", "not_ticked / open"});
}

/// A difference is open until it is explained, by each State for itself; another value is another difference.
void OfflineDay::explain_one() {
  CHECK(explain("boarded", "") == "reason_missing reason: ");
  CHECK(explain("no_show", "Left at the transit stop").starts_with("stale_revision case_id"));
  CHECK(explain("boarded", "Taken to hospital at the transit stop") == "");
  CHECK(sorted_differences(ana, Side::requesting) ==
        Outcomes{"boarded_not_arrived boarded/not_arrived", "not_ticked / open"});
  CHECK(told(ana, Side::requesting) == "");
  CHECK(context.exchange.deliver_due() == 1);
  auto const theirs = load_handover(context, uma, Side::requested, transport.id)->differences();
  auto const one = std::find_if(theirs.begin(), theirs.end(), [&](auto const& row) { return row.case_id == persons[1]; });
  REQUIRE(one != theirs.end());
  CHECK_FALSE(one->explanation);
  REQUIRE(one->their_explanation);
  CHECK(one->their_explanation->reason == "Taken to hospital at the transit stop");
  auto after = take(ana, Side::requesting);
  std::vector<TickId> seen;
  auto const now = stand(ours().ticks);
  for (auto const& head : now.at(persons[1]).heads) seen.push_back(head.id);
  after.tick(persons[1], "unfit", at(660), seen);
  CHECK(send(ana, Side::requesting, after) == Outcomes{"kept"});
  CHECK(differences(ana, Side::requesting) == Outcomes{"not_ticked / open"});  // unfit and not arrived agree
}

}  // namespace

TEST_CASE("an offline day with two tablets and a clash") {
  tests::for_each_engine([](db::Database& database) {
    OfflineDay day(database);
    day.tick_without_network();
    day.come_back();
    day.refuse_strangers();
    day.settle_clash();
    day.tick_at_border();
    day.hold_lists_together();
    day.explain_one();
  }, tests::Migrations::all);
}

TEST_CASE("who is taken off after the list was taken is ticked on the list of the device, and nobody else is") {
  tests::for_each_engine([](db::Database& database) {
    HandoverWorld world(database);
    auto const first = world.add_case();
    auto const second = world.add_case();
    CHECK(refused(take_list(world.context, world.ana, Side::requesting, world.transport.id, "T", world.files.clock.now())) ==
          "field_missing cases: nobody has a seat yet");
    REQUIRE(add_passengers(world.context, world.ana, world.transport.id, {first}, {}));
    auto tablet = world.take(world.ana, Side::requesting);
    REQUIRE(remove_passengers(world.context, world.ana, world.transport.id, {first}, "A hearing", {}));
    REQUIRE(add_passengers(world.context, world.ana, world.transport.id, {second}, {}));
    tablet.tick(first, "boarded", world.files.clock.now());
    tablet.tick(second, "boarded", world.files.clock.now());
    CHECK(world.send(world.ana, Side::requesting, tablet) == std::vector<std::string>{"kept", "field_invalid case_id"});
    auto const one = *load_handover(world.context, world.ana, Side::requesting, world.transport.id);
    CHECK(one.list.number != tablet.taking.list);
    CHECK(one.taken.size() == 1);
    CHECK(world.told(world.ana, Side::requesting) ==
          "wrong_step transport: the requested State was not told of this transport yet");
    world.announce();
    CHECK(world.told(world.ana, Side::requesting) == "");
    CHECK(world.context.exchange.deliver_due() == 1);
    // Lists of the hand-over are counted in the chain of the transport as announcements are.
    REQUIRE(add_passengers(world.context, world.ana, world.transport.id, {first}, {}));
    world.announce();
    CHECK(list_announcements(database, world.people.arcadia.id, world.transport.id).back().number == 3);
    REQUIRE(cancel_transport(world.context, world.ana, world.transport.id, "Fog", {}));
    CHECK(refused(take_list(world.context, world.ana, Side::requesting, world.transport.id, "T", world.files.clock.now())) ==
          "wrong_step transport: it was called off");
    auto const again = world.send(world.ana, Side::requesting, tablet);
    CHECK(again.front() == "known");
  }, tests::Migrations::all);
}

TEST_CASE("a list of the other State that cannot stand is refused by its part") {
  auto const person = CaseId::make(tests::start_for_tests);
  HandoverReport report{"sent", 1, "0123456789ABCDEF", {{person, "boarded", tests::start_for_tests}}, {}, {}, {}};
  report.explanations = {{person, "boarded", "", "Seen by the crew", {}, {}}};
  auto const id = TransportId::make(tests::start_for_tests);
  auto const body = body_of(id, report);
  struct Row {
    void (*change)(boost::json::object&);
    char const* refused;
  };
  Row const rows[] = {
      {[](auto&) {}, ""},
      {[](auto& one) { one["list"] = ""; }, "field_invalid body.list: "},
      {[](auto& one) { one["marks"] = boost::json::array(); }, "field_missing body.marks: "},
      {[](auto& one) { one.at("marks").at(0).as_object()["value"] = "arrived"; }, "field_invalid body.marks: "},
      {[](auto& one) { one.at("marks").at(0).as_object()["case"] = "x"; }, "field_invalid body.marks: "},
      {[](auto& one) { one.at("marks").as_array().push_back(boost::json::value(one.at("marks").at(0))); },
       "field_invalid body.marks: "},
      {[](auto& one) { one.at("explanations").at(0).as_object()["reason"] = ""; }, "field_invalid body.explanations: "}};
  for (auto const& row : rows) {
    auto changed = body;
    row.change(changed);
    CHECK(refused(take_report(Side::requesting, boost::json::value(changed))) == row.refused);
  }
}
