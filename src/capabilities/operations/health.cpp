#include "capabilities/operations/health.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rcms::operations {

namespace {

constexpr std::int64_t second_ms = 1'000;
constexpr std::int64_t minute_ms = 60 * second_ms;
constexpr std::int64_t hour_ms = 60 * minute_ms;
constexpr std::int64_t slow_database_ms = second_ms;
constexpr std::uint64_t gigabyte = 1'000'000'000;
constexpr std::uint64_t least_free_bytes = 1'000'000;

std::string one_decimal(std::uint64_t bytes) { return fmt::format("{:.1f}", static_cast<double>(bytes) / gigabyte); }

std::int64_t age_ms(Instant since, Instant now) { return std::max<std::int64_t>(0, now.ms - since.ms); }

std::string whole_minutes(std::int64_t ms) { return std::to_string(ms / minute_ms); }

State state_by_age(std::int64_t age, std::int64_t degraded_ms, std::int64_t down_ms) {
  if (age > down_ms) return State::down;
  return age > degraded_ms ? State::degraded : State::ok;
}

PartHealth judge_database(Figures const& figures) {
  if (!figures.database_ms) return {"database", State::down, "operations.database_down", {}};
  if (*figures.database_ms > slow_database_ms)
    return {"database", State::degraded, "operations.database_slow", {{"ms", std::to_string(*figures.database_ms)}}};
  return {"database", State::ok, "operations.database_ok", {}};
}

PartHealth judge_disk(Figures const& figures) {
  if (!figures.disk_writes || !figures.space || figures.space->free_bytes < least_free_bytes)
    return {"disk", State::down, "operations.disk_down", {}};
  auto const& space = *figures.space;
  if (space.free_bytes < figures.reserve_bytes) {
    return {
        "disk",
        State::down,
        "operations.disk_reserved",
        {{"free", std::to_string(space.free_bytes / 1'000'000)}, {"kept", std::to_string(figures.reserve_bytes / 1'000'000)}}};
  }
  bool const is_short = space.free_bytes < 2 * gigabyte || space.free_bytes < space.all_bytes / 10;
  return {"disk", is_short ? State::degraded : State::ok, is_short ? "operations.disk_short" : "operations.disk_ok",
          {{"free", one_decimal(space.free_bytes)}, {"all", one_decimal(space.all_bytes)}}};
}

/// A queue by the age of its oldest thing.
PartHealth judge_queue(std::string part, std::optional<Waiting> const& waiting, Instant now, std::int64_t degraded_ms,
                       std::int64_t down_ms) {
  if (!waiting) return {std::move(part), State::down, "operations.not_known", {}};
  if (waiting->count == 0 || !waiting->oldest) return {part, State::ok, "operations." + part + "_ok", {}};
  auto const age = age_ms(*waiting->oldest, now);
  return {part, state_by_age(age, degraded_ms, down_ms), "operations." + part + "_waiting",
          {{"count", std::to_string(waiting->count)}, {"minutes", whole_minutes(age)}}};
}

PartHealth judge_ledger(Figures const& figures) {
  if (!figures.ledger_is_known) return {"ledger", State::down, "operations.not_known", {}};
  if (!figures.oldest_unsealed) return {"ledger", State::ok, "operations.ledger_ok", {}};
  auto const age = age_ms(*figures.oldest_unsealed, figures.now);
  auto const state = state_by_age(age, 10 * second_ms, 2 * minute_ms);
  if (state == State::ok) return {"ledger", state, "operations.ledger_ok", {}};
  return {"ledger", state, "operations.ledger_waiting", {{"seconds", std::to_string(age / second_ms)}}};
}

PartHealth judge_backup(Figures const& figures) {
  if (!figures.last_backup) return {"backup", State::degraded, "operations.backup_never", {}};
  auto const age = age_ms(*figures.last_backup, figures.now);
  bool const is_old = age > 26 * hour_ms;
  return {"backup", is_old ? State::degraded : State::ok, "operations.backup_made", {{"hours", std::to_string(age / hour_ms)}}};
}

PartHealth judge_law(Figures const& figures) {
  if (figures.refused_agreements > 0)
    return {"law", State::degraded, "operations.law_refused", {{"count", std::to_string(figures.refused_agreements)}}};
  return {"law", State::ok, "operations.law_waiting", {{"count", std::to_string(figures.waiting_agreements)}}};
}

}  // namespace

std::string_view name_of(State state) {
  switch (state) {
    case State::ok: return "ok";
    case State::degraded: return "degraded";
    case State::down: return "down";
  }
  return "down";
}

std::vector<PartHealth> judge(Figures const& figures) {
  std::vector<PartHealth> parts{judge_database(figures), judge_disk(figures),
                                judge_queue("exchange", figures.outbox, figures.now, 5 * minute_ms, hour_ms),
                                judge_ledger(figures)};
  parts.push_back(judge_queue("mail", figures.mail, figures.now, 15 * minute_ms, 24 * hour_ms));
  parts.push_back(judge_backup(figures));
  if (figures.refused_agreements + figures.waiting_agreements > 0) parts.push_back(judge_law(figures));
  return parts;
}

State worst_of(std::vector<PartHealth> const& parts) {
  State worst = State::ok;
  for (auto const& part : parts) worst = std::max(worst, part.state);
  return worst;
}

}  // namespace rcms::operations
