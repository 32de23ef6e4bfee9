// SQL of missions: those of the requested State, and what the visited State was told of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/interviews/mission.hpp"
#include "foundation/db/database.hpp"

namespace rcms::interviews {

std::optional<Mission> find_mission(db::Database& database, PartyId const& party, MissionId const& id);
/// The latest first; at most 200.
std::vector<Mission> list_missions(db::Database& database, PartyId const& party);
/// Adds the mission, or replaces the revision that it names.
void save_mission(db::Command& command, Mission const& mission);

/// A place as the visited State was told of it.
struct ToldPlace {
  std::string name;
  std::string address;
  std::string mode;
};

/// The visited State's own row.
struct MissionNotice {
  MissionId id;
  PartyId party;
  PartyId partner;  ///< the State that sends the experts
  std::string name;
  Date from;
  Date to;
  std::vector<ToldPlace> places;
  std::string state = "announced";  ///< announced, cancelled
  Instant changed_at;
  std::int64_t revision = 0;  ///< 0 until it is saved
};

std::optional<MissionNotice> find_mission_notice(db::Database& database, PartyId const& party, MissionId const& id);
std::vector<MissionNotice> list_mission_notices(db::Database& database, PartyId const& party);
void save_mission_notice(db::Command& command, MissionNotice const& notice);

}  // namespace rcms::interviews
