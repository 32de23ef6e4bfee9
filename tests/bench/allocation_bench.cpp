// A proposal for 2,000 people in families over 20 transports, with everything that can be too small.
#include <benchmark/benchmark.h>

#include "engines/allocation/allocation.hpp"

namespace {

namespace allocation = rcms::allocation;

allocation::Problem problem_of(int people, int transports, int seats) {
  allocation::Problem problem;
  rcms::Date const day(2031, 3, 3);
  rcms::Instant const first{1'930'000'000'000};
  for (int p = 0; p < people; ++p) {
    allocation::Person one;
    one.id = std::to_string(p);
    if (p % 7 < 4) one.family = "F" + std::to_string(p / 7);  // four of seven travel as a family
    one.is_child = p % 7 == 2 || p % 7 == 3;
    one.destination = "UTO";
    one.agreement = "uto-xar-2019";
    one.has_open_gate = p % 31 == 0;
    one.needs_medical_seat = p % 97 == 0;
    one.document_valid_until = day.plus_days(p % 120);
    one.window_until = day.plus_days(5 + p % 90);
    problem.persons.push_back(std::move(one));
  }
  for (int t = 0; t < transports; ++t) {
    allocation::Transport one;
    one.id = std::to_string(t);
    one.destination = "UTO";
    one.departs_on = one.arrives_on = day.plus_days(t * 3);
    one.departs_at = first.plus_ms(t * 3LL * 86'400'000);
    one.arrives_at = one.departs_at.plus_ms(21'600'000);
    one.seats = seats;
    one.medical_seats = 2;
    one.child_escorts = 2;
    one.document_margin_days = 5;
    one.reception = problem.receptions.size();
    problem.receptions.push_back({"centre", seats - 5});
    one.limits = {static_cast<std::size_t>(t / 5)};
    problem.transports.push_back(std::move(one));
  }
  for (int m = 0; m < 4; ++m) problem.limits.push_back({"max_returnees_per_month", "", 5 * seats - 40});
  return problem;
}

/// 100 seats: many stay, the search runs to its limit; 140: there is room for nearly all.
void propose(benchmark::State& state) {
  auto const problem = problem_of(2'000, 20, static_cast<int>(state.range(0)));
  allocation::Proposal proposal;
  for (auto _ : state) benchmark::DoNotOptimize(proposal = allocation::propose_allocation(problem));
  state.counters["placed"] = static_cast<double>(proposal.placed);
  state.counters["is_best"] = proposal.is_best ? 1 : 0;
  state.counters["broken_rules"] = static_cast<double>(allocation::check_allocation(problem, proposal.seating).size());
}
BENCHMARK(propose)->Arg(100)->Arg(140)->Unit(benchmark::kMillisecond);

}  // namespace
