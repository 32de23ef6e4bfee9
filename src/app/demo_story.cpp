// The plan of a story and its running. What each act does is in demo_acts_requesting.cpp and demo_acts_requested.cpp.
#include "app/demo_story.hpp"

#include <utility>

namespace rcms::app {

namespace {

/// A child or a family waits for the reception to confirm, which no case can do yet.
bool travels_alone(DemoCase const& one) {
  return !one.has_family && one.applicant.citizen.birth.plus_months(18 * 12) <= one.begins_on;
}

}  // namespace

DemoStory::DemoStory(DemoStage& stage, DemoCase const& one, std::size_t index, Fate fate, registry::Dice dice)
    : stage_(stage), case_(one), index_(index), dice_(dice) {
  plan(fate);
  plan_messages(registry::Dice(one.applicant.seed + 29));
  next_at_ = stage.calendar.working_instant(case_.begins_on, dice_.between(0, 500));
}

void DemoStory::plan(Fate fate) {
  steps_ = {{0, 0, &DemoStory::create}, {0, 0, &DemoStory::complete_draft}};
  if (fate == Fate::left_as_draft) return;
  if (fate == Fate::cancelled) {
    steps_.push_back({4, 15, &DemoStory::cancel});
    return;
  }
  steps_.push_back({0, 2, &DemoStory::send_to_screening});
  if (fate == Fate::blocked) {
    steps_.push_back({1, 3, &DemoStory::block});
    if (dice_.chance(35)) steps_.push_back({5, 20, &DemoStory::cancel});
    return;
  }
  steps_.push_back({1, 3, &DemoStory::screen});
  steps_.push_back({0, 0, &DemoStory::release});
  if (fate == Fate::silent && dice_.chance(40)) {
    steps_.push_back({28, 6, &DemoStory::confirm_silence});
    return plan_after(fate);
  }
  steps_.push_back({1, 2, &DemoStory::acknowledge});
  if (fate == Fate::waits_for_documents) {
    steps_.push_back({1, 3, &DemoStory::request_documents});
    return;
  }
  plan_reply(fate);
}

void DemoStory::plan_reply(Fate fate) {
  if (fate == Fate::documents_first) {
    steps_.push_back({1, 3, &DemoStory::request_documents});
    steps_.push_back({2, 6, &DemoStory::answer});
  }
  steps_.push_back({0, 3, &DemoStory::assign});
  steps_.push_back({0, 2, &DemoStory::declare_complete});
  if (fate == Fate::silent) {
    steps_.push_back({24, 10, &DemoStory::confirm_silence});
    return plan_after(fate);
  }
  if (is_in_transit(case_)) {  // nobody's nationality is looked into
    steps_.push_back({0, 1, fate == Fate::refused ? &DemoStory::refuse : &DemoStory::accept});
    return plan_after(fate);
  }
  steps_.push_back({0, 1, &DemoStory::open_tasks});
  if (fate == Fate::withdrawn && dice_.chance(50)) {
    steps_.push_back({1, 6, &DemoStory::withdraw});
    if (dice_.chance(60)) steps_.push_back({3, 10, &DemoStory::close});
    return;
  }
  steps_.push_back({1, 3, &DemoStory::search_registry});
  steps_.push_back({0, 2, &DemoStory::check_document});
  steps_.push_back({0, 3, &DemoStory::check_field});
  if (fate == Fate::suspended) {
    steps_.push_back({0, 4, dice_.chance(50) ? &DemoStory::suspend_both : &DemoStory::suspend});
    if (dice_.chance(40)) steps_.push_back({3, 12, &DemoStory::lift});
    return;
  }
  if (fate == Fate::late) {
    if (dice_.chance(50)) steps_.push_back({2, 3, &DemoStory::extend});
    steps_.push_back({18, 14, &DemoStory::accept});
    return plan_after(fate);
  }
  if (fate == Fate::interviewed) {
    steps_.push_back({1, 2, &DemoStory::ask_interview});
    steps_.push_back({1, 1, &DemoStory::arrange_interview});
    steps_.push_back({2, 5, &DemoStory::hold_interview});
  }
  steps_.push_back({0, 3, fate == Fate::refused ? &DemoStory::refuse : &DemoStory::accept});
  plan_after(fate);
}

void DemoStory::plan_after(Fate fate) {
  if (fate == Fate::refused) {
    if (!dice_.chance(75)) return;
    steps_.push_back({5, 15, &DemoStory::close});
    steps_.push_back({1, 5, &DemoStory::close_application});
    return;
  }
  if (fate == Fate::withdrawn) {
    steps_.push_back({2, 8, &DemoStory::withdraw});
    return;
  }
  steps_.push_back({1, 4, &DemoStory::issue_document});
  if (travels_alone(case_) && dice_.chance(80)) return plan_departure();
  steps_.push_back({12, 20, &DemoStory::close});
  steps_.push_back({1, 6, &DemoStory::close_application});
}

/// The document is valid for 30 days; the check counts from 72 hours before the hour of departure.
void DemoStory::plan_departure() {
  steps_.push_back({1, 3, &DemoStory::plan_transfer});
  steps_.push_back({0, 0, &DemoStory::check_departure});
  steps_.push_back({0, 0, &DemoStory::depart});
  // Some were handed over in error; the others stay until the window of the agreement is over.
  if (index_ % 6 != 1 || is_in_transit(case_)) return;
  steps_.push_back({2, 4, &DemoStory::claim_error});
  if (index_ % 12 == 1) return;
  steps_.push_back({1, 3, &DemoStory::answer_error});
  if (index_ % 24 == 7) steps_.push_back({4, 4, &DemoStory::record_return});
}

void DemoStory::schedule(int days, int more) {
  if (wait_until_) {
    next_at_ = std::exchange(wait_until_, std::nullopt);
    return;
  }
  auto const wait = days + (more == 0 ? 0 : dice_.between(0, more));
  next_at_ = wait == 0 ? later_that_day(stage_.clock.now(), dice_.between(12, 100))
                       : stage_.calendar.working_instant(stage_.calendar.add_working_days(today(), wait), dice_.between(0, 500));
}

void DemoStory::act() {
  auto const step = steps_.front();
  steps_.pop_front();
  (this->*step.act)();
  if (overtaken_ || steps_.empty()) {
    next_at_.reset();
    return;
  }
  schedule(steps_.front().days, steps_.front().more);
}

Date DemoStory::today() const { return day_of_work(stage_.clock.now()); }

access::Viewer const& DemoStory::case_officer() const { return officer(index_ % 3 == 0 ? "martin.xar" : "anna.xar"); }

}  // namespace rcms::app
