#include "app/demo_history.hpp"

#include <algorithm>
#include <queue>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "app/demo_calendar.hpp"
#include "app/demo_errands.hpp"
#include "app/demo_prints.hpp"
#include "app/demo_story.hpp"
#include "capabilities/travel_documents/actions.hpp"

namespace rcms::app {

namespace {

/// Out of 100 cases; those that nobody is registered for are refused more often.
Fate fate_of(DemoCase const& one, std::size_t index, Date today, registry::Dice& dice) {
  int const age_days = days_between(one.begins_on, today);
  auto const throw_of = dice.below(100);
  if (index % 61 == 7 && age_days < 40) return Fate::left_as_draft;
  if (is_in_transit(one)) return one.applicant.seed % 4 == 0 ? Fate::refused : Fate::accepted;
  if (!one.applicant.registered && throw_of < 60) return Fate::refused;
  if (one.applicant.birth.size() < 10 && throw_of < 70) return Fate::documents_first;
  struct Share {
    std::size_t below;
    Fate fate;
  };
  static constexpr Share shares[] = {{40, Fate::accepted},  {53, Fate::documents_first}, {62, Fate::interviewed},
                                     {70, Fate::refused},   {77, Fate::silent},          {83, Fate::late},
                                     {86, Fate::waits_for_documents}, {90, Fate::withdrawn}, {95, Fate::suspended},
                                     {98, Fate::blocked},   {100, Fate::cancelled}};
  return std::find_if(std::begin(shares), std::end(shares), [&](auto const& share) { return throw_of < share.below; })->fate;
}

/// More than a third begin in the last six weeks, so that work is under way in every queue.
Date begin_of(DemoCalendar const& calendar, Date today, registry::Dice& dice) {
  int const days = dice.chance(38) ? dice.between(1, 45) : dice.between(46, 360);
  auto const day = calendar.next_working_day(today.plus_days(-days));
  return day < today ? day : calendar.next_working_day(today.plus_days(-9));
}

std::vector<DemoCase> invent_cases(DemoCalendar const& calendar, registry::Sources const& sources,
                                   std::vector<registry::Citizen> const& citizens, DemoWorldOptions const& options,
                                   registry::Dice& dice) {
  auto applicants = invent_applicants(sources, citizens, static_cast<std::size_t>(options.cases), options.seed + 1);
  std::vector<Date> days;
  for (auto const& applicant : applicants) (void)applicant, days.push_back(begin_of(calendar, options.today, dice));
  std::sort(days.begin(), days.end());
  std::vector<DemoCase> cases;
  for (std::size_t at = 0; at < applicants.size(); ++at)
    cases.push_back(invent_case(std::move(applicants[at]), sources, days[at], dice));
  return cases;
}

struct Turn {
  Instant at;
  std::size_t story;
  bool operator>(Turn const& other) const { return std::pair(at, story) > std::pair(other.at, other.story); }
};

/// What the background of the node does meanwhile: terms end at night, entries get their numbers.
class Nights {
 public:
  Nights(Node& node, SetClock& clock) : node_(node), clock_(clock), day_(day_of_work(clock.now())) {}
  void pass_until(Instant at) {
    while (day_ < day_of_work(at)) {
      day_ = day_.plus_days(1);
      clock_.set(Instant{std::int64_t{day_.days()} * 86'400'000 + 6 * 60 * demo_minute_ms + 5 * demo_minute_ms});
      node_.run_due();
      while (node_.sealer().seal_once() > 0) {
      }
    }
  }

 private:
  Node& node_;
  SetClock& clock_;
  Date day_;
};

}  // namespace

void make_demo_history(Node& node, SetClock& clock, DemoPeople const& people, registry::Sources const& sources,
                       std::vector<registry::Citizen> const& citizens, DemoWorldOptions const& options) {
  registry::Dice dice(options.seed + 2);
  DemoCalendar const calendar(node.norms().calendars);
  auto const cases = invent_cases(calendar, sources, citizens, options, dice);
  make_demo_prints(node, citizens, cases);
  DemoPictures pictures(cases, std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 1, 4));
  DemoOfficers const officers(node, people);
  travel_documents::Desk desk(node.context(), {node.settings().data, node.settings().folder / "keys", true});
  auto const blanks = travel_documents::receive_blanks(desk, officers.by_login("carmen.uto"), "UE", "0000100", "0000499");
  if (!blanks) throw std::runtime_error("The consulate of the demo has no blanks: " + blanks.error().detail);
  DemoStage stage{node, clock, officers, sources, pictures, desk, calendar};
  stage.rights = interviews::load_rights(node.settings().data);
  std::vector<DemoStory> stories;
  stories.reserve(cases.size());
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
  for (std::size_t at = 0; at < cases.size(); ++at) {
    auto const fate = fate_of(cases[at], at, options.today, dice);
    stories.emplace_back(stage, cases[at], at, fate, registry::Dice(options.seed + 1'000 + at));
    turns.push({*stories.back().next_at(), at});
  }
  Instant const until{std::int64_t{options.today.days()} * 86'400'000 + 6 * 60 * demo_minute_ms};
  Nights nights(node, clock);
  auto const errands = make_demo_errands(stage, options);
  auto errand = errands.begin();
  auto const run_errands_until = [&](Instant at) {
    for (; errand != errands.end() && errand->at < at; ++errand) {
      nights.pass_until(errand->at);
      clock.set(std::max(clock.now(), errand->at));
      errand->run();
    }
  };
  std::size_t begun = 0;
  std::vector<bool> is_begun(cases.size());
  while (!turns.empty() && turns.top().at < until) {
    auto const turn = turns.top();
    turns.pop();
    run_errands_until(turn.at);
    nights.pass_until(turn.at);
    clock.set(std::max(clock.now(), turn.at));
    stories[turn.story].act();
    clock.set(clock.now().plus_ms(400));
    node.exchange().deliver_due();
    if (!is_begun[turn.story] && ++begun % 20 == 0) options.tell(fmt::format("{} of {} cases", begun, cases.size()));
    is_begun[turn.story] = true;
    if (auto const next = stories[turn.story].next_at()) turns.push({*next, turn.story});
  }
  run_errands_until(until);
  nights.pass_until(until);
  (void)node.finder().look_everywhere();
}

}  // namespace rcms::app
