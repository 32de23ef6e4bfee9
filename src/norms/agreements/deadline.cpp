#include "norms/agreements/deadline.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::agreements {

namespace {

/// A calendar whose holidays and weekends are not counted, as kept at the seat of an authority.
struct Seat {
  Calendar const* calendar = nullptr;
  std::string_view region;
};
using Free = std::vector<Seat>;

Free calendars_of(Agreement const& agreement, Calendars const& calendars, Rule const& rule, std::string_view acting) {
  Free free;
  auto const add = [&](std::string_view party) {
    auto const& authority = get_authority(agreement, party);
    free.push_back({&calendars.at(authority.calendar), authority.region});
  };
  if (rule.calendars.empty()) add(acting);
  for (auto const& whose : rule.calendars) {
    for (auto const& party : agreement.parties) {
      if ((party == acting) == (whose == "acting")) add(party);
    }
  }
  return free;
}

bool is_free_by_weekend(Free const& free, Date day) {
  return std::any_of(free.begin(), free.end(), [&](auto const& seat) { return is_weekend(*seat.calendar, day); });
}

/// Notes the holidays of `day` in `step`; false when it is none.
bool note_holidays(Free const& free, Date day, Step& step) {
  bool found = false;
  for (auto const& seat : free) {
    if (auto const* holiday = find_holiday(*seat.calendar, day, seat.region)) {
      step.skipped.push_back({day, seat.calendar->code, holiday->names, holiday->verified});
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

void leave_out_weekend(Step& step, Date day) {
  ++step.weekend_days;
  auto const weekday = day.weekday();
  if (std::find(step.weekend.begin(), step.weekend.end(), weekday) == step.weekend.end()) step.weekend.push_back(weekday);
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
      leave_out_weekend(step, day);
    } else if (!working || !note_holidays(free, day, step)) {
      --days;
    }
  }
  step.to = day;
  return true;
}

/// Counts back from the day `step.from`: the result is the last day that lies so many days before it.
void count_days_back(Step& step, bool working, Free const& free) {
  step.to = step.from;
  for (int days = step.count; days > 0;) {
    step.to = step.to.plus_days(-1);
    if (working && is_free_by_weekend(free, step.to)) leave_out_weekend(step, step.to);
    else if (!working || !note_holidays(free, step.to, step)) --days;
  }
}

int months_of(Step const& step) { return step.unit == Unit::year ? 12 * step.count : step.count; }

void count_units_back(Step& step, Free const& free) {
  bool const months = step.unit == Unit::month || step.unit == Unit::year;
  if (months) step.to = step.from.plus_months(-months_of(step));
  else if (step.unit == Unit::week) step.to = step.from.plus_days(-7 * step.count);
  else count_days_back(step, step.unit == Unit::working_day, free);
}

/// One step of `count` units from `from`.
bool count_units(Step& step, Free const& free, std::vector<Stop> const& stops) {
  switch (step.unit) {
    case Unit::working_day: return count_days(step, step.count, true, free, stops);
    case Unit::week: return count_days(step, 7 * step.count, false, free, stops);
    case Unit::month:
    case Unit::year:
      return count_days(step, days_between(step.from, step.from.plus_months(months_of(step))), false, free, stops);
    default: return count_days(step, step.count, false, free, stops);
  }
}

/// Moves an end on a free day to the next working day. Source: the `end` of the rule.
void move_end(Deadline& deadline, Date& end, Free const& free) {
  Step step{"end_moved", Unit::working_day, 0, end, end, 0, 0, {}};
  for (;;) {
    if (is_free_by_weekend(free, step.to)) leave_out_weekend(step, step.to);
    else if (!note_holidays(free, step.to, step)) break;
    step.to = step.to.plus_days(1);
  }
  if (step.to == end) return;
  end = step.to;
  deadline.steps.push_back(std::move(step));
}

std::string weaker(std::string const& left, std::string const& right) {
  for (char const* weak : {"unverified", "confirmed", "S"}) {
    if (left == weak || right == weak) return weak;
  }
  return left;
}

/// Notes who confirmed the rule, when the date would not be certain without.
void note_confirmation(Deadline& deadline, Rule const& rule) {
  bool const rests_on_it = confidence_of_value(rule) == "confirmed" || confidence_of_start(rule) == "confirmed";
  if (!rests_on_it) return;
  auto const& said = *rule.confirmed;
  deadline.confirmed.push_back({rule.key, said.by, said.countersigned_by, said.on,
                                said.place.empty() ? said.source : fmt::format("{}, {}", said.source, said.place)});
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
      auto const& also = rule.start_also;
      if (kind == rule.start || std::find(also.begin(), also.end(), kind) != also.end()) start = Start{events[i].at, i};
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
    if (events[i].kind == "document_request" && !open) stops.push_back({day, {}, "document_request"});
    if (events[i].kind == "answer" && open) stops.back().until = day;
  }
  return stops;
}

/// Suspensions that reach into the time after the start; one that began before it counts from the start.
/// Source: data/workflow/individual.toml, state suspended.
std::vector<Stop> find_suspensions(std::vector<Event> const& events, Instant started_at, std::string const& zone) {
  std::vector<Stop> stops;
  std::optional<Instant> since;
  for (auto const& event : events) {
    if (event.kind == "suspension" && !since) since = event.at;
    if (event.kind != "lifting" || !since) continue;
    if (event.at > started_at) {
      stops.push_back({date_in_zone(std::max(*since, started_at), zone), date_in_zone(event.at, zone), "suspension"});
    }
    since.reset();
  }
  if (since) stops.push_back({date_in_zone(std::max(*since, started_at), zone), {}, "suspension"});
  return stops;
}

bool is_reply(std::string_view key) { return key == "reply_standard" || key == "accel_reply"; }

/// The rule by which the reply `extended` is extended; nullptr when there is none.
Rule const* find_extension_rule(Agreement const& agreement, std::string_view extended, Date on) {
  for (char const* key : {"reply_ext_total_max", "reply_ext_additional_max"}) {
    auto const* rule = find_rule(agreement, key, on);
    if (!is_reply(extended) || rule == nullptr || !rule->value) continue;
    if (rule->of.empty() || std::find(rule->of.begin(), rule->of.end(), extended) != rule->of.end()) return rule;
  }
  return nullptr;
}

/// How a term is extended: by which rule, and which event asks for it.
struct Extending {
  Rule const* rule = nullptr;
  std::string_view event;
};

Extending extending_of(Agreement const& agreement, std::string_view key, Date on) {
  if (is_reply(key)) return {find_extension_rule(agreement, key, on), "extension"};
  bool const submits = key == "submit_deadline_tcn" || key == "submit_deadline_any";
  auto const* rule = submits ? find_rule(agreement, "submit_ext", on) : nullptr;
  return {rule != nullptr && rule->value ? rule : nullptr, "submit_extension"};
}

/// The extension that an event asks for, at most what the rule allows; it stands still when `runs` is false.
struct Asked {
  Step step;
  bool runs = true;
};

Asked make_extension(Deadline const& deadline, Event const& event, Rule const& rule, Free const& free) {
  Date const end = deadline.steps.back().to;
  bool const total = rule.key == "reply_ext_total_max";
  bool const in_days = rule.unit != Unit::week && rule.unit != Unit::month && rule.unit != Unit::year;
  int const count = in_days && event.value > 0 ? std::min(event.value, *rule.value) : *rule.value;
  Asked asked{{"extension", rule.unit, count, total ? deadline.started_on : end, {}, 0, 0, {}}, true};
  asked.runs = count_units(asked.step, free, deadline.stops);
  if (!asked.runs) return asked;
  if (!in_days && event.value > 0) {
    Asked days{{"extension", Unit::calendar_day, event.value, asked.step.from, {}, 0, 0, {}}, true};
    days.runs = count_units(days.step, free, deadline.stops);
    if (!days.runs || days.step.to < asked.step.to) return days;
  }
  if (!event.until || *event.until >= asked.step.to) return asked;
  int const days = std::max(0, days_between(end, *event.until));
  return {{"extension", Unit::calendar_day, days, end, end.plus_days(days), 0, 0, {}}, true};
}

/// Adds the first extension that was sent before the end, if there is one; it never makes the term shorter. False when the clock
/// stands still.
bool extend(Deadline& deadline, Agreement const& agreement, std::vector<Event> const& events, Start const& start,
            Rule const& rule, Date version_on, Free const& free) {
  auto const [extension, kind] = extending_of(agreement, rule.key, version_on);
  if (extension == nullptr) return true;
  Date const end = deadline.steps.back().to;
  for (std::size_t i = start.index + 1; i < events.size(); ++i) {
    bool const in_time = events[i].kind == kind && date_in_zone(events[i].at, deadline.zone) <= end;
    if (!in_time) continue;
    auto asked = make_extension(deadline, events[i], *extension, free);
    if (asked.runs && asked.step.to <= end) continue;
    if (asked.step.from == deadline.started_on) deadline.steps.clear();
    auto const clause = cite(agreement, extension->article);
    asked.step.clause = clause;
    asked.step.confidence = confidence_of_value(*extension);
    deadline.steps.push_back(std::move(asked.step));
    if (deadline.source != clause) deadline.source += "; " + clause;
    deadline.value_confidence = weaker(deadline.value_confidence, confidence_of_value(*extension));
    note_confirmation(deadline, *extension);
    return asked.runs;
  }
  return true;
}

constexpr std::int64_t whole_day_ms = 86'400'000;

/// Hours stop for the whole days of a suspension, as days do.
void finish_hours(Deadline& deadline, Rule const& rule) {
  if (rule.back) {
    Instant const latest = deadline.started_at.plus_ms(-std::int64_t{*rule.value} * 3600000);
    deadline.due = date_in_zone(latest, deadline.zone);
    deadline.ends_at = latest;
    deadline.steps.push_back({"count_back", Unit::hour, *rule.value, deadline.started_on, *deadline.due, 0, 0, {}});
    return;
  }
  Instant end = deadline.started_at.plus_ms(std::int64_t{*rule.value} * 3600000);
  int stopped_days = 0;
  for (auto const& stop : deadline.stops) {
    if (stop.why != "suspension" || stop.from > date_in_zone(end, deadline.zone)) continue;
    if (!stop.until) return;
    stopped_days += days_between(stop.from, *stop.until);
    end = end.plus_ms(days_between(stop.from, *stop.until) * whole_day_ms);
  }
  deadline.due = date_in_zone(end, deadline.zone);
  deadline.ends_at = end;
  deadline.steps.push_back({"count", Unit::hour, *rule.value, deadline.started_on, *deadline.due, 0, stopped_days, {}});
}

/// A suspension that moved the end, or keeps it open, rests on no clause.
void weaken_by_suspension(Deadline& deadline) {
  for (auto const& stop : deadline.stops) {
    bool const counts = stop.why == "suspension" && (!deadline.due || stop.from < *deadline.due);
    if (counts) deadline.confidence = weaker(deadline.confidence, "unverified");
  }
}

void finish_back(Deadline& deadline, Rule const& rule, Free const& free) {
  Step count{"count_back", rule.unit, *rule.value, deadline.started_on, {}, 0, 0, {}};
  count_units_back(count, free);
  deadline.due = count.to;
  deadline.ends_at = start_of_day(count.to.plus_days(1), deadline.zone);
  deadline.steps.push_back(std::move(count));
}

/// Notes the years of a calendar that are not known between two days.
void note_years(Deadline& deadline, Calendar const& calendar, Date from, Date to) {
  auto& list = deadline.unknown_years;
  for (int year = std::min(from, to).year(); year <= std::max(from, to).year(); ++year) {
    bool const told = std::any_of(list.begin(), list.end(), [&](auto const& each) {
      return each.calendar == calendar.code && each.year == year;
    });
    if (!told && !knows_year(calendar, year)) list.push_back({calendar.code, year});
  }
}

/// What is not certain of the holidays that were needed: where working days are counted, and where the last day is looked at.
void note_calendars(Deadline& deadline, Free const& free, EndAdjustment end) {
  auto const needs = [&](Seat const& seat, Date from, Date to) {
    auto const& known = deadline.calendar_confidence;
    deadline.calendar_confidence = known.empty() ? seat.calendar->confidence : weaker(known, seat.calendar->confidence);
    note_years(deadline, *seat.calendar, from, to);
  };
  for (auto const& seat : free) {
    for (auto const& step : deadline.steps) {
      if (step.unit == Unit::working_day) needs(seat, step.from, step.to);
    }
    if (end == EndAdjustment::next_working_day && deadline.due) needs(seat, *deadline.due, *deadline.due);
  }
}

/// Each step with the clause that it rests on and how sure it is: the first also with its start event, all with their holidays.
void settle_steps(Deadline& deadline, Agreement const& agreement, Rule const& rule) {
  for (auto& step : deadline.steps) {
    if (step.clause.empty()) {
      step.clause = cite(agreement, rule.article);
      step.confidence = confidence_of_value(rule);
    }
    if (&step == &deadline.steps.front()) step.confidence = weaker(step.confidence, deadline.start_confidence);
    auto const first = std::min(step.from, step.to).year();
    auto const last = std::max(step.from, step.to).year();
    bool const guessed =
        std::any_of(step.skipped.begin(), step.skipped.end(), [](auto const& each) { return !each.verified; }) ||
        (step.unit == Unit::working_day &&
         std::any_of(deadline.unknown_years.begin(), deadline.unknown_years.end(),
                     [&](auto const& each) { return first <= each.year && each.year <= last; }));
    if (guessed) step.confidence = "unverified";
  }
}

/// The weakest of value, start event, and of the days that were left out without certainty.
void settle_confidence(Deadline& deadline) {
  deadline.confidence = weaker(deadline.value_confidence, deadline.start_confidence);
  if (!deadline.unknown_years.empty()) deadline.confidence = "unverified";
  for (auto const& step : deadline.steps) {
    for (auto const& skipped : step.skipped) {
      if (!skipped.verified) deadline.confidence = "unverified";
    }
  }
}

/// Counts the rule's days from the start, with extension and adjustment of the end.
void finish_days(Deadline& deadline, Agreement const& agreement, std::vector<Event> const& events, Start const& start,
                 Rule const& rule, Date version_on, Free const& free) {
  Step count{start.restarted ? "restart" : "count", rule.unit, *rule.value, deadline.started_on, {}, 0, 0, {}};
  bool runs = count_units(count, free, deadline.stops);
  deadline.steps.push_back(std::move(count));
  if (runs) runs = extend(deadline, agreement, events, start, rule, version_on, free);
  if (!runs) return;

  Date end = deadline.steps.back().to;
  if (rule.end == EndAdjustment::next_working_day) move_end(deadline, end, free);
  if (rule.then_working_days > 0) {
    Step then{"then_working_days", Unit::working_day, rule.then_working_days, end, {}, 0, 0, {}};
    runs = count_days(then, then.count, true, free, deadline.stops);
    end = then.to;
    deadline.steps.push_back(std::move(then));
  }
  if (!runs || stand_on(deadline.stops, end) == Stand::stopped_for_good) return;
  deadline.due = end;
  deadline.ends_at = start_of_day(end.plus_days(1), deadline.zone);
}

}  // namespace

