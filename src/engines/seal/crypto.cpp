#include "engines/seal/crypto.hpp"

#include <algorithm>
#include <ctime>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace rcms::seal {
namespace {

constexpr auto bar_code_signer_usage = "2.23.136.1.1.11.1";
constexpr auto vds_nc_signer_usage = "2.23.136.1.1.14.2";
constexpr int key_bits_at_least = 224;
constexpr auto document_type_list = "2.23.136.1.1.6.2";
constexpr std::size_t certificate_bytes_at_most = 16 * 1024;
constexpr std::size_t list_bytes_at_most = 4 * 1024 * 1024;

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY, EVP_PKEY_free>>;
using CertificatePointer = std::unique_ptr<X509, Release<X509, X509_free>>;
using ListPointer = std::unique_ptr<X509_CRL, Release<X509_CRL, X509_CRL_free>>;
using DigestPointer = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX, EVP_MD_CTX_free>>;
using NumberPointer = std::unique_ptr<BIGNUM, Release<BIGNUM, BN_free>>;
using ObjectPointer = std::unique_ptr<ASN1_OBJECT, Release<ASN1_OBJECT, ASN1_OBJECT_free>>;
using TimePointer = std::unique_ptr<ASN1_TIME, Release<ASN1_TIME, ASN1_TIME_free>>;
using IntegerPointer = std::unique_ptr<ASN1_INTEGER, Release<ASN1_INTEGER, ASN1_INTEGER_free>>;
using TextStream = std::unique_ptr<BIO, Release<BIO, BIO_free_all>>;

/// OpenSSL fails here only without memory or with a broken installation: a fault, not a refusal.
void must(bool held, char const* what) {
  if (!held) throw std::runtime_error(fmt::format("OpenSSL: {} failed", what));
}

tl::unexpected<Refused> malformed(char const* field, char const* detail) {
  ERR_clear_error();
  return refuse(Why::malformed, field, detail);
}

/// Bits of the order of the base point, 0 when the key is no elliptic curve.
int order_bits(EVP_PKEY const* key) {
  if (!EVP_PKEY_is_a(key, "EC")) return 0;
  BIGNUM* order = nullptr;
  if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_ORDER, &order) != 1) return 0;
  NumberPointer owned(order);
  return BN_num_bits(order);
}

/// Source: Doc 9303-13 section 2.4, table of digests by the bits of the order.
EVP_MD const* digest_for(int bits) {
  if (bits <= 224) return EVP_sha224();
  if (bits <= 256) return EVP_sha256();
  return bits <= 384 ? EVP_sha384() : EVP_sha512();
}

std::size_t width_for(int bits) { return static_cast<std::size_t>(bits + 7) / 8; }

Date day_of(ASN1_TIME const* time) {
  std::tm parts{};
  if (!time || ASN1_TIME_to_tm(time, &parts) != 1) return Date();
  return Date::find(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday).value_or(Date());
}

TimePointer time_of(Date day, char const* hour = "000000Z") {
  TimePointer time(ASN1_TIME_new());
  auto text = fmt::format("{:04}{:02}{:02}{}", day.year(), day.month(), day.day(), hour);
  must(time && ASN1_TIME_set_string_X509(time.get(), text.c_str()) == 1, "ASN1_TIME_set_string");
  return time;
}

std::string hex_of(ASN1_INTEGER const* serial) {
  NumberPointer number(ASN1_INTEGER_to_BN(serial, nullptr));
  must(number != nullptr, "ASN1_INTEGER_to_BN");
  char* text = BN_bn2hex(number.get());
  std::string hex(text ? text : "0");
  OPENSSL_free(text);
  hex.erase(0, std::min(hex.find_first_not_of('0'), hex.size() - 1));
  return hex;
}

std::string name_part(X509_NAME const* name, int part) {
  int at = X509_NAME_get_index_by_NID(name, part, -1);
  if (at < 0) return {};
  auto const* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
  return std::string(reinterpret_cast<char const*>(ASN1_STRING_get0_data(value)),
                     static_cast<std::size_t>(ASN1_STRING_length(value)));
}

