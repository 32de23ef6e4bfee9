// engines/seal/crypto.hpp for the browser: reads certificates and verifies, without OpenSSL. Nothing here signs. The vectors of
// tests/golden/seal hold it to the other implementation (web/tests/verifier.test.ts).
// DEVIATION: keys of elliptic curves only. An authority with an RSA key cannot sign a trust bundle, so none is met here.
#include "engines/seal/crypto.hpp"

#include <algorithm>

#include "der.hpp"
#include "host.hpp"

namespace rcms::seal {
namespace {

using der::Value;
using der::Walk;

enum Tag : std::uint8_t {
  boolean = 0x01, integer = 0x02, bits = 0x03, octets = 0x04, oid = 0x06, utc_time = 0x17, time = 0x18, sequence = 0x30, set = 0x31,
  printable = 0x13, period_from = 0x80, period_until = 0x81, version = 0xA0, issuer_id = 0x81, subject_id = 0x82, extensions = 0xA3, list_extensions = 0xA0
};

constexpr std::size_t certificate_bytes_at_most = 16 * 1024;
constexpr std::size_t list_bytes_at_most = 4 * 1024 * 1024;
constexpr int key_bits_at_least = 224;
constexpr std::uint8_t certificates_sign = 0x04;  // keyCertSign in the first byte of keyUsage

namespace oids {
using namespace std::string_view_literals;
constexpr auto country = "\x55\x04\x06"sv, common_name = "\x55\x04\x03"sv, key_usage = "\x55\x1D\x0F"sv,
               key_period = "\x55\x1D\x10"sv,
               basic_constraints = "\x55\x1D\x13"sv, extended_usage = "\x55\x1D\x25"sv, elliptic = "\x2A\x86\x48\xCE\x3D\x02\x01"sv,
               document_types = "\x67\x81\x08\x01\x01\x06\x02"sv, bar_code_signer = "\x67\x81\x08\x01\x01\x0B\x01"sv,
               vds_nc_signer = "\x67\x81\x08\x01\x01\x0E\x02"sv, ecdsa_with = "\x2A\x86\x48\xCE\x3D\x04\x03"sv;
}  // namespace oids

tl::unexpected<Refused> malformed(char const* field, char const* detail) { return refuse(Why::malformed, field, detail); }

std::size_t width_for(int order_bits) { return static_cast<std::size_t>(order_bits + 7) / 8; }

/// Source: Doc 9303-13 section 2.4, table of digests by the bits of the order.
int digest_for(int order_bits) {
  if (order_bits <= 224) return 224;
  if (order_bits <= 256) return 256;
  return order_bits <= 384 ? 384 : 512;
}

struct Key {
  Bytes parameters;
  Bytes point;
  int order_bits = 0;

  bool holds(ByteSpan message, ByteSpan signature, int digest) const {
    if (order_bits < key_bits_at_least || signature.size() != 2 * width_for(order_bits)) return false;
    return host_verifies(parameters.data(), parameters.size(), point.data(), point.size(), digest, message.data(), message.size(),
                         signature.data(), signature.size()) == 1;
  }
};

/// SubjectPublicKeyInfo; a key of another kind has no bits.
std::optional<Key> read_key(ByteSpan der) {
  auto info = Walk(der).take(sequence);
  if (!info) return std::nullopt;
  Walk walk(info->content);
  auto const algorithm = walk.take(sequence);
  auto const point = walk.take(bits);
  if (!algorithm || !point || !walk.is_done() || point->content.empty()) return std::nullopt;
  Walk inside(algorithm->content);
  auto const kind = inside.take(oid);
  if (!kind) return std::nullopt;
  if (as_text(kind->content) != oids::elliptic) return Key{};
  auto const parameters = inside.take();
  if (!parameters || point->content[0] != 0) return std::nullopt;
  auto const key = point->content.subspan(1);
  auto const& whole = parameters->whole;
  return Key{Bytes(whole.begin(), whole.end()), Bytes(key.begin(), key.end()), host_order_bits(whole.data(), whole.size())};
}

/// What follows a signed part: its algorithm and the signature.
struct Signed {
  Bytes content;
  int digest = 0;  ///< 0 when it is not ECDSA
  Bytes signature;  ///< DER

