// Keys, signatures, certificates and revocation lists, over OpenSSL in one file. Private keys stay in SigningKey, or in a token
// that signs for it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/seal/seal.hpp"

namespace rcms::seal {

enum class Curve { p256, p384 };

struct Certificate;

/// Gives r‖s over a digest that was computed here; what a token does.
using DigestSigner = std::function<Result<Bytes>(ByteSpan)>;

/// A private key in memory, or one in a token. Copies share it.
class SigningKey {
 public:
  /// A new key from the system's generator.
  static SigningKey make(Curve curve);
  /// Reads PEM (PKCS#8 or EC). Refuses: malformed.
  static Result<SigningKey> read(std::string const& pem);
  /// A key that never leaves its token. Every signature is verified before it is given on, so that a token with another key than
  /// this public one (SubjectPublicKeyInfo, DER) makes none. Refuses: malformed, unsupported_type (as PublicKey::read).
  static Result<SigningKey> of_token(ByteSpan public_key, DigestSigner signer);
  /// The same for the key of a certificate.
  static Result<SigningKey> of_token(Certificate const& certificate, DigestSigner signer);

  /// PKCS#8 PEM, not encrypted: the caller keeps it where keys are kept, never in the database. Not for a key in a token.
  std::string pem() const;
  /// SubjectPublicKeyInfo, DER.
  Bytes public_key() const;
  /// r‖s over the digest that belongs to the curve. Refuses: what the token refuses, does_not_verify (the token has another key).
  /// Source: Doc 9303-13 section 2.4.
  Result<Bytes> sign(ByteSpan message) const;
  Signer signer() const;

  struct Content;
  Content const& content() const { return *content_; }

 private:
  explicit SigningKey(std::shared_ptr<Content const> content) : content_(std::move(content)) {}
  std::shared_ptr<Content const> content_;
};

/// A public key for signatures r‖s. Copies share it.
class PublicKey {
 public:
  /// SubjectPublicKeyInfo, DER. Refuses: malformed, unsupported_type (not an elliptic curve of at least 224 bits).
  static Result<PublicKey> read(ByteSpan der);
  /// False for a key that is no elliptic curve of at least 224 bits.
  bool verifies(ByteSpan message, ByteSpan signature) const;

  struct Content;
  explicit PublicKey(std::shared_ptr<Content const> content) : content_(std::move(content)) {}

 private:
  std::shared_ptr<Content const> content_;
};

/// What the judgement needs of a certificate. Copies share the parsed form.
struct Certificate {
  Bytes der;
  std::string country;      ///< subject C
  std::string common_name;  ///< subject CN
  std::string serial;       ///< hexadecimal, upper case, no leading zeros
  Date not_before;
  Date not_after;
  std::optional<Date> key_from;   ///< first and last day on which its private key may sign; empty when it does not say
  std::optional<Date> key_until;  ///< Source: Doc 9303-12 section 7.1, privateKeyUsagePeriod
  std::optional<std::vector<std::string>> document_types;  ///< empty when the extension is absent
  std::string barcode_reference;                           ///< last ten hexadecimal digits of its SHA-1, as the IDB names it
  bool is_bar_code_signer = false;                         ///< critical extended key usage 2.23.136.1.1.11.1 and nothing else
  bool is_vds_nc_signer = false;                           ///< the same with 2.23.136.1.1.14.2
  bool is_authority = false;
  PublicKey key;  ///< of an authority with another kind of key (RSA): verifies no seal

  /// Refuses: malformed, too_large.
  static Result<Certificate> read(ByteSpan der);
  /// The same from PEM text.
  static Result<Certificate> read_pem(std::string const& pem);
  std::string pem() const;
  /// Issued by `authority`: names match and the signature verifies.
  bool is_issued_by(Certificate const& authority) const;

  struct Content;
  std::shared_ptr<Content const> content;
};

struct RevocationList {
  Bytes der;
  std::vector<std::string> serials;  ///< as Certificate::serial
  Date issued_on;
  std::optional<Date> next_update;

  /// Refuses: malformed.
  static Result<RevocationList> read(ByteSpan der);
  bool is_issued_by(Certificate const& authority) const;

  struct Content;
  std::shared_ptr<Content const> content;
};

struct AuthorityRequest {
  std::string country;  ///< two letters
  std::string name;
  std::uint64_t serial = 1;
  Date not_before;
  Date not_after;
};
/// A self-signed certificate of a country signing authority.
/// Source: Doc 9303-12 section 7.1, CSCA profile.
Result<Bytes> make_authority_certificate(SigningKey const& key, AuthorityRequest const& request);

/// What a signer's certificate is for: one kind of barcode, or the signatures of whole files. A certificate for files has a named
/// curve, because readers of PDF know no other, names no document types and never verifies a seal.
enum class SignerUsage { bar_codes, vds_nc, files };

struct SignerRequest {
  std::string country;      ///< two letters
  std::string common_name;  ///< two characters
  std::uint64_t serial = 1;
  std::vector<std::string> document_types{"PU"};
  Date not_before;
  Date private_key_until;  ///< at most 14 months later
  Date not_after;          ///< private_key_until plus the validity of the documents
  SignerUsage usage = SignerUsage::bar_codes;
};
/// A bar code signer certificate over `public_key` (SubjectPublicKeyInfo, DER).
/// Refuses: field_invalid.
/// Source: Doc 9303-12 section 7.1, bar code signer profile; Doc 9303-8 section 6.3.
Result<Bytes> make_signer_certificate(SigningKey const& authority_key, ByteSpan authority_certificate, ByteSpan public_key,
                                      SignerRequest const& request);

struct RevocationRequest {
  std::uint64_t number = 1;
  Date issued_on;
  Date next_update;
  std::vector<std::string> serials;  ///< hexadecimal
};
Result<Bytes> make_revocation_list(SigningKey const& authority_key, ByteSpan authority_certificate,
                                   RevocationRequest const& request);

}  // namespace rcms::seal