template <class T, class Write>
Bytes der_of(T* object, Write write) {
  unsigned char* buffer = nullptr;
  int size = write(object, &buffer);
  must(size > 0, "writing DER");
  Bytes bytes(buffer, buffer + size);
  OPENSSL_free(buffer);
  return bytes;
}

/// What stands under `tag` at the front of `bytes`, which then begin after it.
std::optional<ByteSpan> take_der(ByteSpan& bytes, std::uint8_t tag) {
  if (bytes.empty() || bytes[0] != tag) return std::nullopt;
  auto const length = decode_length(bytes.subspan(1));
  if (!length || length->length > bytes.size() - 1 - length->size) return std::nullopt;
  auto const value = bytes.subspan(1 + length->size, length->length);
  bytes = bytes.subspan(1 + length->size + length->length);
  return value;
}

/// SEQUENCE { version INTEGER, docTypeList SET OF PrintableString }. A list that cannot be read allows no document at all.
std::optional<std::vector<std::string>> read_document_types(X509 const* certificate) {
  ObjectPointer oid(OBJ_txt2obj(document_type_list, 1));
  int at = X509_get_ext_by_OBJ(certificate, oid.get(), -1);
  if (at < 0) return std::nullopt;
  auto const* value = X509_EXTENSION_get_data(X509_get_ext(certificate, at));
  ByteSpan bytes(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
  std::vector<std::string> types;
  auto whole = take_der(bytes, 0x30);
  if (!whole || !bytes.empty() || !take_der(*whole, 0x02)) return types;
  auto set = take_der(*whole, 0x31);
  if (!set || !whole->empty()) return types;
  while (!set->empty()) {
    auto const text = take_der(*set, 0x13);
    if (!text) return std::vector<std::string>();
    std::string type(text->begin(), text->end());
    type.erase(type.find_last_not_of('<') + 1);
    types.push_back(std::move(type));
  }
  return types;
}

bool read_key_period(X509 const* x509, Certificate& certificate) {
  int critical = 0;
  auto* period = static_cast<PKEY_USAGE_PERIOD*>(X509_get_ext_d2i(x509, NID_private_key_usage_period, &critical, nullptr));
  if (!period) return critical == -1;  // it has none
  if (period->notBefore) certificate.key_from = day_of(period->notBefore);
  if (period->notAfter) certificate.key_until = day_of(period->notAfter);
  PKEY_USAGE_PERIOD_free(period);
  return true;
}

/// The only purpose of a certificate, when it is named as critical; else empty.
std::string only_usage(X509 const* certificate) {
  int critical = 0;
  auto* usages = static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, &critical, nullptr));
  if (!usages) return {};
  char text[64] = {};
  if (sk_ASN1_OBJECT_num(usages) == 1 && critical == 1) OBJ_obj2txt(text, sizeof text, sk_ASN1_OBJECT_value(usages, 0), 1);
  EXTENDED_KEY_USAGE_free(usages);
  return text;
}

/// As the datastructure for barcodes names a certificate.
std::string end_of_sha1(ByteSpan der) {
  constexpr std::size_t bytes = 5;
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  must(EVP_Digest(der.data(), der.size(), digest, &size, EVP_sha1(), nullptr) == 1, "SHA-1");
  return to_hex(ByteSpan(digest + size - bytes, bytes));
}

}  // namespace

struct SigningKey::Content {
  KeyPointer key;  ///< only its public half when a token signs
  int bits = 0;
  DigestSigner token;
};

struct PublicKey::Content {
  KeyPointer key;
  int bits = 0;
};

struct Certificate::Content {
  CertificatePointer certificate;
};

struct RevocationList::Content {
  ListPointer list;
};

namespace {

Result<Bytes> sign_by_token(SigningKey::Content const& key, ByteSpan message) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  must(EVP_Digest(message.data(), message.size(), digest, &size, digest_for(key.bits), nullptr) == 1, "a digest");
  auto signature = key.token(ByteSpan(digest, size));
  if (!signature) return signature;
  auto content = std::make_shared<PublicKey::Content>();
  must(EVP_PKEY_up_ref(key.key.get()) == 1, "sharing a key");
  content->key.reset(key.key.get());
  content->bits = key.bits;
  if (!PublicKey(std::move(content)).verifies(message, *signature))
    return refuse(Why::does_not_verify, "key", "the token holds another key than the certificate names");
  return signature;
}

}  // namespace

