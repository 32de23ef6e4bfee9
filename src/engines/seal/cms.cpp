#include "engines/seal/cms.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

namespace rcms::seal {
namespace {

constexpr std::uint8_t der_integer = 0x02;
constexpr std::uint8_t der_octets = 0x04;
constexpr std::uint8_t der_object = 0x06;
constexpr std::uint8_t der_sequence = 0x30;
constexpr std::uint8_t der_set = 0x31;
constexpr std::uint8_t tagged_zero = 0xA0;

Bytes const signed_data_id{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02};
Bytes const data_id{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01};
Bytes const content_type_id{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03};
Bytes const message_digest_id{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04};
Bytes const signing_certificate_id{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x2F};
Bytes const sha256_id{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
Bytes const ecdsa_with_sha256_id{0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};
constexpr std::size_t p256_signature_bytes = 64;

Bytes joined_bytes(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (auto const& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

Bytes tlv(std::uint8_t tag, ByteSpan content) {
  Bytes out{tag};
  auto const length = encode_length(content.size());
  out.insert(out.end(), length.begin(), length.end());
  out.insert(out.end(), content.begin(), content.end());
  return out;
}
Bytes tlv(std::uint8_t tag, std::initializer_list<Bytes> parts) { return tlv(tag, joined_bytes(parts)); }

/// The next element of `bytes` with its head; `bytes` begin after it then.
std::optional<ByteSpan> take_element(ByteSpan& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  auto const length = decode_length(bytes.subspan(1));
  if (!length || length->length > bytes.size() - 1 - length->size) return std::nullopt;
  auto const element = bytes.first(1 + length->size + length->length);
  bytes = bytes.subspan(element.size());
  return element;
}
/// What stands in an element.
ByteSpan content_of(ByteSpan element) {
  auto const length = decode_length(element.subspan(1));
  return element.subspan(1 + length->size);
}

/// IssuerAndSerialNumber. Source: RFC 5280 section 4.1: TBSCertificate { [0] version, serial, algorithm, issuer, … }.
std::optional<Bytes> issuer_and_serial(ByteSpan certificate) {
  auto const whole = take_element(certificate);
  if (!whole) return std::nullopt;
  auto in_whole = content_of(*whole);
  auto const signed_part = take_element(in_whole);
  if (!signed_part) return std::nullopt;
  auto fields = content_of(*signed_part);
  auto field = take_element(fields);
  if (field && (*field)[0] == tagged_zero) field = take_element(fields);
  auto const serial = field;
  auto const algorithm = take_element(fields);
  auto const issuer = take_element(fields);
  if (!serial || !algorithm || !issuer || (*serial)[0] != der_integer || (*issuer)[0] != der_sequence) return std::nullopt;
  return tlv(der_sequence, {Bytes(issuer->begin(), issuer->end()), Bytes(serial->begin(), serial->end())});
}

Bytes attribute(Bytes const& id, Bytes const& value) { return tlv(der_sequence, {tlv(der_object, id), tlv(der_set, value)}); }

/// The content of the SET of signed attributes, in the order of DER.
Bytes signed_attributes(ByteSpan content, Certificate const& signer) {
  auto const digest = sha256(content);
  auto const certificate_digest = sha256(signer.der);
  // The digest algorithm of the reference is SHA-256 when it does not say.
  auto const reference = tlv(der_sequence, tlv(der_octets, certificate_digest));
  std::vector<Bytes> attributes{
      attribute(content_type_id, tlv(der_object, data_id)),
      attribute(message_digest_id, tlv(der_octets, digest)),
      attribute(signing_certificate_id, tlv(der_sequence, tlv(der_sequence, reference))),
  };
  std::sort(attributes.begin(), attributes.end());
  return joined_bytes({attributes[0], attributes[1], attributes[2]});
}

}  // namespace

Result<Bytes> make_detached_signature(ByteSpan content, Certificate const& signer, Certificate const& authority,
                                      SigningKey const& key) {
  auto const sid = issuer_and_serial(signer.der);
  if (!sid) return refuse(Why::malformed, "certificate", "the certificate has no issuer and serial number");
  auto const attributes = signed_attributes(content, signer);
  auto const signature = key.sign(tlv(der_set, attributes));
  if (!signature) return signature;
  if (signature->size() != p256_signature_bytes)
    return refuse(Why::unsupported_type, "key", "copies are signed with a key on the curve P-256");
  Bytes const version{der_integer, 0x01, 0x01};
  auto const digest_algorithm = tlv(der_sequence, tlv(der_object, sha256_id));
  auto const signer_info =
      tlv(der_sequence, {version, *sid, digest_algorithm, tlv(tagged_zero, attributes),
                     tlv(der_sequence, tlv(der_object, ecdsa_with_sha256_id)), tlv(der_octets, signature_to_der(*signature))});
  auto const signed_data =
      tlv(der_sequence, {version, tlv(der_set, digest_algorithm), tlv(der_sequence, tlv(der_object, data_id)),
                     tlv(tagged_zero, {signer.der, authority.der}), tlv(der_set, signer_info)});
  return tlv(der_sequence, {tlv(der_object, signed_data_id), tlv(tagged_zero, signed_data)});
}

}  // namespace rcms::seal
