// A fact: something that happened and is counted, written in the same transaction as the event. No ids and no names, so that
// it survives the erasure of the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::statistics {

/// One thing that happened. Kinds are listed in data/statistics/facts.toml with their definition in each language.
struct Fact {
  PartyId party;          ///< in whose space it is counted
  std::string kind;       ///< "application_received", "reply_given", "document_issued", …
  Date on;                ///< day at the seat of the party
  std::string side;       ///< requesting, requested
  std::string partner;    ///< PartyId of the other State
  std::string agreement;
  std::string outcome;    ///< accepted, refused, …; or empty
  std::string sex;
  std::string age_group;  ///< 0-5, 6-11, 12-17, 18-29, 30-44, 45-59, 60+, unknown
  std::optional<bool> in_time;       ///< was the deadline kept; empty when there was none
  std::optional<std::int64_t> hours; ///< how long the step took, for durations
};

/// Age group on a day from a birth date that may be partial or empty.
std::string age_group_of(std::string_view birth, Date on);

}  // namespace rcms::statistics