  bool is_by(Key const& key) const {
    auto const raw = signature_from_der(signature, width_for(key.order_bits));
    return digest != 0 && raw && key.holds(content, *raw, digest);
  }
};

int digest_of(ByteSpan algorithm) {
  Walk walk(algorithm);
  auto const kind = walk.take(oid);
  auto const text = kind ? as_text(kind->content) : std::string_view();
  if (text.size() != oids::ecdsa_with.size() + 1 || !text.starts_with(oids::ecdsa_with)) return 0;
  switch (text.back()) {
    case 1: return 224;
    case 2: return 256;
    case 3: return 384;
    case 4: return 512;
    default: return 0;
  }
}

/// SEQUENCE { signed part, algorithm, signature } and nothing after it.
std::optional<Signed> read_signed(ByteSpan der) {
  Walk outer(der);
  auto const whole = outer.take(sequence);
  if (!whole || !outer.is_done()) return std::nullopt;
  Walk walk(whole->content);
  auto const content = walk.take(sequence);
  auto const algorithm = walk.take(sequence);
  auto const signature = walk.take(bits);
  if (!content || !algorithm || !signature || !walk.is_done() || signature->content.empty()) return std::nullopt;
  auto const bytes = signature->content.subspan(1);
  return Signed{Bytes(content->whole.begin(), content->whole.end()), digest_of(algorithm->content),
                Bytes(bytes.begin(), bytes.end())};
}

/// As hexadecimal, without leading zeros.
std::string hex_of(ByteSpan number) {
  auto hex = to_hex(number);
  for (char& c : hex) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  hex.erase(0, std::min(hex.find_first_not_of('0'), hex.size() - 1));
  return hex;
}

/// UTCTime and GeneralizedTime of certificates; the years of the first are 1950 to 2049.
Date day_of(Value const& value) {
  std::string text(as_text(value.content));
  if (value.tag == utc_time && text.size() > 2) text.insert(0, text[0] >= '5' ? "19" : "20");
  if (text.size() < 8) return Date();
  return Date::parse(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)).value_or(Date());
}

/// A name in the form in which names are compared: attributes in their order, small letters, single spaces.
struct Name {
  std::string compared;
  std::string country;
  std::string common_name;
};

std::string folded(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::optional<Name> read_name(ByteSpan content) {
  Name name;
  for (Walk parts(content); !parts.is_done();) {
    auto const part = parts.take(set);
    if (!part) return std::nullopt;
    for (Walk pairs(part->content); !pairs.is_done();) {
      auto const pair = pairs.take(sequence);
      if (!pair) return std::nullopt;
      Walk walk(pair->content);
      auto const kind = walk.take(oid);
      auto const value = walk.take();
      if (!kind || !value || !walk.is_done()) return std::nullopt;
      auto const text = as_text(value->content);
      name.compared += to_hex(kind->content) + "=" + folded(text) + "\n";
      if (as_text(kind->content) == oids::country) name.country = text;
      if (as_text(kind->content) == oids::common_name) name.common_name = text;
    }
    name.compared += "\n";
  }
  return name;
}

/// SEQUENCE { version INTEGER, SET OF PrintableString }. A list that cannot be read allows no document at all.
std::vector<std::string> read_document_types(ByteSpan bytes) {
  std::vector<std::string> types;
  Walk outer(bytes);
  auto const whole = outer.take(sequence);
  if (!whole || !outer.is_done()) return types;
  Walk walk(whole->content);
  if (!walk.take(integer)) return types;
  auto const list = walk.take(set);
  if (!list || !walk.is_done()) return types;
  for (Walk each(list->content); !each.is_done();) {
    auto const text = each.take(printable);
    if (!text) return {};
    std::string type(as_text(text->content));
    type.erase(type.find_last_not_of('<') + 1);
    types.push_back(std::move(type));
  }
  return types;
}

struct Constraints {
  bool is_authority = false;
  bool has_usage = false;
  bool may_certify = false;
  bool is_period_broken = false;
};

/// SEQUENCE { notBefore [0], notAfter [1] }, each of them optional.
bool read_key_period(ByteSpan value, Certificate& certificate) {
  Walk outer(value);
  auto const whole = outer.take(sequence);
  if (!whole || !outer.is_done()) return false;
  Walk walk(whole->content);
  if (auto const from = walk.take(period_from)) certificate.key_from = day_of(*from);
  if (auto const until = walk.take(period_until)) certificate.key_until = day_of(*until);
  return walk.is_done();
}

void read_extension(ByteSpan kind, bool critical, ByteSpan value, Certificate& certificate, Constraints& constraints) {
  auto const name = as_text(kind);
  Walk walk(value);
  if (name == oids::document_types) certificate.document_types = read_document_types(value);
  if (name == oids::key_period) constraints.is_period_broken = !read_key_period(value, certificate);
  if (name == oids::basic_constraints) {
    auto const whole = walk.take(sequence);
    auto const says = whole ? Walk(whole->content).take(boolean) : std::nullopt;
    constraints.is_authority = says && says->content.size() == 1 && says->content[0] == 0xFF;
  }
  if (name == oids::key_usage) {
    auto const usage = walk.take(bits);
    constraints.has_usage = true;
    constraints.may_certify = usage && usage->content.size() > 1 && (usage->content[1] & certificates_sign) != 0;
  }
  if (name == oids::extended_usage) {
    auto const whole = walk.take(sequence);
    if (!whole || !critical) return;
    Walk usages(whole->content);
    auto const only = usages.take(oid);
    if (!only || !usages.is_done()) return;
    certificate.is_bar_code_signer = as_text(only->content) == oids::bar_code_signer;
    certificate.is_vds_nc_signer = as_text(only->content) == oids::vds_nc_signer;
  }
}

bool read_extensions(Walk& fields, Certificate& certificate) {
  (void)fields.take(issuer_id);
  (void)fields.take(subject_id);
  Constraints constraints;
  if (auto const given = fields.take(extensions)) {
    auto const list = Walk(given->content).take(sequence);
    if (!list) return false;
    for (Walk each(list->content); !each.is_done();) {
      auto const extension = each.take(sequence);
      if (!extension) return false;
      Walk walk(extension->content);
      auto const kind = walk.take(oid);
      auto const critical = walk.take(boolean);
      auto const value = walk.take(octets);
      if (!kind || !value || !walk.is_done()) return false;
      read_extension(kind->content, critical && critical->content[0] == 0xFF, value->content, certificate, constraints);
    }
  }
  certificate.is_authority = constraints.is_authority && (!constraints.has_usage || constraints.may_certify);
  return fields.is_done() && !constraints.is_period_broken;
}

bool read_validity(ByteSpan content, Certificate& certificate) {
  Walk times(content);
  auto const from = times.take();
  auto const until = times.take();
  if (!from || !until) return false;
  certificate.not_before = day_of(*from);
  certificate.not_after = day_of(*until);
  return true;
}

}  // namespace

struct PublicKey::Content {
  Key key;
};

struct Certificate::Content {
  Signed signed_part;
  std::string subject;
  std::string issuer;
  Key key;
};

struct RevocationList::Content {
  Signed signed_part;
  std::string issuer;
};

Result<PublicKey> PublicKey::read(ByteSpan der) {
  auto key = read_key(der);
  if (!key) return malformed("key", "the bytes are no public key");
  if (key->order_bits < key_bits_at_least)
    return refuse(Why::unsupported_type, "key", "an elliptic curve of at least 224 bits is needed");
  return PublicKey(std::make_shared<Content>(Content{std::move(*key)}));
}

bool PublicKey::verifies(ByteSpan message, ByteSpan signature) const {
  return content_->key.holds(message, signature, digest_for(content_->key.order_bits));
}

Result<Certificate> Certificate::read(ByteSpan der) {
  if (der.size() > certificate_bytes_at_most) return refuse(Why::too_large, "certificate", "more than 16 KB");
  auto signed_part = read_signed(der);
  if (!signed_part) return malformed("certificate", "the bytes are no X.509 certificate");
  Walk fields(Walk(signed_part->content).take(sequence)->content);
  (void)fields.take(version);
  auto const serial = fields.take(integer);
  auto const algorithm = fields.take(sequence);
  auto const issuer = fields.take(sequence);
  auto const validity = fields.take(sequence);
  auto const subject = fields.take(sequence);
  auto const info = fields.take(sequence);
  if (!serial || !algorithm || !issuer || !validity || !subject || !info)
    return malformed("certificate", "the bytes are no X.509 certificate");
  auto const key = read_key(info->whole);
  auto const own = read_name(subject->content);
  auto const above = read_name(issuer->content);
  if (!key || !own || !above) return malformed("certificate", "the key of the certificate cannot be read");
  Certificate certificate{Bytes(der.begin(), der.end()),
                          own->country,
                          own->common_name,
                          hex_of(serial->content),
                          {},
                          {},
                          {},
                          {},
                          {},
                          {},
                          false,
                          false,
                          false,
                          PublicKey(std::make_shared<PublicKey::Content>(PublicKey::Content{*key})),
                          std::make_shared<Content>(Content{std::move(*signed_part), own->compared, above->compared, *key})};
  if (!read_validity(validity->content, certificate) || !read_extensions(fields, certificate))
    return malformed("certificate", "the bytes are no X.509 certificate");
  std::uint8_t digest[20];
  host_sha1(der.data(), der.size(), digest);
  certificate.barcode_reference = to_hex(ByteSpan(digest + 15, 5));
  return certificate;
}

Result<Certificate> Certificate::read_pem(std::string const& pem) {
  constexpr std::string_view begin = "-----BEGIN CERTIFICATE-----", end = "-----END CERTIFICATE-----";
  auto const from = pem.find(begin);
  auto const to = pem.find(end);
  if (from == std::string::npos || to == std::string::npos || to < from)
    return malformed("certificate", "the text is no certificate in PEM");
  auto body = pem.substr(from + begin.size(), to - from - begin.size());
  std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '='; });
  std::replace(body.begin(), body.end(), '+', '-');
  std::replace(body.begin(), body.end(), '/', '_');
  auto const der = from_base64url(body);
  if (!der) return malformed("certificate", "the text is no certificate in PEM");
  return read(*der);
}

