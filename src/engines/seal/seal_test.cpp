// Own keys and certificates, seals made and judged, damage found, limits of the parser.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "engines/seal/verdict.hpp"

namespace rcms::seal {
namespace {

constexpr auto first_line = "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<";
constexpr auto second_line = "E1234567<4XXA9001011F2701312<<<<<<<0";

/// A small State: authority, signer, and a trust list that holds both.
struct State {
  SigningKey authority_key = SigningKey::make(Curve::p384);
  SigningKey signer_key = SigningKey::make(Curve::p256);
  Bytes authority;
  Bytes signer;
  TrustStore trust;

  explicit State(std::vector<std::string> types = {"PU"}, Date signer_end = Date(2028, 3, 31)) {
    AuthorityRequest request{"UT", "CSCA Utopia", 1, Date(2026, 1, 1), Date(2036, 1, 1)};
    authority = make_authority_certificate(authority_key, request).value();
    SignerRequest signing{"UT", "E1", 0xA01, std::move(types), Date(2026, 1, 1), Date(2026, 12, 31), signer_end};
    signer = make_signer_certificate(authority_key, authority, signer_key.public_key(), signing).value();
    trust.authorities.push_back(Certificate::read(authority).value());
    trust.signers.push_back(Certificate::read(signer).value());
    trust.issued_on = Date(2026, 11, 20);
    trust.next_update = Date(2026, 11, 27);
    trust.countries["UTO"] = "UT";
  }

