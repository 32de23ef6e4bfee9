// The visible digital seal as bytes: header, features, signature; and the profile of emergency travel documents.
// Cryptography stands in crypto.hpp, the judgement in verdict.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engines/seal/encoding.hpp"

namespace rcms::seal {

/// Version byte 02 is version 3 of the norm, 03 is version 4.
enum class Version : std::uint8_t { three = 0x02, four = 0x03 };

/// Source: Doc 9303-13 section 2.2.
struct Header {
  Version version = Version::four;
  std::string issuing_state;          ///< without fillers: "UTO", "D"
  std::string signer;                 ///< four characters: country and name of the signer's certificate, "UTE1"
  std::string certificate_reference;  ///< hexadecimal serial number of the certificate, upper case; five digits in version 3
  Date issued_on;
  Date signed_on;
  std::uint8_t definition = 0;  ///< document feature definition reference
  std::uint8_t category = 0;    ///< document type category

  friend bool operator==(Header const&, Header const&) = default;
};

struct Feature {
  std::uint8_t tag = 0;
  Bytes value;

  friend bool operator==(Feature const&, Feature const&) = default;
};

struct Seal {
  Header header;
  std::vector<Feature> features;
  Bytes signature;  ///< r‖s; empty when the seal is not signed
  Bytes signed_bytes;
  std::size_t header_size = 0;
  std::size_t trailing_bytes = 0;  ///< padding of the barcode that the reader handed over

  Feature const* find(std::uint8_t tag) const;
};

struct ParseLimits {
  /// Source: the largest QR code holds 2,953 bytes.
  std::size_t bytes = 2953;
  /// Bytes allowed after the signature. Doc 9303-13 section 2.5 lets barcodes be padded, and some readers hand the padding over.
  std::size_t trailing = 0;
};

/// Refuses: too_large, malformed (with the place in `detail`). Each tag once, lengths minimal, dates real.
/// Source: Doc 9303-13 section 2.
Result<Seal> parse_seal(ByteSpan bytes, ParseLimits const& limits = {});

/// Header and features as they are signed.
/// Refuses: field_invalid, field_too_long.
Result<Bytes> render_unsigned(Header const& header, std::vector<Feature> const& features);

/// Gives r‖s over the bytes; a software key now, a token later.
using Signer = std::function<Result<Bytes>(ByteSpan)>;

/// Source: Doc 9303-8 section 6.1.
constexpr std::uint8_t travel_document_definition = 0x5E;
constexpr std::uint8_t travel_document_category = 0x03;
constexpr std::uint8_t mrz_tag = 0x02;

struct TravelDocumentSeal {
  std::string issuing_state;          ///< as in the zone, without fillers
  std::string signer;                 ///< four characters
  std::string certificate_reference;  ///< hexadecimal, upper case
  Date issued_on;
  Date signed_on;
  std::string first_line;   ///< 36 characters
  std::string second_line;  ///< 36 characters
};

/// The whole seal: 134 bytes with P-256 and a reference of two or three digits.
/// Refuses: field_invalid; what the signer refuses.
/// Source: Doc 9303-8 section 6.1, 9303-13 section 2.
Result<Bytes> make_travel_document_seal(TravelDocumentSeal const& content, Signer const& signer);

/// The two lines of the sealed zone with fillers, joined by a line feed; empty when the feature is not 48 bytes of C40.
std::optional<std::string> sealed_mrz(Seal const& seal);

}  // namespace rcms::seal
