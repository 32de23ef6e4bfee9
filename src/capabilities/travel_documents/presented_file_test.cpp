// Scanned pages: the printed zone is read beside the seal, and the two are compared.
#include <doctest/doctest.h>

#include "capabilities/travel_documents/verification.hpp"
#include "engines/mrz/zone_reading.hpp"
#include "foundation/pages/barcode.hpp"
#include "foundation/pages/canvas.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::travel_documents {
namespace {

constexpr char const* first_line = "PUUTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<";
constexpr char const* second_line = "E123456782UTO7408122F2701312<<<<<<<4";

/// A page with a zone and a seal; the lines that are printed need not be those that are sealed.
Picture page_with(std::string const& first, std::string const& second, Bytes const& seal) {
  use_fonts(RCMS_FONTS_DIR);
  Canvas canvas(a4, {});
  TextStyle zone;
  zone.family = mrz_family;
  zone.size_pt = mrz_size_pt;
  canvas.fixed_pitch_text(20, 270, first, zone, 2.54);
  canvas.fixed_pitch_text(20, 276.35, second, zone, 2.54);
  canvas.modules(140, 235, make_barcode(Symbol::data_matrix, seal).value(), 0.5);
  return render_pdf_page(canvas.finish(), 0, 150).value();
}

struct Sealed {
  seal::TrustStore trust;
  Bytes code;

  Sealed() {
    auto const authority_key = seal::SigningKey::make(seal::Curve::p384);
    auto const key = seal::SigningKey::make(seal::Curve::p256);
    auto const authority =
        seal::make_authority_certificate(authority_key, {"UT", "CSCA Utopia", 1, Date(2026, 1, 1), Date(2036, 1, 1)}).value();
    seal::SignerRequest const request{"UT", "E1", 0xA01, {"PU"}, Date(2026, 1, 1), Date(2026, 12, 31), Date(2028, 1, 1)};
    auto const signer = seal::make_signer_certificate(authority_key, authority, key.public_key(), request).value();
    trust.authorities.push_back(seal::Certificate::read(authority).value());
    trust.signers.push_back(seal::Certificate::read(signer).value());
    trust.issued_on = Date(2026, 11, 1);
    trust.next_update = Date(2026, 12, 1);
    seal::TravelDocumentSeal const content{"UTO",      "UTE1",     "A01", Date(2026, 11, 1), Date(2026, 11, 1),
                                           first_line, second_line};
    code = seal::make_travel_document_seal(content, key.signer()).value();
  }

  VerifyAnswer verdict(Picture const& page) const { return verify_file(encode_png(page), {}, trust, Date(2026, 11, 10)); }
};

TEST_CASE("the printed zone of a scan is read and compared with the seal") {
  Sealed const sealed;
  CHECK(sealed.verdict(page_with(first_line, second_line, sealed.code)).word == VerdictWord::genuine);
  auto const other = sealed.verdict(page_with("PUUTOERIKSSON<<ANNA<MARTA<<<<<<<<<<<", second_line, sealed.code));
  CHECK(other.word == VerdictWord::not_genuine);
  CHECK(other.indication == "SEAL_DOCUMENT_MISMATCH");
}

TEST_CASE("a zone that cannot be seen well says nothing against a document") {
  Sealed const sealed;
  auto page = page_with(first_line, second_line, sealed.code);
  auto const smeared = page;
  for (int y = 1560; y < 1650; ++y) {
    for (int x = 4; x < page.width - 4; ++x) {
      int sum = 0;
      for (int at = -3; at <= 3; ++at) sum += smeared.at(x + at, y);
      page.grey[static_cast<std::size_t>(y * page.width + x)] = static_cast<std::uint8_t>(sum / 7);
    }
  }
  auto const word = sealed.verdict(page).word;
  CHECK((word == VerdictWord::compare_by_eye || word == VerdictWord::genuine));
}

TEST_CASE("a page without a zone, or with one line of it, has none") {
  Sealed const sealed;
  CHECK(sealed.verdict(page_with("", "", sealed.code)).word == VerdictWord::compare_by_eye);
  CHECK(sealed.verdict(page_with(first_line, "", sealed.code)).word == VerdictWord::compare_by_eye);
  std::vector<std::uint8_t> const grey(300 * 100, 255);
  CHECK(!mrz::read_zone({300, 100, grey}).has_value());
  CHECK(!mrz::read_zone({300, 101, grey}).has_value());
  CHECK(!mrz::read_zone({0, 0, {}}).has_value());
}

}  // namespace
}  // namespace rcms::travel_documents
