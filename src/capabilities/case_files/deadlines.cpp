#include "capabilities/case_files/deadlines.hpp"

#include <algorithm>

#include <boost/json/value.hpp>

#include "norms/agreements/held_document.hpp"
#include "norms/forms/content.hpp"

namespace rcms::case_files {

namespace {

std::set<std::string, std::less<>> conditions_of(agreements::Agreement const* agreement, CaseFile const& file) {
  std::set<std::string, std::less<>> holding;
  auto const on = Date::parse(file.submitted_on);
  if (agreement == nullptr || !on) return holding;
  bool const transit = forms::ticked_conditions(file.content).contains("transit");
  if (transit) {
    auto const* silence = agreements::find_rule(*agreement, "transit_silence", *on);
    holding.insert(silence != nullptr && silence->text == "deemed_agreed" ? "silence_is_consent" : "silence_is_nothing");
    return holding;
  }
  holding.insert(std::string(agreements::silence_condition(*agreement, *on)));
  if (agreements::allows_late_refusal(*agreement, *on)) holding.insert("late_refusal_allowed");
  return holding;
}

/// The variant that replaces all clocks of the process; null: the case is of none.
workflow::Variant const* find_own_clocks(workflow::Process const& process, forms::Conditions const& conditions) {
  auto const found = std::find_if(process.variants.begin(), process.variants.end(), [&](auto const& variant) {
    return variant.own_clocks && conditions.contains(variant.when);
  });
  return found == process.variants.end() ? nullptr : &*found;
}

/// The rule of the agreement that runs in this state: where the case is of a variant of the process that has another, and the
/// agreement has it, that one. Empty: none runs.
std::string rule_of(TermLaw const& law, agreements::Agreement const& agreement, std::string const& clock,
                    forms::Conditions const& conditions, Date on) {
  if (auto const* variant = find_own_clocks(law.process, conditions)) {
    for (auto const& [rule, instead] : variant->clock) {
      if (rule == clock) return instead;
    }
    return {};
  }
  if (clock == "reply_standard") return std::string(agreements::reply_key(agreement, conditions, on));
  for (auto const& variant : law.process.variants) {
    if (!conditions.contains(variant.when)) continue;
    for (auto const& [rule, instead] : variant.clock) {
      if (rule == clock && agreements::find_rule(agreement, instead, on) != nullptr) return instead;
    }
  }
  return clock;
}

/// The events of the file, under the names by which the rules of its variant know them.
std::vector<agreements::Event> events_of(CaseFile const& file, workflow::Variant const* variant) {
  std::vector<agreements::Event> events;
  for (auto const& event : file.clock) {
    auto name = event.event;
    for (auto const& [ours, theirs] : variant == nullptr ? decltype(variant->event){} : variant->event) {
      if (ours == event.event) name = theirs;
    }
    events.push_back({std::move(name), event.at, event.value});
  }
  return events;
}

template <class IsKind>
std::optional<agreements::Deadline> find_window(std::vector<DeadlineRecord> const& deadlines, IsKind is_kind) {
  for (auto record = deadlines.rbegin(); record != deadlines.rend(); ++record) {
    bool const counts = record->state != "replaced" && record->due_on.has_value();
    if (counts && is_kind(record->kind)) return agreements::deadline_from_json(record->computation);
  }
  return std::nullopt;
}

}  // namespace

agreements::Agreement const* TermLaw::find_agreement(CaseFile const& file, std::string_view party) const {
  if (law == nullptr) return agreements::find_agreement(agreements, file.agreement);
  return law->find(file.agreement, Date::parse(file.submitted_on), party);
}

std::vector<DeadlineRecord> plan_deadlines(TermLaw const& law, CaseFile const& file, CaseParties const& parties) {
  auto const& state = workflow::get_state(law.process, side_of(file), effective_state(file));
  auto const& own = file.side == Side::requesting ? parties.requesting : parties.requested;
  auto const* agreement = law.find_agreement(file, own);
  auto const version_on = Date::parse(file.submitted_on);
  if (state.clock.empty() || agreement == nullptr || !version_on) return {};
  auto const conditions = forms::derive_conditions(file.content, parties.requested, *version_on);
  auto const rule = rule_of(law, *agreement, state.clock, conditions, *version_on);
  // A State issues a travel document to its own nationals only (Doc 9303-8): nobody waits for one for a national of a third
  // State.
  if (rule == "td_issue" && conditions.contains("third_country_national")) return {};
  if (rule.empty()) return {};
  auto const events = events_of(file, find_own_clocks(law.process, conditions));
  bool const requesting_acts = rule == "transfer_window" || rule == "transit_window";
  auto const& acting = requesting_acts ? parties.requesting : parties.requested;
  std::vector<DeadlineRecord> planned;
  auto const plan = [&](std::optional<agreements::Deadline> const& deadline) {
    if (!deadline) return;
    DeadlineRecord record;
    record.kind = deadline->key;
    record.due_on = deadline->due;
    record.state = deadline->is_stopped() || file.state == "suspended" ? "paused" : "open";
    record.computation = agreements::deadline_to_json(*deadline).as_object();
    planned.push_back(std::move(record));
  };
  plan(agreements::compute_deadline(*agreement, law.calendars, rule, acting, events, *version_on));
  // Whoever waits for the document sees from when on a document of its own is lawful.
  bool const waits = rule == "td_issue" && file.side == Side::requesting &&
                     agreements::document_issuer(*agreement, parties.requested, *version_on) != "requesting";
  if (waits) plan(agreements::find_fallback_term(*agreement, law.calendars, parties.requested, events, *version_on));
  return planned;
}

std::set<std::string, std::less<>> agreed_conditions(TermLaw const& law, CaseFile const& file) {
  return conditions_of(law.find_agreement(file), file);
}

std::set<std::string, std::less<>> agreed_conditions(agreements::Agreements const& agreements, CaseFile const& file) {
  return conditions_of(agreements::find_agreement(agreements, file.agreement), file);
}

bool is_reply_term(std::string_view kind) {
  return kind == "reply_standard" || kind == "accel_reply" || kind == "transit_reply";
}

bool is_error_window(std::string_view kind) { return kind == "error_window_own" || kind == "error_window_tcn"; }

std::optional<agreements::Deadline> find_error_window(std::vector<DeadlineRecord> const& deadlines) {
  return find_window(deadlines, is_error_window);
}

std::optional<agreements::Deadline> find_transit_window(std::vector<DeadlineRecord> const& deadlines) {
  return find_window(deadlines, [](std::string_view kind) { return kind == "transit_window"; });
}

std::optional<agreements::Deadline> find_reply_term(std::vector<DeadlineRecord> const& deadlines) {
  for (auto record = deadlines.rbegin(); record != deadlines.rend(); ++record) {
    bool const counts = record->state == "open" || record->state == "paused" || record->state == "missed";
    if (counts && is_reply_term(record->kind)) return agreements::deadline_from_json(record->computation);
  }
  return std::nullopt;
}

std::optional<DeadlineRecord> find_lapsed_term(workflow::Process const& process, CaseFile const& file,
                                               std::vector<DeadlineRecord> const& stored) {
  bool const by_clock = file.is_open && std::any_of(process.actions.begin(), process.actions.end(), [&](auto const& action) {
    return action.by == workflow::By::clock && action.side == side_of(file) && action.to == file.state;
  });
  if (!by_clock) return std::nullopt;
  for (auto record = stored.rbegin(); record != stored.rend(); ++record) {
    bool const counts = record->state == "open" || record->state == "missed";
    if (counts && record->due_on && is_reply_term(record->kind)) {
      auto lapsed = *record;
      lapsed.state = "missed";
      return lapsed;
    }
  }
  return std::nullopt;
}

bool extension_in_time(std::vector<DeadlineRecord> const& deadlines, Instant sent_at) {
  auto const term = find_reply_term(deadlines);
  return !term || !term->due || date_in_zone(sent_at, term->zone) <= *term->due;
}

Result<Decision> decide_term_over(TermLaw const& law, CaseFile const& before, std::string_view kind, Instant now) {
  // The clause on silence speaks of a reply that did not come. Whoever replied that an interview is needed was not silent: an
  // interview that was not held in its term, or a document that was not issued in its own, is late and nothing follows by itself.
  auto conditions = agreed_conditions(law, before);
  if (is_error_window(kind)) conditions.insert("error_window_over");
  auto decision = is_reply_term(kind) || is_error_window(kind) ? take_term_over(law.process, before, conditions, now)
                                                               : Result<Decision>(refuse(Why::wrong_step));
  if (!decision) {
    if (before.state == "suspended" || is_reply_term(kind)) return decision;
    decision.emplace();
    decision->after = before;
    decision->action = "term_over";
  }
  decision->told["term"] = kind;
  decision->missed_deadlines.emplace_back(kind);
  return decision;
}

}  // namespace rcms::case_files
