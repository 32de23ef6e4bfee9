#include "capabilities/exchange/exchange.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/exchange/stored_envelope.hpp"

namespace rcms::exchange {

namespace json = boost::json;

namespace {

db::Sql const last_envelope{"exchange.last",
                            "SELECT number, hash FROM envelopes WHERE party = $1 AND direction = $2 AND case_id = $3"
                            " ORDER BY number DESC LIMIT 1"};
db::Sql const insert_out{
    "exchange.post",
    "INSERT INTO envelopes (party, direction, id, case_id, partner, kind, number, previous_hash, hash, sealed,"
    " state, created_at, tries, next_try_at)"
    " VALUES ($1, 'out', $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, 0, $10)"};
db::Sql const insert_in{
    "exchange.apply",
    "INSERT INTO envelopes (party, direction, id, case_id, partner, kind, number, previous_hash, hash, sealed,"
    " state, created_at, ended_at, tries, next_try_at, receipt)"
    " VALUES ($1, 'in', $2, $3, $4, $5, $6, $7, $8, $9, 'applied', $10, $10, 0, 0, $11)"};
db::Sql const find_in{"exchange.find_in",
                      "SELECT hash, receipt FROM envelopes WHERE party = $1 AND direction = 'in' AND id = $2"};
db::Sql const list_due{"exchange.due",
                       "SELECT party, id, sealed, tries FROM envelopes WHERE state = 'queued' AND next_try_at <= $1"
                       " ORDER BY next_try_at, id LIMIT 200"};
db::Sql const mark_delivered{"exchange.delivered",
                             "UPDATE envelopes SET state = 'delivered', ended_at = $3, receipt = $4, problem = NULL"
                             " WHERE party = $1 AND direction = 'out' AND id = $2 AND state = 'queued'"};
db::Sql const mark_refused{"exchange.refused",
                           "UPDATE envelopes SET state = 'refused', ended_at = $3, problem = $4"
                           " WHERE party = $1 AND direction = 'out' AND id = $2 AND state = 'queued'"};
db::Sql const mark_later{"exchange.later",
                         "UPDATE envelopes SET tries = tries + 1, next_try_at = $3, problem = $4"
                         " WHERE party = $1 AND direction = 'out' AND id = $2 AND state = 'queued'"};
db::Sql const list_of_case{"exchange.of_case",
                           "SELECT id, direction, kind, partner, number, hash, state, created_at, ended_at, problem, tries"
                           " FROM envelopes WHERE party = $1 AND direction IN ('out', 'in') AND case_id = $2"
                           " ORDER BY created_at, id"};
db::Sql const count_out{"exchange.count_queued", "SELECT count(*) FROM envelopes WHERE state = 'queued' AND party = $1"};

/// Waits 1 s, 2 s, 4 s, … at most ten minutes between tries.
std::int64_t pause_ms(std::int64_t tries) {
  return std::min<std::int64_t>(600'000, std::int64_t{1000} << std::min<std::int64_t>(tries, 10));
}

/// What may be right when it is tried again: an earlier envelope is on its way, or the other node is not well.
bool may_pass_later(Why why) { return why == Why::too_early || why == Why::unavailable || why == Why::stale_revision; }

}  // namespace

struct Exchange::Place {
  std::int64_t number = 1;
  std::string previous_hash;
};

Exchange::Exchange(db::Database& database, Clock const& clock, std::vector<Correspondent> correspondents)
    : database_(database), clock_(clock), correspondents_(std::move(correspondents)) {}

void Exchange::receive_with(EnvelopeKind kind, Receiver receiver) { receivers_[kind] = std::move(receiver); }

Correspondent const& Exchange::get_correspondent(PartyId const& id) const {
  for (auto const& correspondent : correspondents_) {
    if (correspondent.id == id) return correspondent;
  }
  throw std::out_of_range("no such State: " + id.value);
}

Correspondent const* Exchange::find_correspondent(std::string_view code) const {
  for (auto const& correspondent : correspondents_) {
    if (correspondent.code == code) return &correspondent;
  }
  return nullptr;
}

Exchange::Place Exchange::next_place(PartyId const& party, std::string_view direction, CaseId const& case_id) const {
  auto const row = database_.find(last_envelope, {party.value, std::string(direction), case_id.value});
  if (!row) return {};
  return {row->integer(0) + 1, row->text(1)};
}

Envelope Exchange::draft(PartyId const& from, PartyId const& to, CaseId const& case_id, EnvelopeKind kind, json::object body,
                         std::vector<AttachmentNote> attachments) const {
  auto const place = next_place(from, "out", case_id);
  Envelope envelope;
  envelope.at = clock_.now();
  envelope.id = EnvelopeId::make(envelope.at);
  envelope.case_id = case_id;
  envelope.from = get_correspondent(from).code;
  envelope.to = get_correspondent(to).code;
  envelope.kind = kind;
  envelope.number = place.number;
  envelope.previous_hash = place.previous_hash;
  envelope.body = std::move(body);
  envelope.attachments = std::move(attachments);
  return envelope;
}

SealedEnvelope Exchange::post_drafted(db::Command& command, Envelope const& envelope) {
  auto const* from = find_correspondent(envelope.from);
  auto const* to = find_correspondent(envelope.to);
  if (from == nullptr || to == nullptr || !from->signing) throw std::logic_error("only hosted States post envelopes");
  auto const sealed = seal_envelope(envelope, *from->signing);
  command.add(insert_out,
              {from->id.value, envelope.id.value, envelope.case_id.value, to->id.value, std::string(name_of(envelope.kind)),
               envelope.number, envelope.previous_hash, sealed.hash, stored_text(sealed), envelope.at.ms});
  return sealed;
}

SealedEnvelope Exchange::post(db::Command& command, PartyId const& from, PartyId const& to, CaseId const& case_id,
                              EnvelopeKind kind, json::object body, std::vector<AttachmentNote> attachments) {
  return post_drafted(command, draft(from, to, case_id, kind, std::move(body), std::move(attachments)));
}

Result<void> Exchange::check_place(Correspondent const& from, Correspondent const& to, Envelope const& envelope) const {
  auto const place = next_place(to.id, "in", envelope.case_id);
  if (envelope.number > place.number) {
    return refuse(Why::too_early, "number", fmt::format("envelope {} of {} must come first", place.number, from.code));
  }
  if (envelope.number < place.number || envelope.previous_hash != place.previous_hash) {
    return refuse(Why::does_not_verify, "previous", "the envelope does not continue the chain of this case");
  }
  return {};
}

Result<Receipt> Exchange::receive(SealedEnvelope const& sealed) {
  auto const unverified = parse_envelope(sealed.text);
  if (!unverified) return tl::unexpected(unverified.error());
  auto const* from = find_correspondent(unverified->from);
  auto const* to = find_correspondent(unverified->to);
  if (from == nullptr || to == nullptr || !to->signing || from == to) return refuse(Why::not_found, "to");
  auto const opened = open_envelope(sealed, from->open_key);
  if (!opened) return tl::unexpected(opened.error());
  auto const& envelope = *opened;

  if (auto const known = database_.find(find_in, {to->id.value, envelope.id.value})) {
    if (known->text(0) != sealed.hash) return refuse(Why::already_exists, "id", "another envelope has this id");
    return parse_receipt(known->text(1));
  }
  if (auto placed = check_place(*from, *to, envelope); !placed) return tl::unexpected(placed.error());
  auto const receiver = receivers_.find(envelope.kind);
  if (receiver == receivers_.end()) return refuse(Why::field_invalid, "kind", "nothing here receives this kind");
  db::Command inbox;
  for (auto const& note : envelope.attachments) {
    if (!fetcher_) return refuse(Why::unavailable, "attachments");
    auto fetched = fetcher_(*from, *to, envelope, note);
    if (!fetched) return tl::unexpected(fetched.error());
    inbox.append(std::move(*fetched));
  }
  auto const receipt = sign_receipt(envelope.id, sealed.hash, to->code, clock_.now(), *to->signing);
  inbox.add(insert_in,
            {to->id.value, envelope.id.value, envelope.case_id.value, from->id.value, std::string(name_of(envelope.kind)),
             envelope.number, envelope.previous_hash, sealed.hash, stored_text(sealed), receipt.at.ms, render_receipt(receipt)});
  if (auto applied = receiver->second(*to, envelope, inbox); !applied) return tl::unexpected(applied.error());
  return receipt;
}

void Exchange::end_delivery(Correspondent const& from, std::string const& id, tl::expected<Receipt, Refused> const& outcome,
                            std::int64_t tries, Envelope const& envelope) {
  db::Command command;
  auto const now = clock_.now();
  if (outcome) {
    command.add(mark_delivered, {from.id.value, id, now.ms, render_receipt(*outcome)});
  } else {
    auto const problem = fmt::format("{} {} {}", name_of(outcome.error().why), outcome.error().field, outcome.error().detail);
    if (may_pass_later(outcome.error().why)) {
      command.add(mark_later, {from.id.value, id, now.plus_ms(pause_ms(tries)).ms, problem});
    } else {
      command.add(mark_refused, {from.id.value, id, now.ms, problem});
    }
  }
  database_.write(command);
  if (outcome && delivery_listener_) delivery_listener_(from, envelope, *outcome);
  if (!outcome && !may_pass_later(outcome.error().why) && listener_) listener_(from, envelope, outcome.error());
}

int Exchange::deliver_due() {
  std::lock_guard const lock(delivering_);
  int delivered = 0;
  for (auto const& row : database_.read(list_due, {clock_.now().ms})) {
    auto const& from = get_correspondent(PartyId{row.text(0)});
    auto const sealed = read_stored(row.text(2));
    auto const envelope = parse_envelope(sealed.text);
    auto outcome = receive(sealed);
    if (outcome) {
      auto const* to = envelope ? find_correspondent(envelope->to) : nullptr;
      if (to == nullptr || !receipt_holds(*outcome, to->open_key))
        outcome = refuse(Why::unavailable, "receipt", "it does not verify");
    }
    end_delivery(from, row.text(1), outcome, row.integer(3), envelope.value_or(Envelope{}));
    if (outcome) ++delivered;
  }
  return delivered;
}

std::vector<Transmission> Exchange::list_transmissions(PartyId const& party, CaseId const& case_id) const {
  std::vector<Transmission> transmissions;
  for (auto const& row : database_.read(list_of_case, {party.value, case_id.value})) {
    Transmission transmission{EnvelopeId{row.text(0)},
                              row.text(1),
                              row.text(2),
                              row.text(3),
                              row.integer(4),
                              row.text(5),
                              row.text(6),
                              Instant{row.integer(7)},
                              std::nullopt,
                              row.find_text(9).value_or(""),
                              row.integer(10)};
    if (auto ended = row.find_integer(8)) transmission.ended_at = Instant{*ended};
    transmissions.push_back(std::move(transmission));
  }
  return transmissions;
}

std::string Exchange::fingerprint(PartyId const& party, CaseId const& case_id) const {
  auto const out = database_.find(last_envelope, {party.value, std::string("out"), case_id.value});
  auto const in = database_.find(last_envelope, {party.value, std::string("in"), case_id.value});
  if (!out && !in) return {};
  auto const own = get_correspondent(party).code;
  std::string other;
  for (auto const& transmission : list_transmissions(party, case_id))
    other = get_correspondent(PartyId{transmission.partner}).code;
  return case_fingerprint(own, out ? out->text(1) : "", other, in ? in->text(1) : "");
}

std::int64_t Exchange::count_queued(PartyId const& party) const { return database_.find(count_out, {party.value})->integer(0); }

}  // namespace rcms::exchange