SigningKey SigningKey::make(Curve curve) {
  auto content = std::make_shared<Content>();
  content->key.reset(EVP_EC_gen(curve == Curve::p256 ? "P-256" : "P-384"));
  must(content->key != nullptr, "making a key");
  content->bits = order_bits(content->key.get());
  return SigningKey(std::move(content));
}

Result<SigningKey> SigningKey::read(std::string const& pem) {
  TextStream stream(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min<std::size_t>(pem.size(), certificate_bytes_at_most))));
  auto content = std::make_shared<Content>();
  auto no_password = [](char*, int, int, void*) { return 0; };
  content->key.reset(PEM_read_bio_PrivateKey(stream.get(), nullptr, no_password, nullptr));
  if (!content->key) return malformed("key", "the text is no unencrypted private key in PEM");
  content->bits = order_bits(content->key.get());
  if (content->bits < key_bits_at_least)
    return refuse(Why::unsupported_type, "key", "an elliptic curve of at least 224 bits is needed");
  return SigningKey(std::move(content));
}

Result<SigningKey> SigningKey::of_token(ByteSpan public_key, DigestSigner signer) {
  auto const* at = public_key.data();
  auto content = std::make_shared<Content>();
  content->key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
  if (!content->key) return malformed("key", "the bytes are no public key");
  content->bits = order_bits(content->key.get());
  if (content->bits < key_bits_at_least)
    return refuse(Why::unsupported_type, "key", "an elliptic curve of at least 224 bits is needed");
  content->token = std::move(signer);
  return SigningKey(std::move(content));
}

Result<SigningKey> SigningKey::of_token(Certificate const& certificate, DigestSigner signer) {
  return of_token(der_of(X509_get0_pubkey(certificate.content->certificate.get()), i2d_PUBKEY), std::move(signer));
}

