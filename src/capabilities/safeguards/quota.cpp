#include "capabilities/safeguards/quota.hpp"

#include <algorithm>
#include <utility>

#include "capabilities/case_files/store.hpp"
#include "capabilities/safeguards/rules.hpp"

namespace rcms::safeguarding {

namespace {

constexpr std::int64_t longest_month_ms = 31LL * 24 * 3'600'000;

db::Sql const list_travelling{
    "safeguards.travelling",
    "SELECT case_id FROM case_files WHERE party = $1 AND side = 'requesting' AND agreement = $2 AND case_id <> $3"
    " AND state IN ('transfer_planned', 'ready_to_depart', 'departed') AND (state <> 'departed' OR changed_at >= $4) LIMIT 5000"};

std::pair<int, int> month_of(Instant at, std::string_view zone) {
  auto const day = date_in_zone(at, zone);
  return {day.year(), day.month()};
}

template <class Counts>
int count_those(std::vector<PlannedTravel> const& others, Counts counts) {
  return static_cast<int>(std::count_if(others.begin(), others.end(), counts));
}

}  // namespace

Result<void> check_room(agreements::Agreement const& agreement, std::vector<PlannedTravel> const& others,
                        PlannedTravel const& wanted, std::string_view zone, Date version_on) {
  auto const same_month = [&](PlannedTravel const& one) {
    return month_of(one.departs_at, zone) == month_of(wanted.departs_at, zone);
  };
  auto const room = [&](std::string_view key, int travelling) {
    auto checked = agreements::check_quota(agreement, key, travelling, 1, version_on);
    if (!checked) checked.error().field = "departs_at";
    return checked;
  };
  if (auto month = room("max_returnees_per_month", count_those(others, same_month)); !month) return month;
  if (!wanted.charter) return {};
  auto const by_charter = [&](PlannedTravel const& one) { return one.charter && same_month(one); };
  if (auto month = room("max_returnees_per_charter_month", count_those(others, by_charter)); !month) return month;
  auto const same_flight = [&](PlannedTravel const& one) { return one.charter && one.departs_at == wanted.departs_at; };
  return room("max_returnees_per_flight", count_those(others, same_flight));
}

Result<void> check_quota(case_files::Context const& context, case_files::CaseFile const& file, PlannedTravel const& wanted) {
  auto const& own = context.directory.get_party(file.party);
  auto const* agreement = context.norms.find_agreement(file.agreement, file.submitted_on, own.code);
  auto const on = Date::parse(file.submitted_on);
  if (agreement == nullptr || !on) return {};
  std::vector<PlannedTravel> others;
  // Who departed in the month of the plan has changed since no more than a month before it.
  auto const since = std::min(wanted.departs_at, context.clock.now()).plus_ms(-longest_month_ms);
  for (auto const& row :
       context.database.read(list_travelling, {file.party.value, file.agreement, file.id.value, since.ms})) {
    auto const other = case_files::find_case_file(context.database, file.party, CaseId{row.text(0)});
    auto const plan = other ? find_plan(*other) : std::nullopt;
    if (plan) others.push_back({plan->departs_at, plan->charter});
  }
  return check_room(*agreement, others, wanted, own.time_zone, *on);
}

}  // namespace rcms::safeguarding
