// What proves that something crossed: the envelopes of a case as they were sealed, and the signed receipts. For packages that a
// court verifies.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capabilities/exchange/envelope.hpp"
#include "foundation/db/database.hpp"

namespace rcms::exchange {

struct Proof {
  std::string direction;  ///< out, in
  std::string kind;
  std::int64_t number = 0;
  std::string state;      ///< queued, delivered, refused, applied
  Instant created_at;
  SealedEnvelope sealed;
  std::optional<Receipt> receipt;  ///< none until it was delivered
};

/// Of the case in the space of `party`, in the order in which they were made.
std::vector<Proof> list_proofs(db::Database& database, PartyId const& party, CaseId const& case_id);

}  // namespace rcms::exchange
