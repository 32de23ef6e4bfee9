// What one State has read of a rule whose source was not certain. Plain data.
#pragma once

#include <optional>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/ids.hpp"

namespace rcms::agreement_desk {

struct StoredConfirmation {
  std::string id;
  PartyId party;
  std::string agreement;
  std::string rule;
  std::string fingerprint;  ///< of the rule as it was confirmed
  std::string source;
  std::string place;        ///< page or address, or empty
  std::string state;        ///< proposed, confirmed, revoked
  UserId proposed_by;
  Instant proposed_at;
  UserId countersigned_by;
  std::optional<Instant> countersigned_at;
  UserId revoked_by;
  std::optional<Instant> revoked_at;
  std::string reason;       ///< of the revocation
  std::int64_t revision = 1;
};

/// A version as it was accepted.
struct StoredVersion {
  std::string agreement;
  int number = 1;
  std::string law_hash;
  std::optional<Date> valid_from;
  std::string content;      ///< the file
  Instant accepted_at;
  UserId accepted_by;       ///< empty: read at the start of the node
  PartyId party;            ///< of that administrator
};

}  // namespace rcms::agreement_desk