std::string SigningKey::pem() const {
  TextStream stream(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_PKCS8PrivateKey(stream.get(), content_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
       "writing a key");
  char* text = nullptr;
  auto size = BIO_get_mem_data(stream.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

Bytes SigningKey::public_key() const { return der_of(content_->key.get(), i2d_PUBKEY); }

Result<Bytes> SigningKey::sign(ByteSpan message) const {
  if (content_->token) return sign_by_token(*content_, message);
  DigestPointer context(EVP_MD_CTX_new());
  std::size_t size = 0;
  must(context && EVP_DigestSignInit(context.get(), nullptr, digest_for(content_->bits), nullptr, content_->key.get()) == 1,
       "signing");
  must(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1, "signing");
  Bytes der(size);
  must(EVP_DigestSign(context.get(), der.data(), &size, message.data(), message.size()) == 1, "signing");
  der.resize(size);
  auto raw = signature_from_der(der, width_for(content_->bits));
  must(raw.has_value(), "reading an own signature");
  return *raw;
}

Signer SigningKey::signer() const {
  return [key = *this](ByteSpan message) { return key.sign(message); };
}

Result<PublicKey> PublicKey::read(ByteSpan der) {
  auto const* at = der.data();
  auto content = std::make_shared<Content>();
  content->key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!content->key) return malformed("key", "the bytes are no public key");
  content->bits = order_bits(content->key.get());
  if (content->bits < key_bits_at_least)
    return refuse(Why::unsupported_type, "key", "an elliptic curve of at least 224 bits is needed");
  return PublicKey(std::move(content));
}

bool PublicKey::verifies(ByteSpan message, ByteSpan signature) const {
  if (content_->bits < key_bits_at_least || signature.size() != 2 * width_for(content_->bits)) return false;
  auto der = signature_to_der(signature);
  DigestPointer context(EVP_MD_CTX_new());
  must(context && EVP_DigestVerifyInit(context.get(), nullptr, digest_for(content_->bits), nullptr, content_->key.get()) == 1,
       "verifying");
  bool good = EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
  ERR_clear_error();
  return good;
}

Result<Certificate> Certificate::read(ByteSpan der) {
  if (der.size() > certificate_bytes_at_most) return refuse(Why::too_large, "certificate", "more than 16 KB");
  auto const* at = der.data();
  auto parsed = std::make_shared<Content>();
  parsed->certificate.reset(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  auto* x509 = parsed->certificate.get();
  if (!x509 || at != der.data() + der.size()) return malformed("certificate", "the bytes are no X.509 certificate");
  auto key = std::make_shared<PublicKey::Content>();
  key->key.reset(X509_get_pubkey(x509));
  if (!key->key) return malformed("certificate", "the key of the certificate cannot be read");
  key->bits = order_bits(key->key.get());
  Certificate certificate{Bytes(der.begin(), der.end()), {},    {}, {}, {}, {}, {}, {}, {}, {}, false, false, false,
                          PublicKey(std::move(key)),     parsed};
  auto const* subject = X509_get_subject_name(x509);
  certificate.country = name_part(subject, NID_countryName);
  certificate.common_name = name_part(subject, NID_commonName);
  certificate.serial = hex_of(X509_get0_serialNumber(x509));
  certificate.not_before = day_of(X509_get0_notBefore(x509));
  certificate.not_after = day_of(X509_get0_notAfter(x509));
  if (!read_key_period(x509, certificate)) return malformed("certificate", "the period of its private key cannot be read");
  certificate.document_types = read_document_types(x509);
  certificate.barcode_reference = end_of_sha1(der);
  auto const usage = only_usage(x509);
  certificate.is_bar_code_signer = usage == bar_code_signer_usage;
  certificate.is_vds_nc_signer = usage == vds_nc_signer_usage;
  certificate.is_authority = X509_check_ca(x509) == 1;
  ERR_clear_error();
  return certificate;
}

Result<Certificate> Certificate::read_pem(std::string const& pem) {
  TextStream stream(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), 2 * certificate_bytes_at_most))));
  CertificatePointer x509(PEM_read_bio_X509(stream.get(), nullptr, nullptr, nullptr));
  if (!x509) return malformed("certificate", "the text is no certificate in PEM");
  return read(der_of(x509.get(), i2d_X509));
}

