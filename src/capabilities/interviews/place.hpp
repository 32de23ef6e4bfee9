// Where interviews are held: a room, a video line or a telephone of an organisation, with its hours and how many at once.
#pragma once

#include <string>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::interviews {

using PlaceId = Id<struct InterviewPlaceTag>;

/// Open on this weekday (1 Monday to 7 Sunday), in minutes of the day at the place.
struct OpeningHours {
  int weekday = 1;
  int from_minute = 0;
  int to_minute = 0;
  friend bool operator==(OpeningHours const&, OpeningHours const&) = default;
};

/// A day on which places are closed, and the holiday of which State it is.
struct ClosedDay {
  Date day;
  std::string name;  ///< "Independence Day (Utopia)", in the language of whoever asks
  friend bool operator==(ClosedDay const&, ClosedDay const&) = default;
};

struct Place {
  PlaceId id;
  PartyId party;
  OrganisationId organisation;
  std::string name;
  std::string mode;     ///< data/codes/lists/interview_mode.toml
  std::string address;  ///< of the room; the line to call for video and telephone
  std::string time_zone;
  std::vector<OpeningHours> hours;
  int slot_minutes = 60;
  int rooms = 1;              ///< interviews at the same time
  std::string accessibility;  ///< steps, lift, induction loop, …; may be empty
  bool active = true;
  std::int64_t revision = 0;  ///< 0 until it is saved
  std::vector<ClosedDay> closed;  ///< holidays among the days that are asked about; not kept with the place
};

}  // namespace rcms::interviews
