// Whom a verifier trusts beside the States of its own node: the bundles of other States, imported by hand, one file for each
// State in the node's folder of keys. A later bundle of a State must be signed by the same authority and may not be older.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engines/seal/verdict.hpp"

namespace rcms::travel_documents {

/// What one State told of itself.
struct TrustedState {
  std::string state;
  std::string fingerprint;  ///< SHA-256 of the authority's certificate, 64 hexadecimal digits
  Date authority_until;
  Date issued_on;
  Date next_update;
  std::size_t signers = 0;
  std::size_t revoked = 0;
  bool is_new = false;  ///< this import trusts the State for the first time
};

/// Hexadecimal, lower case; as States tell each other on paper.
std::string fingerprint_of(seal::Certificate const& certificate);

class TrustedStates {
 public:
  /// `folder` need not exist.
  explicit TrustedStates(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Takes all States of a bundle, or none. `fingerprints` are those of authorities that are trusted from now on; a State that is
  /// trusted already needs none. Throws std::runtime_error when the folder cannot be written.
  /// Refuses: malformed, too_large, does_not_verify (a signature; an authority that is neither trusted nor named; an older bundle
  /// than the one that is held).
  Result<std::vector<TrustedState>> import(std::string_view bundle, std::vector<std::string> const& fingerprints);

  /// All of them, by State. A file that was changed by hand is left out: `list` then says fewer.
  std::vector<TrustedState> list() const;

  /// Adds what is held to `trust`, except for States that `trust` knows already.
  void add_to(seal::TrustStore& trust) const;

  /// The parts as they were imported, for the bundle that this node gives on.
  std::vector<std::string> parts() const;

 private:
  std::filesystem::path file_of(std::string const& state) const;

  std::filesystem::path folder_;
};

}  // namespace rcms::travel_documents
