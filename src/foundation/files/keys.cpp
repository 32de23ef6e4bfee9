// Keys of the node and of cases: making, keeping, wrapping. Source: libsodium, "secretbox" and XChaCha20-Poly1305 AEAD.
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "foundation/files/descriptor.hpp"
#include "foundation/files/store.hpp"

namespace rcms::files {

namespace {

[[noreturn]] void fail(std::filesystem::path const& file, std::string_view what) {
  throw std::runtime_error(fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
}

}  // namespace

SecretKey SecretKey::make() {
  SecretKey key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

SecretKey SecretKey::from(std::span<std::uint8_t const> bytes) {
  if (bytes.size() != size) throw std::invalid_argument("a key has 32 bytes");
  SecretKey key;
  std::memcpy(key.bytes_.data(), bytes.data(), size);
  return key;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

NodeKey NodeKey::load_or_make(std::filesystem::path const& file) {
  if (sodium_init() < 0) throw std::runtime_error("the cryptographic library cannot be started");
  Descriptor const made(file, O_CREAT | O_EXCL | O_WRONLY, 0600);
  if (made.is_open()) {
    auto const key = SecretKey::make();
    if (::write(made.number(), key.bytes().data(), SecretKey::size) != static_cast<ssize_t>(SecretKey::size) ||
        ::fsync(made.number()) != 0) {
      fail(file, "the node key cannot be written");
    }
    Descriptor const folder(file.parent_path().empty() ? "." : file.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::fsync(folder.number()) != 0) fail(file, "the node key cannot be made durable");
    return NodeKey(key);
  }
  if (errno != EEXIST) fail(file, "the node key cannot be made");
  Descriptor const existing(file, O_RDONLY);
  if (!existing.is_open()) fail(file, "the node key cannot be read");
  struct stat status = {};
  if (::fstat(existing.number(), &status) != 0) fail(file, "the node key cannot be read");
  if ((status.st_mode & 077) != 0)
    throw std::runtime_error(fmt::format("{}: others may read the node key; set its mode to 0600", file.string()));
  Bytes bytes(SecretKey::size + 1);
  auto const count = ::read(existing.number(), bytes.data(), bytes.size());
  if (count != static_cast<ssize_t>(SecretKey::size)) {
    throw std::runtime_error(fmt::format("{}: the node key has {} bytes instead of {}", file.string(), count, SecretKey::size));
  }
  auto const key = SecretKey::from(std::span(bytes).first(SecretKey::size));
  sodium_memzero(bytes.data(), bytes.size());
  return NodeKey(key);
}

Bytes NodeKey::wrap(CaseKey const& key, std::string_view subject) const {
  Bytes wrapped(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + SecretKey::size + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  randombytes_buf(wrapped.data(), crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(wrapped.data() + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, &length,
                                             key.bytes().data(), SecretKey::size, as_bytes(subject).data(), subject.size(),
                                             nullptr, wrapped.data(), key_.bytes().data());
  return wrapped;
}

CaseKey NodeKey::unwrap(std::span<std::uint8_t const> wrapped, std::string_view subject) const {
  constexpr auto nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  Bytes plain(SecretKey::size);
  unsigned long long length = 0;
  bool const opened = wrapped.size() == nonce + SecretKey::size + crypto_aead_xchacha20poly1305_ietf_ABYTES &&
                      crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), &length, nullptr, wrapped.data() + nonce,
                                                                 wrapped.size() - nonce, as_bytes(subject).data(), subject.size(),
                                                                 wrapped.data(), key_.bytes().data()) == 0;
  if (!opened) throw std::runtime_error("the key of a case does not open with the key of this node");
  auto const key = CaseKey::from(plain);
  sodium_memzero(plain.data(), plain.size());
  return key;
}

}  // namespace rcms::files