std::string Certificate::pem() const {
  TextStream stream(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(stream.get(), content->certificate.get()) == 1, "writing a certificate");
  char* text = nullptr;
  auto size = BIO_get_mem_data(stream.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

bool Certificate::is_issued_by(Certificate const& authority) const {
  auto* own = content->certificate.get();
  auto* other = authority.content->certificate.get();
  bool good = authority.is_authority && X509_NAME_cmp(X509_get_issuer_name(own), X509_get_subject_name(other)) == 0 &&
              X509_verify(own, X509_get0_pubkey(other)) == 1;
  ERR_clear_error();
  return good;
}

Result<RevocationList> RevocationList::read(ByteSpan der) {
  if (der.size() > list_bytes_at_most) return refuse(Why::too_large, "revocation_list", "more than 4 MB");
  auto const* at = der.data();
  auto parsed = std::make_shared<Content>();
  parsed->list.reset(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  auto* crl = parsed->list.get();
  if (!crl || at != der.data() + der.size()) return malformed("revocation_list", "the bytes are no revocation list");
  RevocationList list{Bytes(der.begin(), der.end()), {}, day_of(X509_CRL_get0_lastUpdate(crl)), {}, parsed};
  if (auto const* next = X509_CRL_get0_nextUpdate(crl)) list.next_update = day_of(next);
  auto* revoked = X509_CRL_get_REVOKED(crl);
  for (int i = 0; i < sk_X509_REVOKED_num(revoked); ++i) {
    list.serials.push_back(hex_of(X509_REVOKED_get0_serialNumber(sk_X509_REVOKED_value(revoked, i))));
  }
  return list;
}

bool RevocationList::is_issued_by(Certificate const& authority) const {
  auto* other = authority.content->certificate.get();
  bool good = X509_NAME_cmp(X509_CRL_get_issuer(content->list.get()), X509_get_subject_name(other)) == 0 &&
              X509_CRL_verify(content->list.get(), X509_get0_pubkey(other)) == 1;
  ERR_clear_error();
  return good;
}

namespace {

void add_name_part(X509_NAME* name, char const* field, std::string const& value) {
  must(X509_NAME_add_entry_by_txt(name, field, V_ASN1_PRINTABLESTRING, reinterpret_cast<unsigned char const*>(value.data()),
                                  static_cast<int>(value.size()), -1, 0) == 1,
       "X509_NAME_add_entry");
}

void add_extension(X509* certificate, X509* issuer, int kind, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  must(extension != nullptr, "making an extension");
  int added = X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  must(added == 1, "X509_add_ext");
}

void add_document_types(X509* certificate, std::vector<std::string> const& types) {
  Bytes set;
  for (auto const& type : types) {
    set.push_back(0x13);
    set.push_back(static_cast<std::uint8_t>(type.size()));
    set.insert(set.end(), type.begin(), type.end());
  }
  Bytes value{0x30, static_cast<std::uint8_t>(5 + set.size()), 0x02, 0x01, 0x00, 0x31, static_cast<std::uint8_t>(set.size())};
  value.insert(value.end(), set.begin(), set.end());
  ObjectPointer oid(OBJ_txt2obj(document_type_list, 1));
  auto* text = ASN1_OCTET_STRING_new();
  must(text && ASN1_OCTET_STRING_set(text, value.data(), static_cast<int>(value.size())) == 1, "ASN1_OCTET_STRING_set");
  auto* extension = X509_EXTENSION_create_by_OBJ(nullptr, oid.get(), 0, text);
  int added = extension ? X509_add_ext(certificate, extension, -1) : 0;
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(text);
  must(added == 1, "adding the document types");
}

void add_private_key_period(X509* certificate, Date from, Date until) {
  auto* period = PKEY_USAGE_PERIOD_new();
  must(period != nullptr, "PKEY_USAGE_PERIOD_new");
  auto first = fmt::format("{:04}{:02}{:02}000000Z", from.year(), from.month(), from.day());
  auto last = fmt::format("{:04}{:02}{:02}235959Z", until.year(), until.month(), until.day());
  period->notBefore = ASN1_GENERALIZEDTIME_new();
  period->notAfter = ASN1_GENERALIZEDTIME_new();
  bool set = ASN1_GENERALIZEDTIME_set_string(period->notBefore, first.c_str()) == 1 &&
             ASN1_GENERALIZEDTIME_set_string(period->notAfter, last.c_str()) == 1 &&
             X509_add1_ext_i2d(certificate, NID_private_key_usage_period, period, 0, X509V3_ADD_DEFAULT) == 1;
  PKEY_USAGE_PERIOD_free(period);
  must(set, "adding the usage period of the private key");
}

/// Version, serial number, subject, validity and key. Parameters of the curve are written out.
/// Source: Doc 9303-12 section 4.1.6.3: explicit parameters.
CertificatePointer start_certificate(std::string const& country, std::string const& name, std::uint64_t serial, Date from,
                                     Date until, EVP_PKEY* key) {
  CertificatePointer certificate(X509_new());
  must(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1, "X509_new");
  must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial) == 1, "setting the serial number");
  auto* subject = X509_get_subject_name(certificate.get());
  add_name_part(subject, "C", country);
  add_name_part(subject, "CN", name);
  must(X509_set1_notBefore(certificate.get(), time_of(from).get()) == 1, "setting the validity");
  must(X509_set1_notAfter(certificate.get(), time_of(until, "235959Z").get()) == 1, "setting the validity");
  KeyPointer explicit_key(EVP_PKEY_dup(key));
  must(explicit_key &&
           EVP_PKEY_set_utf8_string_param(explicit_key.get(), OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_EXPLICIT) == 1,
       "writing the parameters of the curve");
  must(X509_set_pubkey(certificate.get(), explicit_key.get()) == 1, "setting the key");
  return certificate;
}

/// A key of this moment with the same curve: where a token signs, it only writes the name of the algorithm.
KeyPointer stand_in_for(SigningKey::Content const& key) {
  KeyPointer made(EVP_EC_gen(key.bits <= 256 ? "P-256" : "P-384"));
  must(made != nullptr, "making a key");
  return made;
}

void append_der(Bytes& out, std::uint8_t tag, Bytes const& content) {
  out.push_back(tag);
  auto const length = encode_length(content.size());
  out.insert(out.end(), length.begin(), length.end());
  out.insert(out.end(), content.begin(), content.end());
}

/// SEQUENCE { signed part, algorithm, BIT STRING } with the signature of a token.
Result<Bytes> assemble_signed(Bytes const& part, X509_ALGOR const* algorithm, SigningKey const& key) {
  auto const signature = key.sign(part);
  if (!signature) return signature;
  auto content = part;
  auto const name = der_of(algorithm, i2d_X509_ALGOR);
  content.insert(content.end(), name.begin(), name.end());
  auto bits = signature_to_der(*signature);
  bits.insert(bits.begin(), 0x00);
  append_der(content, 0x03, bits);
  Bytes whole;
  append_der(whole, 0x30, content);
  return whole;
}

Result<Bytes> signed_certificate(X509* certificate, SigningKey const& key) {
  auto const& content = key.content();
  auto const stand_in = content.token ? stand_in_for(content) : KeyPointer();
  auto* const signing = stand_in ? stand_in.get() : content.key.get();
  must(X509_sign(certificate, signing, digest_for(content.bits)) > 0, "signing a certificate");
  if (!stand_in) return der_of(certificate, i2d_X509);
  return assemble_signed(der_of(certificate, i2d_re_X509_tbs), X509_get0_tbs_sigalg(certificate), key);
}

Result<Bytes> signed_list(X509_CRL* list, SigningKey const& key) {
  auto const& content = key.content();
  auto const stand_in = content.token ? stand_in_for(content) : KeyPointer();
  auto* const signing = stand_in ? stand_in.get() : content.key.get();
  must(X509_CRL_sign(list, signing, digest_for(content.bits)) > 0, "signing a list");
  if (!stand_in) return der_of(list, i2d_X509_CRL);
  X509_ALGOR const* algorithm = nullptr;
  X509_CRL_get0_signature(list, nullptr, &algorithm);
  return assemble_signed(der_of(list, i2d_re_X509_CRL_tbs), algorithm, key);
}

bool is_printable(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '.';
         });
}

