// Certificates as other States make them: authorities with RSA keys, larger curves, numbers used twice, lists of other
// authorities, names of States that do not agree; and certificates that are damaged.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "engines/seal/verdict.hpp"

namespace rcms::seal {
namespace {

namespace json = boost::json;

auto const printed_zone = std::string("PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<\nE1234567<4XXA9001011F2701312<<<<<<<0");
Date const day(2026, 12, 1);

json::value const& odd() {
  static json::value const loaded = [] {
    std::ifstream file(RCMS_SOURCE_DIR "/tests/golden/seal/odd_certificates.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
  }();
  return loaded;
}

Bytes der_of(json::value const& base64) {
  std::string text(base64.as_string());
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::min(text.find('='), text.size()));
  return from_base64url(text).value();
}

TravelDocumentSeal content(std::string signer, std::string reference, std::string state = "UTO") {
  return {std::move(state), std::move(signer), std::move(reference), Date(2026, 11, 21), Date(2026, 11, 21),
          printed_zone.substr(0, 36), printed_zone.substr(37)};
}

/// An authority of UT with signers UTE1 of any number.
struct Authority {
  SigningKey key = SigningKey::make(Curve::p256);
  Certificate certificate;

  explicit Authority(Date from = Date(2026, 1, 1), Date until = Date(2036, 1, 1), std::string country = "UT")
      : certificate(read(make_authority_certificate(key, {std::move(country), "CSCA Utopia", 1, from, until}))) {}

  static Certificate read(Result<Bytes> const& der) { return Certificate::read(der.value()).value(); }

  Certificate sign(SigningKey const& signer, std::uint64_t serial, std::vector<std::string> types = {"PU"},
                   std::string country = "UT") const {
    SignerRequest request{std::move(country), "E1", serial, std::move(types), Date(2026, 1, 1), Date(2026, 12, 31),
                          Date(2028, 1, 1)};
    return read(make_signer_certificate(key, certificate.der, signer.public_key(), request));
  }
};

TrustStore trust_in(std::vector<Certificate> authorities, std::vector<Certificate> signers) {
  TrustStore trust;
  trust.authorities = std::move(authorities);
  trust.signers = std::move(signers);
  trust.issued_on = day;
  trust.next_update = day.plus_days(30);
  return trust;
}

Verdict judged(Bytes const& seal, TrustStore const& trust, Date on = day) { return judge({seal, printed_zone, on}, trust); }

TEST_CASE("signers on every curve are trusted under an authority with an RSA key; other keys seal nothing") {
  auto const authority = Certificate::read(der_of(odd().at("authority"))).value();
  CHECK(authority.is_authority);
  for (auto const& row : odd().at("signers").as_array()) {
    std::string const reference(row.at("reference").as_string());
    CAPTURE(reference);
    auto const signer = Certificate::read(der_of(row.at("certificate"))).value();
    CHECK(signer.serial == reference);
    CHECK(signer.is_issued_by(authority));
    auto const trust = trust_in({authority}, {signer});
    auto const* pem = row.as_object().if_contains("key");
    if (!pem) {
      auto const stranger = SigningKey::make(Curve::p256);
      auto const seal = make_travel_document_seal(content("UTR1", reference), stranger.signer()).value();
      CHECK(judged(seal, trust).indication == SubIndication::invalid_signature);
      continue;
    }
    auto const key = SigningKey::read(std::string(pem->as_string())).value();
    auto const seal = make_travel_document_seal(content("UTR1", reference), key.signer()).value();
    auto const verdict = judged(seal, trust);
    CAPTURE(verdict.detail);
    CHECK(verdict.conclusion == Conclusion::accept);
    for (std::size_t bit = 0; bit < seal.size() * 8; ++bit) {
      auto damaged = seal;
      damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1U << bit % 8));
      CHECK(judged(damaged, trust).status == Status::invalid);
    }
  }
}

