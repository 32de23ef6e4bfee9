// A case as a script asks for its dates: read from JSON, with every mistake told by field.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "norms/agreements/agreement.hpp"

namespace rcms::agreements {

/// What is wrong with a case: which field, what, and what to write instead.
struct CaseMistake : std::runtime_error {
  CaseMistake(std::string at, std::string const& what, std::string instead)
      : std::runtime_error(what), field(std::move(at)), remedy(std::move(instead)) {}
  std::string field;
  std::string remedy;
};

/// A time as it was written: with offset it is an instant, else the day and the time of day at the authority that has to act.
struct LocalTime {
  Date day;
  int ms_of_day = 0;
  bool has_time = false;
  std::optional<int> offset_minutes;
};

struct AskedEvent {
  std::string kind;  ///< as `event_named` says
  std::string word;  ///< as it was written
  std::optional<LocalTime> at;  ///< none: with the event before it
  std::optional<int> days;        ///< extension: so many more
  std::optional<int> total_days;  ///< or so many in total
  std::optional<Date> until;      ///< or to this day
};

struct AskedCase {
  std::string agreement;
  std::string requesting;
  std::string requested;
  std::string language;
  std::vector<AskedEvent> events;  ///< in the order of time
  std::optional<Date> submitted_on;
  std::optional<Date> entered_on;
  std::optional<Date> today;
  std::optional<int> persons;     ///< who would travel with this case
  std::optional<int> travelling;  ///< who travel already in that month or flight
  Conditions conditions;
  std::vector<Authority> authorities;  ///< instead of those of the agreement
};

/// Throws CaseMistake.
AskedCase read_case(boost::json::value const& asked);
/// "2027-03-01", "2027-03-01T10:00", "2027-03-01T10:00:00+04:00", of the years 1950 to 2150. Throws CaseMistake at `field`.
LocalTime read_time(std::string const& text, std::string const& field);
Instant to_instant(LocalTime const& time, std::string_view zone);

}  // namespace rcms::agreements
