// Outbox and inbox: how envelopes leave one State's space and are applied in another's, once, in order, with a receipt.
// Both States on one node or on two: the same path; only `Carrier` differs.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "capabilities/exchange/envelope.hpp"
#include "foundation/base/clock.hpp"
#include "foundation/db/database.hpp"

namespace rcms::exchange {

/// What the exchange must know of a State.
struct Correspondent {
  PartyId id;
  std::string code;
  Bytes open_key;                    ///< verifies what the State signed
  std::optional<SigningKey> signing;  ///< only of States hosted on this node
};

/// A row of the transmission ledger of one State.
struct Transmission {
  EnvelopeId id;
  std::string direction;  ///< out, in
  std::string kind;
  std::string partner;  ///< PartyId
  std::int64_t number = 0;
  std::string hash;
  std::string state;  ///< queued, delivered, refused, applied
  Instant created_at;
  std::optional<Instant> ended_at;
  std::string problem;
  std::int64_t tries = 0;
};

/// What a capability does with an envelope that arrived: decides and writes its effect together with `inbox`, the row that
/// makes applying it twice impossible. Must answer ok when the effect is durable, and refuse when the envelope cannot stand.
using Receiver = std::function<Result<void>(Correspondent const& to, Envelope const& envelope, db::Command const& inbox)>;

/// Makes the bytes of an attachment of a received envelope the receiver's own, checked against its hash; may be repeated. What it
/// returns is written together with the effect of the envelope.
using Fetcher = std::function<Result<db::Command>(Correspondent const& from, Correspondent const& to, Envelope const& envelope,
                                           AttachmentNote const& note)>;

/// Called after an envelope was finally refused by the other State, so that its sender is told.
using RefusalListener = std::function<void(Correspondent const& from, Envelope const& envelope, Refused const& refused)>;

/// Called after the other State has received an envelope, with its signed receipt.
using DeliveryListener = std::function<void(Correspondent const& from, Envelope const& envelope, Receipt const& receipt)>;

class Exchange {
 public:
  Exchange(db::Database& database, Clock const& clock, std::vector<Correspondent> correspondents);

  void receive_with(EnvelopeKind kind, Receiver receiver);
  void fetch_with(Fetcher fetcher) { fetcher_ = std::move(fetcher); }
  void tell_refusals_to(RefusalListener listener) { listener_ = std::move(listener); }
  void tell_deliveries_to(DeliveryListener listener) { delivery_listener_ = std::move(listener); }

  Correspondent const& get_correspondent(PartyId const& id) const;
  Correspondent const* find_correspondent(std::string_view code) const;

  /// Builds, seals and adds an envelope to the outbox within the sender's own command. The number is the next of this sender
  /// in the case; a race for it makes the command fail as already_exists, and the caller decides anew.
  SealedEnvelope post(db::Command& command, PartyId const& from, PartyId const& to, CaseId const& case_id, EnvelopeKind kind,
                      boost::json::object body, std::vector<AttachmentNote> attachments);
  /// The same without adding anything: the preview, byte for byte what `post` would send with this id and instant.
  Envelope draft(PartyId const& from, PartyId const& to, CaseId const& case_id, EnvelopeKind kind, boost::json::object body,
                 std::vector<AttachmentNote> attachments) const;
  SealedEnvelope post_drafted(db::Command& command, Envelope const& envelope);

  /// Takes what is due in the outbox, in the order of numbers, and delivers it; returns how many were delivered.
  /// Called by the background loop and, to spare the wait, soon after a post.
  int deliver_due();
  /// The receiving end: verifies, applies once, answers with a receipt. The same envelope again gives the same receipt.
  Result<Receipt> receive(SealedEnvelope const& sealed);

  std::vector<Transmission> list_transmissions(PartyId const& party, CaseId const& case_id) const;
  /// The hash that both States can compare, or empty before anything crossed.
  std::string fingerprint(PartyId const& party, CaseId const& case_id) const;
  /// How many envelopes of the State wait in the outbox.
  std::int64_t count_queued(PartyId const& party) const;

 private:
  struct Place;
  Place next_place(PartyId const& party, std::string_view direction, CaseId const& case_id) const;
  void end_delivery(Correspondent const& from, std::string const& id, tl::expected<Receipt, Refused> const& outcome,
                    std::int64_t tries, Envelope const& envelope);
  Result<void> check_place(Correspondent const& from, Correspondent const& to, Envelope const& envelope) const;

  db::Database& database_;
  Clock const& clock_;
  std::vector<Correspondent> correspondents_;
  std::map<EnvelopeKind, Receiver> receivers_;
  Fetcher fetcher_;
  RefusalListener listener_;
  DeliveryListener delivery_listener_;
  std::mutex delivering_;
};

}  // namespace rcms::exchange
