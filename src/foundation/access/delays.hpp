// How long somebody who guesses must wait. Kept in memory: a restart forgives, and guessing costs no write.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "foundation/base/date.hpp"

namespace rcms::access {

struct DelayRule {
  int free_failures = 5;               ///< failures after which nobody waits yet
  std::int64_t first_ms = 1'000;       ///< the wait after the next one; it doubles with each
  std::int64_t longest_ms = 900'000;
  std::int64_t forget_ms = 3'600'000;  ///< without a failure for so long, everything is forgotten
};

/// Failures by key (an address, a login, or both), bounded in number. Thread-safe.
class Delays {
 public:
  explicit Delays(DelayRule rule, std::size_t keys_limit = 100'000) : rule_(rule), keys_limit_(keys_limit) {}

  /// Milliseconds until the key may try again; 0: now.
  std::int64_t wait_ms(std::string const& key, Instant now) const;
  void failed(std::string const& key, Instant now);
  void succeeded(std::string const& key);

 private:
  struct Failures {
    int count = 0;
    Instant last_at;
  };

  std::int64_t delay_ms(int count) const;
  void make_room(Instant now);

  DelayRule rule_;
  std::size_t keys_limit_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Failures> failures_;
};

}  // namespace rcms::access
