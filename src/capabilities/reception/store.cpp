#include "capabilities/reception/store.hpp"

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::reception {

namespace json = boost::json;

namespace {

#define CENTRE_COLUMNS \
  "id, party, organisation, name, address, time_zone, hours, beds, state, diverted_to, reason, changed_at, revision"
#define RECORD_COLUMNS                                                                                                       \
  "r.id, r.party, r.centre, r.transport, r.case_id, r.family, r.surname, r.given_names, r.sex, r.birth_date, r.nationality," \
  " r.language, r.document_number, r.needs, r.desk, r.arrived_at, r.identity, r.has_bed, r.state, r.left_at, r.left_to,"     \
  " r.details, r.checked_in_by, r.changed_at, r.revision"

db::Sql const select_centres{"reception.centres",
                             "SELECT " CENTRE_COLUMNS " FROM reception_centres WHERE party = $1 ORDER BY name, id LIMIT 500"};
db::Sql const select_centre{"reception.centre",
                            "SELECT " CENTRE_COLUMNS " FROM reception_centres WHERE id = $1 AND party = $2"};
db::Sql const insert_centre{"reception.insert_centre",
                            "INSERT INTO reception_centres (" CENTRE_COLUMNS
                            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)"};
db::Sql const update_centre{"reception.save_centre",
                            "UPDATE reception_centres SET organisation = $3, name = $4, address = $5, time_zone = $6, hours = $7,"
                            " beds = $8, state = $9, diverted_to = $10, reason = $11, changed_at = $12, revision = revision + 1"
                            " WHERE id = $1 AND party = $2 AND revision = $13"};

db::Sql const select_record{"reception.record",
                            "SELECT " RECORD_COLUMNS " FROM reception_records r WHERE r.id = $1 AND r.party = $2"};
db::Sql const select_records{"reception.records",
                             "SELECT " RECORD_COLUMNS
                             " FROM reception_records r WHERE r.party = $1 AND r.centre = $2 AND r.arrived_at >= $3"
                             " AND r.arrived_at < $4 ORDER BY r.arrived_at DESC, r.id DESC LIMIT 500"};
db::Sql const select_received{"reception.received",
                              "SELECT " RECORD_COLUMNS
                              " FROM reception_records r WHERE r.party = $1 AND r.transport = $2 ORDER BY r.arrived_at, r.id"};
db::Sql const select_family{"reception.family",
                            "SELECT " RECORD_COLUMNS
                            " FROM reception_records r WHERE r.party = $1 AND r.family = $2 ORDER BY r.birth_date, r.id"};
db::Sql const select_by_key{"reception.by_key",
                            "SELECT " RECORD_COLUMNS
                            " FROM reception_arrivals a JOIN reception_records r ON r.id = a.record"
                            " WHERE a.party = $1 AND a.arrival_key = $2"};
db::Sql const insert_record{
    "reception.insert_record",
    "INSERT INTO reception_records (id, party, centre, transport, case_id, family, surname, given_names, sex, birth_date,"
    " nationality, language, document_number, needs, desk, arrived_at, identity, has_bed, state, left_at, left_to, details,"
    " checked_in_by, changed_at, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
    " $18, $19, $20, $21, $22, $23, $24, 1)"};
db::Sql const update_record{
    "reception.save_record",
    "UPDATE reception_records SET surname = $3, given_names = $4, sex = $5, birth_date = $6, nationality = $7, language = $8,"
    " needs = $9, has_bed = $10, state = $11, left_at = $12, left_to = $13, details = $14, changed_at = $15,"
    " revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $16"};
db::Sql const insert_key{"reception.insert_key",
                         "INSERT INTO reception_arrivals (party, arrival_key, record) VALUES ($1, $2, $3)"};

db::Sql const select_present{"reception.present",
                             "SELECT centre, count(*), sum(has_bed) FROM reception_records WHERE party = $1 AND state = 'present'"
                             " GROUP BY centre"};
db::Sql const select_counts{"reception.received_counts",
                            "SELECT transport, count(*) FROM reception_records WHERE party = $1 AND arrived_at >= $2"
                            " AND transport <> '' GROUP BY transport"};

#undef CENTRE_COLUMNS
#undef RECORD_COLUMNS

std::string render_hours(std::vector<transfers::OpenHours> const& hours) {
  json::array list;
  for (auto const& one : hours)
    list.push_back(json::object{{"weekday", one.weekday}, {"from", one.from_minute}, {"to", one.to_minute}});
  return json::serialize(list);
}

Centre read_centre(db::Row const& row) {
  Centre centre;
  centre.id = CentreId{row.text(0)};
  centre.party = PartyId{row.text(1)};
  centre.organisation = OrganisationId{row.text(2)};
  centre.name = row.text(3);
  centre.address = row.text(4);
  centre.time_zone = row.text(5);
  auto const hours = json::parse(row.text(6));
  for (auto const& one : hours.as_array())
    centre.hours.push_back({static_cast<int>(whole_at(one, "weekday")), static_cast<int>(whole_at(one, "from")),
                            static_cast<int>(whole_at(one, "to"))});
  centre.beds = static_cast<int>(row.integer(7));
  centre.state = row.text(8);
  centre.diverted_to = CentreId{row.text(9)};
  centre.reason = row.text(10);
  centre.changed_at = Instant{row.integer(11)};
  centre.revision = row.integer(12);
  return centre;
}

std::string render_needs(std::vector<std::string> const& needs) {
  json::array list;
  for (auto const& one : needs) list.push_back(json::string(one));
  return json::serialize(list);
}

Record read_record(db::Row const& row) {
  Record one;
  one.id = RecordId{row.text(0)};
  one.party = PartyId{row.text(1)};
  one.centre = CentreId{row.text(2)};
  one.transport = transfers::TransportId{row.text(3)};
  one.case_id = CaseId{row.text(4)};
  one.family = row.text(5);
  one.person = {row.text(6), row.text(7), row.text(8), row.text(9), row.text(10), row.text(11), row.text(12)};
  auto const needs = json::parse(row.text(13));
  for (auto const& need : needs.as_array()) one.needs.emplace_back(need.as_string());
  one.desk = row.text(14);
  one.arrived_at = Instant{row.integer(15)};
  one.identity = row.text(16);
  one.has_bed = row.integer(17) != 0;
  one.state = row.text(18);
  if (auto const left = row.find_integer(19)) one.left_at = Instant{*left};
  one.left_to = row.text(20);
  one.details = json::parse(row.text(21)).as_object();
  one.checked_in_by = UserId{row.text(22)};
  one.changed_at = Instant{row.integer(23)};
  one.revision = row.integer(24);
  return one;
}

std::vector<Record> read_records(db::Rows const& rows) {
  std::vector<Record> all;
  for (auto const& row : rows) all.push_back(read_record(row));
  return all;
}

db::Value left_value(Record const& one) { return one.left_at ? db::Value(one.left_at->ms) : db::Value(); }

}  // namespace

std::vector<Centre> list_centres(db::Database& database, PartyId const& party) {
  std::vector<Centre> all;
  for (auto const& row : database.read(select_centres, {party.value})) all.push_back(read_centre(row));
  return all;
}

std::optional<Centre> find_centre(db::Database& database, PartyId const& party, CentreId const& id) {
  auto const row = database.find(select_centre, {id.value, party.value});
  return row ? std::optional(read_centre(*row)) : std::nullopt;
}

void save_centre(db::Command& command, Centre const& one) {
  db::Values values{one.id.value,    one.party.value,
                    one.organisation.value,
                    one.name,        one.address,
                    one.time_zone,   render_hours(one.hours),
                    std::int64_t{one.beds}, one.state,
                    one.diverted_to.value, one.reason,
                    one.changed_at.ms};
  if (one.revision == 0) {
    command.add(insert_centre, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_centre, std::move(values));
  }
}

std::optional<Record> find_record(db::Database& database, PartyId const& party, RecordId const& id) {
  auto const row = database.find(select_record, {id.value, party.value});
  return row ? std::optional(read_record(*row)) : std::nullopt;
}

std::vector<Record> list_records(db::Database& database, PartyId const& party, CentreId const& centre, Instant from, Instant to) {
  return read_records(database.read(select_records, {party.value, centre.value, from.ms, to.ms}));
}

std::vector<Record> list_received(db::Database& database, PartyId const& party, transfers::TransportId const& transport) {
  return read_records(database.read(select_received, {party.value, transport.value}));
}

std::vector<Record> list_family(db::Database& database, PartyId const& party, std::string const& family) {
  return read_records(database.read(select_family, {party.value, family}));
}

std::optional<Record> find_by_key(db::Database& database, PartyId const& party, std::string const& key) {
  auto const row = database.find(select_by_key, {party.value, key});
  return row ? std::optional(read_record(*row)) : std::nullopt;
}

void save_record(db::Command& command, Record const& one, std::vector<std::string> const& keys) {
  auto const& person = one.person;
  if (one.revision > 0) {
    command.add_expecting(update_record, {one.id.value, one.party.value, person.surname, person.given_names, person.sex,
                                          person.birth_date, person.nationality, person.language, render_needs(one.needs),
                                          std::int64_t{one.has_bed ? 1 : 0}, one.state, left_value(one), one.left_to,
                                          json::serialize(one.details), one.changed_at.ms, one.revision});
    return;
  }
  command.add(insert_record,
              {one.id.value, one.party.value, one.centre.value, one.transport.value, one.case_id.value, one.family,
               person.surname, person.given_names, person.sex, person.birth_date, person.nationality, person.language,
               person.document_number, render_needs(one.needs), one.desk, one.arrived_at.ms, one.identity,
               std::int64_t{one.has_bed ? 1 : 0}, one.state, left_value(one), one.left_to, json::serialize(one.details),
               one.checked_in_by.value, one.changed_at.ms});
  for (auto const& key : keys) command.add(insert_key, {one.party.value, key, one.id.value});
}

std::map<std::string, Occupied> count_present(db::Database& database, PartyId const& party) {
  std::map<std::string, Occupied> all;
  for (auto const& row : database.read(select_present, {party.value}))
    all[row.text(0)] = {static_cast<int>(row.integer(1)), static_cast<int>(row.integer(2))};
  return all;
}

std::map<std::string, int> count_received(db::Database& database, PartyId const& party, Instant from) {
  std::map<std::string, int> all;
  for (auto const& row : database.read(select_counts, {party.value, from.ms}))
    all[row.text(0)] = static_cast<int>(row.integer(1));
  return all;
}

}  // namespace rcms::reception
