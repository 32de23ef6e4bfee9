#include "foundation/access/delays.hpp"

#include <algorithm>

namespace rcms::access {

std::int64_t Delays::delay_ms(int count) const {
  int const beyond = count - rule_.free_failures;
  if (beyond <= 0) return 0;
  auto const doubled = rule_.first_ms << std::min(beyond - 1, 30);
  return std::min(doubled, rule_.longest_ms);
}

std::int64_t Delays::wait_ms(std::string const& key, Instant now) const {
  std::lock_guard lock(mutex_);
  auto const found = failures_.find(key);
  if (found == failures_.end() || now.ms - found->second.last_at.ms >= rule_.forget_ms) return 0;
  return std::max<std::int64_t>(0, found->second.last_at.ms + delay_ms(found->second.count) - now.ms);
}

void Delays::failed(std::string const& key, Instant now) {
  std::lock_guard lock(mutex_);
  if (failures_.size() >= keys_limit_ && failures_.find(key) == failures_.end()) make_room(now);
  auto& failures = failures_[key];
  if (now.ms - failures.last_at.ms >= rule_.forget_ms) failures.count = 0;
  ++failures.count;
  failures.last_at = now;
}

void Delays::succeeded(std::string const& key) {
  std::lock_guard lock(mutex_);
  failures_.erase(key);
}

void Delays::make_room(Instant now) {
  std::erase_if(failures_, [&](auto const& item) { return now.ms - item.second.last_at.ms >= rule_.forget_ms; });
  // Those who wait longest stay; a flood of single failures under invented names cannot wash them out.
  for (int count = 1; failures_.size() >= keys_limit_; ++count) {
    std::erase_if(failures_, [&](auto const& item) { return item.second.count <= count; });
  }
}

}  // namespace rcms::access
