// Notices that the clock of the machine was set.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "foundation/base/date.hpp"

namespace rcms::operations {

/// For one thread.
class ClockWatch {
 public:
  /// By how many milliseconds the clock was set since the last look (below 0: back); empty when by less than a minute, and at
  /// the first look. `monotonic_ms` is time that has really passed.
  std::optional<std::int64_t> look(Instant now, std::int64_t monotonic_ms);
  /// Whether terms may be ended: not in the quarter of an hour after the clock was set forward by an hour or more. Who set it
  /// wrongly can set it back before anything follows; nothing is lost by waiting.
  bool may_end_terms(std::int64_t monotonic_ms) const { return monotonic_ms >= hold_until_ms_; }

 private:
  std::optional<Instant> last_;
  std::int64_t last_monotonic_ms_ = 0;
  std::int64_t hold_until_ms_ = 0;
};

/// What the log says of it.
std::string render_clock_set(std::int64_t set_ms);

}  // namespace rcms::operations
