// What people hold before a verifier that is no good document: each gets its verdict in words, in both languages, and nothing
// crashes or passes in silence.
#include <cmath>

#include <doctest/doctest.h>

#include "capabilities/travel_documents/view.hpp"
#include "engines/mrz/writing.hpp"
#include "engines/seal/idb.hpp"
#include "foundation/pages/barcode.hpp"
#include "foundation/base/text.hpp"
#include "foundation/pages/document_picture.hpp"

namespace rcms::travel_documents {
namespace {

Date const checked_on(2031, 10, 13);

/// A State, its signer, and what a verifier holds of it.
struct Signer {
  seal::SigningKey authority_key = seal::SigningKey::make(seal::Curve::p384);
  seal::SigningKey key = seal::SigningKey::make(seal::Curve::p256);
  seal::TrustStore trust;

  explicit Signer(std::vector<std::string> types = {"PU"}) {
    auto const authority =
        seal::make_authority_certificate(authority_key, {"UT", "CSCA Utopia", 1, Date(2031, 1, 1), Date(2041, 1, 1)});
    seal::SignerRequest const request{
        "UT", "E1", 0xA01, std::move(types), Date(2031, 1, 1), Date(2031, 12, 31), Date(2033, 1, 1)};
    auto const signer = seal::make_signer_certificate(authority_key, *authority, key.public_key(), request);
    trust.authorities.push_back(seal::Certificate::read(*authority).value());
    trust.signers.push_back(seal::Certificate::read(*signer).value());
    trust.countries["UTO"] = "UT";
    trust.issued_on = Date(2031, 10, 1);
    trust.next_update = Date(2031, 10, 31);
  }
};

std::vector<std::string> lines_of(std::string number = "E1234567", Date expiry = Date(2031, 11, 11)) {
  mrz::Document document;
  document.document_code = "PU";
  document.issuing_state = "UTO";
  document.document_number = std::move(number);
  document.nationality = "UTO";
  document.date_of_birth = "9005<<";
  document.sex = 'F';
  document.date_of_expiry = mrz::mrz_date(expiry);
  document.primary_identifier = "RAHMAN";
  document.secondary_identifier = "AMINA";
  return mrz::build_mrz(document).value();
}

std::string zone_of(std::vector<std::string> const& lines) { return lines[0] + "\n" + lines[1]; }

Bytes seal_of(Signer const& signer, std::vector<std::string> const& lines, std::string state = "UTO") {
  seal::TravelDocumentSeal content{std::move(state), "UTE1", "A01", Date(2031, 10, 12), Date(2031, 10, 12), lines[0], lines[1]};
  return seal::make_travel_document_seal(content, signer.key.signer()).value();
}

/// White paper of A4 at 150 dpi with codes on it.
Picture paper(std::vector<std::pair<seal::ByteSpan, Symbol>> const& codes) {
  Picture page{1240, 1754, std::vector<std::uint8_t>(1240 * 1754, 250)};
  int top = 200;
  for (auto const& [bytes, symbol] : codes) {
    auto const code = draw_modules(make_barcode(symbol, bytes).value(), 4);
    for (int y = 0; y < code.height; ++y) {
      for (int x = 0; x < code.width; ++x)
        page.grey[static_cast<std::size_t>((top + y) * page.width + 300 + x)] = code.at(x, y);
    }
    top += code.height + 250;
  }
  return page;
}

/// A photograph of a screen: rows of pixels, a soft wave of light, a little noise.
Picture screen(Picture picture) {
  std::uint32_t state = 7;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      state = state * 1664525U + 1013904223U;
      double const row = y % 3 == 0 ? 0.85 : 1;
      double const wave = 0.85 + 0.12 * std::sin(x / 60.0 + y / 90.0);
      auto& pixel = picture.grey[static_cast<std::size_t>(y * picture.width + x)];
      pixel = static_cast<std::uint8_t>(std::clamp(pixel * row * wave + (state >> 28) - 8.0, 0.0, 255.0));
    }
  }
  return picture;
}

std::string pdf_of(int pages) {
  std::string kids;
  for (int page = 0; page < pages; ++page) kids += std::to_string(page + 3) + " 0 R ";
  std::string pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count " + std::to_string(pages) +
                    "/Kids[" + kids + "]>>endobj\n";
  for (int page = 0; page < pages; ++page)
    pdf += std::to_string(page + 3) + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n";
  return pdf + "trailer<</Root 1 0 R>>\n%%EOF\n";
}

/// A PNG that says it has 100,000 by 100,000 pixels.
std::string png_bomb() {
  std::string const png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0\x08\0\0\0\0", 29);
  return png + std::string("\x8d\x39\x54\x14\0\0\0\0IDAT", 12);
}

