#include "capabilities/travel_documents/trust_bundle.hpp"

#include <boost/json.hpp>

namespace rcms::travel_documents {

namespace json = boost::json;

namespace {

/// What the authority of one State says.
std::string content_of(StateSeals const& seals, std::vector<RevokedDocument> const& revoked, Date today) {
  json::array signers;
  for (auto const& signer : seals.signers) signers.emplace_back(signer.certificate.pem());
  json::array numbers;
  json::array used;
  for (auto const& document : revoked) {
    if (document.state == seals.state) (document.is_used ? used : numbers).emplace_back(document.number);
  }
  return json::serialize(json::object{{"state", seals.state},
                                      {"issued_on", today.text()},
                                      {"next_update", today.plus_days(bundle_days).text()},
                                      {"signers", std::move(signers)},
                                      {"revoked", std::move(numbers)},
                                      {"used", std::move(used)}});
}

}  // namespace

seal::TrustStore make_trust_store(std::vector<StateSeals> const& seals, std::vector<RevokedDocument> const& revoked, Date today) {
  seal::TrustStore trust;
  for (auto const& state : seals) {
    trust.authorities.push_back(state.authority);
    for (auto const& signer : state.signers) trust.signers.push_back(signer.certificate);
    trust.countries[state.state] = state.authority.country;
  }
  for (auto const& document : revoked) {
    (document.is_used ? trust.used_documents : trust.revoked_documents).insert(document.state + " " + document.number);
  }
  trust.issued_on = today;
  trust.next_update = today.plus_days(bundle_days);
  trust.remember_issuers();
  return trust;
}

std::string render_trust_bundle(std::vector<StateSeals> const& seals, std::vector<RevokedDocument> const& revoked, Date today,
                                std::vector<std::string> const& others) {
  json::array parts;
  for (auto const& state : seals) {
    auto const content = content_of(state, revoked, today);
    auto const signature = state.authority_key.sign(as_bytes(content));
    if (!signature) continue;
    parts.push_back(
        json::object{{"authority", state.authority.pem()}, {"content", content}, {"signature", to_base64url(*signature)}});
  }
  for (auto const& other : others) parts.push_back(json::parse(other));
  return json::serialize(json::object{{"format", "rcms-trust-1"}, {"parts", std::move(parts)}});
}

}  // namespace rcms::travel_documents
