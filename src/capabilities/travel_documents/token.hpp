// Keys that never leave a token: a hardware module or SoftHSM, spoken to by PKCS#11. p11-kit is behind token.cpp alone.
#pragma once

#include <memory>
#include <string>

#include "engines/seal/crypto.hpp"

namespace rcms::travel_documents {

/// One token. It is opened at the first signature, and again when it was taken out or its session ended: verifying needs no
/// token. From any thread.
class Token {
 public:
  /// "pkcs11:token=LABEL?module-path=FILE&pin-source=FILE"; the PIN is the first line of the file. Opens nothing yet.
  /// Refuses: field_invalid (no such address, or it names no module, token or PIN).
  /// Source: RFC 7512.
  static Result<std::shared_ptr<Token>> at(std::string const& address);
  ~Token();

  /// A new pair of keys under `label`; the private one can be neither read nor copied out. Throws std::runtime_error when the
  /// token cannot be reached, does not know the curve, or has a key of this label.
  seal::SigningKey make_key(std::string const& label, seal::Curve curve);
  /// The key of `label` whose public half is in `certificate`. Throws as SigningKey::of_token refuses; when it signs,
  /// std::runtime_error when the token cannot be reached or has no such key.
  seal::SigningKey key_of(std::string const& label, seal::Certificate const& certificate);

  struct Content;

 private:
  explicit Token(std::shared_ptr<Content> content);
  std::shared_ptr<Content> content_;
};

}  // namespace rcms::travel_documents
