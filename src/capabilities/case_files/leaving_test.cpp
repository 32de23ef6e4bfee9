// What is left of a document when it leaves: what is seen, and whose copy it is.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#define POINTERHOLDER_TRANSITION 4
#ifdef __clang__
#define JSON_HH
class JSON;
#endif
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include "foundation/files/metadata.hpp"
#include "foundation/files/samples_for_tests.hpp"
#include "foundation/pages/pdf_reading.hpp"

using namespace rcms;
using namespace rcms::files;

namespace {

/// The document with its streams as they are before they are packed, so that nothing in it is overlooked.
std::string uncompressed(Bytes const& pdf) {
  QPDF document;
  document.processMemoryFile("stripped", reinterpret_cast<char const*>(pdf.data()), pdf.size());
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setStreamDataMode(qpdf_s_uncompress);
  writer.setQDFMode(true);
  writer.write();
  auto const buffer = std::unique_ptr<Buffer>(writer.getBuffer());
  return std::string(reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize());
}

}  // namespace

TEST_CASE("of a PDF nothing stays but what is seen") {
  auto const document = samples::pdf(
      {"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /PageLabels << /Nums [0 << /P (Label-) >>] >> /Lang (sw) "
       "/OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >> /StructTreeRoot << /Type /StructTreeRoot /K << /S /Figure "
       "/Alt (spoken words) >> >> /AcroForm << /Fields [8 0 R] /DR << /Font << /F 5 0 R >> >> >> >>",
       "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 300 300] >>",
       "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Thumb 10 0 R /Resources << /Font << /F 5 0 R >> /Properties << /L 7 0 R >> "
       ">> /Annots [8 0 R 9 0 R 11 0 R] >>",
       samples::stream("",
                       "BT /F 20 Tf 20 200 Td (Seen) Tj ET % said in a comment\n/Span << /ActualText (unseen text) >> BDC BT /F "
                       "20 Tf 20 150 Td (Marked) Tj ET EMC /OC /L BDC BT /F 20 Tf 20 100 Td (Layered) Tj ET EMC"),
       "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Type /Outlines /First 12 0 R /Last 12 0 R /Count 1 >>",
       "<< /Type /OCG /Name (name of a layer) >>",
       "<< /Type /Annot /Subtype /Widget /FT /Tx /T (field name) /TU (field hint) /V (Typed) /DA (/F 12 Tf 0 g) /Rect [20 50 200 "
       "70] /P 3 0 R >>",
       "<< /Type /Annot /Subtype /Text /Rect [0 0 20 20] /Contents (note of an officer) /T (officer name) >>",
       samples::stream("/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "thumbnail bytes"),
       "<< /Type /Annot /Subtype /Link /Rect [0 0 20 20] /A << /S /URI /URI (http://office.example/room) >> >>",
       "<< /Title (chapter title) /Parent 6 0 R /Dest [3 0 R /Fit] >>"},
      "/ID [<AABBCCDDEEFF00112233445566778899> <AABBCCDDEEFF00112233445566778899>]");
  REQUIRE(check_pdf(document) == 1u);
  auto const stripped = strip_metadata(FileType::pdf, document);
  REQUIRE(stripped);
  auto const text = read_pdf_text(*stripped, 0);
  REQUIRE(text);
  for (auto seen : {"Seen", "Marked", "Layered", "Typed"}) CHECK_MESSAGE(text->find(seen) != std::string::npos, *text);
  auto const plain = uncompressed(*stripped);
  for (std::string const hidden :
       {"comment", "unseen", "spoken", "field name", "field hint", "name of a layer", "note of", "officer", "thumbnail", "office",
        "chapter", "Label-", "/StructTreeRoot", "/OCG", "/Annots", "/Lang", "\xAA\xBB\xCC\xDD", "aabbccdd"}) {
    CAPTURE(hidden);
    CHECK(plain.find(hidden) == std::string::npos);
  }
  CHECK(strip_metadata(FileType::pdf, document) == stripped);
}

TEST_CASE("whose copy it is stands at the foot of every page, however the page is turned") {
  std::string const mark = "Copia para Utopía · XAR-2031-000001";
  for (int const turned : {0, 90, 180, 270, -90}) {
    CAPTURE(turned);
    auto const document = samples::pdf(
        {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
         fmt::format(
             "<< /Type /Page /Parent 2 0 R /MediaBox [10 20 605 862] /Rotate {} /Contents 4 0 R /Resources << /Font << /F "
             "5 0 R >> >> >>",
             turned),
         // What it sets and does not take back must not carry the line away.
         samples::stream("", "q q 0.01 0 0 0.01 900 900 cm 1 1 1 rg BT /F 20 Tf 100 400 Td (Text of the page) Tj ET"),
         "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2480 3508] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"});
    auto const marked = strip_metadata(FileType::pdf, document, mark);
    REQUIRE(marked);
    CHECK(strip_metadata(FileType::pdf, document, mark) == marked);
    CHECK(strip_metadata(FileType::pdf, document, "Copy for Arcadia") != marked);
    for (int page : {0, 1}) {
      auto const text = read_pdf_text(*marked, page);
      REQUIRE(text);
      CHECK_MESSAGE(text->find(mark) != std::string::npos, *text);
      auto const picture = render_pdf_page(*marked, page, 72);
      REQUIRE(picture);
      int dark = 0;
      auto const rows = std::max(1, picture->height / 40);
      for (int y = picture->height - rows; y < picture->height; ++y) {
        for (int x = 0; x < picture->width / 2; ++x) dark += picture->at(x, y) < 200;
      }
      CHECK(dark > 30);
    }
    if (char const* folder = std::getenv("RCMS_LOOK")) {
      std::ofstream(std::filesystem::path(folder) / fmt::format("marked{}.pdf", turned), std::ios::binary) << as_text(*marked);
    }
  }
}
