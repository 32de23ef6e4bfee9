// Encryption of small secrets that must stand in the database.
#pragma once

#include <optional>
#include <string_view>

#include "foundation/base/hash.hpp"

namespace rcms::access {

/// XChaCha20-Poly1305 under the key of the node (32 bytes). `context` binds a secret to its owner: it opens nowhere else.
class SecretBox {
 public:
  /// Throws std::runtime_error when the key has another length.
  explicit SecretBox(Bytes key);
  /// Nonce and ciphertext.
  Bytes close(Bytes const& secret, std::string_view context) const;
  /// Empty when it was changed, has another context or another key.
  std::optional<Bytes> open(Bytes const& closed, std::string_view context) const;

 private:
  Bytes key_;
};

}  // namespace rcms::access
