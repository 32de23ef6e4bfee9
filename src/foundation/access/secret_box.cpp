#include "foundation/access/secret_box.hpp"

#include <sodium.h>

#include <stdexcept>

namespace rcms::access {

namespace {
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
}  // namespace

SecretBox::SecretBox(Bytes key) : key_(std::move(key)) {
  if (key_.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) throw std::runtime_error("the key of the node has 32 bytes");
}

Bytes SecretBox::close(Bytes const& secret, std::string_view context) const {
  Bytes closed = random_bytes(nonce_size);
  closed.resize(nonce_size + secret.size() + tag_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(closed.data() + nonce_size, nullptr, secret.data(), secret.size(),
                                             as_bytes(context).data(), context.size(), nullptr, closed.data(), key_.data());
  return closed;
}

std::optional<Bytes> SecretBox::open(Bytes const& closed, std::string_view context) const {
  if (closed.size() < nonce_size + tag_size) return std::nullopt;
  Bytes secret(closed.size() - nonce_size - tag_size);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret.data(), nullptr, nullptr, closed.data() + nonce_size,
                                                 closed.size() - nonce_size, as_bytes(context).data(), context.size(),
                                                 closed.data(), key_.data()) != 0) {
    return std::nullopt;
  }
  return secret;
}

}  // namespace rcms::access
