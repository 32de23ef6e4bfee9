#include "capabilities/statistics/schedule_store.hpp"

#include "foundation/base/text.hpp"

namespace rcms::statistics {

namespace {

constexpr db::Sql schedules_of_party{
    "statistics.schedules",
    "SELECT id, party, report, language, format, receivers, day_of_month, created_by, created_at FROM report_schedules"
    " WHERE party = $1 ORDER BY id"};
constexpr db::Sql schedule_by_id{
    "statistics.schedule",
    "SELECT id, party, report, language, format, receivers, day_of_month, created_by, created_at FROM report_schedules"
    " WHERE id = $1 AND party = $2"};
constexpr db::Sql insert_row{
    "statistics.insert_schedule",
    "INSERT INTO report_schedules (id, party, report, language, format, receivers, day_of_month, created_by, created_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr db::Sql delete_row{"statistics.delete_schedule", "DELETE FROM report_schedules WHERE id = $1 AND party = $2"};
constexpr db::Sql deliveries_of_party{
    "statistics.deliveries",
    "SELECT schedule, period, receiver, party, status, attempts, next_at, changed_at, report_revision, sha256, detail"
    " FROM report_deliveries WHERE party = $1 ORDER BY changed_at DESC, schedule, receiver LIMIT 100"};
constexpr db::Sql delivery_of_period{
    "statistics.delivery",
    "SELECT schedule, period, receiver, party, status, attempts, next_at, changed_at, report_revision, sha256, detail"
    " FROM report_deliveries WHERE schedule = $1 AND period = $2 AND receiver = $3"};
constexpr db::Sql insert_delivery_row{
    "statistics.insert_delivery",
    "INSERT INTO report_deliveries (schedule, period, receiver, party, status, attempts, next_at, changed_at, report_revision,"
    " sha256, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr db::Sql update_delivery{
    "statistics.update_delivery",
    "UPDATE report_deliveries SET status = $4, attempts = $5, next_at = $6, changed_at = $7, report_revision = $8,"
    " sha256 = $9, detail = $10 WHERE schedule = $1 AND period = $2 AND receiver = $3 AND attempts = $11"};

/// Addresses hold no line feeds.
constexpr char separator = '\n';

Schedule schedule_of(db::Row const& row) {
  Schedule schedule;
  schedule.id = ScheduleId{row.text(0)};
  schedule.party = PartyId{row.text(1)};
  schedule.report = row.text(2);
  schedule.language = row.text(3);
  schedule.format = row.text(4);
  schedule.receivers = split(row.text(5), separator);
  schedule.day_of_month = static_cast<int>(row.integer(6));
  schedule.created_by = UserId{row.text(7)};
  schedule.created_at = Instant{row.integer(8)};
  return schedule;
}

Delivery delivery_of(db::Row const& row) {
  Delivery delivery;
  delivery.schedule = ScheduleId{row.text(0)};
  delivery.period = row.text(1);
  delivery.receiver = row.text(2);
  delivery.party = PartyId{row.text(3)};
  delivery.status = row.text(4);
  delivery.attempts = static_cast<int>(row.integer(5));
  delivery.next_at = Instant{row.integer(6)};
  delivery.changed_at = Instant{row.integer(7)};
  delivery.report_revision = row.integer(8);
  delivery.sha256 = row.text(9);
  delivery.detail = row.text(10);
  return delivery;
}

}  // namespace

std::vector<Schedule> list_schedules(db::Database& database, PartyId const& party) {
  std::vector<Schedule> all;
  for (auto const& row : database.read(schedules_of_party, {party.value})) all.push_back(schedule_of(row));
  return all;
}

std::optional<Schedule> find_schedule(db::Database& database, PartyId const& party, ScheduleId const& id) {
  auto const row = database.find(schedule_by_id, {id.value, party.value});
  return row ? std::optional(schedule_of(*row)) : std::nullopt;
}

std::vector<Delivery> list_deliveries(db::Database& database, PartyId const& party) {
  std::vector<Delivery> all;
  for (auto const& row : database.read(deliveries_of_party, {party.value})) all.push_back(delivery_of(row));
  return all;
}

std::optional<Delivery> find_delivery(db::Database& database, ScheduleId const& schedule, std::string const& period,
                                      std::string const& receiver) {
  auto const row = database.find(delivery_of_period, {schedule.value, period, receiver});
  return row ? std::optional(delivery_of(*row)) : std::nullopt;
}

void insert_schedule(db::Command& command, Schedule const& schedule) {
  command.add_expecting(insert_row, {schedule.id.value, schedule.party.value, schedule.report, schedule.language, schedule.format,
                                     join(schedule.receivers, "\n"), std::int64_t{schedule.day_of_month},
                                     schedule.created_by.value, schedule.created_at.ms});
}

void erase_schedule(db::Command& command, Schedule const& schedule) {
  command.add_expecting(delete_row, {schedule.id.value, schedule.party.value});
}

void insert_delivery(db::Command& command, Delivery const& delivery) {
  command.add_expecting(insert_delivery_row,
                        {delivery.schedule.value, delivery.period, delivery.receiver, delivery.party.value, delivery.status,
                         std::int64_t{delivery.attempts}, delivery.next_at.ms, delivery.changed_at.ms, delivery.report_revision,
                         delivery.sha256, delivery.detail});
}

void save_delivery(db::Command& command, Delivery const& delivery, int attempts_before) {
  command.add_expecting(update_delivery,
                        {delivery.schedule.value, delivery.period, delivery.receiver, delivery.status,
                         std::int64_t{delivery.attempts}, delivery.next_at.ms, delivery.changed_at.ms, delivery.report_revision,
                         delivery.sha256, delivery.detail, std::int64_t{attempts_before}});
}

}  // namespace rcms::statistics
