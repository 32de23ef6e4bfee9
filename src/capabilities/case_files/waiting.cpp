#include "capabilities/case_files/waiting.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::case_files {

namespace {

bool is_working_day(agreements::Calendar const* calendar, Date day) {
  if (calendar == nullptr) return day.weekday() < 6;
  return !agreements::is_weekend(*calendar, day) && agreements::find_holiday(*calendar, day) == nullptr;
}

/// The day after so many working days of waiting; empty when nobody is told.
std::string day_after(Desks const& desks, CaseFile const& file, int days) {
  if (days == 0 || !file.step_since) return {};
  return add_working_days(desks.calendar, date_in_zone(*file.step_since, desks.time_zone), days).text();
}

std::string next_working_day(Desks const& desks, std::string const& after) {
  return add_working_days(desks.calendar, Date::parse(after).value_or(desks.today()), 1).text();
}

Queue const* queue_of(Desks const& desks, CaseFile const& file) {
  return find_queue(desks.queues, file.side, file.state, is_foreign(file.side, file.person.nationality, desks.own_code));
}

int days_for_officer(Desks const& desks, CaseFile const& file) {
  auto const* queue = queue_of(desks, file);
  return queue == nullptr ? 0 : queue->officer_days;
}

int days_for_supervisor(Desks const& desks, CaseFile const& file) {
  auto const* queue = queue_of(desks, file);
  return queue == nullptr ? 0 : queue->supervisor_days;
}

Decision lay_down(CaseFile const& before) {
  Decision decision;
  decision.after = before;
  decision.after.hold.reset();
  decision.action = "hold_ended";
  decision.keeps_place = true;
  return decision;
}

}  // namespace

Date add_working_days(agreements::Calendar const* calendar, Date from, int days) {
  // Ten years: a calendar without working days is no calendar.
  for (int ahead = 1; ahead <= 3'650; ++ahead) {
    auto const day = from.plus_days(ahead);
    if (is_working_day(calendar, day) && --days <= 0) return day;
  }
  return from.plus_days(3'650);
}

void keep_waiting(Desks const& desks, CaseFile const* before, CaseFile& after) {
  if (before != nullptr && before->state == after.state) return;
  after.step_since = desks.now;
  after.told = 0;
  after.hold.reset();
  after.tell_on = after.is_open ? day_after(desks, after, days_for_officer(desks, after)) : std::string();
}

Result<Decision> decide_telling(Desks const& desks, CaseFile const& before, Answerable const& answerable) {
  if (before.tell_on.empty() || before.told >= 2 || !before.is_open) return refuse(Why::wrong_step);
  auto const today = desks.today().text();
  if (before.tell_on > today) return refuse(Why::too_early);
  Decision decision;
  decision.after = before;
  decision.keeps_place = true;
  auto& after = decision.after;
  bool const is_first = before.told == 0;
  decision.action = is_first ? "waiting_too_long" : "waiting_escalated";
  after.told = before.told + 1;
  after.tell_on.clear();
  if (is_first) {
    // A supervisor is told a working day after the officer at the earliest.
    if (auto const later = day_after(desks, before, days_for_supervisor(desks, before)); !later.empty())
      after.tell_on = std::max(later, next_working_day(desks, today));
  }
  auto const& named = is_first ? answerable.officer : answerable.supervisor;
  if (!named.empty()) decision.told["named"] = named.value;
  if (is_first && !answerable.cover.empty()) decision.told["cover"] = answerable.cover.value;
  if (!is_first && !answerable.officer.empty()) decision.told["officer"] = answerable.officer.value;
  if (before.step_since) decision.told["since"] = date_in_zone(*before.step_since, desks.time_zone).text();
  return decision;
}

Result<Decision> decide_hold(workflow::Process const& process, Desks const& desks, CaseFile const& before, HoldInput const& input,
                             access::Viewer const& viewer) {
  auto decision = take_step(process, before, "hold", viewer, input.reason, desks.now);
  if (!decision) return decision;
  auto const until = Date::parse(input.until);
  auto const today = desks.today();
  if (!until || *until <= today) return refuse(Why::field_invalid, "until", "a day after today");
  if (days_between(today, *until) > hold_days_limit)
    return refuse(Why::field_invalid, "until", fmt::format("at most {} days", hold_days_limit));
  if (!before.next_due_on.empty() && input.until > before.next_due_on) {
    return refuse(Why::field_invalid, "until",
                  fmt::format("the term that ends on {} runs on: choose that day or an earlier one", before.next_due_on));
  }
  auto& after = decision->after;
  after.hold = Hold{input.until, input.reason, viewer.user, desks.now};
  if (!after.tell_on.empty()) after.tell_on = std::max(after.tell_on, next_working_day(desks, input.until));
  decision->told["until"] = input.until;
  decision->keeps_place = true;
  return decision;
}

Result<Decision> decide_end_of_hold(workflow::Process const& process, CaseFile const& before, access::Viewer const& viewer,
                                    Instant now) {
  auto decision = take_step(process, before, "end_hold", viewer, {}, now);
  if (!decision) return decision;
  if (!before.hold) return refuse(Why::wrong_step, "state", "it is not on hold");
  decision->after.hold.reset();
  decision->keeps_place = true;
  return decision;
}

Result<Decision> decide_return(Desks const& desks, CaseFile const& before) {
  if (!before.hold) return refuse(Why::wrong_step);
  if (before.hold->until > desks.today().text()) return refuse(Why::too_early);
  return lay_down(before);
}

Result<Decision> decide_assignment(workflow::Process const& process, CaseFile const& before, UserId const& owner,
                                   access::Viewer const& viewer, Instant now) {
  if (owner.empty()) return refuse(Why::field_missing, "user");
  auto decision = take_step(process, before, "assign", viewer, {}, now);
  if (!decision) return decision;
  decision->after.owner = owner;
  decision->told["owner"] = owner.value;
  return decision;
}

}  // namespace rcms::case_files
