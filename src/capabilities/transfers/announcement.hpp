// What the requested State is told of a transport: its journey, those who travel with the people, and the list as the copy
// `requested_state` names it. An envelope of the kind `message` in a chain of the transport itself. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capabilities/exchange/envelope.hpp"
#include "capabilities/transfers/manifest.hpp"

namespace rcms::transfers {

struct AnnouncedPlace {
  std::string name;
  std::string code;   ///< may be empty
  std::string state;  ///< three letters
  std::string time_zone;
};

struct AnnouncedLeg {
  AnnouncedPlace from;
  AnnouncedPlace to;
  Instant departs_at;
  Instant arrives_at;
  std::string carrier;
  std::string number;
};

/// A transport as the requested State was told of it: its own row.
struct AnnouncedTransport {
  TransportId id;
  PartyId party;
  PartyId partner;  ///< the requesting State
  std::string name;
  std::string kind;
  std::vector<AnnouncedLeg> legs;
  std::string reception;
  std::vector<Escort> staff;             ///< without qualifications
  std::vector<ListedTraveller> persons;  ///< what the copy does not name is empty
  std::string fingerprint;               ///< of the list of the requesting State
  std::string state = "announced";       ///< announced, cancelled
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved

  Instant departs_at() const { return legs.empty() ? Instant{} : legs.front().departs_at; }
  Instant arrives_at() const { return legs.empty() ? Instant{} : legs.back().arrives_at; }
};

inline constexpr std::size_t announced_persons_limit = 1'000;

/// The case under which the envelopes of a transport are counted.
CaseId chain_of(TransportId const& id);
bool is_of_transport(exchange::Envelope const& envelope);

/// Built anew from the columns of the copy; what it does not name is not in it.
AnnouncedTransport announced_of(Manifest const& manifest, ManifestCopy const& copy);
/// `variant`: transport_announced, transport_changed (both with everything), transport_cancelled.
boost::json::object body_of(AnnouncedTransport const& announced, std::string_view variant);

/// One of a list as JSON, without what is empty, and back. Refuses: field_invalid (body.persons).
boost::json::object render_listed(ListedTraveller const& person);
Result<ListedTraveller> take_listed(boost::json::value const& one);

/// What an envelope does to what is known of the transport (none: it is new). Refuses: field_missing, field_invalid,
/// limit_reached, not_found (changed or called off before it was announced).
Result<AnnouncedTransport> take_announcement(std::optional<AnnouncedTransport> before, exchange::Envelope const& envelope,
                                             Instant now);
/// The parts of a body or of a row. Refuses: as take_announcement.
Result<void> take_announced(AnnouncedTransport& after, boost::json::value const& body);

/// One sending of the requesting State.
struct Announcement {
  TransportId transport;
  std::int64_t number = 1;  ///< of the envelope in the chain
  std::string variant;
  std::string fingerprint;
  Instant sent_at;
  UserId sent_by;
};
/// Which variant would be sent now. Refuses: not_permitted; wrong_step (called off, departed); field_missing (nobody is aboard);
/// already_exists (the requested State knows this list). Source: transfer_notice of the agreement.
Result<std::string> decide_announcement(Manifest const& manifest, std::vector<Announcement> const& sent,
                                        access::Viewer const& viewer, Instant now);

}  // namespace rcms::transfers
