// Sessions that were looked up a moment ago, so that a request costs no query.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "foundation/access/viewer.hpp"
#include "foundation/base/date.hpp"

namespace rcms::access {

/// What is known of a live session or API token.
struct LiveSession {
  std::shared_ptr<Viewer const> viewer;
  Instant expires_at;
  Instant last_seen_at;
  Instant last_seen_saved_at;
  bool has_idle_limit = true;
};

/// Bounded and sharded by token. A session is believed for `stale_ms` after it was looked up; what this process revokes
/// is forgotten at once.
class SessionCache {
 public:
  static constexpr std::int64_t stale_ms = 2'000;

  explicit SessionCache(std::size_t sessions_limit = 65'536) : shard_limit_(sessions_limit / shard_count + 1) {}

  /// `mark` is to be given to `store`, so that a session revoked between lookup and store is not kept.
  struct Found {
    std::optional<LiveSession> session;
    std::uint64_t mark = 0;
  };
  Found find(std::string const& token_hash, std::int64_t monotonic_ms);
  void store(std::string const& token_hash, LiveSession session, std::int64_t monotonic_ms, std::uint64_t mark);
  void seen(std::string const& token_hash, Instant at);
  void saved(std::string const& token_hash, Instant at);
  void forget(std::string const& token_hash);
  void forget_user(UserId const& user);
  void forget_session(std::string const& session);

 private:
  static constexpr std::size_t shard_count = 32;

  struct Kept {
    LiveSession session;
    std::int64_t kept_at_ms = 0;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Kept> sessions;
    std::uint64_t mark = 0;  ///< grows with every forgetting
  };

  Shard& shard_of(std::string const& token_hash);
  template <class Test>
  void forget_if(Test test);

  std::array<Shard, shard_count> shards_;
  std::size_t shard_limit_;
};

}  // namespace rcms::access
