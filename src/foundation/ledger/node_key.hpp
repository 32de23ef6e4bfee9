// The Ed25519 key with which a node signs its seals.
#pragma once

#include <filesystem>

#include "foundation/base/hash.hpp"

namespace rcms::ledger {

class NodeKey {
 public:
  /// Reads the key file (64 hexadecimal digits of the seed); makes it, readable by its owner only, when it is absent.
  /// Throws std::runtime_error that names the file when it cannot be read, made, or is not a key.
  static NodeKey load_or_make(std::filesystem::path const& file);
  /// `seed` is 32 bytes.
  static NodeKey from_seed(Bytes const& seed);

  Bytes const& public_key() const { return public_key_; }
  /// 64 bytes.
  Bytes sign(Bytes const& message) const;

 private:
  Bytes public_key_;
  Bytes secret_key_;
};

bool is_signed_by(Bytes const& public_key, Bytes const& message, Bytes const& signature);

}  // namespace rcms::ledger
