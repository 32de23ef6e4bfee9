// SHA-256 of bytes that arrive piece by piece.
#pragma once

#include <sodium.h>

#include <string_view>

#include "foundation/base/hash.hpp"

namespace rcms::ledger {

class RunningDigest {
 public:
  RunningDigest() { crypto_hash_sha256_init(&state_); }
  void add(std::string_view bytes) { crypto_hash_sha256_update(&state_, as_bytes(bytes).data(), bytes.size()); }
  /// Of everything added so far.
  Bytes digest() const {
    auto copy = state_;
    Bytes digest(crypto_hash_sha256_BYTES);
    crypto_hash_sha256_final(&copy, digest.data());
    return digest;
  }

 private:
  crypto_hash_sha256_state state_;
};

}  // namespace rcms::ledger
