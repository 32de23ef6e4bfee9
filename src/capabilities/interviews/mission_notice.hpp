// What the two States tell each other of a mission: an envelope of the kind `appointment` in a chain of the mission itself. It
// names days and places. No expert, no interpreter, no reason and no person is ever part of one.
#pragma once

#include <optional>

#include "capabilities/exchange/envelope.hpp"
#include "capabilities/interviews/mission_store.hpp"
#include "foundation/base/result.hpp"

namespace rcms::interviews {

/// The case under which the envelopes of a mission are counted.
CaseId chain_of(MissionId const& id);
bool is_of_mission(exchange::Envelope const& envelope);

/// `variant`: mission_announced, mission_changed (both with days and places), mission_cancelled.
boost::json::object body_of(Mission const& mission, std::vector<Place> const& places, std::string_view variant);

/// What an envelope does to the notice that is known (none: it is new). Refuses: field_missing, field_invalid, not_found.
Result<MissionNotice> take_mission_notice(std::optional<MissionNotice> before, exchange::Envelope const& envelope, Instant now);

}  // namespace rcms::interviews