namespace {

bool is_time(Unit unit) {
  return unit != Unit::none && unit != Unit::person && unit != Unit::per_month && unit != Unit::kilometre &&
         unit != Unit::per_year;
}

/// The facts with the requested State, where it follows from who acts.
CaseFacts complete_facts(Agreement const& agreement, std::string_view key, std::string_view acting, Date on, CaseFacts facts) {
  if (!facts.requested.empty()) return facts;
  if (side_acting(agreement, key, on) == "requested") {
    facts.requested = acting;
  } else if (agreement.parties.size() == 2) {
    facts.requested = agreement.parties[0] == acting ? agreement.parties[1] : agreement.parties[0];
  }
  return facts;
}

Deadline begin(Agreement const& agreement, Rule const& rule, std::string_view acting, std::vector<Event> const& events,
               Start const& start) {
  Deadline deadline;
  deadline.agreement = agreement.code;
  deadline.key = rule.key;
  deadline.source = cite(agreement, rule.article);
  deadline.value_confidence = confidence_of_value(rule);
  deadline.start_confidence = confidence_of_start(rule);
  note_confirmation(deadline, rule);
  deadline.confidence = weaker(deadline.value_confidence, deadline.start_confidence);
  deadline.zone = get_authority(agreement, acting).zone;
  deadline.start_event = events[start.index].kind;
  deadline.started_at = start.at;
  deadline.started_on = date_in_zone(start.at, deadline.zone);
  deadline.back = rule.back;
  if (rule.back) return deadline;
  deadline.stops = find_stops(rule, events, start, deadline.zone);
  for (auto& stop : find_suspensions(events, start.at, deadline.zone)) deadline.stops.push_back(std::move(stop));
  std::sort(deadline.stops.begin(), deadline.stops.end(), [](auto const& a, auto const& b) { return a.from < b.from; });
  return deadline;
}

}  // namespace

