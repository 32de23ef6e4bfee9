#include "foundation/base/hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <memory>
#include <stdexcept>

namespace rcms {

namespace {

/// The algorithm, looked up once: each look-up by name costs more than a short digest.
EVP_MD const* sha256_algorithm() {
  static EVP_MD const* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

struct ContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

// OPTIMIZATION: OpenSSL uses the processor's instructions for SHA-256, libsodium does not; five to six times fewer
// instructions for the 4 KB of a case, whose ETag is a digest.
Bytes sha256(std::span<std::uint8_t const> content) {
  thread_local std::unique_ptr<EVP_MD_CTX, ContextDeleter> const context(EVP_MD_CTX_new());
  Bytes digest(32);
  unsigned length = 32;
  if (EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), content.data(), content.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), &length) != 1)
    throw std::runtime_error("SHA-256 is not available from OpenSSL");
  return digest;
}

Bytes sha256(std::string_view content) { return sha256(as_bytes(content)); }

Bytes hmac_sha256(std::span<std::uint8_t const> key, std::string_view content) {
  Bytes digest(32);
  unsigned length = 32;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(content).data(), content.size(), digest.data(), &length);
  return digest;
}

Bytes random_bytes(std::size_t count) {
  Bytes bytes(count);
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string to_base64url(std::span<std::uint8_t const> bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();
  return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  if (text.empty()) return Bytes();
  Bytes bytes(text.size());
  std::size_t length = 0;
  char const* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

bool same_secret(std::span<std::uint8_t const> left, std::span<std::uint8_t const> right) {
  return left.size() == right.size() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace rcms
