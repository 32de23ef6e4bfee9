// "What would the dates be": one case as JSON, with its events, and every deadline that follows from it, in words. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/value.hpp>

#include "foundation/base/labels.hpp"
#include "foundation/base/sentences.hpp"
#include "norms/agreements/deadline.hpp"

namespace rcms::agreements {

struct DatesLaw {
  Agreements const& agreements;
  Calendars const& calendars;
  Labels const& labels;
  Sentences const* sentences = nullptr;  ///< says what is wrong with a case in other languages; null: in English
};

/// The answer to one case: {"agreement", "applies", "requesting", "requested", "deadlines": […], "waiting": […], "unknown": […],
/// "limits": […] (limits.hpp), "warnings": […]}, or {"error": {"field", "message", "remedy"}} when the case cannot be read. Words
/// are in the language of the case, else in `language`. Each deadline has its trail as sentences ("trail") and step by step
/// ("steps": kind, unit, count, from, to, days, weekend_days, weekend, stopped_days, skipped, clause, confidence). Fields of a
/// case and words for events: `render_dates_help`.
boost::json::object answer_case(DatesLaw const& law, boost::json::value const& asked, std::string_view language);

/// The same for one line of a file; `number` is told in the answer as "line".
boost::json::object answer_line(DatesLaw const& law, std::string_view text, int number, std::string_view language);

/// The fields of a case and every word for an event, for `--help`.
std::string render_dates_help();

/// The kind of event that a word means ("received" → "receipt"); empty when it is not known.
std::string_view event_named(std::string_view word);

}  // namespace rcms::agreements
