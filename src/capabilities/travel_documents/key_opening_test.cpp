// Two officers open the sealing key, and nobody issues before; it closes by itself. On both databases.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "capabilities/travel_documents/key_opening.hpp"
#include "support/documents_world.hpp"

namespace rcms::travel_documents {
namespace {

constexpr std::int64_t minute_ms = 60'000;

KeyEvent event(bool opens, char const* who, std::int64_t minute) {
  return {opens, UserId{who}, Instant{noon.ms + minute * minute_ms}};
}
Instant at(std::int64_t minute) { return Instant{noon.ms + minute * minute_ms}; }

TEST_CASE("a key is open while the openings of two different officers count, and not a moment longer") {
  struct Row {
    char const* name;
    std::vector<KeyEvent> events;
    std::int64_t minute;
    bool is_open;
  };
  auto const both = std::vector{event(true, "ana", 0), event(true, "ben", 30)};
  for (auto const& row : {Row{"nobody", {}, 0, false},
                          Row{"one", {event(true, "ana", 0)}, 1, false},
                          Row{"the same one twice", {event(true, "ana", 0), event(true, "ana", 5)}, 9, false},
                          Row{"two", both, 30, true},
                          Row{"two, before the second", both, 29, false},
                          Row{"until the first opening is twelve hours old", both, 719, true},
                          Row{"then no more", both, 720, false},
                          Row{"the first comes again", {both[0], both[1], event(true, "ana", 700)}, 730, true},
                          Row{"closed", {both[0], both[1], event(false, "cleo", 40)}, 41, false},
                          Row{"closed at the same instant", {both[0], both[1], event(false, "cleo", 30)}, 30, false},
                          Row{"opened anew by both", {both[0], both[1], event(false, "cleo", 40), event(true, "ben", 50),
                                                      event(true, "dan", 51)}, 60, true}}) {
    CAPTURE(row.name);
    CHECK(decide_key_state(2, row.events, at(row.minute)).is_open() == row.is_open);
  }
  CHECK(decide_key_state(2, both, at(30)).until->ms == at(720).ms);
  CHECK(decide_key_state(1, {}, noon).is_open());
}

TEST_CASE("however they come and go: open means two different people within the hours, since the last closing") {
  bool const held = rc::check([] {
    std::vector<KeyEvent> events;
    auto const count = *rc::gen::inRange(0, 12);
    std::int64_t minute = 0;
    for (int i = 0; i < count; ++i) {
      minute += *rc::gen::inRange(1, 400);
      events.push_back(event(*rc::gen::inRange(0, 5) != 0, *rc::gen::element("ana", "ben", "cleo"), minute));
    }
    auto const now = minute + *rc::gen::inRange(0, 800);
    std::set<std::string> counted;
    for (auto const& one : events) {
      if (!one.opens) counted.clear();
      if (one.opens && one.at.ms > at(now - 720).ms) counted.insert(one.by.value);
    }
    auto const state = decide_key_state(2, events, at(now));
    RC_ASSERT(state.is_open() == (counted.size() >= 2));
    RC_ASSERT(state.openers.size() == counted.size());
    if (state.until) RC_ASSERT(state.until->ms > at(now).ms);
  });
  CHECK(held);
}

TEST_CASE("where two persons are settled, nothing is issued before both have opened the key") {
  for_each_world([](World& world) {
    world.receive();
    auto const id = world.application();
    auto first = world.carla;
    first.permissions.insert("document.key");
    auto second = first;
    second.user = UserId::make(noon);
    CHECK(open_key(world.desk, first).error().why == Why::wrong_step);  // one person is enough until it is settled otherwise
    REQUIRE(world.desk.keys.set("UTO", {{}, 2}).has_value());

    auto const issue = [&] { return issue_document(world.desk, world.carla, id, {}, std::nullopt); };
    CHECK(issue().error().detail.find("two officers") != std::string::npos);
    CHECK(open_key(world.desk, world.carla).error().why == Why::not_permitted);
    CHECK_FALSE(open_key(world.desk, first)->is_open());
    CHECK(open_key(world.desk, first).error().why == Why::already_exists);
    CHECK(issue().error().detail.find("a second officer") != std::string::npos);
    CHECK(open_key(world.desk, second)->is_open());
    CHECK(issue().has_value());
    CHECK(close_key(world.desk, first)->openers.empty());
    CHECK(close_key(world.desk, first).error().why == Why::wrong_step);
    CHECK_FALSE(key_state_of(world.desk, world.carla.party, world.clock.now()).is_open());
    world.check_balance();
  });
}

}  // namespace
}  // namespace rcms::travel_documents