  TravelDocumentSeal content() const {
    return {"UTO", "UTE1", "A01", Date(2026, 11, 21), Date(2026, 11, 21), first_line, second_line};
  }
  Bytes seal() const { return make_travel_document_seal(content(), signer_key.signer()).value(); }
};

std::string printed() { return std::string(first_line) + "\n" + second_line; }

TEST_CASE("a seal made here has 134 bytes, is accepted, and all eight steps have passed") {
  State state;
  auto bytes = state.seal();
  CHECK(bytes.size() == 134);
  auto verdict = judge({bytes, printed(), Date(2026, 11, 22)}, state.trust);
  CAPTURE(verdict.detail);
  CHECK(verdict.status == Status::valid);
  CHECK(verdict.conclusion == Conclusion::accept);
  CHECK(verdict.trust_age_days == 2);
  for (auto const& step : verdict.steps) CHECK(step.outcome == Outcome::passed);
}

TEST_CASE("our own questions change the conclusion in the right order") {
  State state;
  auto seal = state.seal();
  SUBCASE("without the printed zone the officer compares by eye") {
    auto verdict = judge({seal, "", Date(2026, 11, 22)}, state.trust);
    CHECK(verdict.status == Status::valid);
    CHECK(verdict.conclusion == Conclusion::compare_by_eye);
  }
  SUBCASE("a stale trust list never passes in silence") {
    auto verdict = judge({seal, printed(), Date(2026, 12, 24)}, state.trust);
    CHECK(verdict.is_trust_stale);
    CHECK(verdict.status == Status::valid);
    CHECK(verdict.conclusion == Conclusion::refer);
  }
  SUBCASE("a document that has run out is genuine but referred") {
    state.trust.next_update = Date(2027, 3, 1);
    auto verdict = judge({seal, printed(), Date(2027, 2, 1)}, state.trust);
    CHECK(verdict.indication == SubIndication::document_expired);
    CHECK(verdict.conclusion == Conclusion::refer);
  }
  SUBCASE("a used single-journey document is referred") {
    state.trust.used_documents.insert("E1234567");
    CHECK(judge({seal, printed(), Date(2026, 11, 22)}, state.trust).indication == SubIndication::document_used);
  }
  SUBCASE("a revoked document is rejected") {
    state.trust.revoked_documents.insert("E1234567");
    auto verdict = judge({seal, printed(), Date(2026, 11, 22)}, state.trust);
    CHECK(verdict.indication == SubIndication::document_revoked);
    CHECK(verdict.conclusion == Conclusion::reject);
  }
}

TEST_CASE("the signer's certificate is judged before the signature") {
  SUBCASE("revoked") {
    State state;
    auto list = make_revocation_list(state.authority_key, state.authority, {7, Date(2026, 11, 1), Date(2026, 12, 1), {"A01"}});
    state.trust.revocation_lists.push_back(RevocationList::read(list.value()).value());
    CHECK(judge({state.seal(), printed(), Date(2026, 11, 22)}, state.trust).indication == SubIndication::revoked_certificate);
  }
  SUBCASE("a revocation list of a stranger does not count") {
    State state;
    State stranger;
    auto list =
        make_revocation_list(stranger.authority_key, stranger.authority, {7, Date(2026, 11, 1), Date(2026, 12, 1), {"A01"}});
    state.trust.revocation_lists.push_back(RevocationList::read(list.value()).value());
    CHECK(judge({state.seal(), printed(), Date(2026, 11, 22)}, state.trust).conclusion == Conclusion::accept);
  }
  SUBCASE("expired") {
    State state({"PU"}, Date(2027, 1, 15));
    CHECK(judge({state.seal(), printed(), Date(2027, 1, 16)}, state.trust).indication == SubIndication::expired_certificate);
  }
  SUBCASE("not yet valid") {
    State state;
    CHECK(judge({state.seal(), printed(), Date(2025, 12, 31)}, state.trust).indication == SubIndication::untrusted_certificate);
    CHECK(judge({state.seal(), printed(), Date(2026, 1, 1)}, state.trust).status == Status::valid);
  }
  SUBCASE("for other documents") {
    State state({"AC"});
    CHECK(judge({state.seal(), printed(), Date(2026, 11, 22)}, state.trust).indication == SubIndication::invalid_document_type);
  }
  SUBCASE("of an authority that is not in the list") {
    State state;
    State stranger;
    state.trust.authorities = stranger.trust.authorities;
    CHECK(judge({state.seal(), printed(), Date(2026, 11, 22)}, state.trust).indication == SubIndication::untrusted_certificate);
  }
  SUBCASE("of another State than the document's") {
    State state;
    state.trust.countries["UTO"] = "UO";
    CHECK(judge({state.seal(), printed(), Date(2026, 11, 22)}, state.trust).indication == SubIndication::untrusted_certificate);
  }
}

TEST_CASE("a seal counts only when the signer's key was in use on the day it was made") {
  State const state;  // the key: 2026-01-01 to 2026-12-31; the certificate: to 2028-03-31
  CHECK(state.trust.signers[0].key_from == Date(2026, 1, 1));
  CHECK(state.trust.signers[0].key_until == Date(2026, 12, 31));
  struct Row {
    char const* name;
    Date signed_on;
    bool counts;
  };
  for (auto const& row :
       {Row{"two days before the first", Date(2025, 12, 30), false},
        Row{"the day before, in another time zone", Date(2025, 12, 31), true}, Row{"the last", Date(2026, 12, 31), true},
        Row{"the day after, in another time zone", Date(2027, 1, 1), true},
        Row{"two days after the last", Date(2027, 1, 2), false}}) {
    CAPTURE(row.name);
    auto content = state.content();
    content.issued_on = content.signed_on = row.signed_on;
    auto const seal = make_travel_document_seal(content, state.signer_key.signer()).value();
    auto const verdict = judge({seal, printed(), Date(2027, 1, 10)}, state.trust);
    CHECK((verdict.status == Status::valid) == row.counts);
    if (row.counts) continue;
    CHECK(verdict.indication == SubIndication::untrusted_certificate);
    CHECK(verdict.conclusion == Conclusion::reject);
    CHECK(verdict.detail.find(row.signed_on.text()) != std::string::npos);
  }
}

TEST_CASE("any changed byte of a seal is found") {
  State state;
  auto seal = state.seal();
  bool held = rc::check([&] {
    auto damaged = seal;
    auto at = *rc::gen::inRange<std::size_t>(0, seal.size());
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ *rc::gen::inRange(1, 256));
    auto verdict = judge({damaged, printed(), Date(2026, 11, 22)}, state.trust);
    RC_ASSERT(verdict.status == Status::invalid);
    RC_ASSERT(verdict.conclusion == Conclusion::reject);
  });
  CHECK(held);
}

TEST_CASE("what is rendered parses to the same header and features") {
  bool held = rc::check([] {
    auto const upper = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    auto letters = [&](std::size_t count) { return *rc::gen::container<std::string>(count, rc::gen::elementOf(upper)); };
    Header header;
    header.version = *rc::gen::element(Version::three, Version::four);
    header.issuing_state = letters(*rc::gen::inRange<std::size_t>(1, 4));
    header.signer = letters(4);
    std::size_t digits = header.version == Version::three ? 5 : *rc::gen::inRange<std::size_t>(1, 10);
    header.certificate_reference = *rc::gen::container<std::string>(digits, rc::gen::elementOf(std::string("0123456789ABCDEF")));
    header.issued_on = Date::from_days(*rc::gen::inRange(0, 40000));
    header.signed_on = Date::from_days(*rc::gen::inRange(0, 40000));
    header.definition = *rc::gen::arbitrary<std::uint8_t>();
    std::vector<Feature> features;
    std::size_t bytes_at_most = header.version == Version::three ? 256 : 300;
    int count = *rc::gen::inRange(0, 4);
    for (int tag = 0; tag < count; ++tag) {
      features.push_back(
          {static_cast<std::uint8_t>(tag * 7),
           *rc::gen::container<Bytes>(*rc::gen::inRange<std::size_t>(0, bytes_at_most), rc::gen::arbitrary<std::uint8_t>())});
    }
    auto bytes = render_unsigned(header, features);
    RC_ASSERT(bytes.has_value());
    auto seal = parse_seal(*bytes);
    RC_ASSERT(seal.has_value());
    RC_ASSERT(seal->header == header);
    RC_ASSERT(seal->features == features);
  });
  CHECK(held);
}

TEST_CASE("the parser is strict") {
  State state;
  auto good = state.seal();
  auto header = Bytes(good.begin(), good.begin() + 18);
  struct Row {
    char const* name;
    Bytes tail;
  };
  for (auto const& row :
       {Row{"a length that is not minimal", {0x02, 0x81, 0x01, 0x20}}, Row{"a tag twice", {0x04, 0x01, 0x20, 0x04, 0x01, 0x20}},
        Row{"four gigabytes announced", {0x02, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x00}}, Row{"an empty signature", {0xFF, 0x00}},
        Row{"a signature of odd length", {0xFF, 0x03, 1, 2, 3}}, Row{"an indefinite length", {0x02, 0x80, 0x00, 0x00}}}) {
    CAPTURE(row.name);
    auto bytes = header;
    bytes.insert(bytes.end(), row.tail.begin(), row.tail.end());
    CHECK(parse_seal(bytes).error().why == Why::malformed);
  }
  auto padded = good;
  padded.push_back(0x81);
  CHECK(parse_seal(padded).error().why == Why::malformed);
  ParseLimits limits;
  limits.trailing = 4;
  CHECK(parse_seal(padded, limits)->trailing_bytes == 1);
  CHECK(parse_seal(Bytes(2954, 0)).error().why == Why::too_large);
}

TEST_CASE("keys and certificates survive their text form, and what is none is refused") {
  auto key = SigningKey::make(Curve::p256);
  auto again = SigningKey::read(key.pem()).value();
  auto message = as_bytes("message");
  auto verifier = PublicKey::read(key.public_key()).value();
  CHECK(verifier.verifies(message, again.sign(message).value()));
  CHECK(!verifier.verifies(as_bytes("massage"), again.sign(message).value()));
  CHECK(SigningKey::read("no key").error().why == Why::malformed);
  CHECK(PublicKey::read(Bytes{1, 2, 3}).error().why == Why::malformed);
  CHECK(Certificate::read(Bytes{0x30, 0x00}).error().why == Why::malformed);
  State state;
  auto signer = Certificate::read(state.signer).value();
  CHECK(Certificate::read_pem(signer.pem())->der == state.signer);
  CHECK(signer.not_after == Date(2028, 3, 31));
  CHECK(signer.document_types == std::vector<std::string>{"PU"});
}

TEST_CASE("a signer certificate outside its profile is not made") {
  State state;
  auto make = [&](SignerRequest const& request) {
    return make_signer_certificate(state.authority_key, state.authority, state.signer_key.public_key(), request);
  };
  SignerRequest request{"UT", "E1", 2, {"PU"}, Date(2026, 1, 1), Date(2026, 12, 31), Date(2028, 1, 1)};
  CHECK(make(request).has_value());
  auto long_name = request;
  long_name.common_name = "E12";
  CHECK(make(long_name).error().field == "common_name");
  auto long_use = request;
  long_use.private_key_until = Date(2027, 3, 2);
  CHECK(make(long_use).error().field == "private_key_until");
}

}  // namespace
}  // namespace rcms::seal
