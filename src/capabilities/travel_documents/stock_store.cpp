#include "capabilities/travel_documents/stock_store.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "foundation/db/optional_value.hpp"

namespace rcms::travel_documents {

namespace {

using db::text_or_null;

db::Sql const insert_event{
    "travel_documents.insert_number_event",
    "INSERT INTO number_events (party, number, step, event, at, acted_by, organisation, note)"
    " SELECT b.party, b.number,"
    " 1 + coalesce((SELECT max(e.step) FROM number_events e WHERE e.party = b.party AND e.number = b.number), 0),"
    " $3, CAST($4 AS bigint), $5, CASE WHEN $6 = '' THEN b.organisation ELSE $6 END, $7 FROM blanks b"
    " WHERE b.party = $1 AND b.number = $2"};

db::Sql const select_events{
    "travel_documents.number_events",
    "SELECT event, at, acted_by, organisation, note, step FROM number_events WHERE party = $1 AND number = $2 ORDER BY step"};
db::Sql const select_receipt{
    "travel_documents.receipt",
    "SELECT r.received_at, r.received_by, r.organisation, r.box FROM blanks b JOIN blank_ranges r ON r.id = b.range_id"
    " WHERE b.party = $1 AND b.number = $2"};

db::Sql const count_boxes{
    "travel_documents.count_boxes",
    "SELECT b.organisation, b.box, b.state, CASE WHEN d.state = 'confirmed' THEN 1 ELSE 0 END AS gone, count(*)"
    " FROM blanks b LEFT JOIN blank_destructions d ON d.id = b.destruction WHERE b.party = $1 AND ($2 = '' OR b.organisation = "
    "$2)"
    " GROUP BY b.organisation, b.box, b.state, gone ORDER BY b.organisation, b.box, b.state"};

db::Sql const count_sheets{
    "travel_documents.count_in_stock",
    "SELECT count(*) FROM blanks WHERE party = $1 AND organisation = $2 AND state = 'in_stock' AND number BETWEEN $3 AND $4"
    " AND length(number) = length($3)"};
db::Sql const note_move{
    "travel_documents.note_move",
    "INSERT INTO number_events (party, number, step, event, at, acted_by, organisation, note)"
    " SELECT b.party, b.number,"
    " 1 + coalesce((SELECT max(e.step) FROM number_events e WHERE e.party = b.party AND e.number = b.number), 0),"
    " $5, CAST($6 AS bigint), $7, $8, $9 FROM blanks b"
    " WHERE b.party = $1 AND b.organisation = $2 AND b.state = 'in_stock' AND b.number BETWEEN $3 AND $4"
    " AND length(b.number) = length($3)"};
db::Sql const move_rows{
    "travel_documents.move_to_box",
    "UPDATE blanks SET organisation = $5, box = $6, changed_by = $7, changed_at = $8 WHERE party = $1 AND organisation = $2"
    " AND state = 'in_stock' AND number BETWEEN $3 AND $4 AND length(number) = length($3)"};
db::Sql const assign_row{"travel_documents.assign",
                         "UPDATE blanks SET assigned_to = $3 WHERE party = $1 AND number = $2 AND state = 'assigned'"};
db::Sql const select_assigned{
    "travel_documents.assigned",
    "SELECT number FROM blanks WHERE party = $1 AND assigned_to = $3 AND state = 'assigned' AND organisation = $2 ORDER BY number"
    " LIMIT 1"};
db::Sql const select_left_behind{
    "travel_documents.left_behind",
    "SELECT b.organisation, min(b.number), max(b.number), count(*) FROM blanks b JOIN (SELECT range_id, organisation,"
    " max(number) AS last FROM blanks WHERE party = $1 AND state IN ('issued', 'void', 'returned') GROUP BY range_id, "
    "organisation) u"
    " ON u.range_id = b.range_id AND u.organisation = b.organisation WHERE b.party = $1 AND b.state = 'in_stock'"
    " AND b.number < u.last GROUP BY b.organisation, b.range_id ORDER BY 1, 2"};
db::Sql const select_changes{
    "travel_documents.changes_since",
    "SELECT organisation, at FROM number_events WHERE party = $1 AND at >= $2 AND event NOT IN ('used', 'renewal_requested',"
    " 'renewal_approved', 'renewal_refused', 'handed_over')"};

constexpr std::string_view closing_columns =
    "id, party, organisation, day, state, lines, reason, closed_by, closed_at, confirmed_by, confirmed_at, digest_before, digest,"
    " revision";
db::Sql const insert_closing_row{
    "travel_documents.insert_closing",
    "INSERT INTO stock_closings (id, party, organisation, day, state, lines, reason, closed_by, closed_at, digest_before, digest,"
    " revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
db::Sql const save_closing_row{
    "travel_documents.save_closing",
    "UPDATE stock_closings SET state = $4, confirmed_by = $5, confirmed_at = $6, revision = $7"
    " WHERE party = $1 AND id = $2 AND revision = $3"};
std::string const closing_text =
    "SELECT " + std::string(closing_columns) + " FROM stock_closings WHERE party = $1 AND id = $2";
db::Sql const select_closing{"travel_documents.closing", closing_text};
std::string const closings_text = "SELECT " + std::string(closing_columns) +
                                  " FROM stock_closings WHERE party = $1 AND ($2 = '' OR organisation = $2)"
                                  " ORDER BY day DESC, closed_at DESC LIMIT $3";
db::Sql const select_closings{"travel_documents.closings", closings_text};

constexpr std::string_view destruction_columns =
    "id, party, organisation, state, sheets, method, proposed_by, proposed_at, decided_by, decided_at, reason, revision";
db::Sql const insert_destruction_row{
    "travel_documents.insert_destruction",
    "INSERT INTO blank_destructions (id, party, organisation, state, sheets, method, proposed_by, proposed_at, revision)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
db::Sql const bind_to_destruction{
    "travel_documents.bind_to_destruction",
    "UPDATE blanks SET destruction = $3 WHERE party = $1 AND number = $2 AND destruction IS NULL"
    " AND state IN ('spoilt', 'void', 'returned')"};
db::Sql const save_destruction_row{
    "travel_documents.save_destruction",
    "UPDATE blank_destructions SET state = $4, decided_by = $5, decided_at = $6, reason = $7, revision = $8"
    " WHERE party = $1 AND id = $2 AND revision = $3"};
db::Sql const free_from_destruction{"travel_documents.free_from_destruction",
                                    "UPDATE blanks SET destruction = NULL WHERE party = $1 AND destruction = $2"};
std::string const destruction_text =
    "SELECT " + std::string(destruction_columns) + " FROM blank_destructions WHERE party = $1 AND id = $2";
db::Sql const select_destruction{"travel_documents.destruction", destruction_text};
std::string const destructions_text = "SELECT " + std::string(destruction_columns) +
                                      " FROM blank_destructions WHERE party = $1 ORDER BY proposed_at DESC, id LIMIT $2";
db::Sql const select_destructions{"travel_documents.destructions", destructions_text};
db::Sql const select_numbers{"travel_documents.destruction_numbers",
                             "SELECT number FROM blanks WHERE destruction = $1 ORDER BY number"};

constexpr std::string_view renewal_columns =
    "id, party, number, case_id, state, reason, requested_by, requested_at, due_on, source, decided_by, decided_at,"
    " decision_reason, renewed_as, revision";
db::Sql const insert_renewal_row{"travel_documents.insert_renewal",
                                 "INSERT INTO document_renewals (id, party, number, case_id, state, reason, requested_by, "
                                 "requested_at, due_on, source, revision)"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
db::Sql const save_renewal_row{
    "travel_documents.save_renewal",
    "UPDATE document_renewals SET state = $4, decided_by = $5, decided_at = $6, decision_reason = $7, renewed_as = $8,"
    " revision = $9 WHERE party = $1 AND id = $2 AND revision = $3"};
std::string const renewal_text =
    "SELECT " + std::string(renewal_columns) + " FROM document_renewals WHERE party = $1 AND id = $2";
db::Sql const select_renewal{"travel_documents.renewal", renewal_text};
std::string const open_renewal_text = "SELECT " + std::string(renewal_columns) +
                                      " FROM document_renewals WHERE party = $1 AND number = $2"
                                      " AND state IN ('requested', 'approved')";
db::Sql const select_open_renewal{"travel_documents.open_renewal", open_renewal_text};
std::string const renewals_text = "SELECT " + std::string(renewal_columns) +
                                  " FROM document_renewals WHERE party = $1 ORDER BY requested_at DESC, id LIMIT $2";
db::Sql const select_renewals{"travel_documents.renewals", renewals_text};

db::Value ms_or_null(std::optional<Instant> const& at) { return at ? db::Value(at->ms) : db::Value(); }

std::optional<Instant> instant_of(std::optional<std::int64_t> ms) {
  return ms ? std::optional(Instant{*ms}) : std::nullopt;
}

Closing closing_of(db::Row const& row) {
  Closing closing;
  closing.id = row.text(0);
  closing.party = PartyId{row.text(1)};
  closing.organisation = OrganisationId{row.text(2)};
  closing.day = Date::parse(row.text(3)).value();
  closing.state = row.text(4);
  closing.lines = read_lines(row.text(5));
  closing.reason = row.find_text(6).value_or("");
  closing.closed_by = UserId{row.text(7)};
  closing.closed_at = Instant{row.integer(8)};
  closing.confirmed_by = UserId{row.find_text(9).value_or("")};
  closing.confirmed_at = instant_of(row.find_integer(10));
  closing.digest_before = row.text(11);
  closing.digest = row.text(12);
  closing.revision = row.integer(13);
  return closing;
}

Destruction destruction_of(db::Database& database, db::Row const& row) {
  Destruction one;
  one.id = row.text(0);
  one.party = PartyId{row.text(1)};
  one.organisation = OrganisationId{row.text(2)};
  one.state = row.text(3);
  one.sheets = row.integer(4);
  one.method = row.text(5);
  one.proposed_by = UserId{row.text(6)};
  one.proposed_at = Instant{row.integer(7)};
  one.decided_by = UserId{row.find_text(8).value_or("")};
  one.decided_at = instant_of(row.find_integer(9));
  one.reason = row.find_text(10).value_or("");
  one.revision = row.integer(11);
  for (auto const& number : database.read(select_numbers, {one.id})) one.numbers.push_back(number.text(0));
  return one;
}

Renewal renewal_of(db::Row const& row) {
  Renewal renewal;
  renewal.id = row.text(0);
  renewal.party = PartyId{row.text(1)};
  renewal.number = row.text(2);
  renewal.case_id = CaseId{row.text(3)};
  renewal.state = row.text(4);
  renewal.reason = row.text(5);
  renewal.requested_by = UserId{row.text(6)};
  renewal.requested_at = Instant{row.integer(7)};
  if (auto const due = row.find_text(8)) renewal.due_on = Date::parse(*due).value();
  renewal.source = row.text(9);
  renewal.decided_by = UserId{row.find_text(10).value_or("")};
  renewal.decided_at = instant_of(row.find_integer(11));
  renewal.decision_reason = row.find_text(12).value_or("");
  renewal.renewed_as = row.find_text(13).value_or("");
  renewal.revision = row.integer(14);
  return renewal;
}

}  // namespace

void add_number_event(db::Command& command, PartyId const& party, std::string const& number, NumberEvent const& event) {
  command.add_expecting(insert_event, {party.value, number, event.event, event.at.ms, event.by.value, event.organisation.value,
                                       event.note});
}

std::vector<NumberEvent> list_number_events(db::Database& database, PartyId const& party, std::string const& number) {
  auto const receipt = database.find(select_receipt, {party.value, number});
  if (!receipt) return {};
  std::vector<NumberEvent> events{{"received", Instant{receipt->integer(0)}, UserId{receipt->text(1)},
                                   OrganisationId{receipt->text(2)}, receipt->text(3)}};
  for (auto const& row : database.read(select_events, {party.value, number})) {
    events.push_back(
        {row.text(0), Instant{row.integer(1)}, UserId{row.text(2)}, OrganisationId{row.text(3)}, row.text(4)});
  }
  return events;
}

std::vector<BoxLine> list_boxes(db::Database& database, PartyId const& party, OrganisationId const& organisation) {
  std::vector<BoxLine> lines;
  for (auto const& row : database.read(count_boxes, {party.value, organisation.value})) {
    if (lines.empty() || lines.back().organisation.value != row.text(0) || lines.back().box != row.text(1)) {
      lines.emplace_back();
      lines.back().organisation = OrganisationId{row.text(0)};
      lines.back().box = row.text(1);
    }
    auto const state = find_blank_state(row.text(2)).value_or(BlankState::void_);
    lines.back().add(state, row.integer(3) != 0, row.integer(4));
  }
  return lines;
}

std::int64_t count_in_stock(db::Database& database, PartyId const& party, BoxMove const& move) {
  auto const row = database.find(count_sheets, {party.value, move.from_office.value, move.first, move.last});
  return row ? row->integer(0) : 0;
}

void move_to_box(db::Command& command, PartyId const& party, BoxMove const& move, UserId const& by, Instant at) {
  auto const count = static_cast<int>(move.count);
  std::string const event = move.from_office == move.to_office ? "boxed" : "sent";
  command.add_expecting(note_move,
                        {party.value, move.from_office.value, move.first, move.last, event, at.ms, by.value,
                         move.to_office.value, move.box},
                        count);
  command.add_expecting(move_rows,
                        {party.value, move.from_office.value, move.first, move.last, move.to_office.value, move.box, by.value,
                         at.ms},
                        count);
}

void assign_blank_row(db::Command& command, PartyId const& party, std::string const& number, CaseId const& id) {
  command.add_expecting(assign_row, {party.value, number, id.value});
}

std::optional<std::string> find_assigned(db::Database& database, PartyId const& party, OrganisationId const& organisation,
                                         CaseId const& id) {
  auto const row = database.find(select_assigned, {party.value, organisation.value, id.value});
  return row ? std::optional(row->text(0)) : std::nullopt;
}

std::vector<StockAlarm> list_left_behind(db::Database& database, PartyId const& party) {
  std::vector<StockAlarm> alarms;
  for (auto const& row : database.read(select_left_behind, {party.value})) {
    alarms.push_back({"left_behind", row.text(1), row.text(2), row.integer(3), OrganisationId{row.text(0)}, {}});
  }
  return alarms;
}

std::vector<StockAlarm> list_not_closed(db::Database& database, PartyId const& party, std::string const& zone, Date from,
                                        Date today) {
  std::map<std::pair<std::string, Date>, std::int64_t> moved;
  Instant const since{std::int64_t{from.plus_days(-1).days()} * 86'400'000};
  for (auto const& row : database.read(select_changes, {party.value, since.ms})) {
    auto const day = date_in_zone(Instant{row.integer(1)}, zone);
    if (day >= from && day < today) ++moved[{row.text(0), day}];
  }
  for (auto const& closing : list_closings(database, party, {}, 500)) moved.erase({closing.organisation.value, closing.day});
  std::vector<StockAlarm> alarms;
  for (auto const& [place, sheets] : moved) {
    alarms.push_back({"not_closed", {}, {}, sheets, OrganisationId{place.first}, place.second});
  }
  return alarms;
}

void insert_closing(db::Command& command, Closing const& closing) {
  command.add_expecting(insert_closing_row,
                        {closing.id, closing.party.value, closing.organisation.value, closing.day.text(), closing.state,
                         lines_text(closing.lines), text_or_null(closing.reason), closing.closed_by.value, closing.closed_at.ms,
                         closing.digest_before, closing.digest, closing.revision});
}

void save_closing(db::Command& command, Closing const& before, Closing const& after) {
  command.add_expecting(save_closing_row, {after.party.value, after.id, before.revision, after.state, after.confirmed_by.value,
                                           ms_or_null(after.confirmed_at), after.revision});
}

std::optional<Closing> find_closing(db::Database& database, PartyId const& party, std::string const& id) {
  auto const row = database.find(select_closing, {party.value, id});
  return row ? std::optional(closing_of(*row)) : std::nullopt;
}

std::vector<Closing> list_closings(db::Database& database, PartyId const& party, OrganisationId const& organisation, int limit) {
  std::vector<Closing> closings;
  for (auto const& row : database.read(select_closings, {party.value, organisation.value, std::int64_t{limit}}))
    closings.push_back(closing_of(row));
  return closings;
}

void insert_destruction(db::Command& command, Destruction const& destruction) {
  command.add_expecting(insert_destruction_row,
                        {destruction.id, destruction.party.value, destruction.organisation.value, destruction.state,
                         destruction.sheets, destruction.method, destruction.proposed_by.value, destruction.proposed_at.ms,
                         destruction.revision});
  for (auto const& number : destruction.numbers) {
    command.add_expecting(bind_to_destruction, {destruction.party.value, number, destruction.id});
    add_number_event(command, destruction.party, number,
                     {"destruction_proposed", destruction.proposed_at, destruction.proposed_by, {}, destruction.method});
  }
}

void save_destruction(db::Command& command, Destruction const& before, Destruction const& after) {
  command.add_expecting(save_destruction_row,
                        {after.party.value, after.id, before.revision, after.state, after.decided_by.value,
                         ms_or_null(after.decided_at), text_or_null(after.reason), after.revision});
  bool const confirmed = after.state == "confirmed";
  for (auto const& number : after.numbers) {
    add_number_event(command, after.party, number,
                     {confirmed ? "destroyed" : "destruction_refused", after.decided_at.value_or(Instant{}), after.decided_by, {},
                      confirmed ? after.method : after.reason});
  }
  if (!confirmed) {
    command.add_expecting(free_from_destruction, {after.party.value, after.id}, static_cast<int>(after.numbers.size()));
  }
}

std::optional<Destruction> find_destruction(db::Database& database, PartyId const& party, std::string const& id) {
  auto const row = database.find(select_destruction, {party.value, id});
  return row ? std::optional(destruction_of(database, *row)) : std::nullopt;
}

std::vector<Destruction> list_destructions(db::Database& database, PartyId const& party, int limit) {
  std::vector<Destruction> all;
  for (auto const& row : database.read(select_destructions, {party.value, std::int64_t{limit}}))
    all.push_back(destruction_of(database, row));
  return all;
}

void insert_renewal(db::Command& command, Renewal const& renewal) {
  command.add_expecting(insert_renewal_row,
                        {renewal.id, renewal.party.value, renewal.number, renewal.case_id.value, renewal.state, renewal.reason,
                         renewal.requested_by.value, renewal.requested_at.ms,
                         renewal.due_on ? db::Value(renewal.due_on->text()) : db::Value(), renewal.source, renewal.revision});
  add_number_event(command, renewal.party, renewal.number,
                   {"renewal_requested", renewal.requested_at, renewal.requested_by, {}, renewal.reason});
}

void save_renewal(db::Command& command, Renewal const& before, Renewal const& after) {
  command.add_expecting(save_renewal_row,
                        {after.party.value, after.id, before.revision, after.state, text_or_null(after.decided_by.value),
                         ms_or_null(after.decided_at), text_or_null(after.decision_reason), text_or_null(after.renewed_as),
                         after.revision});
  if (after.state == "issued") return;  // the new document writes the history
  add_number_event(command, after.party, after.number,
                   {"renewal_" + after.state, after.decided_at.value_or(Instant{}), after.decided_by, {}, after.decision_reason});
}

std::optional<Renewal> find_renewal(db::Database& database, PartyId const& party, std::string const& id) {
  auto const row = database.find(select_renewal, {party.value, id});
  return row ? std::optional(renewal_of(*row)) : std::nullopt;
}

std::optional<Renewal> find_open_renewal(db::Database& database, PartyId const& party, std::string const& number) {
  auto const row = database.find(select_open_renewal, {party.value, number});
  return row ? std::optional(renewal_of(*row)) : std::nullopt;
}

std::vector<Renewal> list_renewals(db::Database& database, PartyId const& party, int limit) {
  std::vector<Renewal> all;
  for (auto const& row : database.read(select_renewals, {party.value, std::int64_t{limit}})) all.push_back(renewal_of(row));
  return all;
}

}  // namespace rcms::travel_documents
