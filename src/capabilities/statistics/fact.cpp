#include "capabilities/statistics/fact.hpp"

namespace rcms::statistics {

namespace {

db::Sql const insert_fact{
    "statistics.insert_fact",
    "INSERT INTO facts (party, month, kind, happened_on, side, partner, agreement, outcome, sex, age_group, in_time, hours, count)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)"};

}  // namespace

std::string age_group_of(std::string_view birth, Date on) {
  auto const born = PartialDate::parse(birth);
  if (!born) return "unknown";
  Date const day = born->last();
  int age = on.year() - day.year();
  if (std::pair(on.month(), on.day()) < std::pair(day.month(), day.day())) --age;
  if (age < 0) return "unknown";
  struct Group { int up_to; char const* name; };
  static constexpr Group groups[] = {{5, "0-5"}, {11, "6-11"}, {17, "12-17"}, {29, "18-29"}, {44, "30-44"}, {59, "45-59"}};
  for (auto const& group : groups) {
    if (age <= group.up_to) return group.name;
  }
  return "60+";
}

void add_fact(db::Command& command, Fact const& fact) {
  command.add(insert_fact,
              {fact.party.value, fact.on.text().substr(0, 7), fact.kind, fact.on.text(), fact.side, fact.partner, fact.agreement,
               fact.outcome, fact.sex, fact.age_group,
               fact.in_time ? db::Value(std::int64_t{*fact.in_time ? 1 : 0}) : db::Value(), db::value_or_null(fact.hours)});
}

}  // namespace rcms::statistics
