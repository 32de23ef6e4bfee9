// The acts of a hand-over, the same for both States: a list is taken on a device, its ticks are received, a clash is settled, the
// other State is told, a difference is explained.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/transfers/handover_store.hpp"

namespace rcms::transfers {

/// Everything of the hand-over of one transport in the space of one State.
struct Handover {
  Side side = Side::requesting;
  TransportId id;
  PartyId party;
  PartyId partner;
  std::string name;
  bool is_cancelled = false;
  Instant departs_at;
  Instant arrives_at;
  HandoverList list;                 ///< in force
  std::vector<HandoverList> taken;   ///< as they were when they were taken
  std::vector<Taking> takings;
  std::vector<Tick> ticks;
  std::vector<HandoverReport> reports;
  std::vector<Explanation> explanations;

  HandoverReport const* newest_report(std::string_view direction) const;
  /// Of the newest list of the other State.
  std::vector<Difference> differences() const;
};
/// Refuses: not_found.
Result<Handover> load_handover(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id);

/// Refuses: not_permitted; not_found; field_missing (nobody is on the list); wrong_step (called off).
Result<Taking> take_list(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                         std::string_view device, Instant device_now);

struct TickOutcome {
  TickId id;
  bool is_new = false;  ///< false without `refused`: it was received before
  std::optional<Refused> refused;
};
struct Synced {
  std::vector<TickOutcome> outcomes;
  std::int64_t clock_ahead_ms = 0;
};
/// Keeps what a device sends, each tick for itself: one that cannot stand keeps none of the others back. Refuses: not_permitted
/// (also ticks of a list that somebody else took); not_found; limit_reached; as decide_tick for each tick.
Result<Synced> receive_ticks(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                             TakingId const& taking, Instant device_now, std::vector<Tick> ticks);

/// Refuses: not_permitted; not_found; as decide_settlement.
Result<Handover> settle_person(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                               CaseId const& person, std::string_view value, std::string_view reason,
                               std::vector<TickId> const& seen);
/// Tells the other State who boarded or arrived. Refuses: not_permitted; not_found; field_missing (nobody is ticked); wrong_step
/// (a clash is open; it was not told of the transport); already_exists (it was told this).
Result<Handover> tell_handover(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id);
/// Refuses: not_permitted; not_found (there is no difference of this person); stale_revision (it is another by now);
/// reason_missing; field_too_long.
Result<Handover> explain_difference(Context const& context, access::Viewer const& viewer, Side side, TransportId const& id,
                                    Explanation one);

/// An envelope in the chain of a transport: an announcement, or the list of the other State. Refuses: not_found; as
/// receive_announcement, take_report.
Result<void> receive_message(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                             db::Command const& inbox);

}  // namespace rcms::transfers
