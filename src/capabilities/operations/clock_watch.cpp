#include "capabilities/operations/clock_watch.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace rcms::operations {

namespace {

constexpr std::int64_t least_ms = 60'000;
constexpr std::int64_t hold_from_ms = 3'600'000;
constexpr std::int64_t hold_ms = 15 * 60'000;

}  // namespace

std::optional<std::int64_t> ClockWatch::look(Instant now, std::int64_t monotonic_ms) {
  auto const before = last_;
  auto const passed = monotonic_ms - last_monotonic_ms_;
  last_ = now;
  last_monotonic_ms_ = monotonic_ms;
  if (!before) return std::nullopt;
  auto const set = now.ms - before->ms - passed;
  if (std::llabs(set) < least_ms) return std::nullopt;
  if (set >= hold_from_ms) hold_until_ms_ = monotonic_ms + hold_ms;
  if (set < 0) hold_until_ms_ = 0;
  return set;
}

std::string render_clock_set(std::int64_t set_ms) {
  auto const minutes = std::llabs(set_ms) / 60'000;
  return fmt::format("the clock was set {} by {} h {} min; nothing that was written is changed{}",
                     set_ms < 0 ? "back" : "forward", minutes / 60, minutes % 60,
                     set_ms >= hold_from_ms ? "; no term is ended for 15 minutes, so that it can be set right" : "");
}

}  // namespace rcms::operations