TEST_CASE("of several certificates with one number the one that signed counts, wherever it stands") {
  Authority const authority;
  auto const first = SigningKey::make(Curve::p256);
  auto const second = SigningKey::make(Curve::p256);
  auto const third = SigningKey::make(Curve::p384);
  std::vector<Certificate> signers{authority.sign(first, 0xA01), authority.sign(second, 0xA01), authority.sign(third, 0xA01)};
  for (auto const& key : {first, second, third}) {
    auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
    CHECK(judged(seal, trust_in({authority.certificate}, signers)).conclusion == Conclusion::accept);
    CHECK(judged(seal, trust_in({authority.certificate}, {signers[2], signers[0], signers[1]})).conclusion == Conclusion::accept);
  }
  auto const other = make_travel_document_seal(content("UTE1", "A01"), SigningKey::make(Curve::p256).signer()).value();
  CHECK(judged(other, trust_in({authority.certificate}, signers)).indication == SubIndication::invalid_signature);
  // One of the two may not seal this document: the other may, and the seal is of the first.
  std::vector<Certificate> mixed{authority.sign(first, 0xA01, {"AC"}), authority.sign(second, 0xA01)};
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), first.signer()).value();
  CHECK(judged(seal, trust_in({authority.certificate}, mixed)).status == Status::invalid);
}

TEST_CASE("an authority that was renewed under its name is trusted through the certificate that still runs") {
  Authority const old_one(Date(2016, 1, 1), Date(2026, 6, 1));
  Authority renewed;
  renewed.key = old_one.key;
  AuthorityRequest const request{"UT", "CSCA Utopia", 2, Date(2026, 1, 1), Date(2036, 1, 1)};
  renewed.certificate = Authority::read(make_authority_certificate(renewed.key, request));
  auto const key = SigningKey::make(Curve::p256);
  auto const signer = old_one.sign(key, 0xA01);
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  for (auto const& authorities :
       {std::vector{old_one.certificate, renewed.certificate}, {renewed.certificate, old_one.certificate}}) {
    CHECK(judged(seal, trust_in(authorities, {signer})).conclusion == Conclusion::accept);
  }
  auto const verdict = judged(seal, trust_in({old_one.certificate}, {signer}));
  CHECK(verdict.indication == SubIndication::untrusted_certificate);
  CHECK(verdict.steps[static_cast<std::size_t>(Step::signature)].outcome == Outcome::passed);
  CHECK(verdict.steps[static_cast<std::size_t>(Step::trust)].outcome == Outcome::failed);
}

TEST_CASE("an authority that has the name but not the key, or is no authority, is not trusted") {
  Authority const authority;
  Authority const namesake;
  auto const key = SigningKey::make(Curve::p256);
  auto const signer = authority.sign(key, 0xA01);
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  CHECK(judged(seal, trust_in({namesake.certificate}, {signer})).indication == SubIndication::untrusted_certificate);
  CHECK(judged(seal, trust_in({signer}, {signer})).indication == SubIndication::untrusted_certificate);
  CHECK(judged(seal, trust_in({}, {signer})).indication == SubIndication::untrusted_certificate);
  CHECK(judged(seal, trust_in({authority.certificate}, {})).indication == SubIndication::unknown_certificate);
  CHECK(judged(seal, trust_in({authority.certificate}, {authority.certificate})).indication ==
        SubIndication::unknown_certificate);
  Authority const abroad(Date(2026, 1, 1), Date(2036, 1, 1), "UO");
  auto const foreign = abroad.sign(key, 0xA01);
  CHECK(judged(seal, trust_in({abroad.certificate}, {foreign})).indication == SubIndication::untrusted_certificate);
}

TEST_CASE("a signer of one State seals neither under another State's header nor another State's zone") {
  Authority const authority;
  auto const key = SigningKey::make(Curve::p256);
  auto trust = trust_in({authority.certificate}, {authority.sign(key, 0xA01)});
  trust.countries = {{"UTO", "UT"}, {"XAR", "XA"}};
  auto const own = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  CHECK(judged(own, trust).conclusion == Conclusion::accept);
  auto const header = make_travel_document_seal(content("UTE1", "A01", "XAR"), key.signer()).value();
  CHECK(judged(header, trust).indication == SubIndication::untrusted_certificate);
  auto lent = content("UTE1", "A01");
  lent.first_line.replace(2, 3, "XAR");
  auto const zone = make_travel_document_seal(lent, key.signer()).value();
  CHECK(judge({zone, "", day}, trust).indication == SubIndication::untrusted_certificate);
}

TEST_CASE("the list of document types decides, with or without fillers") {
  Authority const authority;
  auto const key = SigningKey::make(Curve::p256);
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  struct Row {
    std::vector<std::string> types;
    bool allowed;
  };
  for (auto const& row :
       {Row{{"PU"}, true}, Row{{"AC", "PU", "PE"}, true}, Row{{"PE"}, false}, Row{{"P"}, false}, Row{{}, false}}) {
    auto const verdict = judged(seal, trust_in({authority.certificate}, {authority.sign(key, 0xA01, row.types)}));
    CHECK((verdict.status == Status::valid) == row.allowed);
    if (!row.allowed) CHECK(verdict.indication == SubIndication::invalid_document_type);
  }
}

