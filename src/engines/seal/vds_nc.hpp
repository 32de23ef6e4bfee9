// Visible digital seals for non-constrained environments (VDS-NC): JSON with the signer's certificate and a signature over its
// canonical form. Cryptography stands in crypto.hpp, the judgement in verdict.hpp.
#pragma once

#include <string>
#include <string_view>

#include "engines/seal/encoding.hpp"

namespace rcms::seal {

struct VdsNc {
  std::string type;  ///< "icao.vacc", "icao.test"
  std::string issuing_state;
  std::string algorithm;  ///< "ES256", "ES384", "ES512"
  Bytes certificate;      ///< DER of the signer
  Bytes signature;        ///< r‖s
  std::string signed_text;  ///< `data` in its canonical form
};

struct VdsNcLimits {
  /// Source: the largest QR code holds 2,953 bytes.
  std::size_t bytes = 2953;
  std::size_t depth = 16;
};

/// Refuses: too_large, malformed (with the place in `detail`). No other members beside `data` and `sig`.
/// Source: ICAO TR VDS-NC for visible digital seals, section 2.
Result<VdsNc> parse_vds_nc(std::string_view text, VdsNcLimits const& limits = {});

/// JSON without spaces, members in the order of their UTF-16 code units. Empty when `text` is no JSON, is deeper than `depth`, or
/// holds a number that is not whole or not below 2^53.
/// Source: RFC 8785; DEVIATION: fractions are refused, because no seal has them.
std::optional<std::string> canonical_json(std::string_view text, std::size_t depth = 16);

}  // namespace rcms::seal
