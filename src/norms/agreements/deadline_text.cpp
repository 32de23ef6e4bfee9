// Deadlines in words and as stored JSON.
#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/json_read.hpp"
#include "foundation/base/text.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::agreements {

namespace json = boost::json;

namespace {

std::string name_in(Names const& names, std::string_view language) {
  auto found = names.find(std::string(language));
  if (found == names.end()) found = names.find("en");
  return found == names.end() ? "" : found->second;
}

std::string render_units(Labels const& labels, std::string_view language, Step const& step) {
  return labels.text(language, fmt::format("clock.units.{}", name_of(step.unit)), {{"count", std::to_string(step.count)}});
}

std::string render_skipped(Labels const& labels, std::string_view language, std::vector<Step> const& steps) {
  int weekend_days = 0;
  std::vector<std::string> parts;
  for (auto const& step : steps) {
    weekend_days += step.weekend_days;
    for (auto const& each : step.skipped) {
      parts.push_back(
          labels.text(language, "clock.skipped_holiday",
                      {{"name", name_in(each.names, language)},
                       {"day", each.day.text()},
                       {"calendar", name_of_state(labels, language, each.calendar)}}));
    }
  }
  if (weekend_days > 0)
    parts.insert(parts.begin(), labels.text(language, "clock.skipped_weekend", {{"count", std::to_string(weekend_days)}}));
  return parts.empty() ? "" : labels.text(language, "clock.skipped", {{"list", join(parts, "; ")}});
}

std::string render_step(Labels const& labels, std::string_view language, Deadline const& deadline, Step const& step) {
  LabelArguments arguments{{"units", render_units(labels, language, step)},
                           {"event", labels.text(language, "clock.event." + deadline.start_event)},
                           {"from", step.from.text()},
                           {"to", step.to.text()}};
  bool const from_start =
      step.from == deadline.started_on && step.kind == "extension" && deadline.steps.front().kind == "extension";
  return labels.text(language, from_start ? "clock.step.extension_total" : "clock.step." + step.kind, arguments);
}

std::string render_stop(Labels const& labels, std::string_view language, Stop const& stop) {
  bool const suspended = stop.why == "suspension";
  if (!stop.until)
    return labels.text(language, suspended ? "clock.suspended_since" : "clock.stands_since", {{"from", stop.from.text()}});
  return labels.text(language, suspended ? "clock.was_suspended" : "clock.stood",
                     {{"from", stop.from.text()},
                      {"until", stop.until->text()},
                      {"count", std::to_string(days_between(stop.from, *stop.until))}});
}

std::string render_confirmation(Labels const& labels, std::string_view language, ConfirmedRule const& confirmed) {
  return labels.text(language, "clock.confirmed",
                     {{"rule", labels.text(language, "agreements.rule." + confirmed.rule)},
                      {"on", confirmed.on.text()},
                      {"by", confirmed.by},
                      {"second", confirmed.countersigned_by},
                      {"source", confirmed.source}});
}

/// "Due on 3 March 2027"; of a term in hours also the time at the authority.
std::string render_due(Labels const& labels, std::string_view language, Deadline const& deadline) {
  std::string const key = deadline.back ? "clock.due_before" : "clock.due";
  bool const hours = !deadline.steps.empty() && deadline.steps.back().unit == Unit::hour && deadline.ends_at;
  if (!hours) return labels.text(language, key, {{"due", deadline.due->text()}});
  // On a day on which clocks change they do so in the first hours: later times are counted from the end of the day.
  auto const from_start = (deadline.ends_at->ms - start_of_day(*deadline.due, deadline.zone).ms) / 60'000;
  auto const to_end = (start_of_day(deadline.due->plus_days(1), deadline.zone).ms - deadline.ends_at->ms) / 60'000;
  auto const minutes = from_start < 240 ? from_start : 1440 - to_end;
  return labels.text(language, key + "_at",
                     {{"due", deadline.due->text()}, {"time", fmt::format("{:02}:{:02}", minutes / 60, minutes % 60)}});
}

json::value step_to_json(Step const& step) {
  json::array skipped;
  for (auto const& each : step.skipped) {
    skipped.push_back(
        json::object{{"day", each.day.text()}, {"calendar", each.calendar}, {"names", json::value_from(each.names)}});
    if (!each.verified) skipped.back().as_object()["verified"] = false;
  }
  json::object told{{"kind", step.kind},
                    {"unit", name_of(step.unit)},
                    {"count", step.count},
                    {"from", step.from.text()},
                    {"to", step.to.text()},
                    {"weekend_days", step.weekend_days},
                    {"stopped_days", step.stopped_days},
                    {"skipped", std::move(skipped)},
                    {"clause", step.clause},
                    {"confidence", step.confidence}};
  if (!step.weekend.empty()) told["weekend"] = json::value_from(step.weekend);
  return told;
}

/// The day at `key`; clears `right` when it is none.
Date read_day(json::value const& item, std::string_view key, bool& right) {
  auto const day = Date::parse(text_at(item, key));
  right = right && day.has_value();
  return day.value_or(Date());
}

Unit read_unit(std::string const& text, bool& right) {
  for (Unit const unit : {Unit::hour, Unit::calendar_day, Unit::working_day, Unit::month, Unit::year, Unit::day, Unit::week}) {
    if (name_of(unit) == text) return unit;
  }
  right = false;
  return Unit::none;
}

Step step_from_json(json::value const& item, bool& right) {
  Step step;
  step.kind = text_at(item, "kind");
  step.unit = read_unit(text_at(item, "unit"), right);
  step.count = static_cast<int>(whole_at(item, "count"));
  step.from = read_day(item, "from", right);
  step.to = read_day(item, "to", right);
  step.weekend_days = static_cast<int>(whole_at(item, "weekend_days"));
  step.stopped_days = static_cast<int>(whole_at(item, "stopped_days"));
  for (auto const& each : list_at(item, "skipped")) {
    Skipped skipped{read_day(each, "day", right), text_at(each, "calendar"), {}, flag_at(each, "verified", true)};
    auto const* names = find_member(each, "names");
    if (names != nullptr && names->is_object()) {
      for (auto const& member : names->get_object()) skipped.names[std::string(member.key())] = text_at(*names, member.key());
    }
    step.skipped.push_back(std::move(skipped));
  }
  step.clause = text_at(item, "clause");
  step.confidence = text_at(item, "confidence");
  for (auto const& day : list_at(item, "weekend")) {
    if (day.is_int64()) step.weekend.push_back(static_cast<int>(day.get_int64()));
  }
  return step;
}

}  // namespace

