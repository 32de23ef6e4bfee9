// Digests, random tokens and their text forms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rcms {

using Bytes = std::vector<std::uint8_t>;

/// SHA-256, 32 raw bytes.
Bytes sha256(std::string_view content);
Bytes sha256(std::span<std::uint8_t const> content);
/// HMAC-SHA-256, 32 raw bytes.
Bytes hmac_sha256(std::span<std::uint8_t const> key, std::string_view content);

/// `count` bytes from the system's generator.
Bytes random_bytes(std::size_t count);

std::string to_hex(std::span<std::uint8_t const> bytes);
/// Lower-case hexadecimal only; empty result when it is not.
std::optional<Bytes> from_hex(std::string_view text);
/// URL-safe base64 without padding.
std::string to_base64url(std::span<std::uint8_t const> bytes);
std::optional<Bytes> from_base64url(std::string_view text);

/// Equality in constant time.
bool same_secret(std::span<std::uint8_t const> left, std::span<std::uint8_t const> right);

inline std::span<std::uint8_t const> as_bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}
inline std::string_view as_text(std::span<std::uint8_t const> bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

}  // namespace rcms
