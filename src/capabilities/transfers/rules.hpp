// What may be planned: transports, crossing points, certificates; who fits on a transport as numbers for the engine. Pure.
#pragma once

#include <string>
#include <vector>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/transfers/transport.hpp"
#include "engines/allocation/allocation.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/forms/form.hpp"

namespace rcms::transfers {

/// The day and the minute of the clock on the wall there.
struct WallClock {
  Date day;
  int minute = 0;
};
WallClock wall_clock(Instant at, std::string_view zone);
std::string text_of_wall(int minute);
/// "08:30"; empty when it is no time of a day.
std::optional<int> parse_wall(std::string_view text);

/// Refuses: field_missing, field_invalid (name, kind, state, code, time_zone, hours).
Result<void> check_crossing_point(CrossingPoint const& point, forms::Codes const& codes);
bool is_open_at(CrossingPoint const& point, Instant at);

/// Refuses: field_missing, field_invalid (name, kind, legs, seats, escorts, costs, reception), limit_reached. A leg must find its
/// crossing points open, begin where the one before ended, and end in the requested State; a document of an escort must be valid
/// until the last arrival.
Result<void> check_transport(Transport const& transport, std::vector<CrossingPoint> const& points, std::string_view partner_code,
                             forms::Codes const& codes);
/// A transport is planned or changed. Refuses: not_permitted; wrong_step (cancelled; departed; another hour, kind or State while
/// somebody has a seat); field_invalid (a departure that has passed); limit_reached (fewer seats than are taken); as
/// check_transport. Source: docs/decisions/0032-an-allocation-is-proposed-and-each-refusal-names-its-rule.md.
Result<Transport> decide_transport(Transport const* before, Transport wanted, std::size_t passengers,
                                   std::vector<CrossingPoint> const& points, std::string_view partner_code,
                                   forms::Codes const& codes, access::Viewer const& viewer, Instant now);
/// Refuses: not_permitted; wrong_step (cancelled or departed); reason_missing. Source: data/workflow/individual.toml,
/// postpone_transfer.
Result<Transport> decide_cancellation(Transport const& before, std::string_view reason, access::Viewer const& viewer,
                                      Instant now);
/// Refuses: not_permitted; wrong_step; field_invalid (channel, an instant to come). Source: transfer_notice of the agreement.
Result<Transport> decide_notice(Transport const& before, NoticeGiven given, forms::Codes const& codes,
                                access::Viewer const& viewer, Instant now);
/// Refuses: not_permitted; field_missing, field_invalid.
Result<void> check_fitness(Fitness const& fitness, forms::Codes const& codes, access::Viewer const& viewer, Instant now);

/// planned, departed (its hour has passed), cancelled.
std::string state_on(Transport const& transport, Instant now);

/// What the rules of an allocation ask of a person. `family` empty: none; `window_until` the last day of the transfer window.
struct Traveller {
  case_files::CaseFile file;
  std::string family;
  bool is_excepted = false;
  std::vector<std::string> open_gates;  ///< that keep the plan of a transfer back
  std::optional<Fitness> fitness;
  std::optional<Date> window_until;
};
/// Whether somebody born on a day that is known in part may be under 18 on `day`.
bool may_be_child(std::string const& birth, Date day);
allocation::Person person_of(Traveller const& traveller, Date departs_on);
/// The transport alone, without places of reception that it shares with others and without limits.
allocation::Transport seats_of(Transport const& transport, std::vector<CrossingPoint> const& points);

}  // namespace rcms::transfers
