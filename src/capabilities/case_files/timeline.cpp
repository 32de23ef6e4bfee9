// The timeline of a file: its ledger entries, today, and the deadlines to come.
#include <boost/json.hpp>

#include "capabilities/case_files/acting.hpp"
#include "capabilities/case_files/present.hpp"
#include "foundation/ledger/entry.hpp"
#include "norms/agreements/deadline.hpp"
#include "norms/forms/presentation.hpp"

namespace rcms::case_files {

namespace json = boost::json;

namespace {

/// The fields that a correction changed, in words.
std::string changes_of(Context const& context, std::string_view language, json::object const& told) {
  auto const* changed = told.if_contains("changed");
  std::string list;
  if (changed == nullptr || !changed->is_array()) return list;
  for (auto const& path : changed->get_array()) {
    if (!path.is_string()) continue;
    auto const label =
        forms::field_label(context.norms.application_form, context.labels, language, std::string(path.get_string()));
    list += (list.empty() ? "" : ", ") + label;
  }
  return list;
}

/// "3 May 2027 → 6 May 2027", of a term that was computed anew.
std::string days_of(Context const& context, std::string_view language, json::object const& told) {
  auto const day_at = [&](char const* key) -> std::string {
    auto const* value = told.if_contains(key);
    auto const day = value != nullptr && value->is_string() ? Date::parse(std::string(value->get_string())) : std::nullopt;
    return day ? context.labels.date(language, *day) : "–";
  };
  return told.contains("due_after") ? day_at("due_before") + " → " + day_at("due_after") : std::string();
}

/// A value of the ledger in words: gates, outcomes and reasons of a list are kept by their code.
std::string words_of(Labels const& labels, std::string_view language, std::string_view member, std::string const& value) {
  std::vector<std::string> keys;
  if (member == "gate") keys = {"gates." + value};
  if (member == "outcome") keys = {"codes.task_result." + value, "case_files.outcome." + value};
  if (member == "reason") keys = {"codes.withdrawal_reason." + value, "codes.refusal_reason." + value};
  for (auto const& key : keys) {
    if (labels.has(key)) return labels.text(language, key);
  }
  return value;
}

/// What the entry tells beyond its word: reason, outcome, number.
std::string detail_of(Context const& context, std::string_view language, std::optional<std::string> const& content) {
  if (!content) return {};
  boost::system::error_code error;
  auto const told = json::parse(*content, error);
  if (error || !told.is_object()) return {};
  std::string detail;
  for (auto const* key : {"reason", "number", "file", "outcome", "gate"}) {
    auto const* value = told.get_object().if_contains(key);
    if (value == nullptr || !value->is_string()) continue;
    detail += (detail.empty() ? "" : " · ") + words_of(context.labels, language, key, std::string(value->get_string()));
  }
  if (auto const changes = changes_of(context, language, told.get_object()); !changes.empty()) {
    detail += (detail.empty() ? "" : " · ") + changes;
  }
  if (auto const days = days_of(context, language, told.get_object()); !days.empty())
    detail += (detail.empty() ? "" : " · ") + days;
  return detail;
}

/// The absent colleague for whom somebody acted; empty when for nobody.
std::string acting_for(std::optional<std::string> const& content) {
  boost::system::error_code error;
  auto const told = content ? json::parse(*content, error) : json::value();
  auto const* whom = !error && told.is_object() ? told.get_object().if_contains("for") : nullptr;
  return whom != nullptr && whom->is_string() ? std::string(whom->get_string()) : std::string();
}

TimelineEntryView present_entry(Context const& context, access::Viewer const& viewer, CaseFile const& file,
                                ledger::Told const& told) {
  auto const& record = told.record;
  TimelineEntryView entry;
  entry.id = std::to_string(record.position);
  entry.when = record.at.text();
  entry.tense = "done";
  entry.action = record.action;
  entry.text = ledger_label(context.labels, viewer.language, record.action);
  if (auto const detail = detail_of(context, viewer.language, told.content); !detail.empty()) entry.text += " (" + detail + ")";
  auto const user = UserId{record.actor};
  if (auto const who = context.directory.user_name(file.party, user); !who.empty()) {
    entry.who = who;
    auto const roles = context.directory.roles_of_user(file.party, user);
    if (!roles.empty()) entry.role = context.labels.text(viewer.language, "roles." + roles.front());
    entry.office = context.directory.organisation_of_user(file.party, user, viewer.language);
    entry.party = context.directory.get_party(file.party).code;
  } else if (record.actor == "exchange") {
    entry.party = context.directory.get_party(file.partner).code;
  }
  if (auto const whom = acting_for(told.content); !whom.empty()) {
    if (auto const name = context.directory.user_name(file.party, UserId{whom}); !name.empty()) entry.acting_for = name;
  }
  if (!record.source.empty()) entry.source = record.source;
  entry.hash = to_hex(record.hash).substr(0, 16);
  return entry;
}

}  // namespace

TimelineView present_timeline(Context const& context, access::Viewer const& viewer, CaseFile const& file) {
  TimelineView timeline;
  for (auto const& told : ledger::list_entries(context.database, subject_of(file))) {
    timeline.entries.push_back(present_entry(context, viewer, file, told));
  }
  auto const today = today_of(context, file.party);
  TimelineEntryView now;
  now.id = "today";
  now.when = today.text();
  now.tense = "today";
  now.action = "today";
  now.text = context.labels.text(viewer.language, "case_files.today");
  timeline.entries.push_back(std::move(now));
  for (auto const& record : list_deadlines(context.database, file.party, file.id)) {
    auto const deadline = agreements::deadline_from_json(record.computation);
    if (record.state == "open" && record.due_on) {
      TimelineEntryView due;
      due.id = record.id;
      due.when = record.due_on->text();
      due.tense = "to_come";
      due.action = record.kind;
      due.text = context.labels.text(viewer.language, "agreements.rule." + record.kind);
      if (deadline) due.source = deadline->source;
      timeline.entries.push_back(std::move(due));
    }
    if (!deadline || (record.state != "open" && record.state != "paused")) continue;
    for (auto const& stop : deadline->stops) {
      timeline.stops.push_back({stop.from.text(), stop.until ? std::optional(stop.until->text()) : std::nullopt, record.kind});
    }
  }
  return timeline;
}

}  // namespace rcms::case_files
