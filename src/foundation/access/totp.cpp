#include "foundation/access/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace rcms::access {

namespace {

constexpr int code_digits = 6;

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (char const c : text) {
    if (plain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += '%';
      static constexpr char digits[] = "0123456789ABCDEF";
      encoded += digits[static_cast<unsigned char>(c) >> 4];
      encoded += digits[static_cast<unsigned char>(c) & 15];
    }
  }
  return encoded;
}

}  // namespace

Bytes make_totp_secret() { return random_bytes(20); }

std::string hotp_code(Bytes const& secret, std::uint64_t counter, int digits) {
  std::uint8_t message[8];
  for (int i = 7; i >= 0; --i, counter >>= 8) message[i] = static_cast<std::uint8_t>(counter & 0xff);
  std::uint8_t mac[20];
  unsigned length = sizeof mac;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), message, sizeof message, mac, &length);

  // Dynamic truncation: the low four bits of the last byte say where to take 31 bits.
  auto const offset = static_cast<std::size_t>(mac[19] & 15);
  std::uint32_t number = static_cast<std::uint32_t>(mac[offset] & 0x7f) << 24 |
                         static_cast<std::uint32_t>(mac[offset + 1]) << 16 | static_cast<std::uint32_t>(mac[offset + 2]) << 8 |
                         mac[offset + 3];
  std::string code(static_cast<std::size_t>(digits), '0');
  for (int i = digits - 1; i >= 0; --i, number /= 10) code[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
  return code;
}

std::optional<std::int64_t> check_totp(Bytes const& secret, std::string_view code, Instant now, std::int64_t last_step) {
  auto const current = now.ms / 1000 / totp_step_seconds;
  for (auto const step : {current, current - 1, current + 1}) {
    if (step <= last_step) continue;
    auto const expected = hotp_code(secret, static_cast<std::uint64_t>(step), code_digits);
    if (same_secret(as_bytes(expected), as_bytes(code))) return step;
  }
  return std::nullopt;
}

std::string to_base32(Bytes const& bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t pending = 0;
  int bits = 0;
  for (auto const byte : bytes) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += digits[pending >> (bits - 5) & 31];
  }
  if (bits > 0) text += digits[pending << (5 - bits) & 31];
  return text;
}

std::string otpauth_uri(Bytes const& secret, std::string_view issuer, std::string_view login) {
  auto const issuer_text = percent_encoded(issuer);
  return "otpauth://totp/" + issuer_text + ":" + percent_encoded(login) + "?secret=" + to_base32(secret) +
         "&issuer=" + issuer_text + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace rcms::access
