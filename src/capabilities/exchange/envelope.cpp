#include "capabilities/exchange/envelope.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <sodium.h>

namespace rcms::exchange {

namespace json = boost::json;

namespace {

/// Objects with their keys in order, all the way down, so that the text does not depend on who built it.
json::value in_order(json::value const& value) {
  if (value.is_array()) {
    json::array sorted;
    for (auto const& element : value.get_array()) sorted.push_back(in_order(element));
    return sorted;
  }
  if (!value.is_object()) return value;
  std::vector<json::string_view> keys;
  for (auto const& member : value.get_object()) keys.push_back(member.key());
  std::sort(keys.begin(), keys.end());
  json::object sorted;
  for (auto key : keys) sorted.emplace(key, in_order(value.get_object().at(key)));
  return sorted;
}

/// A fraction or a number beyond 64 bits is not written as it was read: both States must hold the same text.
bool has_only_whole_numbers(json::value const& value) {
  if (value.is_double() || value.is_uint64()) return false;
  if (value.is_array())
    return std::all_of(value.get_array().begin(), value.get_array().end(), has_only_whole_numbers);
  if (!value.is_object()) return true;
  auto const& members = value.get_object();
  return std::all_of(members.begin(), members.end(), [](auto const& member) { return has_only_whole_numbers(member.value()); });
}

std::string sign(std::string_view text, SigningKey const& key) {
  Bytes signature(crypto_sign_BYTES);
  auto const message = as_bytes(text);
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key.secret.data());
  return to_base64url(signature);
}

bool signature_holds(std::string_view text, std::string_view signature, Bytes const& open_key) {
  auto const bytes = from_base64url(signature);
  if (!bytes || bytes->size() != crypto_sign_BYTES || open_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
  auto const message = as_bytes(text);
  return crypto_sign_verify_detached(bytes->data(), message.data(), message.size(), open_key.data()) == 0;
}

/// Takes the members of an object one by one; says the path of the first that is wrong.
class Reader {
 public:
  Reader(json::object const& object, std::string path) : object_(object), path_(std::move(path)) {}

  std::string text(json::string_view key, std::size_t limit) {
    auto const* value = object_.if_contains(key);
    if (value == nullptr) return fail(key, Why::field_missing);
    if (!value->is_string() || value->get_string().size() > limit) return fail(key, Why::field_invalid);
    return std::string(value->get_string());
  }

  std::int64_t whole(json::string_view key) {
    auto const* value = object_.if_contains(key);
    if (value == nullptr) return fail(key, Why::field_missing), 0;
    if (!value->is_int64() || value->get_int64() < 0) return fail(key, Why::field_invalid), 0;
    return value->get_int64();
  }

  template <class T>
  T made(json::string_view key, std::optional<T> found) {
    if (found) return *found;
    fail(key, Why::field_invalid);
    return T{};
  }

  std::string fail(json::string_view key, Why why) {
    if (!refused_) refused_ = Refused{why, path_ + std::string(key), {}, {}};
    return {};
  }

  std::optional<Refused> const& refused() const { return refused_; }

 private:
  json::object const& object_;
  std::string path_;
  std::optional<Refused> refused_;
};

json::object note_json(AttachmentNote const& note) {
  return {{"file", note.file.value}, {"name", note.name}, {"kind", note.kind},
          {"type", note.type},       {"size", note.size}, {"sha256", note.sha256}};
}

Result<AttachmentNote> read_note(json::value const& value, std::size_t index) {
  std::string const path = fmt::format("attachments[{}].", index);
  if (!value.is_object()) return refuse(Why::field_invalid, path);
  Reader reader(value.get_object(), path);
  AttachmentNote note;
  note.file = reader.made("file", FileId::parse(reader.text("file", 36)));
  note.name = reader.text("name", 400);
  note.kind = reader.text("kind", 100);
  note.type = reader.text("type", 100);
  note.size = reader.whole("size");
  note.sha256 = reader.text("sha256", 64);
  if (reader.refused()) return tl::unexpected(*reader.refused());
  return note;
}

std::string receipt_text(Receipt const& receipt) {
  return fmt::format("rcms receipt 1\n{}\n{}\n{}\n{}", receipt.envelope.value, receipt.envelope_hash, receipt.by,
                     receipt.at.text());
}

}  // namespace

std::string_view name_of(EnvelopeKind kind) { return boost::describe::enum_to_string(kind, ""); }

std::optional<EnvelopeKind> find_kind(std::string_view name) {
  EnvelopeKind kind{};
  if (!boost::describe::enum_from_string(std::string(name).c_str(), kind)) return std::nullopt;
  return kind;
}

std::string render_envelope(Envelope const& envelope) {
  json::array attachments;
  for (auto const& note : envelope.attachments) attachments.push_back(note_json(note));
  json::object const object{{"format", 1},
                            {"id", envelope.id.value},
                            {"case", envelope.case_id.value},
                            {"from", envelope.from},
                            {"to", envelope.to},
                            {"kind", name_of(envelope.kind)},
                            {"number", envelope.number},
                            {"previous", envelope.previous_hash},
                            {"at", envelope.at.text()},
                            {"body", in_order(envelope.body)},
                            {"attachments", attachments}};
  return json::serialize(object);
}

Result<Envelope> parse_envelope(std::string_view text) {
  if (text.size() > envelope_text_limit) return refuse(Why::too_large, "envelope");
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 16;
  json::value const value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error || !value.is_object()) return refuse(Why::malformed, "envelope", "not a JSON object");
  json::object const& object = value.get_object();
  Reader reader(object, {});
  Envelope envelope;
  if (reader.whole("format") != 1) return refuse(Why::field_invalid, "format", "only format 1 is known");
  envelope.id = reader.made("id", EnvelopeId::parse(reader.text("id", 36)));
  envelope.case_id = reader.made("case", CaseId::parse(reader.text("case", 36)));
  envelope.from = reader.text("from", 3);
  envelope.to = reader.text("to", 3);
  envelope.kind = reader.made("kind", find_kind(reader.text("kind", 40)));
  envelope.number = reader.whole("number");
  envelope.previous_hash = reader.text("previous", 64);
  envelope.at = reader.made("at", Instant::parse(reader.text("at", 30)));
  auto const* body = object.if_contains("body");
  auto const* attachments = object.if_contains("attachments");
  if (body == nullptr || !body->is_object()) reader.fail("body", Why::field_invalid);
  if (attachments == nullptr || !attachments->is_array()) reader.fail("attachments", Why::field_invalid);
  if (reader.refused()) return tl::unexpected(*reader.refused());
  if (!has_only_whole_numbers(*body)) return refuse(Why::field_invalid, "body", "numbers must be whole and of at most 64 bits");
  if (attachments->get_array().size() > envelope_attachments_limit) return refuse(Why::too_large, "attachments");
  envelope.body = body->get_object();
  for (auto const& element : attachments->get_array()) {
    auto note = read_note(element, envelope.attachments.size());
    if (!note) return tl::unexpected(note.error());
    envelope.attachments.push_back(std::move(*note));
  }
  return envelope;
}