Labels const& labels_of_tests() {
  static auto const loaded = Labels::load(RCMS_SOURCE_DIR "/data/languages");
  return loaded;
}

/// The word of the verdict; its title and advice must be there in both languages.
std::string word_of_answer(VerifyAnswer const& answer) {
  for (auto const* language : {"es", "en"}) {
    auto const view = present_verdict(answer, labels_of_tests(), language, checked_on);
    CHECK(view.title.front() != '[');
    CHECK(view.advice.front() != '[');
    CHECK(view.advice.find("[documents") == std::string::npos);
    for (auto const& check : view.checks) CHECK(check.text.front() != '[');
    for (auto const& check : view.not_made) CHECK(check.text.front() != '[');
  }
  return std::string(name_of(answer.word));
}

TEST_CASE("every bad document gets its verdict in words") {
  Signer const signer;
  auto const lines = lines_of();
  auto const zone = zone_of(lines);
  auto const good = seal_of(signer, lines);
  auto const judged = [&](Bytes const& seal, std::string const& printed, seal::TrustStore const& trust) {
    return verify_read(ReadFile{{seal}, std::nullopt, printed}, {}, trust, checked_on);
  };
  struct Row {
    char const* name;
    VerifyAnswer answer;
    char const* word;
    char const* indication;
  };
  auto forged = good;
  forged[40] ^= 4;
  auto const cut = Bytes(good.begin(), good.begin() + 90);
  Signer const forger;
  auto const expired_lines = lines_of("E1234567", Date(2031, 10, 1));
  auto revoked = signer.trust;
  revoked.revoked_documents.insert("UTO E1234567");
  auto used = signer.trust;
  used.used_documents.insert("UTO E1234567");
  auto foreign = signer.trust;
  foreign.countries["XAR"] = "XA";
  auto const other_type = Signer({"AC"});
  auto const wrong_lines = lines_of("E1234568");
  for (auto const& row : {
           Row{"good", judged(good, zone, signer.trust), "genuine", ""},
           Row{"printed zone not read", judged(good, "", signer.trust), "compare_by_eye", ""},
           Row{"forged", judged(forged, zone, signer.trust), "not_genuine", "INVALID_SIGNATURE"},
           Row{"cut", judged(cut, zone, signer.trust), "not_genuine", "WRONG_FORMAT"},
           Row{"signed again by a stranger", judged(seal_of(forger, lines), zone, signer.trust), "not_genuine",
               "INVALID_SIGNATURE"},
           Row{"of a stranger's authority", judged(good, zone, forger.trust), "not_genuine", "INVALID_SIGNATURE"},
           Row{"expired", judged(seal_of(signer, expired_lines), zone_of(expired_lines), signer.trust), "expired",
               "DOCUMENT_EXPIRED"},
           Row{"revoked", judged(good, zone, revoked), "revoked", "DOCUMENT_REVOKED"},
           Row{"journey made", judged(good, zone, used), "used", "DOCUMENT_USED"},
           Row{"sealed for another State", judged(seal_of(signer, lines, "XAR"), zone, foreign), "not_genuine",
               "UNTRUSTED_CERTIFICATE"},
           Row{"signer of other documents", judged(seal_of(other_type, lines), zone, other_type.trust), "not_genuine",
               "INVALID_DOCUMENTTYPE"},
           Row{"wrong zone under a right seal", judged(good, zone_of(wrong_lines), signer.trust), "not_genuine",
               "SEAL_DOCUMENT_MISMATCH"},
           Row{"no State known", judged(good, zone, {}), "not_genuine", "UNKNOWN_CERTIFICATE"},
       }) {
    CAPTURE(row.name);
    CAPTURE(row.answer.detail);
    CHECK(word_of_answer(row.answer) == row.word);
    CHECK(row.answer.indication == row.indication);
  }
}

TEST_CASE("an old trust list and a wrong clock are told and never pass in silence") {
  Signer const signer;
  auto const lines = lines_of();
  ReadFile const file{{seal_of(signer, lines)}, std::nullopt, zone_of(lines)};
  auto stale = signer.trust;
  stale.next_update = Date(2031, 10, 12);
  auto const old_list = verify_read(file, {}, stale, checked_on);
  CHECK(word_of_answer(old_list) == "refer");
  CHECK(present_verdict(old_list, labels_of_tests(), "en", checked_on).advice.find("12 days old") != std::string::npos);
  auto const early = verify_read(file, {}, signer.trust, Date(2031, 9, 1));
  CHECK(word_of_answer(early) == "refer");
  CHECK(early.is_clock_doubtful);
  CHECK(present_verdict(early, labels_of_tests(), "en", Date(2031, 9, 1)).advice.find("clock") != std::string::npos);
  CHECK(verify_read(file, {}, signer.trust, Date(2001, 1, 1)).word == VerdictWord::not_genuine);  // before its certificate
  CHECK(verify_read(file, {}, signer.trust, Date(2031, 10, 11)).word == VerdictWord::genuine);    // the day ends elsewhere
}

