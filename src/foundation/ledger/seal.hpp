// A seal: the signed root of a batch of entries, chained to the seal before. What is read of sealed entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/db/database.hpp"

namespace rcms::ledger {

struct Seal {
  std::int64_t seal = 0;   ///< 1 for the first
  std::int64_t first = 1;  ///< numbers of the entries it seals
  std::int64_t last = 0;
  Bytes root;
  Bytes previous = Bytes(32);  ///< hash of the seal before
  Instant at;
  Bytes signer;  ///< public key of the node
  Bytes hash = Bytes(32);
  Bytes signature;  ///< of `hash`
};

/// SHA-256 of every field but `hash` and `signature`, after the words "rcms ledger seal 1".
Bytes hash_of(Seal const& seal);

/// The newest seal; all zero when nothing was sealed.
Seal load_last_seal(db::Database& database);

/// What live updates, notices and webhooks need of a sealed entry.
struct Sealed {
  std::int64_t number = 0;
  std::string subject;
  std::string party;
  std::string action;
  std::int64_t revision = 0;
  std::int64_t position = 0;  ///< in the chain of its subject
  std::string actor;
  Instant at;
};

/// The newest global number; 0 when nothing was sealed.
std::int64_t last_sealed_number(db::Database& database);
/// Up to `limit` entries with numbers above `number`, in order.
std::vector<Sealed> read_sealed_after(db::Database& database, std::int64_t number, int limit);

/// The channel on which everybody hears that entries have got their numbers.
inline constexpr std::string_view sealed_channel = "sealed";

}  // namespace rcms::ledger
