#include "capabilities/interviews/mission_store.hpp"

#include <boost/json.hpp>

#include "foundation/base/json_read.hpp"

namespace rcms::interviews {

namespace json = boost::json;

namespace {

#define MISSION_COLUMNS                                                                                                    \
  "id, party, partner, name, places, from_day, to_day, length_minutes, pause_minutes, daily_limit, experts, interpreters," \
  " state, reason, made_by, changed_at, revision"
#define NOTICE_COLUMNS "party, id, partner, name, from_day, to_day, places, state, changed_at, revision"

db::Sql const select_mission{"missions.find", "SELECT " MISSION_COLUMNS " FROM interview_missions WHERE id = $1 AND party = $2"};
db::Sql const select_missions{
    "missions.list", "SELECT " MISSION_COLUMNS " FROM interview_missions WHERE party = $1 ORDER BY from_day DESC, id LIMIT 200"};
db::Sql const insert_mission{"missions.insert",
                             "INSERT INTO interview_missions (" MISSION_COLUMNS
                             ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)"};
db::Sql const update_mission{
    "missions.save",
    "UPDATE interview_missions SET partner = $3, name = $4, places = $5, from_day = $6, to_day = $7, length_minutes = $8,"
    " pause_minutes = $9, daily_limit = $10, experts = $11, interpreters = $12, state = $13, reason = $14, made_by = $15,"
    " changed_at = $16, revision = revision + 1 WHERE id = $1 AND party = $2 AND revision = $17"};

db::Sql const select_notice{"missions.notice",
                            "SELECT " NOTICE_COLUMNS " FROM interview_mission_notices WHERE party = $1 AND id = $2"};
db::Sql const select_notices{"missions.notices",
                             "SELECT " NOTICE_COLUMNS
                             " FROM interview_mission_notices WHERE party = $1 ORDER BY from_day DESC, id LIMIT 200"};
db::Sql const insert_notice{"missions.insert_notice", "INSERT INTO interview_mission_notices (" NOTICE_COLUMNS
                                                      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"};
db::Sql const update_notice{
    "missions.save_notice",
    "UPDATE interview_mission_notices SET partner = $3, name = $4, from_day = $5, to_day = $6, places = $7, state = $8,"
    " changed_at = $9, revision = revision + 1 WHERE party = $1 AND id = $2 AND revision = $10"};

#undef MISSION_COLUMNS
#undef NOTICE_COLUMNS

std::string render_ids(std::vector<PlaceId> const& ids) {
  json::array list;
  for (auto const& id : ids) list.push_back(json::string(id.value));
  return json::serialize(list);
}

std::string render_members(std::vector<MissionMember> const& members) {
  json::array list;
  for (auto const& one : members) {
    json::array languages;
    for (auto const& language : one.languages) languages.push_back(json::string(language));
    list.push_back(
        json::object{{"user", one.user.value}, {"name", one.name}, {"sex", one.sex}, {"languages", std::move(languages)}});
  }
  return json::serialize(list);
}

std::vector<MissionMember> read_members(std::string const& text) {
  std::vector<MissionMember> members;
  auto const list = json::parse(text);
  for (auto const& item : list.as_array()) {
    MissionMember one{UserId{text_at(item, "user")}, text_at(item, "name"), text_at(item, "sex"), {}};
    for (auto const& language : list_at(item, "languages")) one.languages.emplace_back(language.as_string());
    members.push_back(std::move(one));
  }
  return members;
}

Mission read_mission(db::Row const& row) {
  Mission mission;
  mission.id = MissionId{row.text(0)};
  mission.party = PartyId{row.text(1)};
  mission.partner = PartyId{row.text(2)};
  mission.name = row.text(3);
  auto const places = json::parse(row.text(4));
  for (auto const& id : places.as_array()) mission.places.push_back(PlaceId{std::string(id.as_string())});
  mission.from = Date::parse(row.text(5)).value();
  mission.to = Date::parse(row.text(6)).value();
  mission.length_minutes = static_cast<int>(row.integer(7));
  mission.pause_minutes = static_cast<int>(row.integer(8));
  mission.daily_limit = static_cast<int>(row.integer(9));
  mission.experts = read_members(row.text(10));
  mission.interpreters = read_members(row.text(11));
  mission.state = row.text(12);
  mission.reason = row.text(13);
  mission.made_by = UserId{row.text(14)};
  mission.changed_at = Instant{row.integer(15)};
  mission.revision = row.integer(16);
  return mission;
}

MissionNotice read_notice(db::Row const& row) {
  MissionNotice notice;
  notice.party = PartyId{row.text(0)};
  notice.id = MissionId{row.text(1)};
  notice.partner = PartyId{row.text(2)};
  notice.name = row.text(3);
  notice.from = Date::parse(row.text(4)).value();
  notice.to = Date::parse(row.text(5)).value();
  auto const places = json::parse(row.text(6));
  for (auto const& one : places.as_array())
    notice.places.push_back({text_at(one, "name"), text_at(one, "address"), text_at(one, "mode")});
  notice.state = row.text(7);
  notice.changed_at = Instant{row.integer(8)};
  notice.revision = row.integer(9);
  return notice;
}

}  // namespace

std::optional<Mission> find_mission(db::Database& database, PartyId const& party, MissionId const& id) {
  auto const row = database.find(select_mission, {id.value, party.value});
  return row ? std::optional(read_mission(*row)) : std::nullopt;
}

std::vector<Mission> list_missions(db::Database& database, PartyId const& party) {
  std::vector<Mission> all;
  for (auto const& row : database.read(select_missions, {party.value})) all.push_back(read_mission(row));
  return all;
}

void save_mission(db::Command& command, Mission const& one) {
  db::Values values{one.id.value,
                    one.party.value,
                    one.partner.value,
                    one.name,
                    render_ids(one.places),
                    one.from.text(),
                    one.to.text(),
                    std::int64_t{one.length_minutes},
                    std::int64_t{one.pause_minutes},
                    std::int64_t{one.daily_limit},
                    render_members(one.experts),
                    render_members(one.interpreters),
                    one.state,
                    one.reason,
                    one.made_by.value,
                    one.changed_at.ms};
  if (one.revision == 0) {
    command.add(insert_mission, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_mission, std::move(values));
  }
}

std::optional<MissionNotice> find_mission_notice(db::Database& database, PartyId const& party, MissionId const& id) {
  auto const row = database.find(select_notice, {party.value, id.value});
  return row ? std::optional(read_notice(*row)) : std::nullopt;
}

std::vector<MissionNotice> list_mission_notices(db::Database& database, PartyId const& party) {
  std::vector<MissionNotice> all;
  for (auto const& row : database.read(select_notices, {party.value})) all.push_back(read_notice(row));
  return all;
}

void save_mission_notice(db::Command& command, MissionNotice const& one) {
  json::array places;
  for (auto const& place : one.places)
    places.push_back(json::object{{"name", place.name}, {"address", place.address}, {"mode", place.mode}});
  db::Values values{one.party.value,         one.id.value, one.partner.value, one.name, one.from.text(), one.to.text(),
                    json::serialize(places), one.state,    one.changed_at.ms};
  if (one.revision == 0) {
    command.add(insert_notice, std::move(values));
  } else {
    values.emplace_back(one.revision);
    command.add_expecting(update_notice, std::move(values));
  }
}

}  // namespace rcms::interviews
