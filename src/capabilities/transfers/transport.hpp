// A transport of the requesting State: how people travel, over which crossing points, with whom, for what money. Plain data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::transfers {

using TransportId = Id<struct TransportTag>;
using CrossingPointId = Id<struct CrossingPointTag>;

struct OpenHours {
  int weekday = 1;  ///< 1 Monday to 7 Sunday
  int from_minute = 0;
  int to_minute = 0;  ///< 1440: midnight
  friend bool operator==(OpenHours const&, OpenHours const&) = default;
};

/// Where a border is crossed: an airport, a port, a post on land.
struct CrossingPoint {
  CrossingPointId id;
  PartyId party;         ///< the State that keeps this list
  std::string name;
  std::string kind;      ///< data/codes/lists/crossing_kind.toml
  std::string state;     ///< "UTO": where it lies
  std::string code;      ///< UN/LOCODE or the three letters of an airport; may be empty
  std::string time_zone;
  std::vector<OpenHours> hours;
  std::string source;    ///< the list of the agreement or the note that names it; empty: unverified
  bool active = true;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

struct Leg {
  CrossingPointId from;
  CrossingPointId to;
  Instant departs_at;
  Instant arrives_at;
  std::string carrier;
  std::string number;  ///< of the flight, the voyage, the vehicle
  friend bool operator==(Leg const&, Leg const&) = default;
};

/// One who travels with the people: leader, escort, doctor, nurse, interpreter, monitor.
struct Escort {
  std::string name;
  std::string function;  ///< data/codes/lists/escort_function.toml
  std::string document_number;
  std::string document_until;               ///< last day of the document
  std::vector<std::string> qualifications;  ///< data/codes/lists/escort_qualification.toml
  std::vector<std::string> languages;
  friend bool operator==(Escort const&, Escort const&) = default;
};

struct Cost {
  std::string item;   ///< data/codes/lists/cost_item.toml
  std::string payer;  ///< data/codes/lists/cost_payer.toml
  std::string currency;          ///< "EUR"
  std::int64_t amount_cents = 0;
  friend bool operator==(Cost const&, Cost const&) = default;
};

/// How and when the requested State was given notice.
struct NoticeGiven {
  Instant at;
  std::string channel;    ///< data/codes/lists/notice_channel.toml
  std::string reference;
  UserId by;
};

struct Transport {
  TransportId id;
  PartyId party;
  PartyId partner;  ///< the requested State
  std::string name;
  std::string kind;  ///< data/codes/lists/transport_kind.toml: scheduled, charter, bus, ship
  std::vector<Leg> legs;
  int seats = 0;          ///< for those who are transferred; staff has its own
  int medical_seats = 0;
  int document_margin_days = 0;      ///< a travel document must be valid so many days after the arrival
  std::string reception;             ///< centre that receives, as the requested State named it; may be empty
  std::optional<int> reception_places;  ///< of that centre on that day; none: not told
  std::vector<Escort> escorts;
  std::vector<Cost> costs;
  std::optional<NoticeGiven> notice;
  std::string state = "planned";  ///< planned, cancelled
  std::string reason;             ///< of cancelled
  UserId made_by;
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved

  Instant departs_at() const { return legs.empty() ? Instant{} : legs.front().departs_at; }
  Instant arrives_at() const { return legs.empty() ? Instant{} : legs.back().arrives_at; }
  bool is_charter() const { return kind == "charter"; }
};

/// What a doctor certified of a person; the newest counts.
struct Fitness {
  CaseId case_id;
  std::string certificate;
  Instant examined_at;
  int valid_hours = 0;
  std::string outcome;  ///< data/codes/lists/fitness_outcome.toml: fit, fit_with_care, unfit
  bool needs_medical_seat = false;
  UserId by;
  Instant recorded_at;

  Instant ends_at() const { return examined_at.plus_ms(valid_hours * 3'600'000LL); }
};

/// Somebody who has a seat.
struct Passenger {
  CaseId case_id;
  UserId added_by;
  Instant added_at;
};

inline constexpr std::size_t legs_limit = 6;
inline constexpr std::int64_t longest_journey_days = 30;  ///< our own limit: no source
inline constexpr std::size_t escorts_limit = 60;
inline constexpr std::size_t costs_limit = 60;
inline constexpr int seats_limit = 1'000;
inline constexpr int longest_fitness_hours = 24 * 30;

}  // namespace rcms::transfers