std::string name_of_state(Labels const& labels, std::string_view language, std::string_view code) {
  for (char const* list : {"codes.country", "agreements.state"}) {
    auto const key = fmt::format("{}.{}", list, code);
    if (labels.has(key)) return labels.text(language, key);
  }
  return std::string(code);
}

std::vector<std::string> render_doubts(Labels const& labels, std::string_view language, Deadline const& deadline) {
  std::vector<std::string> sentences;
  bool const plain_days =
      std::any_of(deadline.steps.begin(), deadline.steps.end(), [](auto const& step) { return step.unit == Unit::day; });
  if (plain_days) sentences.push_back(labels.text(language, "clock.days_not_said"));
  if (deadline.start_confidence == "unverified" && deadline.value_confidence != "unverified") {
    auto const event = labels.text(language, "clock.event." + deadline.start_event);
    sentences.push_back(labels.text(language, "clock.start_not_said", {{"event", event}}));
  }
  for (auto const& each : deadline.unknown_years) {
    sentences.push_back(labels.text(language, "clock.holidays_not_known",
                                    {{"calendar", name_of_state(labels, language, each.calendar)},
                                     {"year", std::to_string(each.year)}}));
  }
  for (auto const& step : deadline.steps) {
    for (auto const& each : step.skipped) {
      if (each.verified) continue;
      sentences.push_back(labels.text(language, "clock.day_not_certain",
                                      {{"name", name_in(each.names, language)}, {"day", each.day.text()}}));
    }
  }
  if (deadline.value_confidence == "unverified") sentences.push_back(labels.text(language, "clock.unverified"));
  return sentences;
}

std::vector<std::string> render_steps(Labels const& labels, std::string_view language, Deadline const& deadline) {
  std::vector<std::string> sentences;
  for (auto const& step : deadline.steps) sentences.push_back(render_step(labels, language, deadline, step));
  return sentences;
}

std::string render_sentence(Labels const& labels, std::string_view language, Deadline const& deadline) {
  std::vector<std::string> sentences;
  if (deadline.due) sentences.push_back(render_due(labels, language, deadline));
  if (deadline.due && deadline.key == "td_fallback")
    sentences.push_back(labels.text(language, "clock.fallback_from", {{"from", deadline.due->plus_days(1).text()}}));
  if (deadline.steps.empty()) {
    sentences.push_back(labels.text(language, "clock.waits_for_restart", {{"from", deadline.started_on.text()}}));
  }
  for (auto const& step : deadline.steps) {
    if (deadline.due || step.kind == "count" || step.kind == "restart") {
      auto const key_step = deadline.due ? step : Step{step.kind, step.unit, step.count, step.from, step.from, 0, 0, {}};
      sentences.push_back(render_step(labels, language, deadline, key_step));
    }
  }
  for (auto const& stop : deadline.stops) sentences.push_back(render_stop(labels, language, stop));
  if (auto skipped = render_skipped(labels, language, deadline.steps); deadline.due && !skipped.empty())
    sentences.push_back(std::move(skipped));
  sentences.push_back(labels.text(language, "clock.source", {{"source", deadline.source}, {"zone", deadline.zone}}));
  for (auto const& each : deadline.confirmed) sentences.push_back(render_confirmation(labels, language, each));
  for (auto& doubt : render_doubts(labels, language, deadline)) sentences.push_back(std::move(doubt));
  return join(sentences, " ");
}

