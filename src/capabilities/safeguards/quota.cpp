#include "capabilities/safeguards/quota.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "capabilities/case_files/deciding.hpp"
#include "capabilities/case_files/store.hpp"
#include "capabilities/safeguards/rules.hpp"

namespace rcms::safeguarding {

namespace {

constexpr std::int64_t longest_month_ms = 31LL * 24 * 3'600'000;

db::Sql const list_travelling{
    "safeguards.travelling",
    "SELECT case_id FROM case_files WHERE party = $1 AND side = 'requesting' AND agreement = $2 AND case_id <> $3"
    " AND (state IN ('transfer_planned', 'ready_to_depart') OR (changed_at >= $4"
    " AND state IN ('departed', 'error_claimed', 'error_rejected', 'taking_back', 'returned', 'closed')))"};

db::Sql const begin_turns{"safeguards.begin_quota_turns",
                          "INSERT INTO quota_turns (party, agreement, turn) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING"};
db::Sql const find_turn{"safeguards.quota_turn", "SELECT turn FROM quota_turns WHERE party = $1 AND agreement = $2"};
db::Sql const next_turn{"safeguards.next_quota_turn",
                        "UPDATE quota_turns SET turn = $4 WHERE party = $1 AND agreement = $2 AND turn = $3"};

constexpr std::string_view limits[] = {"max_returnees_per_month", "max_returnees_per_charter_month", "max_returnees_per_flight"};

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

void Quota::take_turn(db::Command& command, case_files::CaseFile const& file) {
  auto const row = context_.database.find(find_turn, {file.party.value, file.agreement});
  auto const turn = row ? row->integer(0) : 0;
  command.add(begin_turns, {file.party.value, file.agreement});
  command.add_expecting(next_turn, {file.party.value, file.agreement, turn, turn + 1});
}

Result<void> Quota::take_room(db::Command& command, case_files::CaseFile const& file, PlannedTravel const& wanted,
                              Beside beside) {
  auto const& own = context_.directory.get_party(file.party);
  auto const* agreement = context_.norms.find_agreement(file.agreement, file.submitted_on, own.code);
  auto const on = Date::parse(file.submitted_on);
  if (agreement == nullptr || !on) return {};
  bool const is_limited = std::any_of(std::begin(limits), std::end(limits), [&](auto key) {
    return agreements::find_rule(*agreement, key, *on) != nullptr;
  });
  if (!is_limited) return {};
  auto const known = [&](std::string_view id) {
    return std::any_of(taken_.begin(), taken_.end(), [&](auto const& one) { return one.case_id == id; });
  };
  bool const first = std::none_of(taken_.begin(), taken_.end(), [&](auto const& one) { return one.agreement == file.agreement; });
  if (first) take_turn(command, file);
  std::vector<PlannedTravel> others;
  for (auto const& one : taken_) {
    if (one.agreement == file.agreement) others.push_back(one.travel);
  }
  // Who departed in the month of the plan has changed since no more than a month before it.
  auto const since = std::min(wanted.departs_at, context_.clock.now()).plus_ms(-longest_month_ms);
  for (auto const& row :
       context_.database.read(list_travelling, {file.party.value, file.agreement, file.id.value, since.ms})) {
    if (known(row.text(0))) continue;
    auto const other = case_files::find_case_file(context_.database, file.party, CaseId{row.text(0)});
    auto const plan = other ? find_plan(*other) : std::nullopt;
    bool const has_departed = other && case_files::find_event(*other, "departure").has_value();
    bool const counts = has_departed || (beside == Beside::planned && other && other->is_open);
    if (plan && counts) others.push_back({plan->departs_at, plan->charter});
  }
  auto room = check_room(*agreement, others, wanted, own.time_zone, *on);
  if (room) taken_.push_back({file.agreement, file.id.value, wanted});
  return room;
}

}  // namespace rcms::safeguarding
