#include "norms/agreements/deadline.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::agreements {

namespace {

/// Whose holidays and weekends are not counted.
using Free = std::vector<Calendar const*>;

Free calendars_of(Agreement const& agreement, Calendars const& calendars, Rule const& rule, std::string_view acting) {
  Free free;
  auto const add = [&](std::string_view party) { free.push_back(&calendars.at(get_authority(agreement, party).calendar)); };
  if (rule.calendars.empty()) add(acting);
  for (auto const& whose : rule.calendars) {
    for (auto const& party : agreement.parties) {
      if ((party == acting) == (whose == "acting")) add(party);
    }
  }
  return free;
}

bool is_free_by_weekend(Free const& free, Date day) {
  return std::any_of(free.begin(), free.end(), [&](auto const* calendar) { return is_weekend(*calendar, day); });
}

/// Notes the holidays of `day` in `step`; false when it is none.
bool note_holidays(Free const& free, Date day, Step& step) {
  bool found = false;
  for (auto const* calendar : free) {
    if (auto const* holiday = find_holiday(*calendar, day)) {
      step.skipped.push_back({day, calendar->code, holiday->names});
      found = true;
    }
  }
  return found;
}

enum class Stand { runs, stopped, stopped_for_good };

Stand stand_on(std::vector<Stop> const& stops, Date day) {
  for (auto const& stop : stops) {
    if (day <= stop.from) continue;
    if (!stop.until) return Stand::stopped_for_good;
    if (day <= *stop.until) return Stand::stopped;
  }
  return Stand::runs;
}

/// Counts `days` from the end of the day `step.from`; false when the clock stands still before the end.
bool count_days(Step& step, int days, bool working, Free const& free, std::vector<Stop> const& stops) {
  Date day = step.from;
  step.to = day;
  while (days > 0) {
    day = day.plus_days(1);
    auto const stand = stand_on(stops, day);
    if (stand == Stand::stopped_for_good) return false;
    if (stand == Stand::stopped) {
      ++step.stopped_days;
    } else if (working && is_free_by_weekend(free, day)) {
      ++step.weekend_days;
    } else if (!working || !note_holidays(free, day, step)) {
      --days;
    }
  }
  step.to = day;
  return true;
}

/// One step of `count` units from `from`.
bool count_units(Step& step, Free const& free, std::vector<Stop> const& stops) {
  switch (step.unit) {
    case Unit::working_day: return count_days(step, step.count, true, free, stops);
    case Unit::month: return count_days(step, days_between(step.from, step.from.plus_months(step.count)), false, free, stops);
    case Unit::year: return count_days(step, days_between(step.from, step.from.plus_months(12 * step.count)), false, free, stops);
    default: return count_days(step, step.count, false, free, stops);
  }
}

/// Moves an end on a free day to the next working day. Source: the `end` of the rule.
void move_end(Deadline& deadline, Date& end, Free const& free) {
  Step step{"end_moved", Unit::working_day, 0, end, end, 0, 0, {}};
  for (;;) {
    if (is_free_by_weekend(free, step.to)) ++step.weekend_days;
    else if (!note_holidays(free, step.to, step)) break;
    step.to = step.to.plus_days(1);
  }
  if (step.to == end) return;
  end = step.to;
  deadline.steps.push_back(std::move(step));
}

std::string weaker(std::string const& left, std::string const& right) {
  if (left == "unverified" || right == "unverified") return "unverified";
  return left == "S" || right == "S" ? "S" : left;
}

struct Start {
  Instant at;
  std::size_t index = 0;  ///< of the event
  bool restarted = false;
  bool waits = false;     ///< a request restarts the clock and is not answered yet
};

std::optional<Start> find_start(Rule const& rule, std::vector<Event> const& events) {
  std::optional<Start> start;
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto const& kind = events[i].kind;
    if (!start) {
      if (kind == rule.start) start = Start{events[i].at, i};
      continue;
    }
    if (rule.on_document_request != OnDocumentRequest::restarts) continue;
    if (kind == "document_request") start->waits = true;
    if (start->waits && (kind == "answer" || kind == "complete_file")) start = Start{events[i].at, i, true};
  }
  return start;
}

std::vector<Stop> find_stops(Rule const& rule, std::vector<Event> const& events, Start const& start, std::string const& zone) {
  std::vector<Stop> stops;
  for (std::size_t i = start.index + 1; i < events.size(); ++i) {
    auto const day = date_in_zone(events[i].at, zone);
    bool const open = !stops.empty() && !stops.back().until;
    if (rule.on_document_request == OnDocumentRequest::runs) break;
    if (events[i].kind == "document_request" && !open) stops.push_back({day, {}});
    if (events[i].kind == "answer" && open) stops.back().until = day;
  }
  return stops;
}

/// The rule by which a reply is extended; nullptr when there is none.
Rule const* find_extension_rule(Agreement const& agreement, Date on) {
  for (char const* key : {"reply_ext_total_max", "reply_ext_additional_max"}) {
    auto const* rule = find_rule(agreement, key, on);
    if (rule != nullptr && rule->value) return rule;
  }
  return nullptr;
}

bool is_reply(std::string_view key) { return key == "reply_standard" || key == "accel_reply"; }

