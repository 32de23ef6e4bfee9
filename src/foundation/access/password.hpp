// Passwords: which are accepted, and how they are kept.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "foundation/base/result.hpp"

namespace rcms::access {

/// What one Argon2id hash costs.
struct HashCost {
  unsigned long long operations = 2;
  std::size_t memory_bytes = 64u << 20;

  /// libsodium's INTERACTIVE: about 0.1 s and 64 MiB.
  static HashCost interactive() { return {}; }
  /// The least that the algorithm permits, for tests.
  static HashCost least() { return {1, 8u << 10}; }
};

/// Hashes and verifies on the calling thread, at most `slots` at a time, so that a flood of sign-ins can take neither all
/// memory nor all workers.
class PasswordHasher {
 public:
  explicit PasswordHasher(HashCost cost = HashCost::interactive(), int slots = 2, int queue_limit = 16);

  /// The encoded hash (`$argon2id$…`). Refuses: too_many_requests when the queue is full.
  Result<std::string> hash(std::string const& password);
  /// Takes as long for an empty `hash` (unknown user, no password) as for a real one, and is then false.
  /// Refuses: too_many_requests.
  Result<bool> verify(std::string const& hash, std::string const& password);

 private:
  class Slot;

  HashCost cost_;
  std::string nobody_;  ///< hash that stands for users that do not exist
  int free_;
  int queue_limit_;
  int waiting_ = 0;
  std::mutex mutex_;
  std::condition_variable freed_;
};

/// Refuses field_invalid or field_too_long on field `password`: shorter than 12 or longer than 200 characters, one of the
/// common ones, or holding the login.
Result<void> check_password(std::string_view password, std::string_view login);

/// A password for one use, 20 characters in groups that can be read over the telephone (about 98 bits).
std::string make_one_time_password();

}  // namespace rcms::access
