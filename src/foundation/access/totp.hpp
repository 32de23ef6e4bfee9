// One-time codes of an authenticator application.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::access {

/// Seconds for which a code stands.
inline constexpr std::int64_t totp_step_seconds = 30;

/// 20 random bytes. Source: RFC 4226 section 4, R6.
Bytes make_totp_secret();

/// Decimal code of `digits` digits for a counter. Source: RFC 4226 section 5.3.
std::string hotp_code(Bytes const& secret, std::uint64_t counter, int digits);

/// The step that `code` (six digits) belongs to: now, the one before or the one after. Empty when it fits none or when
/// the step is not later than `last_step`: a code is good once. Source: RFC 6238 sections 4 and 5.2.
std::optional<std::int64_t> check_totp(Bytes const& secret, std::string_view code, Instant now, std::int64_t last_step);

/// Base32 without padding, for typing the secret by hand. Source: RFC 4648 section 6.
std::string to_base32(Bytes const& bytes);

/// `otpauth://totp/RCMS%20UTO:login?secret=…` for the QR code. `issuer` and `login` are percent-encoded.
std::string otpauth_uri(Bytes const& secret, std::string_view issuer, std::string_view login);

}  // namespace rcms::access