std::optional<Deadline> compute_deadline(Agreement const& agreement, Calendars const& calendars, std::string_view key,
                                         std::string_view acting, std::vector<Event> const& events, Date version_on,
                                         CaseFacts const& facts) {
  auto const rule = find_rule_for(agreement, key, version_on, complete_facts(agreement, key, acting, version_on, facts));
  if (!rule || !rule->value || !is_time(rule->unit)) return std::nullopt;
  auto const start = find_start(*rule, events);
  if (!start) return std::nullopt;

  auto deadline = begin(agreement, *rule, acting, events, *start);
  if (start->waits) return deadline;
  auto const free = calendars_of(agreement, calendars, *rule, acting);
  if (rule->unit == Unit::hour) finish_hours(deadline, *rule);
  else if (rule->back) finish_back(deadline, *rule, free);
  else finish_days(deadline, agreement, events, *start, *rule, version_on, free);
  note_calendars(deadline, free, rule->end);
  settle_confidence(deadline);
  settle_steps(deadline, agreement, *rule);
  weaken_by_suspension(deadline);
  return deadline;
}

std::vector<std::string> list_clocks(Agreement const& agreement, Date on) {
  std::vector<std::string> keys;
  for (auto const& rule : agreement.rules) {
    bool const clock = rule.value && is_time(rule.unit) && !rule.start.empty() && rule.start != "entry_into_force";
    if (clock && find_rule(agreement, rule.key, on) == &rule) keys.push_back(rule.key);
  }
  return keys;
}

