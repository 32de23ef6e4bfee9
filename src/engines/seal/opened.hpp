// What the barcode of a document claims, whichever of the known kinds it is. Nothing is believed yet: that is verdict.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/seal/crypto.hpp"

namespace rcms::seal {

enum class Kind {
  travel_document_seal,  ///< visible digital seal of an emergency travel document
  visa_seal,             ///< visible digital seal of a visa
  datastructure,         ///< ICAO Datastructure for Barcode, with or without the face
  vds_nc,                ///< seal as JSON with its certificate
};
std::string_view name_of(Kind kind);

/// What a verifier wants to see. A border desk that expects a travel document is told when it is shown something else.
enum class Accept { travel_documents, all };

struct Opened {
  Kind kind = Kind::travel_document_seal;
  std::string issuing_state;      ///< without fillers
  std::string signer;             ///< how the barcode names its signer, for sentences: "UTE1 A01"
  Bytes signed_bytes;
  Bytes signature;                ///< r‖s
  std::string zone;               ///< lines joined by a line feed, filled up; empty when the kind has none
  std::size_t sealed_characters = 0;  ///< of the zone; what comes after was only filled up
  /// The zone is there but is no text. Told only after the signature: of what nobody signed nothing is said.
  bool is_zone_broken = false;
  bool has_unknown_feature = false;
  bool is_travel_document = false;    ///< an emergency travel document, not a visa or another paper
  Bytes face;                             ///< JPEG or JPEG 2000; empty when the barcode has none
  std::optional<Seal> seal;               ///< of a visible digital seal
  std::string barcode_reference;          ///< of a datastructure: Certificate::barcode_reference of its signer
  std::optional<Certificate> certificate;  ///< that the barcode brings along
};

/// The bytes of a barcode: a seal (DC…), a datastructure (RDB1…) or JSON.
/// Refuses: too_large, malformed (also for a kind that is not accepted, and for what is not signed).
/// Source: Doc 9303-7 section 6 (visa), 9303-8 section 6 (travel document), 9303-13; ICAO Datastructure for Barcode; TR VDS-NC.
Result<Opened> open_barcode(ByteSpan bytes, Accept accept);

/// Source: Doc 9303-7 section 6.1.
constexpr std::uint8_t visa_definition = 0x5D;
constexpr std::uint8_t visa_category = 0x01;

}  // namespace rcms::seal
