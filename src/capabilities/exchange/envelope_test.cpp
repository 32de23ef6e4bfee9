#include "capabilities/exchange/envelope.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace rcms;
using namespace rcms::exchange;

namespace {

Envelope an_envelope() {
  Envelope envelope;
  envelope.id = EnvelopeId{"01900000-0000-7000-8000-000000000001"};
  envelope.case_id = CaseId{"01900000-0000-7000-8000-000000000002"};
  envelope.from = "XAR";
  envelope.to = "UTO";
  envelope.kind = EnvelopeKind::application;
  envelope.at = *Instant::parse("2031-01-31T10:00:00.000Z");
  envelope.body = {{"z", 1}, {"a", {{"surname", "Núñez"}}}};
  envelope.attachments.push_back({FileId{"01900000-0000-7000-8000-000000000003"}, "birth.pdf", "birth_certificate",
                                  "application/pdf", 12, std::string(64, 'a')});
  return envelope;
}

}  // namespace

TEST_CASE("an envelope that was sealed opens with the key of its sender and with no other") {
  auto const key = make_signing_key();
  auto const sealed = seal_envelope(an_envelope(), key);
  auto const opened = open_envelope(sealed, key.open);
  REQUIRE(opened);
  CHECK(render_envelope(*opened) == sealed.text);
  CHECK(opened->attachments == an_envelope().attachments);
  auto const stranger = open_envelope(sealed, make_signing_key().open);
  REQUIRE_FALSE(stranger);
  CHECK(stranger.error().why == Why::does_not_verify);
}

TEST_CASE("the text does not depend on the order in which the body was built") {
  auto other = an_envelope();
  other.body = {{"a", {{"surname", "Núñez"}}}, {"z", 1}};
  CHECK(render_envelope(other) == render_envelope(an_envelope()));
}

TEST_CASE("any changed byte of a sealed envelope is found") {
  auto const key = make_signing_key();
  auto const sealed = seal_envelope(an_envelope(), key);
  CHECK(rc::check([&] {
    auto changed = sealed;
    auto const place = *rc::gen::inRange<std::size_t>(0, changed.text.size());
    auto const bit = *rc::gen::inRange(0, 8);
    changed.text[place] = static_cast<char>(changed.text[place] ^ (1 << bit));
    RC_ASSERT(!open_envelope(changed, key.open));
    changed.hash = to_hex(sha256(changed.text));
    RC_ASSERT(!open_envelope(changed, key.open));
  }));
}

TEST_CASE("a defective envelope is refused with the field at fault") {
  struct Row { char const* name; char const* from; char const* to; Why why; char const* field; };
  Row const rows[] = {
      {"not JSON", "{", "", Why::malformed, "envelope"},
      {"unknown kind", "\"kind\":\"application\"", "\"kind\":\"greeting\"", Why::field_invalid, "kind"},
      {"no case", "\"case\":", "\"matter\":", Why::field_missing, "case"},
      {"bad instant", "2031-01-31T", "2031-13-31T", Why::field_invalid, "at"},
      {"unknown format", "\"format\":1", "\"format\":2", Why::field_invalid, "format"},
      {"negative size", "\"size\":12", "\"size\":-12", Why::field_invalid, "attachments[0].size"},
      {"fraction", "\"z\":1", "\"z\":1.5", Why::field_invalid, "body"},
      {"beyond 64 bits", "\"z\":1", "\"z\":18446744073709551615", Why::field_invalid, "body"},
      {"beyond a double", "\"surname\":\"Núñez\"", "\"surname\":[{\"z\":1e999}]", Why::field_invalid, "body"},
      {"long name", "birth.pdf", nullptr, Why::field_invalid, "attachments[0].name"},
  };
  auto const text = render_envelope(an_envelope());
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto changed = text;
    auto const place = changed.find(row.from);
    REQUIRE(place != std::string::npos);
    changed.replace(place, std::string_view(row.from).size(), row.to == nullptr ? std::string(500, 'x') : std::string(row.to));
    auto const parsed = parse_envelope(changed);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().why == row.why);
    CHECK(parsed.error().field == row.field);
  }
}

TEST_CASE("a receipt holds for its envelope, hash, State and time only") {
  auto const key = make_signing_key();
  auto receipt = sign_receipt(an_envelope().id, "abc", "UTO", an_envelope().at, key);
  CHECK(receipt_holds(receipt, key.open));
  auto const read = parse_receipt(render_receipt(receipt));
  REQUIRE(read);
  CHECK(receipt_holds(*read, key.open));
  receipt.envelope_hash = "abd";
  CHECK_FALSE(receipt_holds(receipt, key.open));
}

TEST_CASE("both States compute the same case fingerprint") {
  CHECK(case_fingerprint("UTO", "1", "XAR", "2") == case_fingerprint("XAR", "2", "UTO", "1"));
  CHECK(case_fingerprint("UTO", "1", "XAR", "2") != case_fingerprint("UTO", "2", "XAR", "1"));
}
