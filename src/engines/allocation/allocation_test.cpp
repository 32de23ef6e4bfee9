#include "engines/allocation/allocation.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace rcms;
using namespace rcms::allocation;

namespace {

constexpr Instant departure{1'930'000'000'000};  // 2031-02-27
constexpr std::int64_t hour_ms = 3'600'000;
Date const day(2031, 2, 27);

Person person(std::string id, std::string family = {}) {
  Person one;
  one.id = std::move(id);
  one.family = std::move(family);
  one.destination = "UTO";
  one.agreement = "uto-xar-2019";
  return one;
}

Transport transport(std::string id, int seats, int days_later = 0) {
  Transport one;
  one.id = std::move(id);
  one.destination = "UTO";
  one.departs_at = departure.plus_ms(days_later * 24 * hour_ms);
  one.arrives_at = one.departs_at.plus_ms(6 * hour_ms);
  one.departs_on = one.arrives_on = day.plus_days(days_later);
  one.seats = seats;
  return one;
}

std::vector<std::string> rules_of(std::vector<Refusal> const& refusals) {
  std::vector<std::string> rules;
  for (auto const& one : refusals) rules.push_back(one.person + ":" + std::string(name_of(one.rule)) + ":" + one.about);
  return rules;
}

/// The most people that any seating without a broken rule has: by trying them all.
std::size_t try_everything(Problem const& problem, Seating& seating, std::size_t p = 0) {
  if (p == seating.size()) {
    if (!check_allocation(problem, seating).empty()) return 0;
    return static_cast<std::size_t>(std::count_if(seating.begin(), seating.end(), [](auto at) { return at != nowhere; }));
  }
  std::size_t most = 0;
  for (std::size_t t = 0; t <= problem.transports.size(); ++t) {
    seating[p] = t == problem.transports.size() ? nowhere : t;
    most = std::max(most, try_everything(problem, seating, p + 1));
  }
  return most;
}

int small(int from, int to) { return *rc::gen::inRange(from, to + 1); }
bool seldom() { return small(0, 7) == 0; }

Person some_person(int number) {
  static char const* const families[] = {"", "", "F", "G"};
  auto one = person("p" + std::to_string(number), families[small(0, 3)]);
  one.is_child = small(0, 3) == 0;
  one.is_excepted = seldom();
  one.needs_medical_seat = seldom();
  one.has_open_gate = seldom();
  one.is_unfit = seldom();
  if (seldom()) one.destination = "RUR";
  if (seldom()) one.agreement = "other";
  if (seldom()) one.fit_until = departure.plus_ms(10 * hour_ms);
  if (seldom()) one.document_valid_until = day.plus_days(small(0, 5));
  if (seldom()) one.window_until = day.plus_days(small(-1, 2));
  return one;
}

Problem some_problem() {
  Problem problem;
  problem.receptions = {{"Omoa", small(0, 5)}};
  problem.limits = {{"max_returnees_per_month", "", small(0, 6)}, {"max_returnees_per_flight", "uto-xar-2019", small(0, 4)}};
  int const transports = small(1, 2);
  for (int t = 0; t < transports; ++t) {
    auto one = transport("t" + std::to_string(t), small(0, 3), small(0, 3));
    one.medical_seats = small(0, 1);
    one.child_escorts = small(0, 1);
    one.document_margin_days = small(0, 2);
    if (small(0, 1) == 0) one.reception = 0;
    if (small(0, 1) == 0) one.limits.push_back(0);
    if (small(0, 1) == 0) one.limits.push_back(1);
    problem.transports.push_back(std::move(one));
  }
  int const persons = small(0, 6);
  for (int p = 0; p < persons; ++p) problem.persons.push_back(some_person(p));
  return problem;
}

}  // namespace

