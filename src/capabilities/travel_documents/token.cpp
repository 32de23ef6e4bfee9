#include "capabilities/travel_documents/token.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <p11-kit/uri.h>

namespace rcms::travel_documents {

namespace {

// The names of the curves, and the beginning of a SubjectPublicKeyInfo up to the point. Source: RFC 5480.
constexpr std::array<std::uint8_t, 10> p256_name{0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
constexpr std::array<std::uint8_t, 7> p384_name{0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22};
constexpr std::array<std::uint8_t, 9> elliptic_key{0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};
constexpr std::size_t largest_answer = 256;  // bytes of a point or a signature; 521 bits need 139

Bytes name_of_curve(seal::Curve curve) {
  if (curve == seal::Curve::p256) return {p256_name.begin(), p256_name.end()};
  return {p384_name.begin(), p384_name.end()};
}

struct UriRelease {
  void operator()(P11KitUri* uri) const { p11_kit_uri_free(uri); }
};
using Uri = std::unique_ptr<P11KitUri, UriRelease>;

/// What the module says, with the step in which it said it; a fault.
struct TokenFault : std::runtime_error {
  CK_RV code;
  TokenFault(char const* step, CK_RV said)
      : std::runtime_error(fmt::format("the token of the sealing keys: {}: {}; is it plugged in, and its PIN right?", step,
                                       p11_kit_strerror(said))),
        code(said) {}
};

void demand(CK_RV said, char const* step) {
  if (said != CKR_OK) throw TokenFault(step, said);
}

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, void const* value, std::size_t size) {
  return {type, const_cast<void*>(value), static_cast<CK_ULONG>(size)};  // PKCS#11 has no const
}
CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, std::string const& text) { return attribute(type, text.data(), text.size()); }

std::string read_pin(std::string file) {
  if (file.starts_with("file:")) file.erase(0, 5);
  std::ifstream in(file);
  std::string line;
  if (!in || !std::getline(in, line) || line.empty())
    throw std::runtime_error("the PIN of the token of the sealing keys cannot be read from " + file);
  return line;
}

}  // namespace

struct Token::Content {
  Uri uri;
  std::mutex mutex;
  CK_FUNCTION_LIST* module = nullptr;
  CK_SESSION_HANDLE session = 0;
  bool is_open = false;

  ~Content();
  void open();
  void close();
  CK_OBJECT_HANDLE find(CK_OBJECT_CLASS kind, std::string const& label);
  Bytes make(std::string const& label, seal::Curve curve);
  Bytes sign(std::string const& label, seal::ByteSpan digest);
  Bytes sign_once(std::string const& label, seal::ByteSpan digest);

 private:
  void load();
  CK_SLOT_ID slot();
};

Token::Content::~Content() {
  std::lock_guard const lock(mutex);
  close();
  if (module == nullptr) return;
  p11_kit_module_finalize(module);
  p11_kit_module_release(module);
}

void Token::Content::load() {
  if (module != nullptr) return;
  auto const* const path = p11_kit_uri_get_module_path(uri.get());
  auto* const loaded = p11_kit_module_load(path, P11_KIT_MODULE_CRITICAL);
  if (loaded == nullptr) throw std::runtime_error(fmt::format("the PKCS#11 module {} cannot be loaded", path));
  if (auto const said = p11_kit_module_initialize(loaded); said != CKR_OK) {
    p11_kit_module_release(loaded);
    throw TokenFault("starting the module", said);
  }
  module = loaded;
}

CK_SLOT_ID Token::Content::slot() {
  CK_ULONG count = 0;
  demand(module->C_GetSlotList(CK_TRUE, nullptr, &count), "listing tokens");
  std::vector<CK_SLOT_ID> slots(count);
  demand(module->C_GetSlotList(CK_TRUE, slots.data(), &count), "listing tokens");
  slots.resize(count);
  for (auto const one : slots) {
    CK_TOKEN_INFO info;
    if (module->C_GetTokenInfo(one, &info) == CKR_OK && p11_kit_uri_match_token_info(uri.get(), &info) == 1) return one;
  }
  throw std::runtime_error("the token of the sealing keys is not there: none of the module has the label of its address");
}

void Token::Content::open() {
  if (is_open) return;
  load();
  auto pin = read_pin(p11_kit_uri_get_pin_source(uri.get()));
  demand(module->C_OpenSession(slot(), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), "opening a session");
  is_open = true;
  auto const said = module->C_Login(session, CKU_USER, reinterpret_cast<unsigned char*>(pin.data()), pin.size());
  std::fill(pin.begin(), pin.end(), '\0');
  if (said == CKR_OK || said == CKR_USER_ALREADY_LOGGED_IN) return;
  close();
  throw TokenFault("signing in", said);
}

void Token::Content::close() {
  if (is_open) (void)module->C_CloseSession(session);
  is_open = false;
}

CK_OBJECT_HANDLE Token::Content::find(CK_OBJECT_CLASS kind, std::string const& label) {
  std::array wanted{attribute(CKA_CLASS, &kind, sizeof kind), attribute(CKA_LABEL, label)};
  demand(module->C_FindObjectsInit(session, wanted.data(), wanted.size()), "looking for a key");
  CK_OBJECT_HANDLE found = 0;
  CK_ULONG count = 0;
  auto const said = module->C_FindObjects(session, &found, 1, &count);
  (void)module->C_FindObjectsFinal(session);
  demand(said, "looking for a key");
  return count == 1 ? found : 0;
}