bool Certificate::is_issued_by(Certificate const& authority) const {
  return authority.is_authority && content->issuer == authority.content->subject &&
         content->signed_part.is_by(authority.content->key);
}

Result<RevocationList> RevocationList::read(ByteSpan der) {
  auto const broken = [] { return malformed("revocation_list", "the bytes are no revocation list"); };
  if (der.size() > list_bytes_at_most) return refuse(Why::too_large, "revocation_list", "more than 4 MB");
  auto signed_part = read_signed(der);
  if (!signed_part) return broken();
  Walk fields(Walk(signed_part->content).take(sequence)->content);
  (void)fields.take(integer);
  auto const algorithm = fields.take(sequence);
  auto const issuer = fields.take(sequence);
  auto const name = issuer ? read_name(issuer->content) : std::nullopt;
  auto const issued = fields.take();
  if (!algorithm || !name || !issued) return broken();
  RevocationList list{Bytes(der.begin(), der.end()), {}, day_of(*issued), {},
                      std::make_shared<Content>(Content{std::move(*signed_part), name->compared})};
  if (fields.tag() == utc_time || fields.tag() == time) list.next_update = day_of(*fields.take());
  auto const revoked = fields.take(sequence);
  for (Walk each(revoked ? revoked->content : ByteSpan()); !each.is_done();) {
    auto const entry = each.take(sequence);
    auto const serial = entry ? Walk(entry->content).take(integer) : std::nullopt;
    if (!serial) return broken();
    list.serials.push_back(hex_of(serial->content));
  }
  (void)fields.take(list_extensions);
  if (!fields.is_done()) return broken();
  return list;
}

bool RevocationList::is_issued_by(Certificate const& authority) const {
  return content->issuer == authority.content->subject && content->signed_part.is_by(authority.content->key);
}

}  // namespace rcms::seal
