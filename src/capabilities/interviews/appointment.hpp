// The appointment of an interview as the requesting State knows it, and what the two States tell each other about it: an envelope
// of the kind `appointment`. Neither the reason of anything nor what was said in the interview is ever part of one.
#pragma once

#include <optional>
#include <string>

#include "capabilities/exchange/envelope.hpp"
#include "capabilities/interviews/interview.hpp"
#include "foundation/base/result.hpp"

namespace rcms::interviews {

/// The requesting State's own row.
struct Appointment {
  InterviewId id;
  PartyId party;
  CaseId case_id;
  MissionId mission;  ///< empty when it belongs to none
  std::string state = "asked";  ///< asked, arranged, other_time, not_presented, cancelled, held, not_held
  Instant starts_at;
  int length_minutes = 60;
  std::string mode;
  std::string place;
  std::string address;
  std::string time_zone;
  std::string accessibility;
  std::string language;
  bool interpreter = false;  ///< the requested State brings one
  FileId invitation;         ///< empty: none was made for this date
  std::string invitation_language;
  int invitation_version = 0;       ///< drawings so far, of all dates
  std::string invitation_drawn_on;  ///< day of the last one
  std::string invited_on;  ///< day on which the person got it; empty: not yet
  std::string invited_how;
  std::string attendance;  ///< of the person: present, late, absent; empty before
  std::string minutes_signed_on;
  std::string minutes_hash;  ///< SHA-256 of the closed minutes, hexadecimal
  Instant changed_at;
  std::int64_t revision = 0;

  bool is_open() const { return state == "asked" || state == "arranged"; }
};

/// What the requested State tells: booked, moved (with time, place, language), cancelled, held, not_held, minutes_signed.
boost::json::object body_of(Interview const& interview, Place const& place, std::string_view variant);
/// What the requesting State tells: arranged (with the day of the invitation), other_time, not_presented.
boost::json::object body_of(Appointment const& appointment, std::string_view variant);

/// What an envelope does to the appointment that is known (none: it is new). Refuses: field_missing, field_invalid, not_found.
Result<Appointment> take_notice(std::optional<Appointment> before, exchange::Envelope const& envelope, Instant now);

/// What the requesting State's answer does to an interview. Refuses: field_invalid. What no longer changes anything changes
/// nothing.
Result<Interview> take_answer(Interview const& before, exchange::Envelope const& envelope, Instant now);

}  // namespace rcms::interviews
