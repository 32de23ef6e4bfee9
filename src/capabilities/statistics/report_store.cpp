#include "capabilities/statistics/report_store.hpp"

#include <fmt/format.h>

namespace rcms::statistics {

namespace {

constexpr db::Sql facts_of_month{
    "statistics.facts_of_month",
    "SELECT kind, partner, agreement, outcome, sex, age_group, in_time, sum(count) FROM facts"
    " WHERE party = $1 AND month = $2 AND side = $3 AND ($4 = '' OR partner = $4)"
    " GROUP BY kind, partner, agreement, outcome, sex, age_group, in_time"};
constexpr db::Sql times_of_month{
    "statistics.times_of_month",
    "SELECT kind, outcome, hours, sum(count) FROM facts"
    " WHERE party = $1 AND month = $2 AND side = $3 AND ($4 = '' OR partner = $4) AND hours IS NOT NULL"
    " GROUP BY kind, outcome, hours"};
constexpr db::Sql trend_of_months{
    "statistics.trend_of_months",
    "SELECT month, kind, outcome, in_time, sum(count) FROM facts"
    " WHERE party = $1 AND month BETWEEN $2 AND $3 AND side = $4 AND ($5 = '' OR partner = $5)"
    " GROUP BY month, kind, outcome, in_time"};
constexpr db::Sql first_month{"statistics.first_month", "SELECT min(month) FROM facts WHERE party = $1"};
constexpr db::Sql last_balance{
    "statistics.last_balance",
    "SELECT month, open, entries FROM fact_balances WHERE party = $1 AND side = $2 AND partner = $3 AND month <= $4"
    " ORDER BY month DESC LIMIT 1"};
/// What the months after a balance add to it.
constexpr db::Sql since_balance{
    "statistics.since_balance",
    "SELECT coalesce(sum(CASE WHEN kind IN ('application_received', 'application_sent') THEN count"
    " WHEN kind = 'application_ended' THEN -count ELSE 0 END), 0), count(*) FROM facts"
    " WHERE party = $1 AND month > $2 AND month <= $3 AND side = $4 AND ($5 = '' OR partner = $5)"};
constexpr db::Sql newest_closed{"statistics.newest_closed", "SELECT max(month) FROM fact_balances WHERE party = $1"};
constexpr db::Sql balances_of_month{"statistics.balances_of_month",
                                    "SELECT side, partner, open, entries FROM fact_balances WHERE party = $1 AND month = $2"};
constexpr db::Sql changes_of_month{
    "statistics.changes_of_month",
    "SELECT side, partner, sum(CASE WHEN kind IN ('application_received', 'application_sent') THEN count"
    " WHEN kind = 'application_ended' THEN -count ELSE 0 END), count(*) FROM facts WHERE party = $1 AND month = $2"
    " GROUP BY side, partner"};
constexpr db::Sql insert_balance{
    "statistics.insert_balance",
    "INSERT INTO fact_balances (party, month, side, partner, open, entries) VALUES ($1, $2, $3, $4, $5, $6)"};

struct Balance {
  std::int64_t open = 0;
  std::int64_t entries = 0;
};

std::optional<bool> truth(db::Row const& row, std::size_t column) {
  auto const value = row.find_integer(column);
  return value ? std::optional(*value != 0) : std::nullopt;
}

}  // namespace

MonthInput load_month(db::Database& database, Scope const& scope, int trend_months, Instant now, Date today) {
  MonthInput input;
  input.party = scope.party;
  input.month = scope.month;
  input.side = scope.side;
  input.partner = scope.partner;
  input.extracted_at = now;
  input.today = today;
  auto const& party = scope.party.value;
  if (auto const row = database.find(first_month, {party})) input.first_month = row->find_text(0).value_or("");
  for (auto const& row : database.read(facts_of_month, {party, scope.month, scope.side, scope.partner})) {
    input.facts.push_back({scope.month, row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                           truth(row, 6), row.integer(7)});
  }
  for (auto const& row : database.read(times_of_month, {party, scope.month, scope.side, scope.partner})) {
    input.times.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3)});
  }
  auto const from = month_plus(scope.month, 1 - trend_months);
  for (auto const& row : database.read(trend_of_months, {party, from, scope.month, scope.side, scope.partner})) {
    input.trend.push_back({row.text(0), row.text(1), {}, {}, row.text(2), {}, {}, truth(row, 3), row.integer(4)});
  }
  std::string since;
  if (auto const balance = database.find(last_balance, {party, scope.side, scope.partner, scope.month})) {
    since = balance->text(0);
    input.open_at_end = balance->integer(1);
    input.revision = balance->integer(2);
  }
  if (auto const more = database.find(since_balance, {party, since, scope.month, scope.side, scope.partner})) {
    input.open_at_end += more->integer(0);
    input.revision += more->integer(1);
  }
  return input;
}

int close_months(db::Database& database, PartyId const& party, Date today) {
  auto const first = database.find(first_month, {party.value});
  if (!first || first->is_null(0)) return 0;
  // Two days, so that an event at midnight has reached its month.
  auto const last = month_plus(month_of(today.plus_days(-2)), -1);
  std::string month = first->text(0);
  std::map<std::pair<std::string, std::string>, Balance> balances;
  if (auto const closed = database.find(newest_closed, {party.value}); closed && !closed->is_null(0)) {
    month = month_plus(closed->text(0), 1);
    for (auto const& row : database.read(balances_of_month, {party.value, closed->text(0)})) {
      balances[{row.text(0), row.text(1)}] = {row.integer(2), row.integer(3)};
    }
  }
  int count = 0;
  for (; month <= last; month = month_plus(month, 1), ++count) {
    for (auto const& row : database.read(changes_of_month, {party.value, month})) {
      for (auto const& partner : {row.text(1), std::string()}) {
        auto& balance = balances[{row.text(0), partner}];
        balance.open += row.integer(2);
        balance.entries += row.integer(3);
      }
    }
    db::Command command;
    for (auto const& [key, balance] : balances) {
      command.add(insert_balance, {party.value, month, key.first, key.second, balance.open, balance.entries});
    }
    // Somebody else has closed it at the same time: theirs stands, and the next round goes on from it.
    if (database.write(command).outcome != db::Outcome::written) return count;
  }
  return count;
}

std::vector<db::Sql const*> report_statements() { return {&facts_of_month, &times_of_month, &trend_of_months, &since_balance}; }

}  // namespace rcms::statistics
