// What a verifier has to hold: authorities, signers and void documents of the States of this node, signed, for import from a
// file. The seal carries no certificates, so a verifier without a bundle trusts nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "capabilities/travel_documents/seal_keys.hpp"
#include "engines/seal/verdict.hpp"

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

/// A bundle from a file. Its authorities are believed as they stand there when `pinned` is empty (the first import, by hand);
/// afterwards give the authorities of the store before: a part whose authority is not among them is refused.
/// Refuses: malformed, does_not_verify (a signature that is not the authority's; a strange authority).
Result<seal::TrustStore> read_trust_bundle(std::string_view text, std::vector<seal::Certificate> const& pinned = {});

}  // namespace rcms::travel_documents