SigningKey make_signing_key() {
  SigningKey key{Bytes(crypto_sign_SECRETKEYBYTES), Bytes(crypto_sign_PUBLICKEYBYTES)};
  crypto_sign_keypair(key.open.data(), key.secret.data());
  return key;
}

SigningKey signing_key_from_seed(Bytes const& seed) {
  if (seed.size() != crypto_sign_SEEDBYTES) throw std::invalid_argument("the seed of a signing key has 32 bytes");
  SigningKey key{Bytes(crypto_sign_SECRETKEYBYTES), Bytes(crypto_sign_PUBLICKEYBYTES)};
  crypto_sign_seed_keypair(key.open.data(), key.secret.data(), seed.data());
  return key;
}

SealedEnvelope seal_envelope(Envelope const& envelope, SigningKey const& key) {
  SealedEnvelope sealed;
  sealed.text = render_envelope(envelope);
  sealed.hash = to_hex(sha256(sealed.text));
  sealed.signature = sign("rcms envelope 1\n" + sealed.hash, key);
  return sealed;
}

Result<Envelope> open_envelope(SealedEnvelope const& sealed, Bytes const& open_key) {
  if (sealed.text.size() > envelope_text_limit) return refuse(Why::too_large, "envelope");
  if (to_hex(sha256(sealed.text)) != sealed.hash) return refuse(Why::does_not_verify, "hash");
  if (!signature_holds("rcms envelope 1\n" + sealed.hash, sealed.signature, open_key)) {
    return refuse(Why::does_not_verify, "signature");
  }
  return parse_envelope(sealed.text);
}

Receipt sign_receipt(EnvelopeId envelope, std::string envelope_hash, std::string by, Instant at, SigningKey const& key) {
  Receipt receipt{std::move(envelope), std::move(envelope_hash), std::move(by), at, {}};
  receipt.signature = sign(receipt_text(receipt), key);
  return receipt;
}

bool receipt_holds(Receipt const& receipt, Bytes const& open_key) {
  return signature_holds(receipt_text(receipt), receipt.signature, open_key);
}

std::string render_receipt(Receipt const& receipt) {
  return json::serialize(json::object{{"envelope", receipt.envelope.value},
                                      {"hash", receipt.envelope_hash},
                                      {"by", receipt.by},
                                      {"at", receipt.at.text()},
                                      {"signature", receipt.signature}});
}

Result<Receipt> parse_receipt(std::string_view text) {
  boost::system::error_code error;
  json::value const value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return refuse(Why::malformed, "receipt");
  Reader reader(value.get_object(), "receipt.");
  Receipt receipt;
  receipt.envelope = reader.made("envelope", EnvelopeId::parse(reader.text("envelope", 36)));
  receipt.envelope_hash = reader.text("hash", 64);
  receipt.by = reader.text("by", 3);
  receipt.at = reader.made("at", Instant::parse(reader.text("at", 30)));
  receipt.signature = reader.text("signature", 100);
  if (reader.refused()) return tl::unexpected(*reader.refused());
  return receipt;
}

std::string case_fingerprint(std::string_view first_code, std::string_view first_hash, std::string_view second_code,
                             std::string_view second_hash) {
  if (second_code < first_code) return case_fingerprint(second_code, second_hash, first_code, first_hash);
  std::string const text = fmt::format("rcms case 1\n{} {}\n{} {}", first_code, first_hash, second_code, second_hash);
  return to_hex(sha256(text)).substr(0, 16);
}

}  // namespace rcms::exchange
