#include "foundation/access/session_cache.hpp"

namespace rcms::access {

SessionCache::Shard& SessionCache::shard_of(std::string const& token_hash) {
  return shards_[static_cast<unsigned char>(token_hash.front()) % shard_count];
}

SessionCache::Found SessionCache::find(std::string const& token_hash, std::int64_t monotonic_ms) {
  auto& shard = shard_of(token_hash);
  std::lock_guard lock(shard.mutex);
  auto const kept = shard.sessions.find(token_hash);
  if (kept == shard.sessions.end() || monotonic_ms - kept->second.kept_at_ms >= stale_ms) return {std::nullopt, shard.mark};
  return {kept->second.session, shard.mark};
}

void SessionCache::store(std::string const& token_hash, LiveSession session, std::int64_t monotonic_ms, std::uint64_t mark) {
  auto& shard = shard_of(token_hash);
  std::lock_guard lock(shard.mutex);
  if (shard.mark != mark) return;
  if (shard.sessions.size() >= shard_limit_) {
    std::erase_if(shard.sessions, [&](auto const& item) { return monotonic_ms - item.second.kept_at_ms >= stale_ms; });
    if (shard.sessions.size() >= shard_limit_) shard.sessions.erase(shard.sessions.begin());
  }
  shard.sessions[token_hash] = Kept{std::move(session), monotonic_ms};
}

void SessionCache::seen(std::string const& token_hash, Instant at) {
  auto& shard = shard_of(token_hash);
  std::lock_guard lock(shard.mutex);
  auto const kept = shard.sessions.find(token_hash);
  if (kept != shard.sessions.end()) kept->second.session.last_seen_at = at;
}

void SessionCache::saved(std::string const& token_hash, Instant at) {
  auto& shard = shard_of(token_hash);
  std::lock_guard lock(shard.mutex);
  auto const kept = shard.sessions.find(token_hash);
  if (kept != shard.sessions.end()) kept->second.session.last_seen_saved_at = at;
}

template <class Test>
void SessionCache::forget_if(Test test) {
  for (auto& shard : shards_) {
    std::lock_guard lock(shard.mutex);
    ++shard.mark;
    std::erase_if(shard.sessions, test);
  }
}

void SessionCache::forget(std::string const& token_hash) {
  auto& shard = shard_of(token_hash);
  std::lock_guard lock(shard.mutex);
  ++shard.mark;
  shard.sessions.erase(token_hash);
}

void SessionCache::forget_user(UserId const& user) {
  forget_if([&](auto const& item) { return item.second.session.viewer->user == user; });
}

void SessionCache::forget_session(std::string const& session) {
  forget_if([&](auto const& item) { return item.second.session.viewer->session == session; });
}

}  // namespace rcms::access