TEST_CASE("each refusal of an allocation names its rule and whom it is about") {
  Problem problem;
  problem.persons = {person("mother", "F"), person("child", "F"), person("single")};
  problem.persons[1].is_child = true;
  problem.transports = {transport("bus", 3), transport("plane", 3, 2)};
  problem.receptions = {{"Omoa", 9}};
  problem.limits = {{"max_returnees_per_flight", "", 9}};
  Seating const all_on_bus{0, 0, 0};
  REQUIRE(check_allocation(problem, all_on_bus).empty());

  struct Row {
    char const* what;
    void (*change)(Problem&);
    Seating seating;
    std::vector<std::string> rules;
  };
  Row const rows[] = {
      {"a family in two transports", [](Problem&) {}, {0, 1, 0},
       {"mother:family_apart:child", "child:family_apart:mother", "child:child_alone:"}},
      {"a mother who stays", [](Problem&) {}, {nowhere, 0, 0}, {"child:family_apart:mother", "child:child_alone:"}},
      {"an exception and an escort", [](Problem& one) { one.persons[1].is_excepted = true, one.transports[1].child_escorts = 1; },
       {0, 1, 0}, {}},
      {"an open safeguard", [](Problem& one) { one.persons[2].has_open_gate = true; }, {0, 0, 0}, {"single:gate_open:"}},
      {"a consultation", [](Problem& one) { one.persons[2].waits_for_consultation = true; }, {0, 0, 0}, {"single:consultation:"}},
      {"not fit", [](Problem& one) { one.persons[2].is_unfit = true; }, {0, 0, 0}, {"single:unfit:"}},
      {"fit for five hours of six", [](Problem& one) { one.persons[2].fit_until = departure.plus_ms(5 * hour_ms); }, {0, 0, 0},
       {"single:fitness_ended:"}},
      {"a document that ends on the day, with a margin of one",
       [](Problem& one) { one.persons[2].document_valid_until = day, one.transports[0].document_margin_days = 1; }, {0, 0, 0},
       {"single:document_ends:"}},
      {"the window ended on the day before", [](Problem& one) { one.persons[2].window_until = day.plus_days(1); }, {0, 0, 1},
       {"single:window_over:"}},
      {"another State", [](Problem& one) { one.transports[0].destination = "RUR"; }, {nowhere, nowhere, 0},
       {"single:destination:"}},
      {"two seats", [](Problem& one) { one.transports[0].seats = 2; }, {0, 0, 0}, {":seats_full:"}},
      {"nobody takes a medical seat without need",
       [](Problem& one) { one.transports[0].seats = 2, one.transports[0].medical_seats = 5; }, {0, 0, 0}, {":seats_full:"}},
      {"a medical seat", [](Problem& one) { one.persons[2].needs_medical_seat = true; }, {0, 0, 0}, {":medical_seats_full:"}},
      {"two places of reception",
       [](Problem& one) { one.receptions[0].places = 2, one.transports[0].reception = one.transports[1].reception = 0; },
       {0, 0, 1}, {":reception_full:Omoa", ":reception_full:Omoa"}},
      {"two in a flight", [](Problem& one) { one.limits[0].room = 2, one.transports[0].limits = {0}; }, {0, 0, 0},
       {":quota_full:max_returnees_per_flight"}},
      {"two of another agreement", [](Problem& one) {
         one.limits[0].room = 2, one.limits[0].agreement = "uto-xar-2019", one.persons[2].agreement = "other";
         one.transports[0].limits = {0};
       }, {0, 0, 0}, {}},
  };
  for (auto const& row : rows) {
    CAPTURE(row.what);
    auto changed = problem;
    row.change(changed);
    CHECK(rules_of(check_allocation(changed, row.seating)) == row.rules);
  }
}

TEST_CASE("families stay together, those whose window ends first go first, and who stays is told why") {
  Problem problem;
  problem.persons = {person("a"), person("b"), person("father", "F"), person("child", "F"), person("late")};
  problem.persons[3].is_child = true;
  problem.persons[3].has_open_gate = true;
  problem.persons[4].window_until = day;
  problem.transports = {transport("bus", 2)};
  auto const proposal = propose_allocation(problem);
  CHECK(proposal.is_best);
  CHECK(proposal.placed == 2);
  CHECK(proposal.seating == Seating{0, nowhere, nowhere, nowhere, 0});
  CHECK(rules_of(proposal.refusals) ==
        std::vector<std::string>{"father:family_apart:child", "child:gate_open:", "b:seats_full:"});
}

TEST_CASE("a proposal breaks no rule and nobody finds place for more people, by trying everything") {
  CHECK(rc::check([] {
    auto const problem = some_problem();
    auto const proposal = propose_allocation(problem);
    RC_ASSERT(proposal.is_best);
    RC_ASSERT(check_allocation(problem, proposal.seating).empty());
    Seating seating(problem.persons.size(), nowhere);
    RC_ASSERT(proposal.placed == try_everything(problem, seating));
    // Whoever stays has a reason on each transport.
    std::size_t reasons = 0;
    for (auto const at : proposal.seating) reasons += at == nowhere ? problem.transports.size() : 0;
    RC_ASSERT(proposal.refusals.size() == reasons);
  }));
}

TEST_CASE("a search that ends early still breaks no rule and does not say that it is the best") {
  Problem problem;
  for (int p = 0; p < 40; ++p) problem.persons.push_back(person("p" + std::to_string(p), "F" + std::to_string(p / 3)));
  for (int t = 0; t < 4; ++t) problem.transports.push_back(transport("t" + std::to_string(t), 7, t));
  auto const proposal = propose_allocation(problem, {.steps = 50});
  CHECK_FALSE(proposal.is_best);
  CHECK(proposal.placed >= 20);
  CHECK(check_allocation(problem, proposal.seating).empty());
}

TEST_CASE("who has a seat keeps it, and the rest of their family can only join them") {
  Problem problem;
  problem.persons = {person("mother", "F"), person("child", "F"), person("single"), person("other")};
  problem.persons[1].is_child = true;
  problem.transports = {transport("bus", 2), transport("plane", 2, 1)};
  auto const proposal = propose_allocation(problem, {.kept = {1, nowhere, nowhere, nowhere}});
  CHECK(proposal.seating == Seating{1, 1, 0, 0});
  CHECK(proposal.is_best);
  auto const full = propose_allocation(problem, {.kept = {1, nowhere, nowhere, 1}});
  CHECK(full.seating == Seating{1, nowhere, 0, 1});
  CHECK(rules_of(full.refusals) == std::vector<std::string>{"child:family_apart:", "child:seats_full:"});
}