json::value deadline_to_json(Deadline const& deadline) {
  json::array steps;
  for (auto const& step : deadline.steps) steps.push_back(step_to_json(step));
  json::array stops;
  for (auto const& stop : deadline.stops) {
    json::object out{{"from", stop.from.text()}, {"why", stop.why}};
    if (stop.until) out["until"] = stop.until->text();
    stops.push_back(std::move(out));
  }
  json::object out{{"agreement", deadline.agreement},
                   {"key", deadline.key},
                   {"source", deadline.source},
                   {"confidence", deadline.confidence},
                   {"zone", deadline.zone},
                   {"start_event", deadline.start_event},
                   {"started_at", deadline.started_at.text()},
                   {"started_on", deadline.started_on.text()},
                   {"stops", std::move(stops)},
                   {"steps", std::move(steps)}};
  if (deadline.back) out["back"] = true;
  out["value_confidence"] = deadline.value_confidence;
  out["start_confidence"] = deadline.start_confidence;
  if (!deadline.confirmed.empty()) {
    json::array confirmed;
    for (auto const& each : deadline.confirmed) {
      confirmed.push_back(json::object{{"rule", each.rule},
                                       {"by", each.by},
                                       {"countersigned_by", each.countersigned_by},
                                       {"on", each.on.text()},
                                       {"source", each.source}});
    }
    out["confirmed"] = std::move(confirmed);
  }
  if (!deadline.calendar_confidence.empty()) out["calendar_confidence"] = deadline.calendar_confidence;
  json::array unknown;
  for (auto const& each : deadline.unknown_years) unknown.push_back({{"calendar", each.calendar}, {"year", each.year}});
  if (!unknown.empty()) out["unknown_years"] = std::move(unknown);
  if (deadline.due) out["due"] = deadline.due->text();
  if (deadline.ends_at) out["ends_at"] = deadline.ends_at->text();
  return out;
}

std::optional<Deadline> deadline_from_json(json::value const& stored) {
  bool right = stored.is_object();
  Deadline deadline;
  deadline.agreement = text_at(stored, "agreement");
  deadline.key = text_at(stored, "key");
  deadline.source = text_at(stored, "source");
  deadline.confidence = text_at(stored, "confidence");
  deadline.zone = text_at(stored, "zone");
  deadline.start_event = text_at(stored, "start_event");
  deadline.back = flag_at(stored, "back");
  deadline.value_confidence = text_at(stored, "value_confidence", deadline.confidence);
  deadline.start_confidence = text_at(stored, "start_confidence", deadline.confidence);
  deadline.calendar_confidence = text_at(stored, "calendar_confidence");
  for (auto const& each : list_at(stored, "unknown_years"))
    deadline.unknown_years.push_back({text_at(each, "calendar"), static_cast<int>(whole_at(each, "year"))});
  for (auto const& each : list_at(stored, "confirmed")) {
    deadline.confirmed.push_back({text_at(each, "rule"), text_at(each, "by"), text_at(each, "countersigned_by"),
                                  read_day(each, "on", right), text_at(each, "source")});
  }
  auto const started_at = Instant::parse(text_at(stored, "started_at"));
  if (!started_at) return std::nullopt;
  deadline.started_at = *started_at;
  deadline.started_on = read_day(stored, "started_on", right);
  if (find_member(stored, "due") != nullptr) deadline.due = read_day(stored, "due", right);
  deadline.ends_at = Instant::parse(text_at(stored, "ends_at"));
  for (auto const& item : list_at(stored, "stops")) {
    Stop stop{read_day(item, "from", right), {}, text_at(item, "why")};
    if (find_member(item, "until") != nullptr) stop.until = read_day(item, "until", right);
    deadline.stops.push_back(stop);
  }
  for (auto const& item : list_at(stored, "steps")) deadline.steps.push_back(step_from_json(item, right));
  if (!right) return std::nullopt;
  return deadline;
}

}  // namespace rcms::agreements
