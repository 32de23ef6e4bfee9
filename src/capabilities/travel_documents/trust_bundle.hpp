// What a verifier has to hold: authorities, signers and void documents of the States of this node, signed, for import from a
// file. The seal carries no certificates, so a verifier without a bundle trusts nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/seal_keys.hpp"
#include "capabilities/travel_documents/trust_reading.hpp"

namespace rcms::travel_documents {

/// A document that is over before its last day: its State has revoked it, or its single journey was made.
struct RevokedDocument {
  std::string state;
  std::string number;
  bool is_used = false;
};

constexpr int bundle_days = 30;  ///< after that a verifier should fetch a new one

/// Trust in the States of `seals`, as of `today`. Pure; certificates are looked at once.
seal::TrustStore make_trust_store(std::vector<StateSeals> const& seals, std::vector<RevokedDocument> const& revoked, Date today);

/// The bundle as a JSON text: for each State a part with its own content and the signature of its authority over it. `others` are
/// parts of other States as they were imported.
std::string render_trust_bundle(std::vector<StateSeals> const& seals, std::vector<RevokedDocument> const& revoked, Date today,
                                std::vector<std::string> const& others = {});

}  // namespace rcms::travel_documents