Result<void> check_request(std::string const& country, std::string const& name, Date from, Date until) {
  if (country.size() != 2 || !is_printable(country)) return refuse(Why::field_invalid, "country", "two letters are needed");
  if (!is_printable(name))
    return refuse(Why::field_invalid, "name", "1 to 64 letters, digits, spaces, dots and hyphens are needed");
  if (until <= from || until.year() > 9999) return refuse(Why::field_invalid, "not_after", "the end lies before the beginning");
  return {};
}

}  // namespace

Result<Bytes> make_authority_certificate(SigningKey const& key, AuthorityRequest const& request) {
  if (auto checked = check_request(request.country, request.name, request.not_before, request.not_after); !checked) {
    return tl::unexpected(checked.error());
  }
  auto certificate = start_certificate(request.country, request.name, request.serial, request.not_before, request.not_after,
                                       key.content().key.get());
  auto* x509 = certificate.get();
  must(X509_set_issuer_name(x509, X509_get_subject_name(x509)) == 1, "setting the issuer");
  add_extension(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(x509, x509, NID_subject_key_identifier, "hash");
  return signed_certificate(x509, key);
}

Result<Bytes> make_signer_certificate(SigningKey const& authority_key, ByteSpan authority_certificate, ByteSpan public_key,
                                      SignerRequest const& request) {
  if (auto checked = check_request(request.country, request.common_name, request.not_before, request.not_after); !checked) {
    return tl::unexpected(checked.error());
  }
  if (request.common_name.size() != 2)
    return refuse(Why::field_invalid, "common_name", "two characters are needed", "Doc 9303-12, bar code signer");
  if (request.private_key_until > request.not_before.plus_months(14) || request.private_key_until > request.not_after) {
    return refuse(Why::field_invalid, "private_key_until", "the private key is used for 14 months at most",
                  "Doc 9303-8 section 6.3.1");
  }
  for (auto const& type : request.document_types) {
    if (type.empty() || type.size() > 2 || !is_printable(type))
      return refuse(Why::field_invalid, "document_types", "one or two letters each");
  }
  auto authority = Certificate::read(authority_certificate);
  if (!authority) return tl::unexpected(authority.error());
  auto const* at = public_key.data();
  KeyPointer key(d2i_PUBKEY(nullptr, &at, static_cast<long>(public_key.size())));
  if (!key || order_bits(key.get()) < 224) return malformed("public_key", "the bytes are no public key of an elliptic curve");
  auto certificate =
      start_certificate(request.country, request.common_name, request.serial, request.not_before, request.not_after, key.get());
  auto* x509 = certificate.get();
  auto* issuer = authority->content->certificate.get();
  must(X509_set_issuer_name(x509, X509_get_subject_name(issuer)) == 1, "setting the issuer");
  add_extension(x509, issuer, NID_authority_key_identifier, "keyid:always");
  add_extension(x509, issuer, NID_subject_key_identifier, "hash");
  if (request.usage == SignerUsage::files) {
    must(X509_set_pubkey(x509, key.get()) == 1, "setting the key");
    add_extension(x509, issuer, NID_key_usage, "critical,digitalSignature,nonRepudiation");
  } else {
    auto const usage =
        fmt::format("critical,{}", request.usage == SignerUsage::vds_nc ? vds_nc_signer_usage : bar_code_signer_usage);
    add_extension(x509, issuer, NID_ext_key_usage, usage.c_str());
    add_document_types(x509, request.document_types);
  }
  add_private_key_period(x509, request.not_before, request.private_key_until);
  return signed_certificate(x509, authority_key);
}

Result<Bytes> make_revocation_list(SigningKey const& authority_key, ByteSpan authority_certificate,
                                   RevocationRequest const& request) {
  auto authority = Certificate::read(authority_certificate);
  if (!authority) return tl::unexpected(authority.error());
  ListPointer list(X509_CRL_new());
  must(list && X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) == 1, "X509_CRL_new");
  must(X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(authority->content->certificate.get())) == 1,
       "setting the issuer");
  must(X509_CRL_set1_lastUpdate(list.get(), time_of(request.issued_on).get()) == 1, "setting the dates");
  must(X509_CRL_set1_nextUpdate(list.get(), time_of(request.next_update).get()) == 1, "setting the dates");
  for (auto const& serial : request.serials) {
    BIGNUM* number = nullptr;
    if (serial.empty() || serial.size() > 40 || BN_hex2bn(&number, serial.c_str()) != static_cast<int>(serial.size())) {
      BN_free(number);
      return refuse(Why::field_invalid, "serials", "a serial number is 1 to 40 hexadecimal digits");
    }
    NumberPointer owned(number);
    IntegerPointer integer(BN_to_ASN1_INTEGER(number, nullptr));
    auto* entry = X509_REVOKED_new();
    must(entry && X509_REVOKED_set_serialNumber(entry, integer.get()) == 1, "X509_REVOKED_new");
    must(X509_REVOKED_set_revocationDate(entry, time_of(request.issued_on).get()) == 1, "setting the dates");
    must(X509_CRL_add0_revoked(list.get(), entry) == 1, "X509_CRL_add0_revoked");
  }
  IntegerPointer number(ASN1_INTEGER_new());
  must(ASN1_INTEGER_set_uint64(number.get(), request.number) == 1, "setting the number");
  must(X509_CRL_add1_ext_i2d(list.get(), NID_crl_number, number.get(), 0, X509V3_ADD_DEFAULT) == 1, "adding the number");
  must(X509_CRL_sort(list.get()) == 1, "sorting");
  return signed_list(list.get(), authority_key);
}

}  // namespace rcms::seal
