#include "capabilities/statistics/fact_store.hpp"

namespace rcms::statistics {

namespace {

db::Sql const insert_fact{"statistics.insert_fact",
                          "INSERT INTO facts (party, month, kind, happened_on, side, partner, agreement, outcome, sex, "
                          "age_group, in_time, hours, count)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"};

// Finds nothing but for corrections and imported histories: balances are made of months that are over.
db::Sql const forget_balances{"statistics.forget_balances", "DELETE FROM fact_balances WHERE party = $1 AND month >= $2"};

}  // namespace

void add_fact(db::Command& command, Fact const& fact, int count) {
  auto const month = fact.on.text().substr(0, 7);
  command.add(forget_balances, {fact.party.value, month});
  command.add(insert_fact,
              {fact.party.value, month, fact.kind, fact.on.text(), fact.side, fact.partner, fact.agreement,
               fact.outcome, fact.sex, fact.age_group,
               fact.in_time ? db::Value(std::int64_t{*fact.in_time ? 1 : 0}) : db::Value(), db::value_or_null(fact.hours),
               std::int64_t{count}});
}

}  // namespace rcms::statistics
