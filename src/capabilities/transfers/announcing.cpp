#include "capabilities/transfers/announcing.hpp"

#include <boost/json.hpp>

#include "foundation/ledger/subject.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

/// Of the next envelope of the chain, in which lists of a hand-over are counted too.
std::int64_t next_number(Context const& context, PartyId const& party, TransportId const& id) {
  std::int64_t sent = 0;
  for (auto const& one : context.exchange.list_transmissions(party, chain_of(id))) sent += one.direction == "out" ? 1 : 0;
  return sent + 1;
}

/// The envelope and the row that remembers it.
void send_envelope(Context const& context, access::Viewer const& viewer, db::Command& command, Announcement const& one,
                   AnnouncedTransport const& announced) {
  context.exchange.post(command, viewer.party, announced.party, chain_of(one.transport), exchange::EnvelopeKind::message,
                        body_of(announced, one.variant), {});
  insert_announcement(command, viewer.party, one);
}

}  // namespace

Result<Transport> announce_transport(Context const& context, access::Viewer const& viewer, TransportId const& id,
                                     ManifestCopy const& copy, std::string_view fingerprint) {
  auto const subject = ledger::subject_of("transport", id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto transport = find_transport(context.database, viewer.party, id);
    if (!transport) return refuse(Why::not_found);
    auto const now = context.clock.now();
    auto const manifest = make_manifest(context, *transport);
    auto const sent = list_announcements(context.database, viewer.party, id);
    auto const variant = decide_announcement(manifest, sent, viewer, now);
    if (!variant) return tl::unexpected(variant.error());
    if (manifest.fingerprint() != fingerprint)
      return refuse(Why::stale_revision, "fingerprint", "the list is another by now: look at it again before it is sent");
    ledger::Decided<> decided;
    auto const number = next_number(context, viewer.party, id);
    send_envelope(context, viewer, decided.command, {id, number, *variant, manifest.fingerprint(), now, viewer.user},
                  announced_of(manifest, copy));
    if (!transport->notice) transport->notice = NoticeGiven{now, "system", manifest.fingerprint(), viewer.user};
    transport->changed_at = now;
    save_transport(decided.command, *transport);
    decided.entries.push_back({subject, viewer.party, viewer.user.value, "transport_announced", {},
                               json::serialize(json::object{{"name", transport->name},
                                                            {"variant", *variant},
                                                            {"list", manifest.fingerprint()},
                                                            {"persons", manifest.persons.size()}}),
                               transport->revision + 1, now});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  if (context.after_write) context.after_write();
  return *find_transport(context.database, viewer.party, id);
}

void tell_cancelled(Context const& context, access::Viewer const& viewer, db::Command& command, Transport const& transport) {
  auto const sent = list_announcements(context.database, viewer.party, transport.id);
  if (sent.empty()) return;
  AnnouncedTransport announced;
  announced.id = transport.id;
  announced.party = transport.partner;
  auto const number = next_number(context, viewer.party, transport.id);
  send_envelope(context, viewer, command,
                {transport.id, number, "transport_cancelled", sent.back().fingerprint, context.clock.now(), viewer.user},
                announced);
}

Result<void> receive_announcement(Context const& context, exchange::Correspondent const& to, exchange::Envelope const& envelope,
                                  db::Command const& inbox) {
  auto const* from = context.exchange.find_correspondent(envelope.from);
  if (from == nullptr) return refuse(Why::not_found, "from");
  auto const subject = ledger::subject_of("announced_transport", envelope.case_id.value);
  auto const written = ledger::carry_out(context.database, {subject}, [&]() -> Result<ledger::Decided<>> {
    auto const known = find_announced(context.database, to.id, TransportId{envelope.case_id.value});
    if (known && known->partner != from->id) return refuse(Why::not_found, "body.transport");
    auto taken = take_announcement(known, envelope, context.clock.now());
    if (!taken) return tl::unexpected(taken.error());
    taken->party = to.id;
    taken->partner = from->id;
    ledger::Decided<> decided;
    decided.command.append(inbox);
    save_announced(decided.command, *taken);
    decided.entries.push_back({subject, to.id, "exchange", "transport_announcement_received", {},
                               json::serialize(json::object{
                                   {"name", taken->name}, {"state", taken->state}, {"persons", taken->persons.size()}}),
                               taken->revision + 1, context.clock.now()});
    return decided;
  });
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace rcms::transfers
