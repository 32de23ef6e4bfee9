// The kinds of barcodes beside the seal of a travel document: made and judged with own keys, damage found, limits kept.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <boost/json.hpp>

#include "engines/seal/idb.hpp"
#include "engines/seal/vds_nc.hpp"
#include "engines/seal/verdict.hpp"

namespace rcms::seal {
namespace {

namespace json = boost::json;

Date const today(2026, 11, 22);
constexpr auto document_zone = "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<\nE1234567<4XXA9001011F2701312<<<<<<<0";

struct Issuer {
  SigningKey authority_key = SigningKey::make(Curve::p384);
  SigningKey signer_key = SigningKey::make(Curve::p256);
  TrustStore trust;

  explicit Issuer(std::vector<std::string> types = {"PU"}) {
    auto const authority =
        make_authority_certificate(authority_key, {"UT", "CSCA Utopia", 1, Date(2026, 1, 1), Date(2036, 1, 1)});
    SignerRequest const request{"UT", "E1", 0xA01, std::move(types), Date(2026, 1, 1), Date(2026, 12, 31), Date(2028, 3, 31)};
    auto const signer = make_signer_certificate(authority_key, *authority, signer_key.public_key(), request);
    trust.authorities.push_back(Certificate::read(*authority).value());
    trust.signers.push_back(Certificate::read(*signer).value());
    trust.issued_on = Date(2026, 11, 20);
    trust.next_update = Date(2026, 11, 27);
    trust.countries["UTO"] = "UT";
  }

