// The ICAO Datastructure for Barcode: a text that begins with RDB1, carries messages (a zone, a face) and a signature, and may
// be compressed. Cryptography stands in crypto.hpp, the judgement in verdict.hpp.
#pragma once

#include <string>
#include <string_view>

#include "engines/seal/seal.hpp"

namespace rcms::seal {

/// What the flag after RDB1 says; A to D in this order.
/// Source: ICAO Datastructure for Barcode, barcode flag; the letters of the unsigned forms are unverified.
enum class IdbForm : std::uint8_t { plain, signed_only, zipped_only, signed_and_zipped };

struct Idb {
  IdbForm form = IdbForm::signed_only;
  std::string issuing_state;  ///< without fillers: "D"
  std::uint8_t signature_algorithm = 0;
  std::string certificate_reference;  ///< ten hexadecimal digits, lower case: the end of the SHA-1 of the certificate
  Bytes signed_on;                    ///< masked date, four bytes
  std::vector<Feature> messages;
  Bytes certificate;  ///< DER of the signer, when the barcode holds it
  Bytes signature;    ///< r‖s
  Bytes signed_bytes;

  bool is_signed() const { return form == IdbForm::signed_only || form == IdbForm::signed_and_zipped; }
  Feature const* find(std::uint8_t tag) const;
};

/// Messages of travel documents.
/// Source: ICAO Datastructure for Barcode, message types; those from 0x80 on are of the issuing State (Germany's in the vectors).
constexpr std::uint8_t idb_visa = 0x01;
constexpr std::uint8_t idb_travel_document = 0x02;
constexpr std::uint8_t idb_mrz_td1 = 0x07;
constexpr std::uint8_t idb_mrz_td3 = 0x08;
constexpr std::uint8_t idb_face = 0x80;
constexpr std::uint8_t idb_mrz_td2 = 0x81;

struct IdbLimits {
  std::size_t characters = 4296;     ///< the largest QR code of letters and digits
  std::size_t bytes = 16 * 1024;     ///< after decompression
};

/// Refuses: too_large, malformed (with the place in `detail`). Each message once, lengths minimal, nothing after the end.
Result<Idb> parse_idb(std::string_view text, IdbLimits const& limits = {});

/// The text of a barcode with these messages; signature, signed bytes and certificate of `content` are not looked at.
/// Refuses: field_invalid; what the signer refuses.
Result<std::string> make_idb(Idb const& content, Signer const& signer);

/// The machine readable zone of the messages with fillers, lines joined by a line feed; empty when there is none.
std::optional<std::string> zone_of(Idb const& idb);

}  // namespace rcms::seal