TEST_CASE("of what nobody signed only the signature is told; what is signed and no text is of wrong format") {
  Authority const authority;
  auto const key = SigningKey::make(Curve::p256);
  auto const trust = trust_in({authority.certificate}, {authority.sign(key, 0xA01)});
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  for (std::size_t at = 20; at < 68; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      auto damaged = seal;
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1 << bit));
      CHECK(judge({damaged, "", day}, trust).indication == SubIndication::invalid_signature);
    }
  }
  Header const header{Version::four, "UTO", "UTE1", "A01", Date(2026, 11, 21), Date(2026, 11, 21), travel_document_definition,
                      travel_document_category};
  auto broken = render_unsigned(header, {{mrz_tag, Bytes(48, 0xFF)}}).value();
  auto const signature = key.sign(broken).value();
  broken.insert(broken.end(), {0xFF, 0x40});
  broken.insert(broken.end(), signature.begin(), signature.end());
  auto const verdict = judged(broken, trust);
  CHECK(verdict.indication == SubIndication::wrong_format);
  CHECK(verdict.steps[static_cast<std::size_t>(Step::signature)].outcome == Outcome::passed);
}

TEST_CASE("a revocation list counts for the signers of its own authority, also when it is old") {
  Authority const authority;
  Authority const namesake;
  auto const key = SigningKey::make(Curve::p256);
  auto trust = trust_in({authority.certificate, namesake.certificate}, {authority.sign(key, 0xA01)});
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  auto const add = [&](Authority const& by, std::vector<std::string> serials) {
    auto const list =
        make_revocation_list(by.key, by.certificate.der, {1, Date(2026, 2, 1), Date(2026, 3, 1), std::move(serials)});
    trust.revocation_lists.push_back(RevocationList::read(list.value()).value());
  };
  add(namesake, {"A01"});
  add(authority, {"A02", "1A01", "A011"});
  CHECK(judged(seal, trust).conclusion == Conclusion::accept);
  add(authority, {"B1", "A01"});
  CHECK(judged(seal, trust).indication == SubIndication::revoked_certificate);
}

TEST_CASE("certificates and lists that are cut or changed are refused or lose their trust, and never crash") {
  Authority const authority;
  auto const key = SigningKey::make(Curve::p256);
  auto const signer = authority.sign(key, 0xA01);
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  for (std::size_t size = 0; size < signer.der.size(); ++size)
    CHECK(!Certificate::read(ByteSpan(signer.der).first(size)).has_value());
  auto longer = signer.der;
  longer.push_back(0);
  CHECK(!Certificate::read(longer).has_value());
  CHECK(Certificate::read(Bytes(20'000, 0x30)).error().why == Why::too_large);
  for (auto const& lengths :
       {Bytes{0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF}, Bytes{0x30, 0x80}, Bytes{0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1}}) {
    CHECK(!Certificate::read(lengths).has_value());
    CHECK(!RevocationList::read(lengths).has_value());
  }
  bool held = rc::check([&] {
    auto damaged = signer.der;
    auto const at = *rc::gen::inRange<std::size_t>(0, damaged.size());
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1U << *rc::gen::inRange(0, 8)));
    auto const read = Certificate::read(damaged);
    if (!read) return;
    RC_ASSERT(judged(seal, trust_in({authority.certificate}, {*read})).status == Status::invalid);
  });
  CHECK(held);
}

TEST_CASE("every bit of a seal matters, whatever certificates are known") {
  Authority const authority;
  auto const key = SigningKey::make(Curve::p256);
  auto const other = SigningKey::make(Curve::p256);
  auto const trust = trust_in({authority.certificate},
                              {authority.sign(key, 0xA01), authority.sign(other, 0xA00), authority.sign(other, 0xA03)});
  auto const seal = make_travel_document_seal(content("UTE1", "A01"), key.signer()).value();
  for (std::size_t bit = 0; bit < seal.size() * 8; ++bit) {
    auto damaged = seal;
    damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1U << bit % 8));
    CAPTURE(bit);
    CHECK(judge({damaged, "", day}, trust).status == Status::invalid);
  }
  for (std::size_t size = 0; size < seal.size(); ++size) {
    auto const cut = Bytes(seal.begin(), seal.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK(judge({cut, "", day}, trust).indication == SubIndication::wrong_format);
  }
}

}  // namespace
}  // namespace rcms::seal
