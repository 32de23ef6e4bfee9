// The vectors of tests/golden/seal/vds_vectors.json: encodings, headers, seals, signatures, policy, the datastructure for
// barcodes and seals as JSON.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "engines/seal/idb.hpp"
#include "engines/seal/vds_nc.hpp"
#include "engines/seal/verdict.hpp"

namespace rcms::seal {
namespace {

namespace json = boost::json;

json::value const& vectors() {
  static json::value const loaded = [] {
    std::ifstream file(RCMS_SOURCE_DIR "/tests/golden/seal/vds_vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
  }();
  return loaded;
}

json::array const& group(char const* name) { return vectors().at(name).as_array(); }
std::string text(json::value const& value) { return std::string(value.as_string()); }
std::string text_or_empty(json::value const& row, char const* key) {
  auto const* value = row.as_object().if_contains(key);
  return value && value->is_string() ? text(*value) : std::string();
}
Bytes hex(json::value const& value) {
  auto lower = text(value);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return from_hex(lower).value();
}
Bytes base64(json::value const& value) {
  auto urlsafe = text(value);
  std::replace(urlsafe.begin(), urlsafe.end(), '+', '-');
  std::replace(urlsafe.begin(), urlsafe.end(), '/', '_');
  urlsafe.erase(std::min(urlsafe.find('='), urlsafe.size()));
  return from_base64url(urlsafe).value();
}
std::uint64_t number(json::value const& value) { return value.to_number<std::uint64_t>(); }

Certificate certificate(std::string const& id) {
  for (auto const& row : group("certificates")) {
    if (text(row.at("id")) == id) return Certificate::read(base64(row.at("der_base64"))).value();
  }
  throw std::runtime_error("no certificate " + id);
}

void check_header(Header const& header, json::value const& expected) {
  CHECK(static_cast<std::uint64_t>(header.version) == number(expected.at("raw_version")));
  auto state = header.issuing_state;
  state.resize(3, '<');
  CHECK(state == text(expected.at("issuing_country")));
  CHECK(header.signer == text(expected.at("signer_identifier")));
  CHECK(header.certificate_reference == text(expected.at("certificate_reference")));
  CHECK(header.issued_on.text() == text(expected.at("document_issue_date")));
  CHECK(header.signed_on.text() == text(expected.at("signature_creation_date")));
  CHECK(header.definition == number(expected.at("document_feature_definition_reference")));
  CHECK(header.category == number(expected.at("document_type_category")));
}

TEST_CASE("every C40 vector is encoded and decoded") {
  for (auto const& row : group("c40")) {
    CAPTURE(text(row.at("text")));
    CHECK(c40_encode(text(row.at("text"))).value() == hex(row.at("hex")));
    CHECK(c40_decode(hex(row.at("hex"))) == text(row.at("decoded")));
    CHECK(hex(row.at("hex")).size() == c40_size(text(row.at("text")).size()));
  }
}

TEST_CASE("every date vector is encoded and decoded, also with unknown digits") {
  for (auto const& row : group("dates")) {
    CAPTURE(text(row.at("date")));
    CHECK(encode_date(Date::parse(text(row.at("date"))).value()) == hex(row.at("hex")));
    CHECK(decode_date(hex(row.at("hex")))->text() == text(row.at("date")));
  }
  for (auto const& row : group("masked_dates")) {
    CHECK(encode_masked_date(text(row.at("masked_date"))) == hex(row.at("hex")));
  }
}

TEST_CASE("every length vector is encoded and decoded") {
  for (auto const& row : group("der_lengths")) {
    CHECK(encode_length(number(row.at("length"))) == hex(row.at("hex")));
    CHECK(decode_length(hex(row.at("hex")))->length == number(row.at("length")));
  }
}

TEST_CASE("every signature vector changes between both forms") {
  for (auto const& row : group("ecdsa_signature_formats")) {
    CHECK(signature_to_der(hex(row.at("raw"))) == hex(row.at("der")));
    CHECK(signature_from_der(hex(row.at("der")), number(row.at("size"))) == hex(row.at("raw")));
  }
}

TEST_CASE("every header vector is read and written back to the same bytes") {
  for (auto const& row : group("headers")) {
    CAPTURE(text(row.at("hex")));
    auto bytes = hex(row.at("hex"));
    auto seal = parse_seal(bytes);
    REQUIRE_MESSAGE(seal.has_value(), seal.error().detail);
    check_header(seal->header, row.at("decoded"));
    CHECK(seal->header_size == number(row.at("decoded").at("header_length")));
    CHECK(render_unsigned(seal->header, {}).value() == bytes);
  }
}

TEST_CASE("every seal vector is read with its features, written back, and its signature judged") {
  for (auto const& row : group("seals")) {
    CAPTURE(text(row.at("id")));
    auto bytes = hex(row.at("seal_hex"));
    auto seal = parse_seal(bytes);
    REQUIRE_MESSAGE(seal.has_value(), seal.error().detail);
    auto const& expected = row.at("decoded");
    check_header(seal->header, expected);
    CHECK(seal->header_size == number(expected.at("header_length")));
    REQUIRE(seal->features.size() == expected.at("features").as_array().size());
    for (std::size_t i = 0; i < seal->features.size(); ++i) {
      auto const& feature = expected.at("features").as_array()[i];
      CHECK(seal->features[i].tag == number(feature.at("tag")));
      CHECK(seal->features[i].value == hex(feature.at("value_hex")));
      auto const* mrz = feature.as_object().if_contains("mrz");
      if (mrz && seal->features[i].tag == mrz_tag && seal->features[i].value.size() == 48) {
        CHECK(sealed_mrz(*seal) == text(mrz->as_array()[0]) + "\n" + text(mrz->as_array()[1]));
      }
    }
    // A reference of ten and more characters may tell its length in decimal; RCMS writes hexadecimal.
    bool same_length_digits = seal->header.certificate_reference.size() < 10;
    CHECK((render_unsigned(seal->header, seal->features).value() == seal->signed_bytes) == same_length_digits);
    if (auto const* length = expected.as_object().if_contains("signed_length")) {
      CHECK(seal->signed_bytes.size() == number(*length));
      CHECK(seal->signature == hex(expected.at("signature_raw_rs_hex")));
      CHECK(seal->trailing_bytes == number(expected.at("trailing_bytes")));
    } else {
      CHECK(seal->signature.empty());
    }
    auto signer = text_or_empty(row, "signer_certificate");
    auto const* valid = row.as_object().if_contains("signature_valid");
    if (signer.empty() || !valid) continue;
    CHECK(certificate(signer).key.verifies(seal->signed_bytes, seal->signature) == valid->as_bool());
  }
}

TEST_CASE("every case of the policy for emergency travel documents gets its status and sub-indication") {
  TrustStore trust;
  for (auto const& row : group("certificates")) {
    auto id = text(row.at("id"));
    if (id.substr(0, 4) == "bcs_") trust.signers.push_back(certificate(id));
  }
  trust.authorities.push_back(certificate("csca"));
  trust.revocation_lists.push_back(RevocationList::read(base64(group("crl")[0].at("der_base64"))).value());
  trust.issued_on = Date(2026, 10, 31);
  trust.next_update = Date(2026, 11, 30);
  CHECK(trust.revocation_lists[0].is_issued_by(trust.authorities[0]));
  for (auto const& row : group("etd_validation_policy")) {
    CAPTURE(text(row.at("id")));
    auto const& printed = row.at("printed_mrz").as_array();
    Question question{hex(row.at("seal_hex")), text(printed[0]) + "\n" + text(printed[1]),
                      Date::parse(text(row.at("validation_time"))).value()};
    auto verdict = judge(question, trust);
    CAPTURE(verdict.detail);
    CHECK((verdict.status == Status::valid ? "VALID" : "INVALID") == text(row.at("expected_status")));
    CHECK(std::string(name_of(verdict.indication)) == text_or_empty(row, "expected_sub_indication"));
    CHECK((verdict.level == TrustLevel::trustable) == (verdict.status == Status::valid));
  }
}

TEST_CASE("every datastructure vector is read with its messages, written back, and its signature judged") {
  REQUIRE(group("idb").size() == 9);
  for (auto const& row : group("idb")) {
    CAPTURE(text(row.at("id")));
    auto const raw = text(row.at("raw_string"));
    auto const idb = parse_idb(raw);
    REQUIRE_MESSAGE(idb.has_value(), idb.error().detail);
    auto const& expected = row.at("decoded");
    std::string state = idb->issuing_state;
    state.resize(3, '<');
    CHECK(state == text(expected.at("issuing_country")));
    CHECK(idb->is_signed() == expected.at("signed").as_bool());
    CHECK((idb->form == IdbForm::signed_and_zipped) == expected.at("zipped").as_bool());
    CHECK(idb->signature_algorithm == number(expected.at("signature_algorithm")));
    CHECK(idb->certificate_reference == text(expected.at("certificate_reference")));
    CHECK(to_hex(idb->signed_on) == text(expected.at("signature_date_masked_hex")));
    CHECK(idb->signed_bytes.size() == number(row.at("signed_length")));
    auto const& messages = expected.at("messages").as_array();
    REQUIRE(idb->messages.size() == messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
      CHECK(idb->messages[i].tag == number(messages[i].at("tag")));
      CHECK(idb->messages[i].value.size() == number(messages[i].at("length")));
      CHECK(to_hex(sha256(idb->messages[i].value)) == text(messages[i].at("sha256")));
      auto const zone = text_or_empty(messages[i], "mrz");
      if (zone.size() == 72) CHECK(zone_of(*idb) == zone.substr(0, 36) + "\n" + zone.substr(36));
    }
    auto const signer = certificate(text(row.at("signer_certificate")));
    CHECK(signer.barcode_reference == idb->certificate_reference);
    CHECK(signer.key.verifies(idb->signed_bytes, idb->signature) == row.at("signature_valid").as_bool());
    auto const same = [&](ByteSpan) -> Result<Bytes> { return idb->signature; };
    CHECK(make_idb(*idb, same).value() == raw);
  }
}

TEST_CASE("every vector of a seal as JSON has its canonical form and its signature judged") {
  REQUIRE(group("vds_nc").size() == 4);
  for (auto const& row : group("vds_nc")) {
    CAPTURE(text(row.at("id")));
    auto const seal = parse_vds_nc(json::serialize(row.at("json")));
    REQUIRE_MESSAGE(seal.has_value(), seal.error().detail);
    if (row.as_object().contains("canonical_data")) CHECK(seal->signed_text == text(row.at("canonical_data")));
    auto const signer = Certificate::read(seal->certificate);
    REQUIRE(signer.has_value());
    CHECK(signer->key.verifies(as_bytes(seal->signed_text), seal->signature) == row.at("signature_valid").as_bool());
  }
}

TEST_CASE("the certificates of the vectors show their fields") {
  auto good = certificate("bcs_ok");
  CHECK(good.country == "UT");
  CHECK(good.common_name == "E1");
  CHECK(good.serial == "A01");
  CHECK(good.is_bar_code_signer);
  CHECK(good.document_types == std::vector<std::string>{"PU"});
  CHECK(good.is_issued_by(certificate("csca")));
  CHECK(certificate("bcs_explicit").is_issued_by(certificate("csca")));
  CHECK(!certificate("bcs_untrusted").is_issued_by(certificate("csca")));
  CHECK(!certificate("bcs_noeku").is_bar_code_signer);
  CHECK(certificate("bcs_wrongdoctype").document_types == std::vector<std::string>{"AC"});
}

}  // namespace
}  // namespace rcms::seal
