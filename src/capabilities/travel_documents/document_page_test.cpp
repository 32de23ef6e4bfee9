// The printed travel document as a reader and a machine meet it: sound file, embedded fonts, words, zone, barcode, seal.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "capabilities/travel_documents/document_page.hpp"
#include "engines/mrz/writing.hpp"
#include "engines/seal/verdict.hpp"
#include "foundation/pages/canvas.hpp"
#include "foundation/pages/document_picture.hpp"
#include "foundation/pages/pdf_file.hpp"
#include "foundation/pages/pdf_reading.hpp"

namespace rcms::travel_documents {
namespace {

/// A State with a signer, and a trust list that knows it.
struct Issuer {
  seal::SigningKey authority_key = seal::SigningKey::make(seal::Curve::p384);
  seal::SigningKey key = seal::SigningKey::make(seal::Curve::p256);
  seal::TrustStore trust;

  Issuer() {
    auto authority =
        seal::make_authority_certificate(authority_key, {"UT", "CSCA Utopia", 1, Date(2031, 1, 1), Date(2041, 1, 1)}).value();
    seal::SignerRequest request{"UT", "E1", 0xA01, {"PU"}, Date(2031, 1, 1), Date(2031, 12, 31), Date(2033, 1, 1)};
    trust.authorities.push_back(seal::Certificate::read(authority).value());
    trust.signers.push_back(
        seal::Certificate::read(seal::make_signer_certificate(authority_key, authority, key.public_key(), request).value())
            .value());
    trust.issued_on = Date(2031, 10, 1);
    trust.next_update = Date(2031, 10, 31);
  }
};

/// A drawn head and shoulders; no real person is in the tests.
Bytes portrait() {
  Picture picture{350, 450, std::vector<std::uint8_t>(350 * 450, 226)};
  for (int y = 0; y < 450; ++y) {
    for (int x = 0; x < 350; ++x) {
      double head = std::hypot((x - 175) / 78.0, (y - 175) / 102.0);
      double shoulders = std::hypot((x - 175) / 150.0, (y - 450) / 150.0);
      double hair = std::hypot((x - 175) / 90.0, (y - 150) / 100.0);
      auto& pixel = picture.grey[static_cast<std::size_t>(y * 350 + x)];
      if (shoulders < 1) pixel = 78;
      if (hair < 1) pixel = 52;
      if (head < 1 && y > 120) pixel = 168;
    }
  }
  return encode_png(picture);
}

DocumentPage sample(Issuer const& issuer) {
  DocumentPage page;
  page.state_name = "República de Utopía";
  page.state_name_english = "Republic of Utopia";
  page.state_code = "UTO";
  page.number = "E1234567";
  page.surname = "RAHMAN";
  page.given_names = "AMINA";
  page.original_name = "আমিনা রহমান";
  page.original_language = "bn";
  page.nationality_code = "UTO";
  page.nationality_name = "Utopiana";
  page.born_on = {1990, 5, 0};
  page.sex = "F";
  page.place_of_birth = "Puerto Esperanza";
  page.issued_on = Date(2031, 10, 12);
  page.expires_on = Date(2031, 11, 11);
  page.authority = "Embajada de Utopía en Arcadia, sección consular";
  page.place_of_issue = "Ciudad Arcadia";
  page.destination = "Puerto Esperanza, Utopía";
  page.transit = {"Ciudad Arcadia (ARC)", "Lisboa (LIS)"};
  page.photo = portrait();
  page.created_at = *Instant::parse("2031-10-12T09:30:00Z");
  mrz::Document document;
  document.document_code = "PU";
  document.issuing_state = "UTO";
  document.document_number = page.number;
  document.nationality = "UTO";
  document.date_of_birth = mrz::mrz_date(page.born_on);
  document.sex = 'F';
  document.date_of_expiry = mrz::mrz_date(page.expires_on);
  document.primary_identifier = page.surname;
  document.secondary_identifier = page.given_names;
  auto lines = mrz::build_mrz(document).value();
  page.first_line = lines[0];
  page.second_line = lines[1];
  seal::TravelDocumentSeal content{"UTO", "UTE1", "A01", page.issued_on, page.issued_on, lines[0], lines[1]};
  page.seal = seal::make_travel_document_seal(content, issuer.key.signer()).value();
  return page;
}

DocumentLabels const& labels() {
  static auto const loaded = [] {
    use_fonts(RCMS_FONTS_DIR);
    return DocumentLabels::load(RCMS_SOURCE_DIR "/data");
  }();
  return loaded;
}

Layouts const& layouts() {
  static auto const loaded = Layouts::load(RCMS_SOURCE_DIR "/data");
  return loaded;
}
DocumentForm standard() { return {layouts().standard()}; }

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("rcms-document-" + to_hex(random_bytes(6)));
  explicit Folder(Bytes const& pdf) {
    std::filesystem::create_directory(path);
    std::ofstream(path / "file.pdf", std::ios::binary)
        .write(reinterpret_cast<char const*>(pdf.data()), static_cast<std::streamsize>(pdf.size()));
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string said_by(std::string const& command) const {
    auto line = "cd " + path.string() + " && " + command + " > out 2>&1";
    int status = std::system(line.c_str());
    return "status " + std::to_string(status) + "\n" + read("out");
  }
  std::string read(std::string const& name) const {
    std::ifstream file(path / name, std::ios::binary);
    return std::string((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  }
};

TEST_CASE("the document is a sound PDF of one A4 page with all fonts embedded and all its words in the text layer") {
  Issuer issuer;
  auto page = sample(issuer);
  auto pdf = render_document_page(page, labels(), standard());
  REQUIRE_MESSAGE(pdf.has_value(), pdf.error().detail);
  if (auto const* target = std::getenv("RCMS_KEEP_DOCUMENT")) {
    std::ofstream(target, std::ios::binary)
        .write(reinterpret_cast<char const*>(pdf->data()), static_cast<std::streamsize>(pdf->size()));
  }
  CHECK(check_pdf(*pdf).empty());
  CHECK(count_pdf_pages(*pdf) == 1);
  CHECK(pdf->size() < 170'000);
  Folder folder(*pdf);
  CHECK(folder.said_by("qpdf --check file.pdf").find("No syntax or stream encoding errors found") != std::string::npos);
  CHECK(folder.said_by("pdfinfo file.pdf").find("A4") != std::string::npos);
  std::istringstream fonts(folder.said_by("pdffonts file.pdf | tail -n +3"));
  std::string line;
  std::getline(fonts, line);  // the status
  int count = 0;
  while (std::getline(fonts, line)) {
    CAPTURE(line);
    CHECK(line.find(" yes yes yes ") != std::string::npos);
    ++count;
  }
  CHECK(count >= 4);
  auto text = folder.said_by("pdftotext -raw file.pdf -");
  for (auto const* expected : {"DOCUMENTO DE VIAJE DE EMERGENCIA", "Emergency travel document", "Document de voyage d'urgence",
                               "single journey", "República de Utopía", "E1234567", "RAHMAN", "AMINA", "রহমান", "XX MAY 1990",
                               "12 OCT 2031", "11 NOV 2031", "Puerto Esperanza, Utopía", "Lisboa (LIS)"}) {
    CAPTURE(expected);
    CHECK(text.find(expected) != std::string::npos);
  }
  auto first = text.find(page.first_line);
  REQUIRE(first != std::string::npos);
  auto second = text.find(page.second_line);
  REQUIRE(second != std::string::npos);
  CHECK(mrz::parse_mrz(text.substr(first, 36) + "\n" + text.substr(second, 36)).is_valid());
}

TEST_CASE("the barcode is read back from the page drawn by another program, and the seal is accepted") {
  Issuer issuer;
  auto page = sample(issuer);
  auto pdf = render_document_page(page, labels(), standard()).value();
  Folder folder(pdf);
  for (auto const* dpi : {"150", "300"}) {
    CAPTURE(dpi);
    for (auto const* format : {"-png", "-jpeg -gray"}) {
      folder.said_by(std::string("rm -f page*; pdftoppm -singlefile -r ") + dpi + " " + format + " file.pdf page");
      auto file = folder.read(std::string(format) == "-png" ? "page.png" : "page.jpg");
      auto found = read_document_picture(as_bytes(file));
      REQUIRE_MESSAGE(found.has_value(), found.error().detail);
      CHECK(found->bytes == page.seal);
      auto verdict = seal::judge({found->bytes, page.first_line + "\n" + page.second_line, Date(2031, 10, 13)}, issuer.trust);
      CHECK(verdict.conclusion == seal::Conclusion::accept);
    }
  }
  CHECK(read_document_picture(pdf)->bytes == page.seal);
}

TEST_CASE("every layout gives a sound page with its words, its zone and a barcode of either kind that is read back") {
  Issuer issuer;
  auto const page = sample(issuer);
  for (auto const& layout : layouts().all()) {
    for (auto const symbol : {Symbol::data_matrix, Symbol::qr}) {
      bool const is_above = layout.id == Layouts::standard_id && symbol == Symbol::data_matrix;
      if (is_above) continue;
      CAPTURE(layout.id);
      CAPTURE(static_cast<int>(symbol));
      auto const pdf = render_document_page(page, labels(), {layout, symbol});
      REQUIRE_MESSAGE(pdf.has_value(), pdf.error().detail);
      if (auto const* target = std::getenv("RCMS_KEEP_LAYOUTS")) {
        auto const name = std::string(target) + "/" + layout.id + (symbol == Symbol::qr ? "_qr.pdf" : "_dm.pdf");
        std::ofstream(name, std::ios::binary)
            .write(reinterpret_cast<char const*>(pdf->data()), static_cast<std::streamsize>(pdf->size()));
      }
      Folder folder(*pdf);
      CHECK(folder.said_by("qpdf --check file.pdf").find("No syntax or stream encoding errors found") != std::string::npos);
      CHECK(folder.said_by("pdffonts file.pdf | tail -n +3 | grep -vc ' yes yes yes '").find("\n0\n") != std::string::npos);
      auto const text = folder.said_by("pdftotext -raw file.pdf -");
      for (auto const* expected : {"DOCUMENTO DE VIAJE DE EMERGENCIA", "Valid for a single journey", "E1234567", "RAHMAN",
                                   "AMINA", "রহমান", "XX MAY 1990", "12 OCT 2031", "11 NOV 2031", "Lisboa (LIS)"}) {
        CAPTURE(expected);
        CHECK(text.find(expected) != std::string::npos);
      }
      CHECK(text.find(page.first_line) != std::string::npos);
      CHECK(text.find(page.second_line) != std::string::npos);
      CHECK(text.find("…") == std::string::npos);
      for (auto const* dpi : {"150", "300"}) {
        CAPTURE(dpi);
        // A QR is found on the whole picture, whatever the page: once at 300 dpi is enough.
        if (layout.id != Layouts::standard_id && symbol == Symbol::qr && std::string(dpi) == "300") continue;
        folder.said_by(std::string("rm -f page*; pdftoppm -singlefile -gray -png -r ") + dpi + " file.pdf page");
        auto const picture = folder.read("page.png");
        auto const found = read_document_picture(as_bytes(picture));
        REQUIRE_MESSAGE(found.has_value(), found.error().detail);
        CHECK(found->bytes == page.seal);
        CHECK(found->symbol == symbol);
      }
    }
  }
}

TEST_CASE("the zone has 36 characters in 91.44 millimetres where the page says") {
  Issuer issuer;
  auto pdf = render_document_page(sample(issuer), labels(), standard()).value();
  Folder folder(pdf);
  auto boxes = folder.said_by("pdftotext -bbox file.pdf out.html && cat out.html");
  auto at = boxes.find("PUUTORAHMAN");
  REQUIRE(at != std::string::npos);
  auto word = boxes.rfind("<word", at);
  double left = std::stod(boxes.substr(boxes.find("xMin=\"", word) + 6));
  double right = std::stod(boxes.substr(boxes.find("xMax=\"", word) + 6));
  CHECK((right - left) / 72 * 25.4 == doctest::Approx(36 * 2.54).epsilon(0.001));
}

TEST_CASE("words, zone and seal must agree, or nothing is printed") {
  Issuer issuer;
  struct Row {
    char const* name;
    char const* field;
    void (*change)(DocumentPage&);
  };
  for (auto const& row : {
           Row{"no photo", "photo", [](DocumentPage& p) { p.photo.clear(); }},
           Row{"photo of another type", "picture", [](DocumentPage& p) { p.photo = {'G', 'I', 'F'}; }},
           Row{"no surname", "surname", [](DocumentPage& p) { p.surname.clear(); }},
           Row{"surname not in Latin letters", "surname", [](DocumentPage& p) { p.surname = "রহমান"; }},
           Row{"another number", "number", [](DocumentPage& p) { p.number = "E1234568"; }},
           Row{"another expiry", "expires_on", [](DocumentPage& p) { p.expires_on = Date(2031, 12, 11); }},
           Row{"another nationality", "nationality_code", [](DocumentPage& p) { p.nationality_code = "XXA"; }},
           Row{"a damaged zone", "first_line", [](DocumentPage& p) { p.second_line[9] = p.second_line[9] == '0' ? '1' : '0'; }},
           Row{"a zone changed after sealing", "seal", [](DocumentPage& p) { p.first_line[6] = 'O'; }},
           Row{"a seal that is none", "seal", [](DocumentPage& p) { p.seal = {1, 2, 3}; }},
           Row{"too many points of transit", "transit", [](DocumentPage& p) { p.transit.assign(7, "X"); }},
       }) {
    CAPTURE(row.name);
    auto page = sample(issuer);
    row.change(page);
    auto pdf = render_document_page(page, labels(), standard());
    REQUIRE(!pdf.has_value());
    CHECK(pdf.error().field == row.field);
  }
}

TEST_CASE("the same document gives the same bytes, a specimen says so, and long names still fit") {
  Issuer issuer;
  auto page = sample(issuer);
  CHECK(render_document_page(page, labels(), standard()).value() == render_document_page(page, labels(), standard()).value());
  page.running_label = "SPECIMEN";
  page.authority = "Embajada de Utopía ante la República de Arcadia, sección consular y de asuntos de migración, oficina segunda";
  page.observations = std::string(190, 'a') + " " + std::string(190, 'b');
  page.place_of_issue = page.authority;
  auto pdf = render_document_page(page, labels(), standard()).value();
  CHECK(read_pdf_text(pdf, 0)->find("SPECIMEN") != std::string::npos);
  CHECK(read_pdf_text(pdf, 0)->find("…") == std::string::npos);  // smaller, not cut
  CHECK(labels().date({1974, 8, 12}, "es") == "12 AGO/AUG 1974");
  CHECK(labels().of("title", layouts().standard().languages_of("fr")).size() == 2);
}

}  // namespace
}  // namespace rcms::travel_documents