TEST_CASE("of two codes the worse seal counts, and a code that is no seal does not") {
  Signer const signer;
  auto const lines = lines_of();
  auto const good = seal_of(signer, lines);
  auto forged = good;
  forged[100] ^= 1;
  std::string const address = "https://example.org/parcel/1234567890";
  auto const shown = [&](std::vector<std::pair<seal::ByteSpan, Symbol>> const& codes) {
    return verify_read(read_presented(encode_png(paper(codes))), zone_of(lines), signer.trust, checked_on);
  };
  CHECK(word_of_answer(shown({{good, Symbol::data_matrix}})) == "genuine");
  CHECK(word_of_answer(shown({{good, Symbol::data_matrix}, {as_bytes(address), Symbol::data_matrix}})) == "genuine");
  CHECK(word_of_answer(shown({{as_bytes(address), Symbol::qr}})) == "not_genuine");
  for (auto const& codes : {std::vector<Bytes>{good, forged}, {forged, good}}) {
    CHECK(verify_read(ReadFile{codes, std::nullopt, zone_of(lines)}, {}, signer.trust, checked_on).word ==
          VerdictWord::not_genuine);
  }
}

TEST_CASE("what holds no document is unreadable, with the reason, and costs little") {
  Signer const signer;
  auto const empty = encode_png(paper({}));
  struct Row {
    char const* name;
    std::string file;
    Why why;
  };
  for (auto const& row : {
           Row{"an empty page", std::string(empty.begin(), empty.end()), Why::not_found},
           Row{"400 pages", pdf_of(400), Why::not_found},
           Row{"a bomb", png_bomb(), Why::too_large},
           Row{"no PDF after all", "%PDF-1.7 nothing", Why::malformed},
           Row{"a JPEG that ends", std::string("\xFF\xD8\xFF\xE0\0\x10JFIF", 10), Why::malformed},
           Row{"nine megabytes", "%PDF-" + std::string(9'000'000, ' '), Why::too_large},
       }) {
    CAPTURE(row.name);
    auto const answer = verify_presented(as_bytes(row.file), signer.trust, checked_on);
    CHECK(word_of_answer(answer) == "unreadable");
    REQUIRE(answer.unread.has_value());
    CHECK(answer.unread->why == row.why);
  }
}

TEST_CASE("a photograph of a screen is read or not, but never called false") {
  Signer const signer;
  auto const lines = lines_of();
  auto const good = seal_of(signer, lines);
  auto const photo = encode_png(screen(paper({{good, Symbol::data_matrix}})));
  auto const answer = verify_read(read_presented(photo), zone_of(lines), signer.trust, checked_on);
  CHECK((answer.word == VerdictWord::genuine || answer.word == VerdictWord::unreadable));
}

TEST_CASE("the content of a code is taken as a hand scanner types it") {
  Signer const signer;
  auto const lines = lines_of();
  auto const good = seal_of(signer, lines);
  auto const raw = std::string(good.begin(), good.end());
  for (auto const& typed : {raw, to_hex(good), " " + upper_ascii(to_hex(good)) + "\r\n"}) {
    CHECK(word_of_answer(verify_presented(as_bytes(typed), signer.trust, checked_on)) == "compare_by_eye");
  }
  seal::Idb visa;
  visa.issuing_state = "UTO";
  visa.certificate_reference = signer.trust.signers[0].barcode_reference;
  visa.signed_on = Bytes(4, 0);
  visa.messages = {{seal::idb_mrz_td2, seal::c40_encode(lines[0] + lines[1]).value()}};
  auto const text = seal::make_idb(visa, signer.key.signer()).value();
  CHECK(word_of_answer(verify_presented(as_bytes(text + "\n"), signer.trust, checked_on)) == "other");
  CHECK(word_of_answer(verify_presented(as_bytes("RDB1B" + text.substr(6)), signer.trust, checked_on)) == "not_genuine");
  for (auto const* nothing : {"", "  ", "DC0", "{}", "{\"mrz\":\"x\"}", "PUUTO"})
    CHECK(!find_barcode_content(nothing).has_value());
}

}  // namespace
}  // namespace rcms::travel_documents