std::string_view reply_key(Agreement const& agreement, Conditions const& conditions, Date on) {
  bool const accelerated = conditions.count("accelerated") != 0 && find_rule(agreement, "accel_reply", on) != nullptr;
  return accelerated ? "accel_reply" : "reply_standard";
}

namespace {

/// The extension in days, where the rule counts weeks or months: from the end of the term that runs.
int most_days(Rule const& rule, Deadline const& current) {
  Date const from = rule.key == "reply_ext_total_max" || current.steps.empty() ? current.started_on : current.steps.back().to;
  if (rule.unit == Unit::week) return 7 * *rule.value;
  if (rule.unit == Unit::month) return days_between(from, from.plus_months(*rule.value));
  return rule.unit == Unit::year ? days_between(from, from.plus_months(12 * *rule.value)) : *rule.value;
}

}  // namespace

Result<void> check_extension(Agreement const& agreement, Deadline const& current, int days, Date today, Date version_on) {
  auto const* rule = find_extension_rule(agreement, current.key, version_on);
  if (rule == nullptr)
    return refuse(Why::wrong_step, "days", "the agreement has no extension", agreement.cited);
  auto const source = cite(agreement, rule->article);
  bool const used =
      std::any_of(current.steps.begin(), current.steps.end(), [](auto const& step) { return step.kind == "extension"; });
  if (used) return refuse(Why::wrong_step, "days", "the term has been extended already", source);
  if (current.due && today > *current.due)
    return refuse(Why::too_late, "days", fmt::format("the term ended on {}", current.due->text()), source);
  int const most = most_days(*rule, current);
  if (days > most) return refuse(Why::limit_reached, "days", fmt::format("at most {}", most), source);
  auto const* standard = find_rule(agreement, current.key, version_on);
  int const least = rule->key == "reply_ext_total_max" && standard != nullptr ? standard->value.value_or(0) + 1 : 1;
  if (days < least) return refuse(Why::field_invalid, "days", fmt::format("at least {}", least), source);
  return {};
}

