// Clocks: when something is due, and why. Pure; a deadline carries its trail and is stored with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/base/labels.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

/// A day that was not counted, with its name in every language, so that a later change of the holidays does not change the
/// reason.
struct Skipped {
  Date day;
  std::string calendar;  ///< "XAR"
  Names names;
  bool verified = true;  ///< false: the day itself is not certain, as one that follows the moon
};

/// A year of which the holidays of a calendar are not known: only weekends were left out.
struct UnknownYear {
  std::string calendar;
  int year = 0;
};

/// One piece of the way from the start to the due day. `to` is the `from` of the next step.
struct Step {
  std::string kind;  ///< count, count_back, extension, then_working_days, end_moved, restart
  Unit unit = Unit::calendar_day;
  int count = 0;
  Date from;
  Date to;
  int weekend_days = 0;   ///< days of a weekend that were not counted
  int stopped_days = 0;   ///< days on which the clock stood still
  std::vector<Skipped> skipped;
  std::string clause = {};      ///< "CH-AZ art. 8(2)"; empty in trails that were stored without
  std::string confidence = {};  ///< of this step alone, with the days that it left out
  std::vector<int> weekend = {};  ///< days of the week left out, 1 Monday to 7 Sunday; none in trails stored without
};

/// A time during which the clock stood still: the day after `from` is the first that does not count, `until` the last.
struct Stop {
  Date from;
  std::optional<Date> until;  ///< none: it still stands
  std::string why;            ///< document_request or suspension
};

/// A rule that is not certain by its source and that the State has confirmed.
struct ConfirmedRule {
  std::string rule;  ///< key
  std::string by;
  std::string countersigned_by;
  Date on;
  std::string source;  ///< with its place
};

struct Deadline {
  std::string agreement;
  std::string key;         ///< "reply_standard"
  std::string source;      ///< "UTO-XAR 2019 art. 9(2)"
  std::string confidence;  ///< the weakest of what it rests on: P, S, confirmed, unverified
  std::string zone;        ///< zone in which its days are counted
  std::string start_event;
  Instant started_at;
  Date started_on;
  std::optional<Date> due;         ///< last day; none while the clock stands still
  std::optional<Instant> ends_at;  ///< first instant at which it is over
  std::vector<Stop> stops;
  std::vector<Step> steps;
  bool back = false;               ///< counted back from the start event: the act is due before it
  std::string value_confidence;    ///< of the value alone, without start event and holidays
  std::string start_confidence;    ///< "unverified": the source does not name the start event
  std::string calendar_confidence; ///< weakest of the calendars that were needed; empty: none was
  std::vector<UnknownYear> unknown_years;
  std::vector<ConfirmedRule> confirmed;  ///< the rules that would be unverified, had the State not confirmed them

  bool is_stopped() const { return !due.has_value(); }
};

/// When the act of `acting` under the rule `key` is due, from the events of the case in the order of time. Kinds that matter: the
/// rule's start event; document_request and answer (by the rule: nothing, a stop, a new start); extension with `value` (by
/// reply_ext_total_max or reply_ext_additional_max, capped there; only for reply_standard and accel_reply, and only when sent in
/// time); suspension and lifting (always a stop, in whole days; no agreement speaks of it, so the date is unverified while one
/// counts). `version_on` chooses the version of the rules. The day of the start event is not counted. Empty when the agreement
/// has no such rule, no value for it, or the clock has not started: there is never a default. `facts` choose the direction and
/// special values; without a requested State it is the one that follows from `acting` and the duty.
std::optional<Deadline> compute_deadline(Agreement const& agreement, Calendars const& calendars, std::string_view key,
                                         std::string_view acting, std::vector<Event> const& events, Date version_on,
                                         CaseFacts const& facts = {});

/// The keys of the rules of an agreement that give a date, in its order: those with a value, a unit of time and a start event.
std::vector<std::string> list_clocks(Agreement const& agreement, Date on);

/// "reply_standard", or "accel_reply" for an accelerated case where the agreement has that.
std::string_view reply_key(Agreement const& agreement, Conditions const& conditions, Date on);

/// Whether the requested State may extend its reply by `days` (in total or added, as the agreement counts) on `today`.
/// Refuses: wrong_step (no extension in the agreement, or used), too_late (the term is over), limit_reached (too many days),
/// field_invalid (no longer than the term). Source: the article of the extension rule.
Result<void> check_extension(Agreement const& agreement, Deadline const& current, int days, Date today, Date version_on);

/// The due day counted again from nothing but the stored trail; equals `due` unless the trail was damaged. Empty when stopped.
std::optional<Date> replay(Deadline const& deadline);

/// Why this date, in sentences of `language`.
std::string render_sentence(Labels const& labels, std::string_view language, Deadline const& deadline);

/// The same step by step: one sentence for each of `deadline.steps`.
std::vector<std::string> render_steps(Labels const& labels, std::string_view language, Deadline const& deadline);

/// What is not certain of it, in sentences: a value or a start event that is not verified, holidays that are not known.
std::vector<std::string> render_doubts(Labels const& labels, std::string_view language, Deadline const& deadline);

/// The name of a State, or of the holidays of one ("CHE", "EUE"), in `language`; the code where no name is known.
std::string name_of_state(Labels const& labels, std::string_view language, std::string_view code);

boost::json::value deadline_to_json(Deadline const& deadline);
/// Empty when `stored` is not what deadline_to_json made.
std::optional<Deadline> deadline_from_json(boost::json::value const& stored);

}  // namespace rcms::agreements
