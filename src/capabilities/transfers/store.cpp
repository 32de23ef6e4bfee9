#include "capabilities/transfers/store.hpp"

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::transfers {

namespace json = boost::json;

namespace {

#define POINT_COLUMNS "id, party, name, kind, state, code, time_zone, hours, source, active, revision"
#define TRANSPORT_COLUMNS                                                                                             \
  "id, party, partner, name, kind, departs_at, legs, seats, medical_seats, document_margin_days, reception,"          \
  " reception_places, escorts, costs, notice, state, reason, made_by, changed_at, revision"

db::Sql const select_points{"transfers.points",
                            "SELECT " POINT_COLUMNS " FROM crossing_points WHERE party = $1 ORDER BY name, id"};
db::Sql const insert_point{"transfers.insert_point", "INSERT INTO crossing_points (" POINT_COLUMNS
                                                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"};
db::Sql const update_point{
    "transfers.save_point",
    "UPDATE crossing_points SET name = $3, kind = $4, state = $5, code = $6, time_zone = $7, hours = $8, source = $9,"
    " active = $10, revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $11"};

db::Sql const select_transport{"transfers.find",
                               "SELECT " TRANSPORT_COLUMNS " FROM transports WHERE id = $1 AND party = $2"};
db::Sql const select_transports{
    "transfers.list", "SELECT " TRANSPORT_COLUMNS " FROM transports WHERE party = $1 ORDER BY departs_at DESC, id LIMIT 200"};
db::Sql const select_arriving{"transfers.arriving", "SELECT " TRANSPORT_COLUMNS
                                                    " FROM transports WHERE party = $1 AND departs_at >= $2 AND departs_at < $3"
                                                    " AND reception = $4 AND state = 'planned' ORDER BY departs_at, id"};
db::Sql const insert_transport{
    "transfers.insert", "INSERT INTO transports (" TRANSPORT_COLUMNS
                        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)"};
db::Sql const update_transport{
    "transfers.save",
    "UPDATE transports SET partner = $3, name = $4, kind = $5, departs_at = $6, legs = $7, seats = $8, medical_seats = $9,"
    " document_margin_days = $10, reception = $11, reception_places = $12, escorts = $13, costs = $14, notice = $15,"
    " state = $16, reason = $17, made_by = $18, changed_at = $19, revision = revision + 1"
    " WHERE id = $1 AND party = $2 AND revision = $20"};
db::Sql const touch_transport{"transfers.touch",
                              "UPDATE transports SET revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $3"};

db::Sql const select_passengers{"transfers.passengers",
                                "SELECT case_id, added_by, added_at FROM transport_passengers"
                                " WHERE party = $1 AND transport = $2 ORDER BY added_at, case_id"};
db::Sql const select_seat{"transfers.seat", "SELECT transport FROM transport_passengers WHERE party = $1 AND case_id = $2"};
db::Sql const insert_seat{
    "transfers.insert_seat",
    "INSERT INTO transport_passengers (party, case_id, transport, added_by, added_at) VALUES ($1, $2, $3, $4, $5)"};
db::Sql const delete_seat{"transfers.delete_seat", "DELETE FROM transport_passengers WHERE party = $1 AND case_id = $2"};

db::Sql const select_fitness{
    "transfers.fitness",
    "SELECT certificate, examined_at, valid_hours, outcome, needs_medical_seat, recorded_by, recorded_at"
    " FROM fitness_certificates WHERE party = $1 AND case_id = $2 ORDER BY recorded_at DESC, id DESC LIMIT 1"};
db::Sql const insert_certificate{
    "transfers.insert_fitness",
    "INSERT INTO fitness_certificates (id, party, case_id, certificate, examined_at, valid_hours, outcome, needs_medical_seat,"
    " recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};

db::Sql const select_waiting{
    "transfers.waiting",
    "SELECT f.case_id FROM case_files f LEFT JOIN transport_passengers p ON p.party = f.party AND p.case_id = f.case_id"
    " WHERE f.party = $1 AND f.side = 'requesting' AND f.partner = $2 AND f.is_open = 1 AND p.case_id IS NULL"
    " AND f.state = 'document_issued' ORDER BY f.submitted_on, f.case_id LIMIT $3"};
db::Sql const select_travelling{
    "transfers.travelling",
    "SELECT case_id FROM case_files WHERE party = $1 AND side = 'requesting' AND agreement = $2"
    " AND (state IN ('transfer_planned', 'ready_to_depart') OR (changed_at >= $3"
    " AND state IN ('departed', 'error_claimed', 'error_rejected', 'taking_back', 'returned', 'closed')))"};

#undef POINT_COLUMNS
#undef TRANSPORT_COLUMNS

int whole_at(json::value const& object, char const* key) { return object.at(key).to_number<int>(); }
std::int64_t large_at(json::value const& object, char const* key) { return object.at(key).to_number<std::int64_t>(); }

json::array render_texts(std::vector<std::string> const& texts) {
  json::array list;
  for (auto const& one : texts) list.push_back(json::string(one));
  return list;
}
std::vector<std::string> read_texts(json::value const& object, char const* key) {
  std::vector<std::string> texts;
  for (auto const& one : list_at(object, key)) texts.emplace_back(one.as_string());
  return texts;
}

std::string render_hours(std::vector<OpenHours> const& hours) {
  json::array list;
  for (auto const& one : hours)
    list.push_back(json::object{{"weekday", one.weekday}, {"from", one.from_minute}, {"to", one.to_minute}});
  return json::serialize(list);
}

std::string render_legs(std::vector<Leg> const& legs) {
  json::array list;
  for (auto const& one : legs) {
    list.push_back(json::object{{"from", one.from.value},
                                {"to", one.to.value},
                                {"departs_at", one.departs_at.ms},
                                {"arrives_at", one.arrives_at.ms},
                                {"carrier", one.carrier},
                                {"number", one.number}});
  }
  return json::serialize(list);
}

std::string render_escorts(std::vector<Escort> const& escorts) {
  json::array list;
  for (auto const& one : escorts) {
    list.push_back(json::object{{"name", one.name},
                                {"function", one.function},
                                {"document_number", one.document_number},
                                {"document_until", one.document_until},
                                {"qualifications", render_texts(one.qualifications)},
                                {"languages", render_texts(one.languages)}});
  }
  return json::serialize(list);
}

std::string render_costs(std::vector<Cost> const& costs) {
  json::array list;
  for (auto const& one : costs) {
    list.push_back(json::object{
        {"item", one.item}, {"payer", one.payer}, {"currency", one.currency}, {"amount_cents", one.amount_cents}});
  }
  return json::serialize(list);
}

std::string render_notice(std::optional<NoticeGiven> const& notice) {
  if (!notice) return {};
  return json::serialize(json::object{
      {"at", notice->at.ms}, {"channel", notice->channel}, {"reference", notice->reference}, {"by", notice->by.value}});
}

CrossingPoint read_point(db::Row const& row) {
  CrossingPoint point;
  point.id = CrossingPointId{row.text(0)};
  point.party = PartyId{row.text(1)};
  point.name = row.text(2);
  point.kind = row.text(3);
  point.state = row.text(4);
  point.code = row.text(5);
  point.time_zone = row.text(6);
  auto const hours = json::parse(row.text(7));
  for (auto const& one : hours.as_array())
    point.hours.push_back({whole_at(one, "weekday"), whole_at(one, "from"), whole_at(one, "to")});
  point.source = row.text(8);
  point.active = row.integer(9) != 0;
  point.revision = row.integer(10);
  return point;
}

void read_people(Transport& transport, std::string const& escorts, std::string const& costs) {
  auto const people = json::parse(escorts);
  for (auto const& one : people.as_array()) {
    transport.escorts.push_back({text_at(one, "name"), text_at(one, "function"), text_at(one, "document_number"),
                                 text_at(one, "document_until"), read_texts(one, "qualifications"),
                                 read_texts(one, "languages")});
  }
  auto const money = json::parse(costs);
  for (auto const& one : money.as_array())
    transport.costs.push_back(
        {text_at(one, "item"), text_at(one, "payer"), text_at(one, "currency"), large_at(one, "amount_cents")});
}

Transport read_transport(db::Row const& row) {
  Transport transport;
  transport.id = TransportId{row.text(0)};
  transport.party = PartyId{row.text(1)};
  transport.partner = PartyId{row.text(2)};
  transport.name = row.text(3);
  transport.kind = row.text(4);
  auto const legs = json::parse(row.text(6));
  for (auto const& one : legs.as_array()) {
    transport.legs.push_back({CrossingPointId{text_at(one, "from")}, CrossingPointId{text_at(one, "to")},
                              Instant{large_at(one, "departs_at")}, Instant{large_at(one, "arrives_at")},
                              text_at(one, "carrier"), text_at(one, "number")});
  }
  transport.seats = static_cast<int>(row.integer(7));
  transport.medical_seats = static_cast<int>(row.integer(8));
  transport.document_margin_days = static_cast<int>(row.integer(9));
  transport.reception = row.text(10);
  if (auto const places = row.find_integer(11)) transport.reception_places = static_cast<int>(*places);
  read_people(transport, row.text(12), row.text(13));
  if (auto const text = row.text(14); !text.empty()) {
    auto const notice = json::parse(text);
    transport.notice = NoticeGiven{Instant{large_at(notice, "at")}, text_at(notice, "channel"), text_at(notice, "reference"),
                                   UserId{text_at(notice, "by")}};
  }
  transport.state = row.text(15);
  transport.reason = row.text(16);
  transport.made_by = UserId{row.text(17)};
  transport.changed_at = Instant{row.integer(18)};
  transport.revision = row.integer(19);
  return transport;
}

}  // namespace

std::vector<CrossingPoint> list_crossing_points(db::Database& database, PartyId const& party) {
  std::vector<CrossingPoint> all;
  for (auto const& row : database.read(select_points, {party.value})) all.push_back(read_point(row));
  return all;
}

void save_crossing_point(db::Command& command, CrossingPoint const& one) {
  db::Values values{one.id.value,   one.party.value,         one.name,   one.kind,                         one.state, one.code,
                    one.time_zone, render_hours(one.hours), one.source, std::int64_t{one.active ? 1 : 0}};
  if (one.revision == 0) {
    command.add(insert_point, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_point, std::move(values));
  }
}

std::optional<Transport> find_transport(db::Database& database, PartyId const& party, TransportId const& id) {
  auto const row = database.find(select_transport, {id.value, party.value});
  return row ? std::optional(read_transport(*row)) : std::nullopt;
}

std::vector<Transport> list_transports(db::Database& database, PartyId const& party) {
  std::vector<Transport> all;
  for (auto const& row : database.read(select_transports, {party.value})) all.push_back(read_transport(row));
  return all;
}

std::vector<Transport> list_arriving(db::Database& database, PartyId const& party, std::string const& reception, Date day) {
  auto const first = start_of_day(day.plus_days(-static_cast<int>(longest_journey_days) - 1), "UTC");
  auto const end = start_of_day(day.plus_days(2), "UTC");
  std::vector<Transport> all;
  for (auto const& row : database.read(select_arriving, {party.value, first.ms, end.ms, reception}))
    all.push_back(read_transport(row));
  return all;
}

void save_transport(db::Command& command, Transport const& one) {
  db::Value const places = one.reception_places ? db::Value(std::int64_t{*one.reception_places}) : db::Value();
  db::Values values{one.id.value,
                    one.party.value,
                    one.partner.value,
                    one.name,
                    one.kind,
                    one.departs_at().ms,
                    render_legs(one.legs),
                    std::int64_t{one.seats},
                    std::int64_t{one.medical_seats},
                    std::int64_t{one.document_margin_days},
                    one.reception,
                    places,
                    render_escorts(one.escorts),
                    render_costs(one.costs),
                    render_notice(one.notice),
                    one.state,
                    one.reason,
                    one.made_by.value,
                    one.changed_at.ms};
  if (one.revision == 0) {
    command.add(insert_transport, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_transport, std::move(values));
  }
}

void expect_seats(db::Command& command, Transport const& one) {
  command.add_expecting(touch_transport, {one.id.value, one.party.value, one.revision});
}

std::vector<Passenger> list_passengers(db::Database& database, PartyId const& party, TransportId const& id) {
  std::vector<Passenger> all;
  for (auto const& row : database.read(select_passengers, {party.value, id.value}))
    all.push_back({CaseId{row.text(0)}, UserId{row.text(1)}, Instant{row.integer(2)}});
  return all;
}

std::optional<TransportId> find_seat(db::Database& database, PartyId const& party, CaseId const& id) {
  auto const row = database.find(select_seat, {party.value, id.value});
  return row ? std::optional(TransportId{row->text(0)}) : std::nullopt;
}

void insert_passenger(db::Command& command, PartyId const& party, TransportId const& transport, Passenger const& one) {
  command.add(insert_seat, {party.value, one.case_id.value, transport.value, one.added_by.value, one.added_at.ms});
}

void erase_passenger(db::Command& command, PartyId const& party, CaseId const& id) {
  command.add(delete_seat, {party.value, id.value});
}

std::optional<Fitness> find_fitness(db::Database& database, PartyId const& party, CaseId const& id) {
  auto const row = database.find(select_fitness, {party.value, id.value});
  if (!row) return std::nullopt;
  return Fitness{id,
                 row->text(0),
                 Instant{row->integer(1)},
                 static_cast<int>(row->integer(2)),
                 row->text(3),
                 row->integer(4) != 0,
                 UserId{row->text(5)},
                 Instant{row->integer(6)}};
}

void insert_fitness(db::Command& command, PartyId const& party, Fitness const& one) {
  command.add(insert_certificate,
              {make_uuid(one.recorded_at), party.value, one.case_id.value, one.certificate, one.examined_at.ms,
               std::int64_t{one.valid_hours}, one.outcome, std::int64_t{one.needs_medical_seat ? 1 : 0}, one.by.value,
               one.recorded_at.ms});
}

std::vector<CaseId> list_waiting(db::Database& database, PartyId const& party, PartyId const& partner, std::int64_t limit) {
  std::vector<CaseId> all;
  for (auto const& row : database.read(select_waiting, {party.value, partner.value, limit})) all.push_back(CaseId{row.text(0)});
  return all;
}

std::vector<CaseId> list_travelling(db::Database& database, PartyId const& party, std::string const& agreement, Instant since) {
  std::vector<CaseId> all;
  for (auto const& row : database.read(select_travelling, {party.value, agreement, since.ms}))
    all.push_back(CaseId{row.text(0)});
  return all;
}

}  // namespace rcms::transfers
