// The keys with which the States of this node seal their documents, and the certificates that say so: one authority for each
// State and a signer that is renewed every year. They lie in files beside the other keys of the node, or in a token; never in the
// database.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "capabilities/travel_documents/token.hpp"
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
  std::vector<SealSigner> copy_signers;  ///< of copies for other authorities; they seal nothing
};

/// What a State has settled for its keys: `settings.json` beside them, so that whoever writes the database cannot change it.
struct KeySettings {
  std::string token;  ///< address of the token in which keys are made from now on; empty: in files
  int persons = 1;    ///< how many officers open the key before anybody issues: 2, or 1 when it stands open
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
  /// Throws also when the authority would end before a signer of today.
  SealSigner signer(std::string const& state, Date today);
  /// The same for whole files: copies of documents that travel between authorities.
  SealSigner copy_signer(std::string const& state, Date today);
  /// What the State has made so far; nothing is made here.
  std::vector<StateSeals> all(std::vector<std::string> const& states);

  /// Read anew each time. Throws std::runtime_error when the file is there and says something else.
  KeySettings settings(std::string const& state) const;
  /// Refuses: field_invalid (as Token::at; neither one person nor two; keys that exist stay where they are).
  Result<void> set(std::string const& state, KeySettings const& settings);

 private:
  struct Made {
    seal::SigningKey key;
    std::string text;  ///< of the file, before the certificate
  };
  std::filesystem::path home_of(std::string const& state) const;
  std::shared_ptr<Token> token_of(std::string const& state);
  Made make_key(std::string const& state, std::string const& name, seal::Curve curve);
  seal::SigningKey read_key(std::string const& state, std::filesystem::path const& file, seal::Certificate const& certificate);
  StateSeals& load(std::string const& state);
  void make_authority(std::string const& state, Date today);
  void make_signer(StateSeals const& seals, seal::SignerUsage usage, Date today);
  SealSigner signer_for(std::string const& state, seal::SignerUsage usage, Date today);
  void load_signers(std::string const& state, char const* prefix, std::vector<SealSigner>& signers);

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, StateSeals> states_;
  std::map<std::string, std::shared_ptr<Token>> tokens_;
};

}  // namespace rcms::travel_documents
