#include "capabilities/transfers/announcement_store.hpp"

#include <stdexcept>

#include <boost/json.hpp>

namespace rcms::transfers {

namespace json = boost::json;

namespace {

#define ANNOUNCED_COLUMNS "id, party, partner, content, state, changed_at, revision"

db::Sql const select_announcements{"transfers.announcements",
                                   "SELECT number, variant, fingerprint, sent_at, sent_by FROM transport_announcements "
                                   "WHERE party = $1 AND transport = $2 ORDER BY number"};
db::Sql const insert_announcement_row{
    "transfers.insert_announcement",
    "INSERT INTO transport_announcements (party, transport, number, variant, fingerprint, sent_at, sent_by) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
db::Sql const select_announced{"transfers.announced_transport",
                               "SELECT " ANNOUNCED_COLUMNS " FROM announced_transports WHERE party = $1 AND id = $2"};
db::Sql const select_all_announced{"transfers.announced_transports",
                                   "SELECT " ANNOUNCED_COLUMNS
                                   " FROM announced_transports WHERE party = $1 ORDER BY departs_at DESC, id LIMIT 200"};
db::Sql const insert_announced{"transfers.insert_announced",
                               "INSERT INTO announced_transports (id, party, partner, departs_at, content, state, changed_at, "
                               "revision) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)"};
db::Sql const update_announced{"transfers.update_announced",
                               "UPDATE announced_transports SET partner = $3, departs_at = $4, content = $5, state = $6, "
                               "changed_at = $7, revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $8"};

#undef ANNOUNCED_COLUMNS

AnnouncedTransport read_announced(db::Row const& row) {
  AnnouncedTransport one;
  one.id = TransportId{row.text(0)};
  one.party = PartyId{row.text(1)};
  one.partner = PartyId{row.text(2)};
  if (!take_announced(one, json::parse(row.text(3)))) throw std::runtime_error("announced_transports.content cannot be read");
  one.state = row.text(4);
  one.changed_at = Instant{row.integer(5)};
  one.revision = row.integer(6);
  return one;
}

}  // namespace

std::vector<Announcement> list_announcements(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<Announcement> all;
  for (auto const& row : database.read(select_announcements, {party.value, id.value})) {
    all.push_back({id, row.integer(0), row.text(1), row.text(2), Instant{row.integer(3)}, UserId{row.text(4)}});
  }
  return all;
}

void insert_announcement(db::Command& command, PartyId const& party, Announcement const& one) {
  command.add(insert_announcement_row, {party.value, one.transport.value, one.number, one.variant, one.fingerprint,
                                        one.sent_at.ms, one.sent_by.value});
}

std::optional<AnnouncedTransport> find_announced(db::Database& database, PartyId const& party, TransportId const& id) {
  auto const row = database.find(select_announced, {party.value, id.value});
  return row ? std::optional(read_announced(*row)) : std::nullopt;
}

std::vector<AnnouncedTransport> list_announced(db::Database& database, PartyId const& party) {
  std::vector<AnnouncedTransport> all;
  for (auto const& row : database.read(select_all_announced, {party.value})) all.push_back(read_announced(row));
  return all;
}

void save_announced(db::Command& command, AnnouncedTransport const& one) {
  db::Values values{one.id.value,        one.party.value, one.partner.value, one.departs_at().ms,
                    json::serialize(body_of(one, "transport_announced")), one.state, one.changed_at.ms};
  if (one.revision == 0) {
    command.add(insert_announced, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_announced, std::move(values));
  }
}

}  // namespace rcms::transfers
