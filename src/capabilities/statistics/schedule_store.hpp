// The SQL of schedules and their sendings. Everything is of one State.
#pragma once

#include <optional>

#include "capabilities/statistics/schedule.hpp"
#include "foundation/db/database.hpp"

namespace rcms::statistics {

std::vector<Schedule> list_schedules(db::Database& database, PartyId const& party);
std::optional<Schedule> find_schedule(db::Database& database, PartyId const& party, ScheduleId const& id);
/// The newest 100, newest first.
std::vector<Delivery> list_deliveries(db::Database& database, PartyId const& party);
std::optional<Delivery> find_delivery(db::Database& database, ScheduleId const& schedule, std::string const& period,
                                      std::string const& receiver);

void insert_schedule(db::Command& command, Schedule const& schedule);
void erase_schedule(db::Command& command, Schedule const& schedule);
/// One row for each schedule, month and receiver: already_exists when somebody else has begun.
void insert_delivery(db::Command& command, Delivery const& delivery);
/// Replaces the one with `attempts_before`, else the command is superseded.
void save_delivery(db::Command& command, Delivery const& delivery, int attempts_before);

}  // namespace rcms::statistics