/// Adds the extension that was sent before the end, if there is one. False when the clock stands still.
bool extend(Deadline& deadline, Agreement const& agreement, std::vector<Event> const& events, Start const& start,
            Rule const& rule, Date version_on, Free const& free) {
  auto const* extension = is_reply(rule.key) ? find_extension_rule(agreement, version_on) : nullptr;
  if (extension == nullptr) return true;
  for (std::size_t i = start.index + 1; i < events.size(); ++i) {
    bool const in_time = events[i].kind == "extension" && date_in_zone(events[i].at, deadline.zone) <= deadline.steps.back().to;
    if (!in_time) continue;
    int const days = std::min(events[i].value > 0 ? events[i].value : *extension->value, *extension->value);
    Step step{"extension", extension->unit, days, deadline.steps.back().to, {}, 0, 0, {}};
    if (extension->key == "reply_ext_total_max") {
      step.from = deadline.started_on;
      deadline.steps.clear();
    }
    bool const runs = count_units(step, free, deadline.stops);
    deadline.steps.push_back(std::move(step));
    deadline.source += "; " + cite(agreement, extension->article);
    deadline.confidence = weaker(deadline.confidence, extension->confidence);
    return runs;
  }
  return true;
}

void finish_hours(Deadline& deadline, Rule const& rule) {
  Instant const end = deadline.started_at.plus_ms(std::int64_t{*rule.value} * 3600000);
  deadline.due = date_in_zone(end, deadline.zone);
  deadline.ends_at = end;
  deadline.steps.push_back({"count", Unit::hour, *rule.value, deadline.started_on, *deadline.due, 0, 0, {}});
}

}  // namespace

std::optional<Deadline> compute_deadline(Agreement const& agreement, Calendars const& calendars, std::string_view key,
                                         std::string_view acting, std::vector<Event> const& events, Date version_on) {
  auto const* rule = find_rule(agreement, key, version_on);
  if (rule == nullptr || !rule->value || rule->unit == Unit::none || rule->unit == Unit::person || rule->unit == Unit::per_month)
    return std::nullopt;
  auto const start = find_start(*rule, events);
  if (!start) return std::nullopt;

  Deadline deadline;
  deadline.agreement = agreement.code;
  deadline.key = rule->key;
  deadline.source = cite(agreement, rule->article);
  deadline.confidence = rule->confidence;
  deadline.zone = get_authority(agreement, acting).zone;
  deadline.start_event = start->restarted ? events[start->index].kind : rule->start;
  deadline.started_at = start->at;
  deadline.started_on = date_in_zone(start->at, deadline.zone);
  deadline.stops = find_stops(*rule, events, *start, deadline.zone);
  if (start->waits) return deadline;
  if (rule->unit == Unit::hour) {
    finish_hours(deadline, *rule);
    return deadline;
  }
  auto const free = calendars_of(agreement, calendars, *rule, acting);
  Step count{start->restarted ? "restart" : "count", rule->unit, *rule->value, deadline.started_on, {}, 0, 0, {}};
  bool runs = count_units(count, free, deadline.stops);
  deadline.steps.push_back(std::move(count));
  if (runs) runs = extend(deadline, agreement, events, *start, *rule, version_on, free);
  if (!runs) return deadline;

  Date end = deadline.steps.back().to;
  if (rule->end == EndAdjustment::next_working_day) move_end(deadline, end, free);
  if (rule->then_working_days > 0) {
    Step then{"then_working_days", Unit::working_day, rule->then_working_days, end, {}, 0, 0, {}};
    count_days(then, then.count, true, free, {});
    end = then.to;
    deadline.steps.push_back(std::move(then));
  }
  deadline.due = end;
  deadline.ends_at = start_of_day(end.plus_days(1), deadline.zone);
  return deadline;
}

std::string_view reply_key(Agreement const& agreement, Conditions const& conditions, Date on) {
  bool const accelerated = conditions.count("accelerated") != 0 && find_rule(agreement, "accel_reply", on) != nullptr;
  return accelerated ? "accel_reply" : "reply_standard";
}

Result<void> check_extension(Agreement const& agreement, Deadline const& current, int days, Date today, Date version_on) {
  auto const* rule = find_extension_rule(agreement, version_on);
  if (rule == nullptr || !is_reply(current.key))
    return refuse(Why::wrong_step, "days", "the agreement has no extension", agreement.cited);
  auto const source = cite(agreement, rule->article);
  bool const used =
      std::any_of(current.steps.begin(), current.steps.end(), [](auto const& step) { return step.kind == "extension"; });
  if (used) return refuse(Why::wrong_step, "days", "the term has been extended already", source);
  if (current.due && today > *current.due)
    return refuse(Why::too_late, "days", fmt::format("the term ended on {}", current.due->text()), source);
  if (days > *rule->value) return refuse(Why::limit_reached, "days", fmt::format("at most {}", *rule->value), source);
  auto const* standard = find_rule(agreement, current.key, version_on);
  int const least = rule->key == "reply_ext_total_max" && standard != nullptr ? standard->value.value_or(0) + 1 : 1;
  if (days < least) return refuse(Why::field_invalid, "days", fmt::format("at least {}", least), source);
  return {};
}

std::optional<Date> replay(Deadline const& deadline) {
  if (deadline.is_stopped()) return std::nullopt;
  Date day = deadline.started_on;
  for (auto const& step : deadline.steps) {
    std::vector<Date> skipped;  // a day may be a holiday in two States
    for (auto const& each : step.skipped) skipped.push_back(each.day);
    std::sort(skipped.begin(), skipped.end());
    skipped.erase(std::unique(skipped.begin(), skipped.end()), skipped.end());
    Date counted = day.plus_days(step.count);
    if (step.unit == Unit::month) counted = day.plus_months(step.count);
    if (step.unit == Unit::year) counted = day.plus_months(12 * step.count);
    if (step.unit == Unit::hour)
      counted = date_in_zone(deadline.started_at.plus_ms(std::int64_t{step.count} * 3600000), deadline.zone);
    day = counted.plus_days(step.weekend_days + step.stopped_days + static_cast<int>(skipped.size()));
  }
  return day;
}

}  // namespace rcms::agreements
