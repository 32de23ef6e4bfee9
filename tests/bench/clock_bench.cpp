// Terms evaluated anew, as after a change of the holidays, and the reading of all agreements at the start.
//   clock_bench [NUMBER]      default 100000
// Prints milliseconds; exit code 1 when the terms take two seconds, the reading of all files more than 100 ms, or the question
// whether the law has changed more than a microsecond.
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "norms/agreements/deadline.hpp"
#include "norms/agreements/law.hpp"

using namespace rcms;
using namespace rcms::agreements;

namespace {

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

/// An open case: an agreement with its term for the reply, and what happened so far.
struct Open {
  Agreement const* agreement = nullptr;
  std::string acting;
  std::vector<Event> events;
};

/// Cases over all agreements that have a term for the reply, received on days of one year; every third with a request for
/// documents, every fifth with an extension.
std::vector<Open> make_cases(Agreements const& agreements, std::size_t number) {
  std::vector<Open> kinds;
  for (auto const& [code, agreement] : agreements) {
    auto const* rule = find_rule(agreement, "reply_standard", Date(2026, 1, 1));
    if (rule == nullptr || !rule->value) continue;
    kinds.push_back({&agreement, agreement.parties.back(), {{rule->start, Instant{}}}});
  }
  Instant const first = *Instant::parse("2026-01-01T09:00:00Z");
  std::vector<Open> cases;
  cases.reserve(number);
  for (std::size_t i = 0; i < number; ++i) {
    auto open = kinds[i % kinds.size()];
    auto const at = first.plus_ms(static_cast<std::int64_t>(i % 365) * 86'400'000);
    open.events[0].at = at;
    if (i % 3 == 0) {
      open.events.push_back({"document_request", at.plus_ms(3 * 86'400'000)});
      open.events.push_back({"answer", at.plus_ms(9 * 86'400'000LL)});
    }
    if (i % 5 == 0) open.events.push_back({"extension", at.plus_ms(10 * 86'400'000LL)});
    cases.push_back(std::move(open));
  }
  return cases;
}

}  // namespace

int main(int count, char** words) {
  std::size_t const number = count > 1 ? std::strtoul(words[1], nullptr, 10) : 100'000;
  std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";
  auto start = std::chrono::steady_clock::now();
  auto const calendars = load_calendars(data);
  auto const of_calendars = milliseconds_since(start);
  auto const agreements = load_agreements(data, calendars);
  auto const of_reading = milliseconds_since(start);
  fmt::print("{} calendars: {:.1f} ms; {} agreements: {:.1f} ms\n", calendars.size(), of_calendars, agreements.size(),
             of_reading - of_calendars);

  auto const cases = make_cases(agreements, number);
  start = std::chrono::steady_clock::now();
  std::int64_t sum = 0;  // so that nothing is left out by the compiler
  for (auto const& open : cases) {
    auto const deadline =
        compute_deadline(*open.agreement, calendars, "reply_standard", open.acting, open.events, Date(2026, 1, 1));
    if (deadline && deadline->due) sum += deadline->due->days();
  }
  auto const of_terms = milliseconds_since(start);
  fmt::print("{} terms: {:.0f} ms ({:.1f} µs each; sum {})\n", number, of_terms, 1000 * of_terms / static_cast<double>(number),
             sum);

  // What a tick asks when nothing is due: whether the law is another than that by which the terms were computed.
  std::string const law = hash_of_calendars(calendars);
  std::string done = law;
  start = std::chrono::steady_clock::now();
  std::size_t changed = 0;
  for (int i = 0; i < 1'000'000; ++i) changed += done == law ? 0 : 1;
  auto const of_ticks = milliseconds_since(start);
  fmt::print("a tick without anything due: {:.3f} µs ({} changes)\n", of_ticks / 1000, changed);
  return of_terms < 2000.0 && of_reading < 100.0 && of_ticks < 1000.0 ? 0 : 1;
}
