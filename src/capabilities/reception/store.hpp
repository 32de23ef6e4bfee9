// SQL of reception: centres, records, and what keeps a person from being received twice.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "capabilities/reception/record.hpp"
#include "foundation/db/database.hpp"

namespace rcms::reception {

/// By name.
std::vector<Centre> list_centres(db::Database& database, PartyId const& party);
std::optional<Centre> find_centre(db::Database& database, PartyId const& party, CentreId const& id);
void save_centre(db::Command& command, Centre const& one);

std::optional<Record> find_record(db::Database& database, PartyId const& party, RecordId const& id);
/// Of a centre from `from` until before `to`, the latest first; at most 500.
std::vector<Record> list_records(db::Database& database, PartyId const& party, CentreId const& centre, Instant from, Instant to);
/// Those who came with a transport, by the hour.
std::vector<Record> list_received(db::Database& database, PartyId const& party, transfers::TransportId const& transport);
std::vector<Record> list_family(db::Database& database, PartyId const& party, std::string const& family);
/// The record that holds the key, whichever centre made it.
std::optional<Record> find_by_key(db::Database& database, PartyId const& party, std::string const& key);
/// New when its revision is 0: then with its keys.
void save_record(db::Command& command, Record const& one, std::vector<std::string> const& keys = {});

struct Occupied {
  int persons = 0;  ///< present
  int beds = 0;     ///< of them with a bed
};
std::map<std::string, Occupied> count_present(db::Database& database, PartyId const& party);
/// How many were received of each transport since `from`.
std::map<std::string, int> count_received(db::Database& database, PartyId const& party, Instant from);

}  // namespace rcms::reception