  Idb document(IdbForm form) const {
    std::string lines(document_zone);
    lines.erase(36, 1);
    Bytes nested{0x02, 0x30};
    auto const mrz = c40_encode(lines).value();
    nested.insert(nested.end(), mrz.begin(), mrz.end());
    Idb idb;
    idb.form = form;
    idb.issuing_state = "UTO";
    idb.signature_algorithm = 1;
    idb.certificate_reference = trust.signers[0].barcode_reference;
    idb.signed_on = Bytes{0x00, 0xA8, 0x1B, 0x8A};
    idb.messages = {{idb_travel_document, nested}, {idb_face, Bytes{0xFF, 0xD8, 0xFF, 0xD9}}};
    return idb;
  }
};

Bytes bytes_of(std::string_view text) { return Bytes(text.begin(), text.end()); }

TEST_CASE("a datastructure with the face is accepted, compressed or not, and hands over the face") {
  Issuer state;
  for (auto const form : {IdbForm::signed_only, IdbForm::signed_and_zipped}) {
    auto const text = make_idb(state.document(form), state.signer_key.signer()).value();
    CHECK(text.substr(0, 5) == (form == IdbForm::signed_only ? "RDB1B" : "RDB1D"));
    auto const verdict = judge({bytes_of(text), document_zone, today}, state.trust);
    CAPTURE(verdict.detail);
    CHECK(verdict.conclusion == Conclusion::accept);
    REQUIRE(verdict.opened.has_value());
    CHECK(verdict.opened->kind == Kind::datastructure);
    CHECK(verdict.opened->face == Bytes{0xFF, 0xD8, 0xFF, 0xD9});
  }
}

TEST_CASE("a datastructure may bring its certificate, which needs a trusted authority all the same") {
  Issuer state;
  auto document = state.document(IdbForm::signed_only);
  document.certificate = state.trust.signers[0].der;
  auto const text = make_idb(document, state.signer_key.signer()).value();
  auto alone = state.trust;
  alone.signers.clear();
  CHECK(judge({bytes_of(text), document_zone, today}, alone).conclusion == Conclusion::accept);
  Issuer stranger;
  auto const verdict = judge({bytes_of(text), document_zone, today}, stranger.trust);
  CHECK(verdict.indication == SubIndication::untrusted_certificate);
  document.certificate_reference = "0000000000";
  auto const other = make_idb(document, state.signer_key.signer()).value();
  CHECK(judge({bytes_of(other), document_zone, today}, state.trust).indication == SubIndication::wrong_format);
}

TEST_CASE("any changed letter of a datastructure is found, or does not change what it says") {
  Issuer state;
  for (auto const form : {IdbForm::signed_only, IdbForm::signed_and_zipped}) {
    auto const good = make_idb(state.document(form), state.signer_key.signer()).value();
    auto const said = parse_idb(good)->signed_bytes;
    bool held = rc::check([&] {
      auto damaged = good;
      auto const at = *rc::gen::inRange<std::size_t>(0, good.size());
      damaged[at] = static_cast<char>(damaged[at] ^ *rc::gen::inRange(1, 256));
      auto const verdict = judge({bytes_of(damaged), document_zone, today}, state.trust);
      if (verdict.status == Status::invalid) return;
      RC_ASSERT(form == IdbForm::signed_and_zipped);
      RC_ASSERT(verdict.opened->signed_bytes == said);
    });
    CHECK(held);
  }
}

TEST_CASE("what is made as a datastructure is read as the same") {
  auto const signer = [](ByteSpan) -> Result<Bytes> { return Bytes(64, 7); };
  bool held = rc::check([&] {
    Idb idb;
    idb.form = static_cast<IdbForm>(*rc::gen::inRange(0, 4));
    idb.issuing_state = *rc::gen::element<std::string>("D", "UTO", "RK");
    if (idb.is_signed()) {
      idb.signature_algorithm = *rc::gen::arbitrary<std::uint8_t>();
      idb.certificate_reference = to_hex(*rc::gen::container<Bytes>(5, rc::gen::arbitrary<std::uint8_t>()));
      idb.signed_on = *rc::gen::container<Bytes>(4, rc::gen::arbitrary<std::uint8_t>());
    }
    for (int tag = 0, count = *rc::gen::inRange(0, 5); tag < count; ++tag) {
      auto const size = *rc::gen::inRange<std::size_t>(0, 400);
      idb.messages.push_back(
          {static_cast<std::uint8_t>(tag * 5), *rc::gen::container<Bytes>(size, rc::gen::arbitrary<std::uint8_t>())});
    }
    auto const text = make_idb(idb, signer);
    RC_ASSERT(text.has_value());
    auto const read = parse_idb(*text);
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->form == idb.form);
    RC_ASSERT(read->issuing_state == idb.issuing_state);
    RC_ASSERT(read->messages == idb.messages);
    RC_ASSERT(read->certificate_reference == idb.certificate_reference);
    RC_ASSERT(read->signed_on == idb.signed_on);
    RC_ASSERT(read->signature.size() == (idb.is_signed() ? 64U : 0U));
  });
  CHECK(held);
}

TEST_CASE("a datastructure that is cut, swollen or strange is refused with a reason") {
  Issuer state;
  auto const good = make_idb(state.document(IdbForm::signed_only), state.signer_key.signer()).value();
  for (std::size_t length = 0; length < good.size(); length += 7) CHECK(!parse_idb(good.substr(0, length)).has_value());
  CHECK(parse_idb(good + "A").error().why == Why::malformed);
  CHECK(parse_idb("RDB1E" + good.substr(5)).error().detail.find("flag") != std::string::npos);
  CHECK(parse_idb("RDB1B" + std::string(5000, 'A')).error().why == Why::too_large);
  auto bomb = state.document(IdbForm::signed_and_zipped);
  bomb.messages.push_back({0x82, Bytes(4'000'000, 0)});
  auto const swollen = make_idb(bomb, state.signer_key.signer()).value();
  IdbLimits limits;
  limits.characters = swollen.size();
  CHECK(parse_idb(swollen, limits).error().detail.find("decompressed") != std::string::npos);
  auto const twice = [&] {
    auto document = state.document(IdbForm::signed_only);
    document.messages.push_back(document.messages[0]);
    return make_idb(document, state.signer_key.signer()).value();
  }();
  CHECK(parse_idb(twice).error().detail.find("messages") != std::string::npos);
  auto const unsigned_one = make_idb(state.document(IdbForm::plain), {}).value();
  CHECK(judge({bytes_of(unsigned_one), document_zone, today}, state.trust).indication == SubIndication::wrong_format);
}

Bytes make_visa(Issuer const& state, std::string const& lines, std::size_t columns) {
  auto const sealed = lines.substr(0, columns) + lines.substr(columns + 1, 28);
  Header const header{Version::four,      "UTO",           "UTE1",       "A01", Date(2026, 11, 21),
                      Date(2026, 11, 21), visa_definition, visa_category};
  auto bytes = render_unsigned(header, {{static_cast<std::uint8_t>(columns == 44 ? 0x01 : 0x02), c40_encode(sealed).value()},
                                        {0x03, {2}},
                                        {0x05, c40_encode("P1234567").value()}})
                   .value();
  auto const signature = state.signer_key.sign(bytes).value();
  bytes.push_back(0xFF);
  bytes.push_back(0x40);
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  return bytes;
}

TEST_CASE("the seal of a visa is judged by its profile where visas are accepted, and is no travel document") {
  Issuer state({"V"});
  std::string const wide = "V<UTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<<<<<<<<<\nE1234567<4XXA9001011F2701312<<<<<<<<<<<<<<<<";
  std::string const narrow = "VCUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<\nE1234567<4XXA9001011F2701312<<<<<<<<";
  for (auto const& lines : {wide, narrow}) {
    auto const columns = lines.find('\n');
    auto const seal = make_visa(state, lines, columns);
    auto const verdict = judge({seal, lines, today, Accept::all}, state.trust);
    CAPTURE(verdict.detail);
    CHECK(verdict.conclusion == Conclusion::accept);
    CHECK(verdict.opened->kind == Kind::visa_seal);
    auto noted = lines;
    noted.back() = '7';  // optional data is not sealed
    CHECK(judge({seal, noted, today, Accept::all}, state.trust).status == Status::valid);
    auto renamed = lines;
    renamed[6] = 'E';
    CHECK(judge({seal, renamed, today, Accept::all}, state.trust).indication == SubIndication::seal_document_mismatch);
    CHECK(judge({seal, lines, today}, state.trust).indication == SubIndication::wrong_format);
  }
  Issuer other({"PU"});
  CHECK(judge({make_visa(other, narrow, 36), narrow, today, Accept::all}, other.trust).indication ==
        SubIndication::invalid_document_type);
}

TEST_CASE("a seal as JSON needs a trusted signer of its kind, and any changed letter is found") {
  Issuer state;
  json::object const data{{"hdr", {{"t", "icao.vacc"}, {"v", 1}, {"is", "UTO"}}}, {"msg", {{"uvci", "U32870"}, {"n", "Núñez"}}}};
  auto const text = canonical_json(json::serialize(data)).value();
  json::object const sig{{"alg", "ES256"},
                         {"cer", to_base64url(state.trust.signers[0].der)},
                         {"sigvl", to_base64url(state.signer_key.sign(as_bytes(text)).value())}};
  auto const whole = json::serialize(json::object{{"data", data}, {"sig", sig}});
  auto const verdict = judge({bytes_of(whole), "", today, Accept::all}, state.trust);
  // This certificate is for bar codes of documents, not for this kind.
  CHECK(verdict.indication == SubIndication::untrusted_certificate);
  CHECK(judge({bytes_of(whole), "", today}, state.trust).indication == SubIndication::wrong_format);
  SignerRequest request{"UT", "N1", 0xB01, {"NV"}, Date(2026, 1, 1), Date(2026, 12, 31), Date(2028, 3, 31)};
  request.usage = SignerUsage::vds_nc;
  auto const right =
      make_signer_certificate(state.authority_key, state.trust.authorities[0].der, state.signer_key.public_key(), request);
  auto proper = json::parse(whole).as_object();
  proper["sig"].as_object()["cer"] = to_base64url(*right);
  auto const accepted = judge({bytes_of(json::serialize(proper)), "", today, Accept::all}, state.trust);
  CAPTURE(accepted.detail);
  CHECK(accepted.status == Status::valid);
  CHECK(accepted.conclusion == Conclusion::compare_by_eye);
  bool held = rc::check([&] {
    auto damaged = whole;
    auto const at = *rc::gen::inRange<std::size_t>(0, whole.size());
    damaged[at] = static_cast<char>(damaged[at] ^ *rc::gen::inRange(1, 128));
    auto const read = parse_vds_nc(damaged);
    if (!read) return;
    auto const signer = Certificate::read(read->certificate);
    if (!signer || signer->der != state.trust.signers[0].der) return;
    if (read->algorithm != "ES256" || read->signed_text == text) return;
    RC_ASSERT(!signer->key.verifies(as_bytes(read->signed_text), read->signature));
  });
  CHECK(held);
}

TEST_CASE("the canonical form of JSON has its members in order, and no fractions") {
  struct Row {
    char const* text;
    char const* canonical;
  };
  for (auto const& row : {Row{R"({"b":1,"a":[true,null,"é\u20ac"]})", R"({"a":[true,null,"é€"],"b":1})"},
                          Row{"[ 0, -7 ,123456789012]", "[0,-7,123456789012]"},
                          Row{R"({"\u20ac":1,"\r":2,"1":3,"\ud83d\ude00":4,"\ufb33":5,"ö":6})",
                              "{\"\\r\":2,\"1\":3,\"ö\":6,\"€\":1,\"😀\":4,\"\xEF\xAC\xB3\":5}"},
                          Row{R"("\u000f\u001f\"\\\/\b")", R"("\u000f\u001f\"\\/\b")"}}) {
    CHECK(canonical_json(row.text) == std::string(row.canonical));
  }
  CHECK(!canonical_json(std::string(40, '[') + std::string(40, ']')).has_value());
  for (auto const* refused : {"{\"a\":}", "[0.5]", "[1E30]", "{\"a\":[9007199254740992]}", "18446744073709551615"})
    CHECK(!canonical_json(refused).has_value());
  CHECK(parse_vds_nc(std::string(3000, ' ')).error().why == Why::too_large);
}

}  // namespace
}  // namespace rcms::seal
