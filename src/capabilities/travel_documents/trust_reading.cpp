#include "capabilities/travel_documents/trust_reading.hpp"

#include <algorithm>

#include <boost/json.hpp>

namespace rcms::travel_documents {

namespace json = boost::json;

namespace {

constexpr std::size_t bundle_at_most = 16 << 20;

tl::unexpected<Refused> malformed(std::string detail) { return refuse(Why::malformed, "bundle", std::move(detail)); }

Result<json::object> parse_object(std::string_view text) {
  boost::system::error_code error;
  auto value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return malformed("the text is no trust bundle");
  return std::move(value.get_object());
}

Result<std::string> get_text(json::object const& object, char const* key) {
  auto const* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return malformed(std::string(key) + " is missing");
  return std::string(value->get_string());
}

Result<std::vector<std::string>> get_texts(json::object const& object, char const* key) {
  auto const* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return malformed(std::string(key) + " is missing");
  std::vector<std::string> texts;
  for (auto const& one : value->get_array()) {
    if (!one.is_string()) return malformed(std::string(key) + " holds what is no text");
    texts.emplace_back(one.get_string());
  }
  return texts;
}

/// The authority of a part, when the part is signed by it and it may be believed.
Result<seal::Certificate> check_part(json::object const& part, std::string const& content,
                                     std::vector<seal::Certificate> const& pinned) {
  auto const pem = get_text(part, "authority");
  if (!pem) return tl::unexpected(pem.error());
  auto const authority = seal::Certificate::read_pem(*pem);
  if (!authority) return tl::unexpected(authority.error());
  auto const known = std::any_of(pinned.begin(), pinned.end(), [&](auto const& one) { return one.der == authority->der; });
  if (!authority->is_authority || (!pinned.empty() && !known)) {
    return refuse(Why::does_not_verify, "bundle", "the bundle names an authority that is not trusted here");
  }
  auto const signature = get_text(part, "signature");
  auto const bytes = signature ? from_base64url(*signature) : std::nullopt;
  if (!bytes || !authority->key.verifies(as_bytes(content), *bytes)) {
    return refuse(Why::does_not_verify, "bundle", "a part of the bundle is not signed by the authority it names");
  }
  return authority;
}

Result<void> take_part(json::value const& value, std::vector<seal::Certificate> const& pinned, seal::TrustStore& trust) {
  if (!value.is_object()) return malformed("a part is no object");
  auto const& part = value.get_object();
  auto const text = get_text(part, "content");
  if (!text) return tl::unexpected(text.error());
  auto authority = check_part(part, *text, pinned);
  if (!authority) return tl::unexpected(authority.error());
  auto const content = parse_object(*text);
  if (!content) return tl::unexpected(content.error());
  auto const state = get_text(*content, "state");
  auto const issued_on = Date::parse(get_text(*content, "issued_on").value_or(""));
  auto const next_update = Date::parse(get_text(*content, "next_update").value_or(""));
  auto const signers = get_texts(*content, "signers");
  auto const revoked = get_texts(*content, "revoked");
  // The bundle of an older node does not say which journeys were made.
  Result<std::vector<std::string>> used;
  if (content->contains("used")) used = get_texts(*content, "used");
  if (!used) return tl::unexpected(used.error());
  if (!state || !issued_on || !next_update || !signers || !revoked) return malformed("a part is not complete");
  if (authority->country != certificate_country(*state)) {
    // Else the authority of one State could make signers of another.
    return refuse(Why::does_not_verify, "bundle", "the authority of " + *state + " is of another country, " + authority->country);
  }
  for (auto const& pem : *signers) {
    auto signer = seal::Certificate::read_pem(pem);
    if (!signer) return tl::unexpected(signer.error());
    trust.signers.push_back(std::move(*signer));
  }
  for (auto const& number : *revoked) trust.revoked_documents.insert(*state + " " + number);
  for (auto const& number : *used) trust.used_documents.insert(*state + " " + number);
  trust.countries[*state] = authority->country;
  trust.ages[*state] = {*issued_on, *next_update};
  trust.issued_on = trust.authorities.empty() ? *issued_on : std::min(trust.issued_on, *issued_on);
  trust.next_update = trust.authorities.empty() ? *next_update : std::min(trust.next_update, *next_update);
  trust.authorities.push_back(std::move(*authority));
  return {};
}

}  // namespace

Result<seal::TrustStore> read_trust_bundle(std::string_view text, std::vector<seal::Certificate> const& pinned) {
  if (text.size() > bundle_at_most) return refuse(Why::too_large, "bundle", "a trust bundle has at most 16 MiB");
  auto const bundle = parse_object(text);
  if (!bundle) return tl::unexpected(bundle.error());
  auto const* parts = bundle->if_contains("parts");
  if (get_text(*bundle, "format").value_or("") != "rcms-trust-1" || parts == nullptr || !parts->is_array()) {
    return malformed("the text is no trust bundle of format rcms-trust-1");
  }
  seal::TrustStore trust;
  for (auto const& part : parts->get_array()) {
    if (auto taken = take_part(part, pinned, trust); !taken) return tl::unexpected(taken.error());
  }
  trust.remember_issuers();
  return trust;
}

}  // namespace rcms::travel_documents