namespace {

/// The day that a step reaches from `day`, without what was left out.
Date count_plain(Deadline const& deadline, Step const& step, Date day) {
  int const way = step.kind == "count_back" ? -1 : 1;
  switch (step.unit) {
    case Unit::month:
    case Unit::year: return day.plus_months(way * months_of(step));
    case Unit::week: return day.plus_days(way * 7 * step.count);
    case Unit::hour:
      return date_in_zone(deadline.started_at.plus_ms(way * std::int64_t{step.count} * 3600000), deadline.zone);
    default: return day.plus_days(way * step.count);
  }
}

}  // namespace

std::optional<Date> replay(Deadline const& deadline) {
  if (deadline.is_stopped()) return std::nullopt;
  Date day = deadline.started_on;
  for (auto const& step : deadline.steps) {
    std::vector<Date> skipped;  // a day may be a holiday in two States
    for (auto const& each : step.skipped) skipped.push_back(each.day);
    std::sort(skipped.begin(), skipped.end());
    skipped.erase(std::unique(skipped.begin(), skipped.end()), skipped.end());
    int const left_out = step.weekend_days + step.stopped_days + static_cast<int>(skipped.size());
    day = count_plain(deadline, step, day).plus_days(step.kind == "count_back" ? -left_out : left_out);
  }
  return day;
}

}  // namespace rcms::agreements
