#include "foundation/access/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "foundation/base/hash.hpp"
#include "foundation/base/text.hpp"

namespace rcms::access {

namespace {

constexpr std::size_t shortest = 12;
constexpr std::size_t longest = 200;

// Words from which most guessed passwords of twelve and more characters are made. Digits and punctuation are removed
// before comparing, so "Password-2031!" is the first of them.
constexpr std::array<std::string_view, 22> common{
    "password",   "passwort", "contrasena",  "contrasea",  "qwertyuiop",   "qwertyqwerty", "qwertyasdfgh", "administrator",
    "iloveyou",   "letmein",  "welcome",     "bienvenido", "changeme",     "changemenow",  "cambiame",     "passwordpassword",
    "adminadmin", "testtest", "readmission", "readmision", "abcdefghijkl", "asdfghjkl"};

std::string letters_of(std::string_view text) {
  std::string letters;
  for (char const c : lower_ascii(text)) {
    if (c < '!' || c > '@') letters += c;
  }
  std::erase_if(letters, [](char c) { return std::string_view("[]^_`{|}~\\").find(c) != std::string_view::npos; });
  return letters;
}

std::string encode(std::string const& password, HashCost const& cost) {
  std::string hash(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.operations, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("not enough memory to hash a password");
  }
  hash.resize(hash.find('\0'));
  return hash;
}

}  // namespace

/// Holds one of the slots, waiting for it in turn.
class PasswordHasher::Slot {
 public:
  explicit Slot(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.free_ == 0 && hasher_.waiting_ >= hasher_.queue_limit_) return;
    ++hasher_.waiting_;
    hasher_.freed_.wait(lock, [this] { return hasher_.free_ > 0; });
    --hasher_.waiting_;
    --hasher_.free_;
    held_ = true;
  }
  ~Slot() {
    if (!held_) return;
    std::lock_guard lock(hasher_.mutex_);
    ++hasher_.free_;
    hasher_.freed_.notify_one();
  }
  Slot(Slot const&) = delete;
  bool held() const { return held_; }

 private:
  PasswordHasher& hasher_;
  bool held_ = false;
};

PasswordHasher::PasswordHasher(HashCost cost, int slots, int queue_limit)
    : cost_(cost), nobody_(encode("nobody has this password", cost)), free_(slots), queue_limit_(queue_limit) {}

Result<std::string> PasswordHasher::hash(std::string const& password) {
  Slot const slot(*this);
  if (!slot.held()) return refuse(Why::too_many_requests, {}, "too many people sign in at this moment; try again");
  return encode(password, cost_);
}

Result<bool> PasswordHasher::verify(std::string const& hash, std::string const& password) {
  Slot const slot(*this);
  if (!slot.held()) return refuse(Why::too_many_requests, {}, "too many people sign in at this moment; try again");
  auto const& compared = hash.empty() ? nobody_ : hash;
  bool const fits = crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
  return fits && !hash.empty();
}

Result<void> check_password(std::string_view password, std::string_view login) {
  if (!is_utf8(password)) return refuse(Why::field_invalid, "password", "the password is not text");
  auto const length = length_of(password);
  if (length < shortest) return refuse(Why::field_invalid, "password", "the password has fewer than 12 characters");
  if (length > longest) return refuse(Why::field_too_long, "password", "the password has more than 200 characters");
  auto const lower = lower_ascii(password);
  if (login.size() >= 4 && lower.find(lower_ascii(login)) != std::string::npos) {
    return refuse(Why::field_invalid, "password", "the password holds the login");
  }
  auto const letters = letters_of(password);
  bool const is_common = std::find(common.begin(), common.end(), letters) != common.end();
  bool const is_monotonous = std::all_of(lower.begin(), lower.end(), [&](char c) { return c == lower.front(); });
  if (is_common || letters.empty() || is_monotonous) {
    return refuse(Why::field_invalid, "password", "the password is one of those that are guessed first");
  }
  return {};
}

std::string make_one_time_password() {
  // Without letters and digits that look or sound alike.
  static constexpr std::string_view signs = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += signs[randombytes_uniform(static_cast<std::uint32_t>(signs.size()))];
  }
  return password;
}

}  // namespace rcms::access