/// The public key, SubjectPublicKeyInfo.
Bytes Token::Content::make(std::string const& label, seal::Curve curve) {
  std::lock_guard const lock(mutex);
  open();
  if (find(CKO_PRIVATE_KEY, label) != 0) throw std::runtime_error("the token has a key " + label + " already; nothing was made");
  CK_BBOOL yes = CK_TRUE;
  CK_BBOOL no = CK_FALSE;
  auto const name = name_of_curve(curve);
  std::array open_half{attribute(CKA_TOKEN, &yes, 1), attribute(CKA_VERIFY, &yes, 1), attribute(CKA_LABEL, label),
                       attribute(CKA_ID, label), attribute(CKA_EC_PARAMS, name.data(), name.size())};
  std::array secret_half{attribute(CKA_TOKEN, &yes, 1),       attribute(CKA_PRIVATE, &yes, 1), attribute(CKA_SENSITIVE, &yes, 1),
                         attribute(CKA_EXTRACTABLE, &no, 1), attribute(CKA_SIGN, &yes, 1),    attribute(CKA_LABEL, label),
                         attribute(CKA_ID, label)};
  CK_MECHANISM how{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
  CK_OBJECT_HANDLE key = 0;
  CK_OBJECT_HANDLE secret = 0;
  demand(module->C_GenerateKeyPair(session, &how, open_half.data(), open_half.size(), secret_half.data(), secret_half.size(),
                                   &key, &secret),
         "making a key");
  Bytes point(largest_answer);
  auto asked = attribute(CKA_EC_POINT, point.data(), point.size());
  demand(module->C_GetAttributeValue(session, key, &asked, 1), "reading the public key");
  point.resize(asked.ulValueLen);
  if (point.size() < 3 || point[0] != 0x04 || point[1] != point.size() - 2)
    throw std::runtime_error("the token of the sealing keys gives its public key in another form than PKCS#11 demands");
  Bytes algorithm(elliptic_key.begin(), elliptic_key.end());
  algorithm.insert(algorithm.end(), name.begin(), name.end());
  Bytes bits{0x00};
  bits.insert(bits.end(), point.begin() + 2, point.end());
  Bytes whole{0x30, static_cast<std::uint8_t>(4 + algorithm.size() + bits.size()), 0x30,
              static_cast<std::uint8_t>(algorithm.size())};
  whole.insert(whole.end(), algorithm.begin(), algorithm.end());
  whole.push_back(0x03);
  whole.push_back(static_cast<std::uint8_t>(bits.size()));
  whole.insert(whole.end(), bits.begin(), bits.end());
  return whole;
}

Bytes Token::Content::sign_once(std::string const& label, seal::ByteSpan digest) {
  open();
  auto const key = find(CKO_PRIVATE_KEY, label);
  if (key == 0) throw std::runtime_error("the token of the sealing keys has no key " + label + "; is it the right token?");
  CK_MECHANISM how{CKM_ECDSA, nullptr, 0};
  demand(module->C_SignInit(session, &how, key), "signing");
  Bytes input(digest.begin(), digest.end());
  Bytes signature(largest_answer);
  CK_ULONG size = signature.size();
  demand(module->C_Sign(session, input.data(), input.size(), signature.data(), &size), "signing");
  signature.resize(size);
  return signature;
}

Bytes Token::Content::sign(std::string const& label, seal::ByteSpan digest) {
  std::lock_guard const lock(mutex);
  bool const was_open = is_open;
  try {
    return sign_once(label, digest);
  } catch (TokenFault const&) {
    close();
    if (!was_open) throw;
  }
  return sign_once(label, digest);  // the session was an old one: the token was taken out, or another process signed it out
}

Token::Token(std::shared_ptr<Content> content) : content_(std::move(content)) {}
Token::~Token() = default;

Result<std::shared_ptr<Token>> Token::at(std::string const& address) {
  auto content = std::make_shared<Content>();
  content->uri.reset(p11_kit_uri_new());
  bool const read = p11_kit_uri_parse(address.c_str(), P11_KIT_URI_FOR_ANY, content->uri.get()) == P11_KIT_URI_OK;
  bool const whole = read && p11_kit_uri_get_module_path(content->uri.get()) != nullptr &&
                     p11_kit_uri_get_pin_source(content->uri.get()) != nullptr &&
                     p11_kit_uri_get_token_info(content->uri.get())->label[0] != '\0';
  if (!whole) {
    return refuse(Why::field_invalid, "token",
                  "write the token as pkcs11:token=LABEL?module-path=FILE&pin-source=FILE", "RFC 7512");
  }
  return std::shared_ptr<Token>(new Token(std::move(content)));
}

seal::SigningKey Token::make_key(std::string const& label, seal::Curve curve) {
  auto key = seal::SigningKey::of_token(
      content_->make(label, curve),
      [content = content_, label](seal::ByteSpan digest) -> Result<Bytes> { return content->sign(label, digest); });
  if (!key) throw std::runtime_error("the token of the sealing keys: " + key.error().detail);
  return std::move(*key);
}

seal::SigningKey Token::key_of(std::string const& label, seal::Certificate const& certificate) {
  auto key = seal::SigningKey::of_token(certificate, [content = content_, label](seal::ByteSpan digest) -> Result<Bytes> {
    return content->sign(label, digest);
  });
  if (!key) throw std::runtime_error("the token of the sealing keys: " + key.error().detail);
  return std::move(*key);
}

}  // namespace rcms::travel_documents
