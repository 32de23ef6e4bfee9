#include "foundation/ledger/node_key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>

namespace rcms::ledger {

namespace {

void write_new(std::filesystem::path const& file, std::string const& text) {
  int const descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0 && errno == EEXIST) return;  // another process was faster; its key is read
  if (descriptor < 0) throw std::runtime_error("cannot make the key file " + file.string());
  bool const complete =
      write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(descriptor) == 0;
  close(descriptor);
  if (!complete) {
    std::filesystem::remove(file);
    throw std::runtime_error("cannot write the key file " + file.string());
  }
}

}  // namespace

NodeKey NodeKey::load_or_make(std::filesystem::path const& file) {
  if (!std::filesystem::exists(file)) write_new(file, to_hex(random_bytes(crypto_sign_SEEDBYTES)) + "\n");
  std::ifstream input(file);
  std::string text;
  input >> text;
  auto const seed = from_hex(text);
  if (!seed || seed->size() != crypto_sign_SEEDBYTES) {
    throw std::runtime_error("the key file " + file.string() + " does not hold 64 hexadecimal digits");
  }
  return from_seed(*seed);
}

NodeKey NodeKey::from_seed(Bytes const& seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) throw std::runtime_error("the seed of a node key has 32 bytes");
  NodeKey key;
  key.public_key_.resize(crypto_sign_PUBLICKEYBYTES);
  key.secret_key_.resize(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(key.public_key_.data(), key.secret_key_.data(), seed.data());
  return key;
}

Bytes NodeKey::sign(Bytes const& message) const {
  Bytes signature(crypto_sign_BYTES);
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_key_.data());
  return signature;
}

bool is_signed_by(Bytes const& public_key, Bytes const& message, Bytes const& signature) {
  return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

}  // namespace rcms::ledger
