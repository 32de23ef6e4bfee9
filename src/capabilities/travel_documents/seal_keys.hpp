// The keys with which the States of this node seal their documents, and the certificates that say so: one authority for each
// State and a signer that is renewed every year. They lie in files beside the other keys of the node, never in the database.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "capabilities/travel_documents/trust_reading.hpp"

namespace rcms::travel_documents {

/// A signer of a State: its certificate and the key, which seals in the first year of it.
struct SealSigner {
  seal::Certificate certificate;
  seal::SigningKey key;

  std::string name() const { return certificate.country + certificate.common_name; }  ///< as in the seal: "UTS1"
};

/// All of one State.
struct StateSeals {
  std::string state;
  seal::SigningKey authority_key;
  seal::Certificate authority;
  std::vector<SealSigner> signers;
};

/// Whether the key of a signer may seal on `today`, and the last day on which it may: a year, though the norm allows 14 months.
/// Source: Doc 9303-8 section 6.3.1.
bool is_sealing(seal::Certificate const& signer, Date today);
Date seals_until(seal::Certificate const& signer);

/// From any thread. Several processes may share the folder: what one made, the others read.
class SealKeys {
 public:
  /// Each State has a folder of its lower-case code in `folder`.
  explicit SealKeys(std::filesystem::path folder);

  /// The signer that seals on `today`; authority and signer are made when there is none. Throws std::runtime_error when a file
  /// cannot be read or written.
  SealSigner signer(std::string const& state, Date today);
  /// What the State has made so far; nothing is made here.
  std::vector<StateSeals> all(std::vector<std::string> const& states);

 private:
  StateSeals& load(std::string const& state);
  void make_authority(std::string const& state, Date today);
  void make_signer(StateSeals const& seals, Date today);

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, StateSeals> states_;
};

}  // namespace rcms::travel_documents
