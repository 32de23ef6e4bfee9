#include "capabilities/transfers/handover_store.hpp"

#include <stdexcept>

#include <boost/json.hpp>

#include "capabilities/transfers/announcement_store.hpp"
#include "capabilities/transfers/arrived.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

db::Sql const select_lists{"transfers.handover_lists",
                           "SELECT number, content, made_at FROM handover_lists WHERE party = $1 AND transport = $2 "
                           "ORDER BY made_at, number"};
db::Sql const insert_list{"transfers.insert_handover_list",
                          "INSERT INTO handover_lists (party, transport, number, content, made_at) VALUES ($1, $2, $3, $4, $5) "
                          "ON CONFLICT DO NOTHING"};
db::Sql const select_takings{"transfers.takings",
                             "SELECT id, list, device, taken_by, taken_at, clock_ahead_ms FROM handover_takings "
                             "WHERE party = $1 AND transport = $2 ORDER BY taken_at, id"};
db::Sql const insert_taking_row{
    "transfers.insert_taking",
    "INSERT INTO handover_takings (id, party, transport, list, device, taken_by, taken_at, clock_ahead_ms) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
db::Sql const select_ticks{
    "transfers.ticks",
    "SELECT id, case_id, value, note, list, taking, counter, device_at, clock_ahead_ms, received_at, "
    "ticked_by, replaces FROM handover_ticks WHERE party = $1 AND transport = $2 ORDER BY received_at, id"};
db::Sql const insert_tick_row{
    "transfers.insert_tick",
    "INSERT INTO handover_ticks (party, id, transport, case_id, value, note, list, taking, counter, device_at, clock_ahead_ms, "
    "received_at, ticked_by, replaces) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
db::Sql const select_reports{"transfers.handover_reports",
                             "SELECT direction, number, content, told_at, told_by FROM handover_reports "
                             "WHERE party = $1 AND transport = $2 ORDER BY direction, number"};
db::Sql const insert_report_row{
    "transfers.insert_handover_report",
    "INSERT INTO handover_reports (party, transport, direction, number, content, told_at, told_by) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
db::Sql const select_explanations{"transfers.explanations",
                                  "SELECT case_id, ours, theirs, reason, explained_by, explained_at FROM handover_explanations "
                                  "WHERE party = $1 AND transport = $2 ORDER BY explained_at, id"};
db::Sql const insert_explanation_row{
    "transfers.insert_explanation",
    "INSERT INTO handover_explanations (id, party, transport, case_id, ours, theirs, reason, explained_by, explained_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};

std::vector<TickId> read_ids(std::string const& content) {
  std::vector<TickId> ids;
  auto const parsed = json::parse(content);
  for (auto const& one : parsed.as_array()) ids.push_back(TickId{std::string(one.as_string())});
  return ids;
}

std::string render_ids(std::vector<TickId> const& ids) {
  json::array list;
  for (auto const& one : ids) list.push_back(json::string(one.value));
  return json::serialize(list);
}

}  // namespace

std::vector<HandoverList> list_handover_lists(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<HandoverList> all;
  for (auto const& row : database.read(select_lists, {party.value, id.value}))
    all.push_back({row.text(0), read_list(json::parse(row.text(1))), Instant{row.integer(2)}});
  return all;
}

void insert_handover_list(db::Command& command, PartyId const& party, TransportId const& id, HandoverList const& list) {
  command.add(insert_list, {party.value, id.value, list.number, json::serialize(render_list(list)), list.made_at.ms});
}

std::vector<Taking> list_takings(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<Taking> all;
  for (auto const& row : database.read(select_takings, {party.value, id.value})) {
    all.push_back({TakingId{row.text(0)}, row.text(1), row.text(2), UserId{row.text(3)}, Instant{row.integer(4)},
                   row.integer(5)});
  }
  return all;
}

void insert_taking(db::Command& command, PartyId const& party, TransportId const& id, Taking const& taking) {
  command.add(insert_taking_row, {taking.id.value, party.value, id.value, taking.list, taking.device, taking.by.value,
                                  taking.at.ms, taking.clock_ahead_ms});
}

std::vector<Tick> list_ticks(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<Tick> all;
  for (auto const& row : database.read(select_ticks, {party.value, id.value})) {
    all.push_back({TickId{row.text(0)}, CaseId{row.text(1)}, row.text(2), row.text(3), row.text(4), TakingId{row.text(5)},
                   row.integer(6), Instant{row.integer(7)}, row.integer(8), Instant{row.integer(9)}, UserId{row.text(10)},
                   read_ids(row.text(11))});
  }
  return all;
}

void insert_tick(db::Command& command, PartyId const& party, TransportId const& id, Tick const& tick) {
  command.add(insert_tick_row,
              {party.value, tick.id.value, id.value, tick.case_id.value, tick.value, tick.note, tick.list, tick.taking.value,
               tick.counter, tick.device_at.ms, tick.clock_ahead_ms, tick.received_at.ms, tick.by.value,
               render_ids(tick.replaces)});
}

std::vector<HandoverReport> list_reports(db::Database& database, PartyId const& party, TransportId const& id, Side side) {
  std::vector<HandoverReport> all;
  auto const other = side == Side::requesting ? Side::requested : Side::requesting;
  for (auto const& row : database.read(select_reports, {party.value, id.value})) {
    bool const is_sent = row.text(0) == "sent";
    auto report = take_report(is_sent ? side : other, json::parse(row.text(2)));
    if (!report) throw std::runtime_error("handover_reports.content cannot be read");
    report->direction = row.text(0);
    report->number = row.integer(1);
    report->at = Instant{row.integer(3)};
    report->by = UserId{row.text(4)};
    all.push_back(std::move(*report));
  }
  return all;
}

void insert_report(db::Command& command, PartyId const& party, TransportId const& id, HandoverReport const& report) {
  command.add(insert_report_row, {party.value, id.value, report.direction, report.number,
                                  json::serialize(body_of(id, report)), report.at.ms, report.by.value});
}

std::vector<Explanation> list_explanations(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<Explanation> all;
  for (auto const& row : database.read(select_explanations, {party.value, id.value})) {
    all.push_back({CaseId{row.text(0)}, row.text(1), row.text(2), row.text(3), UserId{row.text(4)}, Instant{row.integer(5)}});
  }
  return all;
}

void insert_explanation(db::Command& command, PartyId const& party, TransportId const& id, Explanation const& one) {
  command.add(insert_explanation_row, {make_uuid(one.at), party.value, id.value, one.case_id.value, one.ours, one.theirs,
                                       one.reason, one.by.value, one.at.ms});
}

std::vector<HandedOver> list_handed_over(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<HandedOver> all;
  auto const announced = find_announced(database, party, id);
  if (!announced) return all;
  auto const standings = stand(list_ticks(database, party, id));
  for (auto const& person : announced->persons) {
    HandedOver one{person, {}, false, {}};
    if (auto const found = standings.find(person.case_id); found != standings.end()) {
      one.value = found->second.value;
      one.is_clash = found->second.is_clash;
      one.at = found->second.heads.front().at();
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace rcms::transfers
