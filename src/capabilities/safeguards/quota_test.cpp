#include "capabilities/safeguards/quota.hpp"

#include <doctest/doctest.h>

#include "norms/agreements/calendar.hpp"

using namespace rcms;
using namespace rcms::safeguarding;

namespace {

agreements::Agreements const& law() {
  static auto const loaded = [] {
    auto const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
    return agreements::load_agreements(data, agreements::load_calendars(data));
  }();
  return loaded;
}

Instant noon(Date day) { return Instant{std::int64_t{day.days()} * 86'400'000 + 12 * 3'600'000}; }

}  // namespace

TEST_CASE(
    "worked case 4: CH-GM, the sixth person by charter in a month has no room; by another way or in another month they have") {
  auto const& agreement = law().at("CH-GM");
  auto const march = noon(Date(2027, 3, 10));
  std::vector<PlannedTravel> others;
  for (int person = 1; person <= 5; ++person) {
    CHECK(check_room(agreement, others, {march, true}, "Europe/Zurich", Date(2027, 1, 4)));
    others.push_back({noon(Date(2027, 3, person)), true});
  }
  auto const sixth = check_room(agreement, others, {march, true}, "Europe/Zurich", Date(2027, 1, 4));
  REQUIRE_FALSE(sixth);
  CHECK(sixth.error().why == Why::limit_reached);
  CHECK(sixth.error().field == "departs_at");
  CHECK(sixth.error().source == "CH-GM art. 11(1)");
  CHECK(check_room(agreement, others, {march, false}, "Europe/Zurich", Date(2027, 1, 4)));
  CHECK(check_room(agreement, others, {noon(Date(2027, 4, 1)), true}, "Europe/Zurich", Date(2027, 1, 4)));
}

TEST_CASE("the month is that of the State in whose zone they depart, and a flight is full by itself") {
  auto const& gambia = law().at("CH-GM");
  std::vector<PlannedTravel> const five(5, {Instant::parse("2027-03-31T22:30:00Z").value(), true});  // 1 April in Zurich
  CHECK(check_room(gambia, five, {noon(Date(2027, 3, 31)), true}, "Europe/Zurich", Date(2027, 1, 4)));
  CHECK_FALSE(check_room(gambia, five, {noon(Date(2027, 4, 2)), true}, "Europe/Zurich", Date(2027, 1, 4)));
  auto const& afghanistan = law().at("EU-AF");
  auto const on = afghanistan.in_force_from;
  std::vector<PlannedTravel> const full(50, {noon(Date(2027, 5, 5)), true});
  CHECK_FALSE(check_room(afghanistan, full, {noon(Date(2027, 5, 5)), true}, "Europe/Berlin", std::max(on, Date(2021, 6, 1))));
  CHECK(check_room(afghanistan, full, {noon(Date(2027, 5, 6)), true}, "Europe/Berlin", std::max(on, Date(2021, 6, 1))));
}
