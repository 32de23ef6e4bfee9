// The envelope: the only thing that crosses from one State to another. Pure: building, rendering, sealing, opening.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include "foundation/base/hash.hpp"
#include "foundation/base/ids.hpp"
#include "foundation/base/result.hpp"

namespace rcms::exchange {

/// What an envelope says. The body of each kind is described in the folder's README.
BOOST_DEFINE_ENUM_CLASS(EnvelopeKind, application, acknowledgement, document_request, answer, extension, reply, deemed_consent,
                        travel_document_notice, withdrawal, correction, message, appointment, held_document,
                        departure_notice, error_claim, error_reply)
std::string_view name_of(EnvelopeKind kind);
std::optional<EnvelopeKind> find_kind(std::string_view name);

/// An attachment that travels with an envelope: its bytes are fetched by `file` and must have this hash.
struct AttachmentNote {
  FileId file;
  std::string name;
  std::string kind;    ///< means of evidence, "photo", …: the document types of data/codes
  std::string type;    ///< media type found in the content
  std::int64_t size = 0;
  std::string sha256;  ///< of the bytes that leave, hexadecimal
  friend bool operator==(AttachmentNote const&, AttachmentNote const&) = default;
};

struct Envelope {
  EnvelopeId id;
  CaseId case_id;
  std::string from;  ///< code of the sending State, "XAR"
  std::string to;
  EnvelopeKind kind = EnvelopeKind::message;
  std::int64_t number = 1;    ///< counts the envelopes of this sender in this case, from 1
  std::string previous_hash;  ///< of the sender's envelope before; empty for the first
  Instant at;
  boost::json::object body;
  std::vector<AttachmentNote> attachments;
};

/// What is sent: the exact text, its SHA-256 and the Ed25519 signature of the sending State over the hash.
struct SealedEnvelope {
  std::string text;
  std::string hash;       ///< hexadecimal
  std::string signature;  ///< base64url
};

/// Limits of what is accepted from another State.
inline constexpr std::size_t envelope_text_limit = 1 << 20;
inline constexpr std::size_t envelope_attachments_limit = 100;

/// The same envelope always gives the same text: keys in fixed order, body keys sorted, no white space.
std::string render_envelope(Envelope const& envelope);
/// Reads the text strictly. Refuses: malformed, too_large, field_missing, field_invalid (with the field's path).
Result<Envelope> parse_envelope(std::string_view text);

/// Secret and public half of the signing key of a State (Ed25519, 64 and 32 bytes).
struct SigningKey {
  Bytes secret;
  Bytes open;
};
SigningKey make_signing_key();
/// The key pair of a seed of 32 bytes.
SigningKey signing_key_from_seed(Bytes const& seed);

SealedEnvelope seal_envelope(Envelope const& envelope, SigningKey const& key);
/// Refuses: does_not_verify, and what parse_envelope refuses.
Result<Envelope> open_envelope(SealedEnvelope const& sealed, Bytes const& open_key);

/// Proof that the receiver holds an envelope: signed by the receiving State.
struct Receipt {
  EnvelopeId envelope;
  std::string envelope_hash;
  std::string by;  ///< code of the receiving State
  Instant at;
  std::string signature;  ///< base64url over the text of the four fields
};

Receipt sign_receipt(EnvelopeId envelope, std::string envelope_hash, std::string by, Instant at, SigningKey const& key);
bool receipt_holds(Receipt const& receipt, Bytes const& open_key);
std::string render_receipt(Receipt const& receipt);
Result<Receipt> parse_receipt(std::string_view text);

/// What both States can compare: hash over the last envelope of each side, ordered by code of the State.
std::string case_fingerprint(std::string_view first_code, std::string_view first_hash, std::string_view second_code,
                             std::string_view second_hash);

}  // namespace rcms::exchange
