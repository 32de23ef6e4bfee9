// The only place that knows what time it is. Everything else is given a Clock, an Instant or a Date.
#pragma once

#include <atomic>

#include "foundation/base/date.hpp"

namespace rcms {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// A clock that stands still until it is set: stories, tests and the making of demo histories.
class SetClock final : public Clock {
 public:
  explicit SetClock(Instant start) : now_ms_(start.ms) {}
  Instant now() const override { return Instant{now_ms_.load()}; }
  void set(Instant to) { now_ms_.store(to.ms); }

 private:
  std::atomic<std::int64_t> now_ms_;
};

/// Monotonic milliseconds, for time limits and durations only; its zero means nothing.
std::int64_t monotonic_ms();

}  // namespace rcms
